"""What equipment can be, and what is usual for each class: one row per class, data rather than code.

Sizes are the middle of the ranges that preliminary layouts use (unverified: a designer should look at them).
They fill in what a brief leaves open, each use is listed as an assumption, and they never overrule the brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["ALIASES", "CLASSES", "NAMES", "EquipmentClass", "Port", "Space", "class_named", "class_of"]


@dataclass(frozen=True)
class Port:
    """Where a nozzle of a class usually is, in parts of its box."""

    role: str
    """What flows there: suction, discharge, inlet, outlet, top, bottom …"""
    direction: str
    """A direction word of the item's own axes, or ``any``: the side is chosen when the item is placed."""
    x: float
    """Along the length, -0.5 at the rear to 0.5 at the front [-]."""
    y: float
    """Along the width [-]."""
    z: float
    """From the underside (0) to the top (1) [-]."""
    flow: str = "in"
    """in or out: which end of a line it takes when the line names only the tag."""
    least: float = 0.0
    """Least height above grade [m]: outlets leave room to fall to the suction of a pump."""


@dataclass(frozen=True)
class Space:
    """Room that maintenance needs beside an item."""

    kind: str
    """pull, driver, removal, aisle, truck or withdrawal."""
    side: str
    """Side of the item in its own axes."""
    length: float
    """How far it reaches from the item [m]; a negative number is a multiple of the item's length."""
    extra: float = 0.0
    """Added to the length [m]."""
    margin: float = 0.0
    """Wider than the item by this much on either hand [m]."""


@dataclass(frozen=True)
class EquipmentClass:
    """What is usual for one class of equipment."""

    name: str
    title: str
    size: tuple[float, float, float]
    """Length, width, and height of the top above grade [m]."""
    base: float = 0.0
    """Height of the underside above grade: on legs, saddles or a structure [m]."""
    round: bool = False
    """Its plan is a circle."""
    ports: tuple[Port, ...] = ()
    spaces: tuple[Space, ...] = ()
    ignition: bool = False
    """Can light a release: fired, or not made for hazardous areas."""
    hazardous: bool = False
    """Usually holds something flammable."""
    near_rack: bool = False
    """Wants to stand beside the pipe rack."""
    rotating: bool = False
    """Pumps and the like: a driver that has to be lifted out."""
    nps: float = 4.0
    """Nozzle size when neither nozzle nor line says one [in]."""
    colour: str = "#D9D9D9"
    """Fill in previews."""


OUTLET = 2.0
"""Least height of outlets that pumps draw from [m]: two elbows above a pump's suction."""
_PULL = Space("pull", "-x", -0.9, extra=1.5, margin=0.5)
_DRIVER = Space("driver", "+x", 1.5)

