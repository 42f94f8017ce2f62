"""What a P&ID says about the size of equipment and the use of its nozzles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.inputs.pid import Pid, PidItem
from layoutgan.errors import InputError

__all__ = ["equipment_row", "measure"]

LARGEST = 1e6
"""Largest number that a size on a P&ID can be, in any unit."""

_CLASSES = (
    ("plateheatexchanger", "plate_exchanger"), ("aircool", "air_cooler"), ("heatexchanger", "exchanger"),
    ("reboiler", "exchanger"), ("condenser", "exchanger"), ("pump", "pump"), ("column", "column"),
    ("tower", "column"),
    ("compressor", "compressor"), ("blower", "compressor"), ("fan", "compressor"), ("turbine", "compressor"),
    ("reactor", "reactor"), ("tank", "tank"), ("silo", "tank"), ("vessel", "vessel"), ("separator", "vessel"),
    ("furnace", "heater"), ("heater", "heater"), ("boiler", "heater"), ("filter", "filter"),
    ("strainer", "filter"),
    ("coolingtower", "cooling_tower"), ("flare", "flare"),
)  # fmt: skip
"""Our class by a word in the class of the file; first match wins."""
_METRES = {
    "millimetre": 1e-3,
    "centimetre": 1e-2,
    "metre": 1.0,
    "meter": 1.0,
    "millimeter": 1e-3,
    "inch": 0.0254,
}


def equipment_row(pid: Pid, item: PidItem, flows: Mapping[str, str]) -> dict[str, Any]:
    """The row of an equipment list for an item of a P&ID.

    Args:
        pid: the sheet.
        item: one of its items.
        flows: ``in`` or ``out`` by nozzle id, and sizes [in] under ``id.nps``.
    """
    word = item.kind.lower()
    kind = next((ours for part, ours in _CLASSES if part in word), "other")
    row: dict[str, Any] = {"tag": item.tag.replace(".", "_").strip()[:80] or item.id, "class": kind}
    row["service"] = item.attributes.get("EquipmentDescription", "")[:120]
    if (size := _size(kind, item)) is not None:
        row["size"] = size
    if (tube := _metres(item, "TubeLength")) is not None and 0.1 < tube <= 30:
        row["tube_length"] = round(tube, 3)
    nozzles = [pid.nozzles[name] for name in item.nozzles]
    roles = _roles(kind, pid, item, flows)
    row["nozzles"] = []
    for nozzle in nozzles:
        made: dict[str, Any] = {"id": nozzle.name[:80]}
        if roles.get(nozzle.id):
            made["role"] = roles[nozzle.id]
        if f"{nozzle.id}.nps" in flows:
            made["nps"] = float(flows[f"{nozzle.id}.nps"])
        row["nozzles"].append(made)
    return row


def _roles(kind: str, pid: Pid, item: PidItem, flows: Mapping[str, str]) -> dict[str, str]:
    if kind in {"exchanger", "plate_exchanger"}:
        return _exchanger_roles(pid, item, flows)
    ports = class_of(kind).ports
    left = {flow: [port.role for port in ports if port.flow == flow] for flow in ("in", "out")}
    found: dict[str, str] = {}
    for name in item.nozzles:
        waiting = left.get(flows.get(name, ""), [])
        if waiting:
            found[name] = waiting.pop(0)
    return found


def _exchanger_roles(pid: Pid, item: PidItem, flows: Mapping[str, str]) -> dict[str, str]:
    """The first chamber is the tube side, the second the shell side."""
    chambers = list(dict.fromkeys(pid.nozzles[name].chamber for name in item.nozzles))
    found: dict[str, str] = {}
    for side, chamber in zip(("tube", "shell"), chambers, strict=False):
        left = [f"{side}_in", f"{side}_out"]
        for name in (n for n in item.nozzles if pid.nozzles[n].chamber == chamber):
            wanted = f"{side}_{flows.get(name, 'in')}"
            if left:
                found[name] = left.pop(left.index(wanted) if wanted in left else 0)
    return found


def _size(kind: str, item: PidItem) -> list[float] | None:
    """Length, width and height when the sheet gives sizes that agree with each other [m]."""
    diameter = _metres(item, "NominalDiameter", "mm") or _metres(item, "Diameter", "mm")
    tube, cylinder = _metres(item, "TubeLength"), _metres(item, "CylinderLength", "m")
    if kind == "exchanger" and tube is not None and diameter is not None and diameter <= 4 and tube <= 20:
        return [round(tube + 1.6 * diameter + 0.4, 2), round(diameter + 0.3, 2), round(diameter + 0.4, 2)]
    if kind in {"tank", "vessel", "column", "reactor"} and diameter is not None and cylinder is not None:
        volume = measure(item.attributes, "NominalCapacity(Volume)", item.id)
        cubic = math.pi / 4 * diameter**2 * cylinder
        plausible = volume is None or 0.5 * volume <= cubic <= 2.0 * volume
        if plausible and 0.3 <= diameter <= 60 and 0.3 <= cylinder <= 100:
            return [round(diameter, 2), round(diameter, 2), round(cylinder, 2)]
    return None


def _metres(item: PidItem, name: str, unit: str = "") -> float | None:
    """A length of the item [m]; the unit is used when the file has none."""
    number = measure(item.attributes, name, item.id)
    words = item.attributes.get(f"{name}.Units", "").lower()
    factor = _METRES.get(words.rstrip("s"), {"mm": 1e-3, "m": 1.0}.get(unit) if not words else None)
    return None if number is None or factor is None or number <= 0 else number * factor


def measure(attributes: Mapping[str, str], name: str, place: str) -> float | None:
    """A size that the sheet gives, or None when it gives none or words.

    Args:
        attributes: of an item, a line or a segment.
        name: of the attribute.
        place: id of what has it, for the message.

    Raises:
        InputError: it is negative, not finite, or larger than anything that is built.
    """
    text = attributes.get(name, "")
    try:
        number = float(text)
    except ValueError:
        return None
    if not 0 <= number <= LARGEST:
        problem = f"{name} is {text[:20]!r}; expected a number from 0 to {LARGEST:,.0f}, or nothing"
        raise InputError(problem, place=place[:60])
    return number
