"""A brief from a flowsheet.

Mixers, splitters and valves are not equipment: all streams that meet in them become one line with several
ends. Feeds and products become points on the battery limit. Sizes and nozzles take defaults, listed as
assumptions. With ``expand`` each column gets its condenser, reflux drum, reflux pumps and reboiler with
their utilities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from layoutgan.core.schema import validate
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.inputs.expansion import expanded
from layoutgan.domains.piping.inputs.plot import usual_site
from layoutgan.domains.piping.inputs.sfiles import Flowsheet, Stream
from layoutgan.errors import InputError

__all__ = ["brief_from_flowsheet"]

_CLASSES = {
    "hex": "exchanger", "heatexchanger": "exchanger", "pp": "pump", "pump": "pump", "comp": "compressor",
    "compressor": "compressor", "blwr": "compressor", "turb": "compressor", "expand": "compressor",
    "expander": "compressor", "dist": "column", "distillationsystem": "column", "abs": "column",
    "absorption": "column",
    "strip": "column", "extr": "column", "extractionunit": "column", "rect": "column", "flash": "vessel",
    "flashunit": "vessel", "sep": "vessel", "separationunit": "vessel", "gsep": "vessel", "r": "reactor",
    "chemicalreactor": "reactor", "tank": "tank", "storage": "tank", "storageunit": "tank",
    "furnace": "heater",
    "filt": "filter", "flt": "filter", "cryst": "vessel", "cycl": "vessel", "centr": "package",
}  # fmt: skip
"""Our class for the word of a flowsheet; any other word is equipment of the class ``other``."""
_FEEDS, _PRODUCTS = {"raw", "rawmaterial"}, {"prod", "outputproduct"}
_INLINE = {"mix", "mixingunit", "splt", "splittingunit", "v", "valve"}
_LETTERS = {
    "exchanger": "E", "pump": "P", "compressor": "K", "column": "C", "vessel": "V", "reactor": "R",
    "tank": "T",
    "heater": "H", "filter": "F", "package": "X", "other": "X",
}  # fmt: skip
_PORT_ROLES = {"tout": "top", "bout": "bottom", "tin": "reflux", "bin": "boilup"}
_GAS = {"compressor"}


def brief_from_flowsheet(sheet: Flowsheet, *, name: str = "Flowsheet", expand: bool = False) -> PipingBrief:
    """The brief that a flowsheet stands for.

    Args:
        sheet: units and streams.
        name: of the project.
        expand: whether columns get condenser, drum, reflux pumps and reboiler.

    Raises:
        InputError: the flowsheet holds nothing that can be placed.
    """
    maker = _Maker(sheet, kept=("reflux", "boilup", "side") if expand else ())
    equipment, lines, terminals = maker.equipment(), maker.lines(), maker.terminals()
    if not equipment:
        raise InputError("holds no equipment that could be placed, only feeds, products and fittings")
    if expand:
        expanded(equipment, lines, terminals)
    return validate(
        PipingBrief,
        {
            "layoutgan": 1,
            "domain": "piping",
            "name": name[:200],
            "site": usual_site(equipment, terminals),
            "equipment": equipment,
            "lines": lines,
        },
    )


class _Maker:
    """Rows of a brief from units and streams."""

    def __init__(self, sheet: Flowsheet, kept: tuple[str, ...]) -> None:
        self.sheet, self.kept = sheet, kept
        starts, ends = {s.start for s in sheet.streams}, {s.end for s in sheet.streams}
        self.sides: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        for unit, word in sheet.units.items():
            key = word.lower()
            if key in _FEEDS or (key == "io" and unit not in ends):
                self.sides[unit] = "west"
            elif key in _PRODUCTS or (key == "io" and unit not in starts):
                self.sides[unit] = "east"
            elif key not in _INLINE:
                self.kinds[unit] = _CLASSES.get(key, "other")
        self.names = self._names()
        self.used: set[tuple[str, str]] = set()

    def _names(self) -> dict[str, str]:
        counts: Counter[str] = Counter()
        names: dict[str, str] = {}
        for unit in sorted(self.sheet.units, key=lambda u: (len(u), u)):
            if unit in self.kinds:
                letter = _LETTERS.get(self.kinds[unit], "X")
            elif unit in self.sides:
                letter = "FEED" if self.sides[unit] == "west" else "PROD"
            else:
                continue
            counts[letter] += 1
            names[unit] = f"{letter}-{counts[letter] + (100 if len(letter) == 1 else 0)}"
        return names

    def equipment(self) -> list[dict[str, Any]]:
        """Rows of the equipment list."""
        ordered = sorted(self.kinds, key=lambda unit: self.names[unit])
        return [{"tag": self.names[u], "class": self.kinds[u], "service": u[:120]} for u in ordered]

    def terminals(self) -> list[dict[str, Any]]:
        """Battery-limit points."""
        return [{"id": self.names[unit], "side": side} for unit, side in self.sides.items()]

    def lines(self) -> list[dict[str, Any]]:
        """Rows of the line list: one per set of streams that meet in mixers, splitters and valves."""
        rows = []
        for number, streams in enumerate(self._networks(), start=1):
            ends: dict[str, None] = {}
            for stream in sorted(streams, key=lambda s: s.start not in self.names):
                for unit, flow in ((stream.start, "out"), (stream.end, "in")):
                    if unit in self.names:
                        ends[self._end(unit, flow, stream)] = None
            found = list(ends)
            if len(found) < 2:
                continue
            inner = {
                u for s in streams for u in (s.start, s.end) if self.sheet.units[u].lower() in {"v", "valve"}
            }
            kinds = {self.kinds.get(s.start, "") for s in streams}
            gas = bool(kinds & _GAS) or any("tout" in s.ports for s in streams)
            rows.append(
                {
                    "number": f"L-{1000 + number}",
                    "from": found[0],
                    "to": found[1],
                    "branches": found[2:],
                    "service": "gas" if gas else "liquid",
                    "inline": ["control"] * len(inner),
                }
            )
        return rows

    def _networks(self) -> list[list[Stream]]:
        """Streams that share a unit which is no equipment."""
        home: dict[str, int] = {}
        groups: dict[int, list[Stream]] = defaultdict(list)
        for number, stream in enumerate(self.sheet.streams):
            target = number
            groups[target] = [stream]
            for unit in (stream.start, stream.end):
                if unit in self.names:
                    continue
                other = home.get(unit, target)
                if other != target:
                    first, second = sorted((other, target))
                    groups[first] += groups.pop(second)
                    home.update({u: first for u, place in home.items() if place == second})
                    target = first
                home[unit] = target
        return [groups[key] for key in sorted(groups)]

    def _end(self, unit: str, flow: str, stream: Stream) -> str:
        """``TAG.role``: the port that the flowsheet names, else the first free one of its class."""
        name = self.names[unit]
        if unit in self.sides:
            return name
        ports = class_of(self.kinds[unit]).ports
        usual = [port.role for port in ports if port.flow == flow and port.role not in self.kept]
        said = next((_PORT_ROLES[p] for p in stream.ports if p.endswith(flow)), "")
        if self.kinds[unit] == "exchanger":
            word = next((side for side in stream.sides if side.endswith(f"_{flow}")), "")
            second = word.startswith(("hot", "2")) or word.count("_") > 1
            said = f"{'shell' if second else 'tube'}_{flow}" if word else ""
        wanted = [said, *usual] if said in usual else usual
        role = next((word for word in wanted if (unit, word) not in self.used), "")
        self.used.add((unit, role))
        return f"{name}.{role}" if role else name