# fmt: off
_ROWS = (
    EquipmentClass(
        "pump", "Pump", (2.0, 0.9, 1.4), ports=(
            Port("suction", "-x", -0.5, 0, 0.55), Port("discharge", "+z", -0.3, 0, 1, "out")),
        spaces=(_DRIVER,), hazardous=True, near_rack=True, rotating=True, colour="#F2C6A0"),
    EquipmentClass(
        "exchanger", "Shell-and-tube exchanger", (6.0, 1.2, 3.0), base=1.5, ports=(
            Port("tube_in", "-z", -0.42, 0, 0), Port("tube_out", "+z", -0.42, 0, 1, "out"),
            Port("shell_in", "+z", 0.28, 0, 1), Port("shell_out", "-z", -0.12, 0, 0, "out")),
        spaces=(_PULL, Space("cover", "+x", 1.8)), hazardous=True, colour="#F4D6A8"),
    EquipmentClass(
        "vessel", "Vertical vessel", (2.4, 2.4, 7.0), round=True, ports=(
            Port("inlet", "any", 0, 0, 0.6), Port("bottom", "any", 0, 0, 0.12, "out", OUTLET),
            Port("top", "+z", 0, 0, 1, "out")),
        hazardous=True, colour="#C9DDF0"),
    EquipmentClass(
        "column", "Column", (2.6, 2.6, 28.0), round=True, ports=(
            Port("feed", "any", 0, 0, 0.5), Port("top", "+z", 0, 0, 1, "out"),
            Port("bottom", "any", 0, 0, 0.05, "out", OUTLET), Port("reflux", "any", 0, 0, 0.9),
            Port("boilup", "any", 0, 0, 0.14), Port("side", "any", 0, 0, 0.35, "out")),
        hazardous=True, nps=6.0, colour="#B7CFEA"),
    EquipmentClass(
        "reactor", "Reactor", (3.0, 3.0, 11.0), round=True, ports=(
            Port("inlet", "+z", 0, 0, 1), Port("outlet", "any", 0, 0, 0.09, "out", OUTLET),
            Port("feed", "any", 0, 0, 0.75),
            Port("vent", "any", 0, 0, 0.9, "out")),
        hazardous=True, nps=6.0, colour="#D8B8D8"),
    EquipmentClass(
        "drum", "Horizontal drum", (7.0, 2.6, 6.0), base=3.4, ports=(
            Port("inlet", "+z", -0.38, 0, 1), Port("vapour", "+z", 0.38, 0, 1, "out"),
            Port("liquid", "-z", 0.3, 0, 0, "out"), Port("water", "-z", 0.4, 0, 0, "out")),
        hazardous=True, colour="#C4DADF"),
    EquipmentClass(
        "tank", "Storage tank", (8.0, 8.0, 8.0), round=True, ports=(
            Port("inlet", "any", 0, 0, 0.85), Port("outlet", "any", 0, 0, 0.1, "out", OUTLET),
            Port("return", "any", 0, 0, 0.7),
            Port("vent", "+z", 0, 0, 1, "out")),
        hazardous=True, colour="#B9E0DE"),
    EquipmentClass(
        "air_cooler", "Air cooler", (9.0, 5.0, 6.0), base=3.5, ports=(
            Port("inlet", "+z", -0.45, 0.25, 1), Port("outlet", "-z", -0.45, -0.25, 0, "out")),
        hazardous=True, near_rack=True, nps=8.0, colour="#DCE9CF"),
    EquipmentClass(
        "compressor", "Compressor", (8.0, 5.0, 5.0), ports=(
            Port("suction", "+z", -0.25, 0, 1), Port("discharge", "+z", 0.05, 0, 1, "out")),
        spaces=(Space("removal", "+x", 3.0),), hazardous=True, near_rack=True, rotating=True, nps=8.0,
        colour="#E8A798"),
    EquipmentClass(
        "heater", "Fired heater", (9.0, 6.0, 16.0), ports=(
            Port("inlet", "+y", 0.3, 0.5, 0.6), Port("outlet", "+y", -0.3, 0.5, 0.15, "out"),
            Port("fuel", "-y", 0, -0.5, 0.08)),
        spaces=(Space("pull", "+x", 6.0),), ignition=True, hazardous=True, nps=6.0, colour="#F2A0A0"),
    EquipmentClass(
        "package", "Package unit", (6.0, 4.0, 4.0), ports=(
            Port("inlet", "-x", -0.5, 0, 0.4), Port("outlet", "+x", 0.5, 0, 0.4, "out"),
            Port("inlet_2", "-y", 0, -0.5, 0.4), Port("outlet_2", "+y", 0, 0.5, 0.4, "out")),
        spaces=(Space("aisle", "+y", 1.2),), colour="#D6E4E0"),
    EquipmentClass(
        "filter", "Filter", (1.2, 1.2, 2.4), round=True, ports=(
            Port("inlet", "any", 0, 0, 0.7), Port("outlet", "any", 0, 0, 0.35, "out")),
        spaces=(Space("withdrawal", "+x", 1.0),), hazardous=True, colour="#CFC3B6"),
    EquipmentClass(
        "other", "Equipment", (4.0, 3.0, 3.0), ports=(
            Port("inlet", "-x", -0.5, 0, 0.5), Port("outlet", "+x", 0.5, 0, 0.5, "out"),
            Port("inlet_2", "-y", 0, -0.5, 0.5), Port("outlet_2", "+y", 0, 0.5, 0.5, "out"))),
    EquipmentClass(
        "cooling_tower", "Cooling tower", (10.0, 8.0, 9.0), ports=(
            Port("return", "-x", -0.5, 0.2, 0.6), Port("supply", "-x", -0.5, -0.2, 0.1, "out")), nps=12.0,
        colour="#DCEBF2"),
    EquipmentClass(
        "flare", "Flare", (4.0, 4.0, 40.0), round=True, ports=(Port("inlet", "any", 0, 0, 0.05),),
        ignition=True, nps=12.0, colour="#F6E3B4"),
    EquipmentClass(
        "control_room", "Control room", (15.0, 10.0, 5.0), ignition=True, colour="#E0D6E6"),
    EquipmentClass("building", "Building", (12.0, 8.0, 5.0), ignition=True, colour="#E0D6E6"),
    EquipmentClass(
        "plate_exchanger", "Plate heat exchanger", (2.4, 0.9, 2.0), ports=(
            Port("tube_in", "-x", -0.5, -0.3, 0.2), Port("tube_out", "-x", -0.5, -0.3, 0.85, "out"),
            Port("shell_in", "-x", -0.5, 0.3, 0.85), Port("shell_out", "-x", -0.5, 0.3, 0.2, "out")),
        spaces=(Space("aisle", "+y", 1.2),), hazardous=True, colour="#F4D6A8"),
    EquipmentClass("terminal", "Battery-limit point", (0.5, 0.5, 0.5), colour="#BBBBBB"),
)

