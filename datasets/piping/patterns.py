"""Patterns of process units: each takes a stream, adds equipment and lines, and leaves other streams."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .topology import Sheet, Stream

__all__ = ["FOLLOWS", "PATTERNS", "SLOPED", "Pattern"]

SLOPED = 0.03
"""Share of reboiler feeds with a slope beside being free of pockets [-]: few of them can be routed."""
Make = Callable[[Sheet, Stream], list[Stream]]


@dataclass(frozen=True)
class Pattern:
    """One way to continue a stream."""

    name: str
    make: Make
    phases: frozenset[str]
    """Streams that it takes."""
    contents: Mapping[str, float]
    """Items that it adds on the average, by class."""
    most: int
    """Items that it adds at most."""
    weight: float = 1.0
    head: bool = False
    """Starts with a pump: only for streams that stand high enough."""


def pump(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A pump, most often with its spare."""
    return [_pumped(sheet, stream, "Transfer")]


def heat(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A heater on steam, or on hot oil where steam is too cold."""
    hot = stream.temperature + sheet.rng.uniform(30.0, 90.0)
    tag = _exchanger(sheet, stream, "Heater", "HO" if hot > 190.0 else "ST")
    return [_out(sheet, stream, tag, temperature=hot, after="heat")]


def cool(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A cooler on cooling water."""
    tag = _exchanger(sheet, stream, "Cooler", "CW")
    return [_out(sheet, stream, tag, temperature=38.0, after="cool")]


def air_cool(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A cooler in air, near the rack."""
    tag = sheet.item("air_cooler", stream, "Air cooler")
    sheet.connect(stream, f"{tag}.inlet")
    return [
        replace(stream, sources=(f"{tag}.outlet",), temperature=55.0, head=False, after="cool", inline=())
    ]


def fire(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A fired heater."""
    tag = sheet.item("heater", stream, "Charge heater")
    sheet.connect(stream, f"{tag}.inlet")
    sheet.demand("FG", f"{tag}.fuel", "", 2.0)
    hot = stream.temperature + sheet.rng.uniform(80.0, 180.0)
    return [
        replace(stream, sources=(f"{tag}.outlet",), temperature=hot, head=False, after="heat", inline=(),
                phase="two_phase" if stream.phase == "liquid" else stream.phase)
    ]  # fmt: skip


def flash(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A vessel that parts gas and liquid."""
    tag = sheet.item("vessel", stream, "Separator")
    sheet.connect(_let_down(sheet, stream), f"{tag}.inlet")
    return _parted(stream, f"{tag}.top", f"{tag}.bottom")


def decant(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A lying drum that parts gas, liquid and sometimes water."""
    tag = sheet.item("drum", stream, "Three-phase separator")
    sheet.connect(_let_down(sheet, stream), f"{tag}.inlet")
    left = _parted(stream, f"{tag}.vapour", f"{tag}.liquid")
    if sheet.rng.random() < 0.4:
        water = replace(left[1], sources=(f"{tag}.water",), size=0.6 * stream.size, after="drain")
        left.append(water)
    return left


def strain(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A filter, or two side by side."""
    tags = [sheet.item("filter", stream, "Filter") for _ in range(sheet.rng.choice((1, 2)))]
    sheet.connect(stream, *(f"{tag}.inlet" for tag in tags))
    outs = tuple(f"{tag}.outlet" for tag in tags)
    return [replace(stream, sources=outs, head=False, after="strain", inline=())]


def store(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A tank with its transfer pumps."""
    tag = sheet.item("tank", stream, "Day tank")
    sheet.connect(stream, f"{tag}.inlet")
    if sheet.rng.random() < 0.3:
        sheet.demand("VT", "", f"{tag}.vent", 2.0)
    return [replace(_pumped(sheet, _held(stream, tag), "Transfer"), after="store")]


def hold(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A tank alone."""
    tag = sheet.item("tank", stream, "Tank")
    sheet.connect(stream, f"{tag}.inlet")
    return [_held(stream, tag)]


def dose(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A package that adds something to a line that exists."""
    tag = sheet.item("package", None, "Chemical injection")
    small = replace(stream, sources=(sheet.terminal("CHEM"),), size=1.5, phase="liquid", temperature=20.0)
    sheet.connect(small, f"{tag}.inlet")
    sheet.demand("IA", f"{tag}.inlet_2", "", 1.0)
    added = replace(small, sources=(f"{tag}.outlet",), after="dose")
    place = sheet.joins(added)
    if place is None:
        return [stream, added]
    sheet.connect(added, place)
    return [stream]


def react(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A reactor with what heats its feed and cools its product."""
    fed = heat(sheet, stream)[0] if sheet.rng.random() < 0.5 else stream
    made = _reacted(sheet, fed)
    return cool(sheet, made) if sheet.rng.random() < 0.6 else [made]


def reactor_loop(sheet: Sheet, stream: Stream) -> list[Stream]:
    """Feed-effluent exchanger, heater, reactor, cooler, separator, and a compressor that takes gas back."""
    rng = sheet.rng
    cross = sheet.item("exchanger", stream, "Feed-effluent exchanger")
    feed = sheet.connect(stream, f"{cross}.tube_in")
    warm = replace(stream, sources=(f"{cross}.tube_out",), temperature=stream.temperature + 90.0, head=False,
                   inline=(), after="heat")  # fmt: skip
    hot = (fire if rng.random() < 0.3 else heat)(sheet, warm)[0]
    made = _reacted(sheet, replace(hot, phase="two_phase"))
    sheet.connect(made, f"{cross}.shell_in")
    back = replace(made, sources=(f"{cross}.shell_out",), temperature=made.temperature - 90.0, head=False)
    cold = (air_cool if rng.random() < 0.35 else cool)(sheet, back)[0]
    gas, liquid = flash(sheet, replace(cold, phase="two_phase"))[:2]
    if rng.random() < 0.75:
        machine = sheet.item("compressor", gas, "Recycle compressor")
        suction = sheet.connect(gas, f"{machine}.suction")
        sheet.connect(replace(gas, sources=(f"{machine}.discharge",), pressure=gas.pressure + 8.0), feed)
        return [liquid, replace(gas, sources=(suction,), size=0.6 * gas.size, after="purge")]
    return [liquid, gas]


def column(sheet: Sheet, stream: Stream) -> list[Stream]:
    """A column with condenser, drum, reflux pumps and reboiler."""
    rng = sheet.rng
    tag = sheet.item("column", stream, "Distillation column")
    sheet.connect(_let_down(sheet, stream), f"{tag}.feed")
    left = _overhead(sheet, stream, tag)
    bottoms = _boiled(sheet, stream, tag)
    if rng.random() < 0.5:
        bottoms = _pumped(sheet, bottoms, "Bottoms")
    return [*left, bottoms]


def absorber(sheet: Sheet, stream: Stream) -> list[Stream]:
    """Absorber and stripper with the solvent between them."""
    rng = sheet.rng
    tower, still = (sheet.item("column", stream, word) for word in ("Absorber", "Stripper"))
    sheet.connect(stream, f"{tower}.feed")
    clean = replace(stream, sources=(f"{tower}.top",), phase="gas", temperature=45.0, head=False, inline=(),
                    after="absorber")  # fmt: skip
    cross = sheet.item("exchanger", stream, "Lean-rich exchanger")
    rich = replace(
        stream, sources=(f"{tower}.bottom",), phase="liquid", temperature=55.0, head=True, inline=()
    )
    sheet.connect(_pumped(sheet, rich, "Rich solvent") if rng.random() < 0.4 else rich, f"{cross}.tube_in")
    warm = replace(rich, sources=(f"{cross}.tube_out",), temperature=95.0, head=False)
    sheet.connect(warm, f"{still}.feed")
    left = _overhead(sheet, replace(stream, phase="liquid", size=0.8 * stream.size, pressure=1.5), still)
    lean = _boiled(sheet, replace(rich, pressure=1.5), still)
    sheet.connect(_pumped(sheet, lean, "Lean solvent"), f"{cross}.shell_in")
    half = replace(lean, sources=(f"{cross}.shell_out",), temperature=70.0, head=False, inline=())
    sheet.connect(cool(sheet, half)[0], f"{tower}.reflux")
    return [clean, *left]


def compress(sheet: Sheet, stream: Stream) -> list[Stream]:
    """Suction drum, compressor, cooler and sometimes a second separator."""
    rng = sheet.rng
    drum = sheet.item("vessel", stream, "Suction drum")
    sheet.connect(stream, f"{drum}.inlet")
    gas = replace(stream, sources=(f"{drum}.top",), after="compress", inline=(), head=False)
    machine = sheet.item("compressor", stream, "Compressor")
    sheet.connect(gas, f"{machine}.suction")
    pressed = replace(
        gas, sources=(f"{machine}.discharge",), pressure=gas.pressure * 2.5 + 2.0, temperature=130.0
    )
    cold = (air_cool if rng.random() < 0.3 else cool)(sheet, pressed)[0]
    wet = replace(stream, sources=(f"{drum}.bottom",), phase="liquid", size=0.6 * stream.size, head=True,
                  after="drain", inline=())  # fmt: skip
    left = flash(sheet, cold) if rng.random() < 0.5 else [replace(cold, after="compress")]
    return [*left, wet]


def _held(stream: Stream, tag: str) -> Stream:
    """What a tank holds: cool, without pressure."""
    return replace(stream, sources=(f"{tag}.outlet",), temperature=min(stream.temperature, 60.0),
                   pressure=0.2, head=True, after="hold", inline=())  # fmt: skip


def _pumped(sheet: Sheet, stream: Stream, service: str) -> Stream:
    tags = sheet.pumps(stream, service)
    wide = replace(stream, size=1.15 * stream.size, inline=())
    sheet.connect(wide, *(f"{tag}.suction" for tag in tags), draining=True)
    valves = ("check",) if sheet.rng.random() < 0.5 else ()
    outs = tuple(f"{tag}.discharge" for tag in tags)
    return replace(stream, sources=outs, size=0.9 * stream.size, head=False, after="pump",
                   pressure=stream.pressure + sheet.rng.uniform(3.0, 15.0), inline=valves)  # fmt: skip


def _exchanger(sheet: Sheet, stream: Stream, service: str, utility: str) -> str:
    """An exchanger with the stream on one side and a utility on the other; returns its tag."""
    tag = sheet.item("exchanger", stream, service)
    # Steam and vapours condense in the shell, cooling water flows in tubes that can be cleaned.
    shell = utility == "CW" or (utility == "HO" and sheet.rng.random() < 0.5)
    own, other = ("shell", "tube") if shell else ("tube", "shell")
    sheet.connect(stream, f"{tag}.{own}_in")
    sheet.demand(utility, f"{tag}.{other}_in", f"{tag}.{other}_out", 0.9 * stream.size)
    return f"{tag}.{own}_out"


def _out(sheet: Sheet, stream: Stream, source: str, *, temperature: float, after: str) -> Stream:
    valves = ("control",) if sheet.rng.random() < 0.2 else ()
    return replace(stream, sources=(source,), temperature=temperature, head=False, after=after, inline=valves)


def _let_down(sheet: Sheet, stream: Stream) -> Stream:
    """The stream before a vessel at lower pressure: sometimes with a control valve."""
    if stream.inline or sheet.rng.random() < 0.6:
        return stream
    return replace(stream, inline=("control",))


def _parted(stream: Stream, top: str, bottom: str) -> list[Stream]:
    bare = replace(stream, inline=())
    gas = replace(bare, sources=(top,), phase="gas", size=0.8 * stream.size, head=False, after="flash_gas")
    liquid = replace(
        bare, sources=(bottom,), phase="liquid", size=0.9 * stream.size, head=True, after="flash"
    )
    return [gas, liquid]


def _reacted(sheet: Sheet, stream: Stream) -> Stream:
    tag = sheet.item("reactor", stream, "Reactor")
    sheet.connect(stream, f"{tag}.inlet")
    if sheet.rng.random() < 0.25:
        sheet.demand("VT", "", f"{tag}.vent", 3.0)
    return replace(stream, sources=(f"{tag}.outlet",), temperature=stream.temperature + 25.0, inline=(),
                   head=stream.phase == "liquid", after="react")  # fmt: skip


def _overhead(sheet: Sheet, stream: Stream, tag: str) -> list[Stream]:
    """Condenser, drum and reflux pumps of a column; returns distillate and perhaps vapour."""
    rng = sheet.rng
    vapour = replace(stream, sources=(f"{tag}.top",), phase="gas", temperature=90.0, inline=(), head=False)
    if rng.random() < 0.35:
        condensed = air_cool(sheet, vapour)[0].sources[0]
    else:
        condensed = _exchanger(sheet, vapour, f"Condenser of {tag}", "CW")
    drum = sheet.item("drum" if rng.random() < 0.7 else "vessel", stream, f"Reflux drum of {tag}", group=tag)
    lying = sheet.items[-1]["class"] == "drum"
    cold = replace(vapour, sources=(condensed,), phase="liquid", temperature=45.0)
    sheet.connect(cold, f"{drum}.inlet")
    liquid = replace(cold, sources=(f"{drum}.{'liquid' if lying else 'bottom'}",), head=True)
    number = sheet.connect(_pumped(sheet, liquid, f"Reflux of {tag}"), f"{tag}.reflux")
    left = [replace(liquid, sources=(number,), size=0.8 * stream.size, head=False, after="column")]
    if rng.random() < 0.3:
        off = f"{drum}.{'vapour' if lying else 'top'}"
        left.append(replace(vapour, sources=(off,), size=0.6 * stream.size, after="vapour", temperature=45.0))
    return left


def _boiled(sheet: Sheet, stream: Stream, tag: str) -> Stream:
    """Reboiler of a column; returns the bottoms."""
    hot = replace(stream, sources=(f"{tag}.side",), temperature=min(stream.temperature + 60.0, 250.0),
                  inline=(), phase="liquid", head=False)  # fmt: skip
    boiler = sheet.item("exchanger", stream, f"Reboiler of {tag}", group=tag)
    fall = {"slope": 0.01} if sheet.rng.random() < SLOPED else {}
    sheet.connect(hot, f"{boiler}.shell_in", draining=True, **fall)
    sheet.connect(replace(hot, sources=(f"{boiler}.shell_out",), phase="two_phase"), f"{tag}.boilup")
    sheet.demand("ST" if hot.temperature < 180.0 else "HO", f"{boiler}.tube_in", f"{boiler}.tube_out",
                 0.8 * stream.size)  # fmt: skip
    return replace(hot, sources=(f"{tag}.bottom",), size=0.9 * stream.size, head=True, after="column")


_LIQUID, _GAS, _ANY = frozenset({"liquid"}), frozenset({"gas"}), frozenset({"liquid", "gas", "two_phase"})
_FLOWS = frozenset({"liquid", "two_phase"})
# fmt: off
PATTERNS: Final = (
    Pattern("pump", pump, _LIQUID, {"pump": 1.6}, 2, weight=4.0, head=True),
    Pattern("heat", heat, _ANY, {"exchanger": 1.0}, 1, weight=0.7),
    Pattern("cool", cool, _ANY, {"exchanger": 1.0}, 1, weight=0.7),
    Pattern("air_cool", air_cool, _ANY, {"air_cooler": 1.0}, 1, weight=0.7),
    Pattern("fire", fire, _ANY, {"heater": 1.0}, 1, weight=0.6),
    Pattern("flash", flash, _ANY, {"vessel": 1.0}, 1, weight=2.2),
    Pattern("decant", decant, _FLOWS, {"drum": 1.0}, 1, weight=0.7),
    Pattern("strain", strain, _LIQUID, {"filter": 1.5}, 2, weight=0.4),
    Pattern("store", store, _LIQUID, {"tank": 1.0, "pump": 1.6}, 3, weight=4.0),
    Pattern("hold", hold, _LIQUID, {"tank": 1.0}, 1),
    Pattern("dose", dose, _ANY, {"package": 1.0}, 1, weight=0.4),
    Pattern("react", react, _ANY, {"reactor": 1.0, "exchanger": 1.1}, 3, weight=1.5),
    Pattern("reactor_loop", reactor_loop, _ANY, {
        "exchanger": 2.35, "heater": 0.3, "reactor": 1.0, "air_cooler": 0.35, "vessel": 1.0,
        "compressor": 0.75}, 6, weight=2.0),
    Pattern("column", column, _ANY, {
        "column": 1.0, "exchanger": 1.65, "air_cooler": 0.35, "drum": 0.7, "vessel": 0.3, "pump": 2.2}, 8,
        weight=3.0),
    Pattern("absorber", absorber, _GAS, {
        "column": 2.0, "exchanger": 3.65, "air_cooler": 0.35, "drum": 0.7, "vessel": 0.3, "pump": 4.2}, 13,
        weight=3.0),
    Pattern("compress", compress, _GAS, {
        "vessel": 1.5, "compressor": 1.0, "exchanger": 0.7, "air_cooler": 0.3}, 4, weight=1.5),
)
"""All patterns."""
FOLLOWS: Final[dict[str, dict[str, float]]] = {
    "feed": {"pump": 2.0, "store": 2.0, "hold": 1.5, "flash": 1.0, "strain": 1.0, "column": 0.4,
             "react": 0.4},
    "pump": {"pump": 0.0, "store": 0.2, "hold": 0.2, "heat": 2.0, "reactor_loop": 3.0, "column": 2.0},
    "heat": {"heat": 0.15, "fire": 0.5, "cool": 0.1, "air_cool": 0.1, "pump": 0.0, "react": 3.0, "flash": 1.5,
             "column": 3.0, "store": 0.1, "hold": 0.1},
    "cool": {"cool": 0.05, "air_cool": 0.05, "heat": 0.1, "fire": 0.0, "flash": 2.0, "decant": 2.0,
             "store": 1.5, "hold": 1.0},
    "flash": {"flash": 0.2, "decant": 0.3, "pump": 2.5, "column": 1.5, "heat": 1.0},
    "flash_gas": {"flash": 0.0, "decant": 0.0, "compress": 2.5, "absorber": 2.0, "column": 0.3},
    "react": {"react": 0.1, "reactor_loop": 0.1, "cool": 2.0, "air_cool": 1.5, "flash": 2.0, "decant": 1.0},
    "column": {"column": 1.0, "cool": 1.5, "air_cool": 1.0, "store": 1.5, "heat": 0.4, "pump": 1.0},
    "store": {"store": 0.0, "hold": 0.0, "pump": 0.0},
    "hold": {"store": 0.0, "hold": 0.0, "pump": 5.0},
    "compress": {"compress": 0.5, "absorber": 2.0, "flash": 0.3},
    "strain": {"strain": 0.0},
    "dose": {"dose": 0.0},
}
"""How much likelier than usual a pattern is after another [-]."""
# fmt: on
