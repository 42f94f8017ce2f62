"""Lines between equipment that stands already: what may follow what, near things rather than far ones.

Every outlet looks for an inlet that its kind of stream goes to; among those that fit, the chance falls with
distance as exp(-d/λ). What is left without a feed takes a battery-limit point, another outlet, or a branch of
a line near by; exchangers without a second stream share cooling-water or steam headers.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .sizes import draw_insulation, draw_nps
from .topology import PROCESS

__all__ = ["Line", "Lines", "Port", "Unit", "Way", "drawn_lines", "written"]

# fmt: off
FOLLOWS: Mapping[str, Mapping[str, float]] = {
    "vessel.bottom": {"pump.suction": 6, "exchanger.tube_in": 1.5, "column.feed": 1.5, "vessel.inlet": 0.7,
                      "tank.inlet": 0.5, "filter.inlet": 1, "terminal": 0.6},
    "vessel.top": {"compressor.suction": 4, "exchanger.tube_in": 2, "air_cooler.inlet": 1,
                   "vessel.inlet": 0.6, "column.feed": 0.7, "terminal": 1.5},
    "column.bottom": {"pump.suction": 6, "exchanger.shell_in": 2, "tank.inlet": 0.3, "terminal": 0.4},
    "column.top": {"exchanger.shell_in": 5, "air_cooler.inlet": 4, "compressor.suction": 0.5,
                   "terminal": 0.5},
    "column.side": {"pump.suction": 2, "exchanger.tube_in": 2, "column.feed": 1},
    "reactor.outlet": {"exchanger.tube_in": 3, "exchanger.shell_in": 2, "vessel.inlet": 2, "pump.suction": 1,
                       "drum.inlet": 1, "column.feed": 1, "terminal": 0.2},
    "reactor.vent": {"terminal": 1, "exchanger.tube_in": 1, "compressor.suction": 1},
    "drum.liquid": {"pump.suction": 6, "column.reflux": 1, "vessel.inlet": 0.5, "terminal": 0.4},
    "drum.vapour": {"compressor.suction": 2, "exchanger.tube_in": 1, "terminal": 1.5},
    "drum.water": {"terminal": 1, "pump.suction": 1},
    "tank.outlet": {"pump.suction": 8, "filter.inlet": 0.3, "terminal": 0.2},
    "exchanger.tube_out": {"column.feed": 3, "vessel.inlet": 2, "reactor.inlet": 3, "reactor.feed": 0.7,
                           "drum.inlet": 2, "exchanger.tube_in": 2, "tank.inlet": 1, "heater.inlet": 2,
                           "package.inlet": 1, "filter.inlet": 1, "other.inlet": 1, "terminal": 1.2},
    "exchanger.shell_out": {"drum.inlet": 3, "column.boilup": 2, "vessel.inlet": 2, "exchanger.tube_in": 1,
                            "column.reflux": 0.7, "tank.inlet": 0.5, "terminal": 0.8},
    "pump.discharge": {"exchanger.tube_in": 6, "column.reflux": 3, "column.feed": 1.5, "reactor.inlet": 1.5,
                       "reactor.feed": 1, "vessel.inlet": 1, "tank.inlet": 0.8, "heater.inlet": 1.5,
                       "package.inlet": 1, "filter.inlet": 1.5, "other.inlet": 1, "terminal": 1.2},
    "compressor.discharge": {"exchanger.tube_in": 4, "air_cooler.inlet": 2, "reactor.inlet": 2,
                             "vessel.inlet": 0.7, "package.inlet": 1, "terminal": 0.7},
    "air_cooler.outlet": {"drum.inlet": 5, "vessel.inlet": 3, "exchanger.tube_in": 1, "tank.inlet": 0.6,
                          "terminal": 0.7},
    "heater.outlet": {"reactor.inlet": 4, "column.feed": 2, "column.boilup": 2, "exchanger.tube_in": 1,
                      "terminal": 0.5},
    "package.outlet": {"vessel.inlet": 1, "tank.inlet": 1, "reactor.feed": 1, "exchanger.tube_in": 1,
                       "terminal": 1.5},
    "filter.outlet": {"pump.suction": 1, "exchanger.tube_in": 2, "column.feed": 1, "reactor.inlet": 1,
                      "compressor.suction": 1, "tank.inlet": 1, "vessel.inlet": 1, "terminal": 0.7},
    "other.outlet": {"vessel.inlet": 1, "tank.inlet": 1, "exchanger.tube_in": 1, "terminal": 1.5},
}
"""Where a stream goes from a kind of outlet, with weights: a project default, no published statistics [-]."""
USED: Mapping[str, float] = {
    "vessel.top": 0.75, "vessel.bottom": 0.92, "column.side": 0.2, "column.top": 0.97, "column.bottom": 0.97,
    "reactor.vent": 0.1, "drum.vapour": 0.35, "drum.water": 0.08, "exchanger.shell_out": 0.0,
}
"""Share of outlets that have a line; others always do [-]."""
FED = ("pump.suction", "compressor.suction", "exchanger.tube_in", "vessel.inlet", "column.feed",
       "reactor.inlet", "drum.inlet", "tank.inlet", "air_cooler.inlet", "heater.inlet", "package.inlet",
       "filter.inlet", "other.inlet")
"""Inlets that need a line."""
# fmt: on
GASES = frozenset({"vessel.top", "column.top", "reactor.vent", "drum.vapour", "compressor.discharge"})
BRANCH, FEED = 0.35, 0.2
"""Weights of a branch from a line near by, and of a battery-limit point, for what nothing feeds [-]."""
FLOOR = 0.004
"""Chance that something far away is chosen for all that, in shares of something at hand [-]."""
GATE = 0.005
"""The same for the battery limit: some lines have to cross it [-]."""
HEADER = 0.55
"""Share of exchangers that a utility header serves [-]."""
MOST_AT_HEADER = 6
GAS_SIZE = 1.4
"""Gas lines are so much larger [-]."""
CLASS_300, FLAGGED = 0.15, 0.5
"""Shares of lines of class 300, and of suction lines that must drain [-]."""

Spot = tuple[float, float]


@dataclass(frozen=True)
class Port:
    """A nozzle that may take a line."""

    end: str
    """``TAG.NOZZLE`` of every spare, joined by ``;``."""
    name: str
    """``class.role``."""
    at: Spot
    """Centre of the item [m]."""
    most: float
    """Largest line [in]."""
    out: bool


@dataclass(frozen=True)
class Unit:
    """An item, or a pump with its spare."""

    ports: tuple[Port, ...]


@dataclass
class Line:
    """A line as it comes into being."""

    start: str
    ends: list[str]
    near: Spot
    """Where branches begin [m]."""
    most: float
    service: str
    first: str
    """``class.role`` where it starts."""
    draining: bool = False
    """It feeds a pump, so that it must not trap gas or liquid."""


@dataclass
class Lines:
    """All lines, and the battery-limit points that they need."""

    lines: list[Line] = field(default_factory=list)
    terminals: dict[str, int] = field(default_factory=dict)
    """By name: 0 for the rack's first end, 1 for its last."""