# fmt: on

NAMES: tuple[str, ...] = tuple(row.name for row in _ROWS)
"""Names of all classes; the position is the number that networks see, so new ones go to the end."""
CLASSES: dict[str, EquipmentClass] = {row.name: row for row in _ROWS}
ALIASES: dict[str, str] = {
    "heat_exchanger": "exchanger",
    "hex": "exchanger",
    "hx": "exchanger",
    "condenser": "exchanger",
    "reboiler": "exchanger",
    "cooler": "exchanger",
    "shell_and_tube": "exchanger",
    "separator": "vessel",
    "vertical_vessel": "vessel",
    "flash": "vessel",
    "knock_out_drum": "vessel",
    "scrubber": "vessel",
    "distillation": "column",
    "tower": "column",
    "absorber": "column",
    "stripper": "column",
    "horizontal_vessel": "drum",
    "accumulator": "drum",
    "reflux_drum": "drum",
    "horizontal_drum": "drum",
    "storage": "tank",
    "day_tank": "tank",
    "storage_tank": "tank",
    "fin_fan": "air_cooler",
    "aircooler": "air_cooler",
    "blower": "compressor",
    "fan": "compressor",
    "turbine": "compressor",
    "expander": "compressor",
    "furnace": "heater",
    "fired_heater": "heater",
    "boiler": "heater",
    "skid": "package",
    "strainer": "filter",
    "plate_heat_exchanger": "plate_exchanger",
    "extruder": "other",
    "equipment": "other",
    "substation": "building",
    "shelter": "building",
    "control_building": "control_room",
}
"""Other words that people use, and the class each one means."""


def class_named(word: str) -> str:
    """The class that a word means.

    Raises:
        ValueError: no class is called so; names the nearest.
    """
    name = word.strip().lower().replace(" ", "_").replace("-", "_")
    name = ALIASES.get(name, name)
    if name not in CLASSES:
        near = get_close_matches(name, [*NAMES, *ALIASES], n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(NAMES)}"
        raise ValueError(f"'{word[:60]}' is not a class of equipment; {hint}")
    return name


def class_of(name: str) -> EquipmentClass:
    """The row of a class; an unknown word gives the row of ``other``."""
    return CLASSES.get(ALIASES.get(name, name), CLASSES["other"])
