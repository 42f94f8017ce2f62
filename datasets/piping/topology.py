"""A flowsheet under construction: items, lines, and streams that still lead nowhere.

A stream is what leaves an item; a pattern takes one and leaves others. What mixes or splits streams is
inline: a line ends on, or starts from, another line.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .sizes import MEDIAN_NPS, PAIRED, RANGES, SPREAD, draw_insulation, draw_size, rating_for, stocked

__all__ = ["FREE", "PROCESS", "URGENT", "Sheet", "Stream"]

PROCESS = "P"
"""Code of what the process itself holds; utilities have their own."""
URGENT = 0.1
"""Share of lines with a priority of their own [-]."""

LETTERS: Final = {
    "pump": "P", "exchanger": "E", "vessel": "V", "column": "C", "reactor": "R", "drum": "D", "tank": "T",
    "air_cooler": "A", "compressor": "K", "heater": "H", "package": "X", "filter": "F", "other": "Z",
}  # fmt: skip
"""First letter of tags by class."""
WIDER: Final = {"gas": 1.5, "two_phase": 1.3, "relief": 1.2}
"""Line size over that of the liquid that carries as much [-], by service; 1 for what is not named."""
FREE = 2
"""Most lines that join or leave one line on its way [-]: larger trees are hard to route, and rare."""
_VARIES = 0.12
_LEAST = 1.8
"""Process lines smaller than this are not drawn [in]."""


@dataclass(frozen=True)
class Stream:
    """What flows out of something and is not yet led anywhere."""

    sources: tuple[str, ...]
    """Ends as a brief writes them: nozzles, a terminal, or the number of a line that it leaves."""
    phase: str = "liquid"
    size: float = MEDIAN_NPS
    """Size that its mass would take as a liquid [in]."""
    temperature: float = 40.0
    """[°C]."""
    pressure: float = 5.0
    """Gauge [bar]."""
    head: bool = False
    """Stands high enough above grade for a pump to draw from it."""
    after: str = "feed"
    """Pattern that it leaves: what comes next depends on it."""
    fluid: str = PROCESS
    inline: tuple[str, ...] = ()
    """What stands on its line, from the start."""


@dataclass
class Sheet:
    """Items, lines and terminals so far.

    Args:
        rng: everything is drawn from it.
    """

    rng: random.Random
    items: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    terminals: list[str] = field(default_factory=list)
    demands: dict[str, list[tuple[str, str, float]]] = field(default_factory=dict)
    """By utility: where it goes in and comes out (nothing when it stays), and the size [in]."""
    counts: Counter[str] = field(default_factory=Counter)
    """Items by class."""
    plain: list[str] = field(default_factory=list)
    """Process lines that others may join or leave."""
    _names: Counter[str] = field(default_factory=Counter)
    _attached: Counter[str] = field(default_factory=Counter)
    _states: dict[str, Stream] = field(default_factory=dict)
    _rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Items by tag and lines by number."""

    def item(self, kind: str, stream: Stream | None = None, service: str = "", **more: Any) -> str:
        """A new item; returns its tag.

        Args:
            kind: its class.
            stream: what it handles; large streams need large items.
            service: what it is for.
            more: further fields of the brief's row.
        """
        letter = LETTERS[kind]
        self._names[letter] += 1
        tag = f"{letter}-{100 + self._names[letter]}"
        sized = draw_size(self.rng, kind, None if stream is None else _duty(stream.size))
        row: dict[str, Any] = {"tag": tag, "class": kind, "size": sized.size}
        if sized.base:
            row["base"] = sized.base
        if service:
            row["service"] = service
        self._add(row | more)
        return tag

    def pumps(self, stream: Stream, service: str) -> tuple[str, ...]:
        """A pump and perhaps its spare: one size, one set, one row; returns their tags."""
        self._names["P"] += 1
        name = f"P-{100 + self._names['P']}"
        sized = draw_size(self.rng, "pump", _duty(stream.size))
        row = {"class": "pump", "size": sized.size, "service": service}
        if self.rng.random() >= PAIRED:
            self._add({"tag": name} | row)
            return (name,)
        tags = f"{name}A", f"{name}B"
        for tag in tags:
            self._add({"tag": tag, "set": name, "row": name} | row)
        return tags

    def _add(self, row: dict[str, Any]) -> None:
        self.items.append(row)
        self._rows[row["tag"]] = row
        self.counts[row["class"]] += 1

    def terminal(self, word: str) -> str:
        """A new battery-limit point; returns its id."""
        self._names[word] += 1
        name = f"{word}-{self._names[word]}"
        self.terminals.append(name)
        return name

    def connect(self, stream: Stream, *ends: str, draining: bool = False, **more: Any) -> str:
        """Leads a stream to one end or more; returns the line's number.

        Args:
            stream: it ends here.
            ends: nozzles, a terminal, or lines that it joins.
            draining: the line must not hold pockets; nothing may join it.
            more: further fields of the brief's row.
        """
        first, *others = stream.sources
        number = f"L-{1001 + len(self.lines)}"
        touching = [first, ends[0], *others, *ends[1:]]
        nps = self._nps(stream, touching)
        row = {"number": number, "from": first, "to": ends[0], "nps": nps,
               "rating": rating_for(stream.temperature, stream.pressure),
               "insulation": draw_insulation(self.rng, nps, temperature=stream.temperature),
               "temperature": round(stream.temperature), "pressure": round(stream.pressure, 1),
               "service": stream.phase, "fluid": stream.fluid}  # fmt: skip
        if self.rng.random() < URGENT:
            row["priority"] = self.rng.choice((3, 7, 8))
        if branches := [*others, *ends[1:]]:
            row["branches"] = branches
        if stream.inline:
            row["inline"] = stream.inline
        if draining:
            row["no_pocket"] = True
        row |= more
        self.lines.append(row)
        self._rows[number] = row
        joined = [end for end in touching if end in self._states]
        for end in joined:
            self._attached[end] += 1
            if self._attached[end] >= FREE and end in self.plain:
                self.plain.remove(end)
        self._states[number] = stream
        if not draining and not joined and len(touching) < 4 and stream.phase in {"liquid", "gas"}:
            self.plain.append(number)
        return number

    def _nps(self, stream: Stream, touching: Sequence[str]) -> float:
        most = [24.0]
        for end in touching:
            tag = end.rpartition(".")[0]
            if tag:
                most.append(RANGES[self._rows[tag]["class"]].nps)
            elif end in self._states:
                most.append(self._rows[end]["nps"])
        wanted = (
            max(_LEAST, stream.size) * WIDER.get(stream.phase, 1.0) * math.exp(self.rng.gauss(0.0, _VARIES))
        )
        return stocked(wanted, most=min(most))

    def split(self, phases: Iterable[str] = ("liquid", "gas")) -> Stream | None:
        """A part of what flows in a line that exists; None when no line may be tapped."""
        taps = [number for number in self.plain if self._states[number].phase in set(phases)]
        if not taps:
            return None
        number = self.rng.choice(taps)
        state = self._states[number]
        return replace(state, sources=(number,), size=0.8 * state.size, head=False, after="split", inline=())

    def joins(self, stream: Stream) -> str | None:
        """A line of the same phase that the stream may join on its way; None when there is none."""
        own = {end.rpartition(".")[0] or end for end in stream.sources}
        fit = [
            number
            for number in self.plain
            if self._states[number].phase == stream.phase and not own & self._touched(number)
        ]
        return self.rng.choice(fit) if fit else None

    def _touched(self, number: str) -> set[str]:
        row = self._rows[number]
        ends = [number, row["from"], row["to"], *row.get("branches", ())]
        return {end.rpartition(".")[0] or end for end in ends}

    def reached(self, number: str) -> set[str]:
        """Tags, terminals and lines that hang together with a line."""
        near: dict[str, set[str]] = {}
        for row in self.lines:
            for end in self._touched(row["number"]):
                near.setdefault(end, set()).add(row["number"])
                near.setdefault(row["number"], set()).add(end)
        found, front = {number}, [number]
        while front:
            fresh = near[front.pop()] - found
            found |= fresh
            front += sorted(fresh)
        return found

    def demand(self, utility: str, inlet: str, outlet: str, size: float) -> None:
        """Somebody needs a utility; headers are drawn when the process stands."""
        self.demands.setdefault(utility, []).append((inlet, outlet, size))


def _duty(size: float) -> float:
    """Place of a line size in its distribution, 0 to 1 [-]."""
    return 0.5 * (1.0 + math.erf(math.log(size / MEDIAN_NPS) / (SPREAD * math.sqrt(2.0))))