@dataclass(frozen=True)
class Way:
    """How lines choose."""

    reach: float
    """λ [m]."""
    gates: tuple[Spot, Spot]
    """Where lines cross the battery limit: the two ends of the rack [m]."""


def drawn_lines(units: Sequence[Unit], way: Way, draw: random.Random) -> Lines:
    """Lines between units that stand.

    Args:
        units: with their places.
        way: how far lines reach, and where the battery limit is.
        draw: decides.
    """
    weaver = _Weaver(way, draw)
    ports = [port for unit in units for port in unit.ports]
    weaver.free = {p.end: p for p in ports if not p.out}
    outs = [p for p in ports if p.out and p.name in FOLLOWS and draw.random() < USED.get(p.name, 1.0)]
    draw.shuffle(outs)
    for port in outs:
        weaver.lead(port)
    spare = [p for p in ports if p.out and p.name in FOLLOWS and p.end not in weaver.led]
    for port in [p for p in ports if not p.out and p.name in FED]:
        if port.end in weaver.free:
            weaver.feed(port, spare)
    for hot in (False, True):
        weaver.serve(units, hot)
    return weaver.made


class _Weaver:
    """Lines so far, and what is free."""

    def __init__(self, way: Way, draw: random.Random) -> None:
        self.way, self.draw = way, draw
        self.made = Lines()
        self.free: dict[str, Port] = {}
        self.led: set[str] = set()

    def lead(self, port: Port) -> None:
        """A line from an outlet to an inlet or to the battery limit; none where nothing fits."""
        follows = FOLLOWS[port.name]
        found = [(p, follows[p.name] * self._near(port.at, p.at)) for p in self.free.values()
                 if p.name in follows and p.at != port.at]  # fmt: skip
        gate, chance = self._gate(port.at)
        weights = [weight for _, weight in found] + [follows.get("terminal", 0.0) * chance]
        if sum(weights) <= 0.0:
            return
        at = self.draw.choices(range(len(weights)), weights)[0]
        if at == len(found):
            self._line(port.end, self._terminal("PROD", gate), port, port)
        else:
            target = found[at][0]
            del self.free[target.end]
            self._line(port.end, target.end, port, target)

    def feed(self, port: Port, spare: list[Port]) -> None:
        """Something for an inlet that nothing feeds yet."""
        gate, chance = self._gate(port.at)
        choices: list[tuple[object, float]] = [(None, FEED * chance)]
        for other in spare:
            weight = FOLLOWS[other.name].get(port.name, 0.0)
            if weight and other.end not in self.led and other.at != port.at:
                choices.append((other, weight * self._near(port.at, other.at)))
        for line in self.made.lines:
            weight = FOLLOWS.get(line.first, {}).get(port.name, 0.0)
            own = {e.partition(".")[0] for e in ";".join((line.start, *line.ends)).split(";")}
            if weight and port.end.partition(".")[0] not in own and len(line.ends) < 3:
                choices.append((line, BRANCH * weight * self._near(port.at, line.near)))
        picked = self.draw.choices([c for c, _ in choices], [w for _, w in choices])[0]
        del self.free[port.end]
        if isinstance(picked, Line):
            picked.ends.append(port.end)
            picked.most = min(picked.most, port.most)
        elif isinstance(picked, Port):
            self._line(picked.end, port.end, picked, port)
        else:
            self._line(self._terminal("FEED", gate), port.end, port, port)

    def serve(self, units: Sequence[Unit], hot: bool) -> None:
        """Supply and return of a utility for exchangers near each other."""
        waiting = []
        for unit in units:
            ports = {p.name: p for p in unit.ports}
            supply, back = ports.get("exchanger.shell_in"), ports.get("exchanger.shell_out")
            if supply is None or back is None or supply.end not in self.free or back.end in self.led:
                continue
            if self.draw.random() < HEADER / 2:
                waiting.append((supply, back))
        waiting = sorted(waiting, key=lambda pair: pair[0].at)[:MOST_AT_HEADER]
        if not waiting:
            return
        gate, _ = self._gate(waiting[0][0].at)
        for name, k in (("HS", 0), ("HC", 1)) if hot else (("CWS", 0), ("CWR", 1)):
            ends = [pair[k].end for pair in waiting]
            point = self._terminal(name, gate)
            most = min(pair[k].most for pair in waiting)
            service = "steam" if name == "HS" else "water"
            if k:
                self.made.lines.append(
                    Line(ends[0], [point, *ends[1:]], waiting[0][1].at, most, service, "utility")
                )
                self.led |= set(ends)
            else:
                self.made.lines.append(Line(point, ends, waiting[0][0].at, most, service, "utility"))
                for end in ends:
                    del self.free[end]

    def _near(self, one: Spot, two: Spot) -> float:
        run = abs(one[0] - two[0]) + abs(one[1] - two[1])
        return math.exp(-run / self.way.reach) + FLOOR * math.exp(-run / (8 * self.way.reach))

    def _gate(self, at: Spot) -> tuple[int, float]:
        """The end of the rack that a line to the battery limit takes, and its weight."""
        chances = [self._near(at, gate) + GATE for gate in self.way.gates]
        gate = self.draw.choices((0, 1), chances)[0]
        return gate, chances[gate]

    def _terminal(self, word: str, gate: int) -> str:
        number = sum(name.startswith(word) for name in self.made.terminals) + 1
        name = f"{word}-{number}"
        self.made.terminals[name] = gate
        return name

    def _line(self, start: str, end: str, first: Port, last: Port) -> None:
        gas = first.name in GASES or last.name == "compressor.suction"
        self.made.lines.append(
            Line(start, [end], first.at, min(first.most, last.most), "gas" if gas else "liquid", first.name,
                 draining=last.name == "pump.suction" and not gas)
        )  # fmt: skip
        self.led.add(start)


def written(lines: Lines, draw: random.Random) -> list[dict[str, object]]:
    """The lines as a brief writes them: numbers, sizes, insulation, flags."""
    rows: list[dict[str, object]] = []
    for number, line in enumerate(lines.lines, start=1):
        starts, ends = line.start.split(";"), [e for group in line.ends for e in group.split(";")]
        scale = GAS_SIZE if line.service == "gas" else 1.0
        nps = draw_nps(draw, scale, most=line.most)
        row: dict[str, object] = {
            "number": f"L-{1000 + number}", "from": starts[0], "to": ends[0], "nps": nps,
            "service": line.service,
        }  # fmt: skip
        if line.service not in {"water", "steam"}:
            row["fluid"] = PROCESS
        if branches := [*ends[1:], *starts[1:]]:
            row["branches"] = branches
        if line.service != "water" and (thickness := draw_insulation(draw, nps)):
            row["insulation"] = thickness
        if draw.random() < CLASS_300:
            row["rating"] = 300
        if line.draining and draw.random() < FLAGGED:
            row["no_pocket"] = True
        rows.append(row)
    return rows
