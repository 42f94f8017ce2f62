"""Valves, inline items and reducers set onto routed pipes, where people can reach them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.elements import Component, Equipment, Pipe, PlacedNozzle
from layoutgan.domains.piping.fitting_data import reducer_length, tee_height, valve_length
from layoutgan.domains.piping.pipe_data import elbow, flange_thickness
from layoutgan.domains.piping.plant import Plant
from layoutgan.domains.piping.shapes import DIRECTIONS, point3

__all__ = ["components_on", "tees_of"]

_STEP = 0.2
"""Places along a leg that are tried [m]."""
_CLEAR = 0.05
_BEST, _LOW, _HIGH, _CHAIN, _REACH = 1.2, 0.75, 1.50, 1.80, 2.05
"""Heights of hand wheels [m]; the rules that judge them give the sources."""
_SUCTION_KINDS = frozenset({"globe", "control"})


@dataclass(frozen=True)
class _Slot:
    """A place for an inline item: distance along the pipe, the point, and the leg's direction."""

    station: float
    point: NDArray[np.float64]
    way: NDArray[np.float64]
    room: float
    """Free straight pipe on either side, to the next elbow, tee or flange [m]."""


def tees_of(pipes: Sequence[Pipe]) -> dict[str, list[NDArray[np.float64]]]:
    """Points at which other pipes join each pipe, by its id."""
    known = {pipe.id for pipe in pipes}
    found: dict[str, list[NDArray[np.float64]]] = {}
    for pipe in pipes:
        for text, point in ((pipe.start, pipe.points[0]), (pipe.end, pipe.points[-1])):
            if text in known:
                found.setdefault(text, []).append(point)
    return found


def components_on(
    plant: Plant, pipes: Sequence[Pipe], equipment: Sequence[Equipment]
) -> tuple[tuple[Component, ...], tuple[str, ...]]:
    """Inline items of all lines, and sentences about those that found no room.

    Args:
        plant: says which items each line has.
        pipes: routed; the first piece of each line carries its items.
        equipment: for reducers at nozzles of another size.
    """
    items = {item.id: item for item in equipment}
    tees = tees_of(pipes)
    made: list[Component] = []
    notes: list[str] = []
    seen: set[str] = set()
    for pipe in pipes:
        if pipe.status == "exception":
            seen.add(pipe.line)
            continue
        made += _reducers(pipe, items)
        if pipe.line in seen or pipe.line not in plant.runs:
            continue
        seen.add(pipe.line)
        kinds = plant.runs[pipe.line].source.inline
        slots = _slots(pipe, tees.get(pipe.id, []), items)
        placed, lost = _chosen(kinds, slots, pipe)
        made += placed
        notes += [
            f"No straight run of line {pipe.line} is long enough for its {kind} valve." for kind in lost
        ]
    return tuple(made), tuple(notes)


def _ends(pipe: Pipe, items: Mapping[str, Equipment]) -> tuple[PlacedNozzle | None, PlacedNozzle | None]:
    def at(text: str) -> PlacedNozzle | None:
        tag, _, name = text.rpartition(".")
        return items[tag].nozzle(name) if tag in items else None

    return at(pipe.start), at(pipe.end)


def _reducers(pipe: Pipe, items: Mapping[str, Equipment]) -> list[Component]:
    """One reducer at each nozzle whose size is not the pipe's."""
    made = []
    points = pipe.points
    for nozzle, first, towards, word in (
        (_ends(pipe, items)[0], points[0], points[1], "start"),
        (_ends(pipe, items)[1], points[-1], points[-2], "end"),
    ):
        if nozzle is None or abs(nozzle.nps - pipe.nps) < 1e-9:
            continue
        large = max(nozzle.nps, pipe.nps)
        length = reducer_length(large)
        way = (towards - first) / np.linalg.norm(towards - first)
        centre = first + way * (flange_thickness(nozzle.nps, nozzle.rating) + length / 2)
        level = abs(float(way[2])) < 0.5
        suction = nozzle.role == "suction"
        flow = _word(way if word == "start" else -way)
        inlet, outlet = (nozzle.nps, pipe.nps) if word == "start" else (pipe.nps, nozzle.nps)
        made.append(
            Component(
                id=f"{pipe.id} reducer {word}",
                kind="eccentric_reducer" if suction and level else "reducer",
                shape=point3(np.round(centre, 4)),
                pipe=pipe.id,
                line=pipe.line,
                direction=flow,
                nps=inlet,
                nps_out=outlet,
                length=length,
                stem=("-z" if pipe.kind == "slurry" else "+z") if suction and level else None,
                operated="none",
                rating=pipe.rating,
            )
        )
    return made


def _word(way: NDArray[np.float64]) -> str:
    """The direction word nearest to a vector."""
    return max(DIRECTIONS, key=lambda word: float(np.dot(DIRECTIONS[word], way)))


def _slots(pipe: Pipe, tees: Sequence[NDArray[np.float64]], items: Mapping[str, Equipment]) -> list[_Slot]:
    """Places where an inline item's centre may be, with the room that each has."""
    points = pipe.points
    take = elbow(pipe.nps)
    slots: list[_Slot] = []
    station = 0.0
    for k, (a, b) in enumerate(itertools.pairwise(points)):
        run = float(np.linalg.norm(b - a))
        way = (b - a) / run
        low = take if k > 0 else _end_takeout(pipe, _ends(pipe, items)[0])
        high = run - (take if k < len(points) - 2 else _end_takeout(pipe, _ends(pipe, items)[1]))
        for begin, end in _between(low, high, a, way, run, tees, tee_height(pipe.nps)):
            for spot in np.arange(begin, end + 1e-9, _STEP):
                room = min(spot - begin, end - spot)
                slots.append(_Slot(station + float(spot), a + way * spot, way, float(room)))
            middle = (begin + end) / 2
            slots.append(_Slot(station + middle, a + way * middle, way, (end - begin) / 2))
        station += run
    return slots


def _between(
    low: float,
    high: float,
    start: NDArray[np.float64],
    way: NDArray[np.float64],
    run: float,
    tees: Sequence[NDArray[np.float64]],
    keep: float,
) -> list[tuple[float, float]]:
    """Free intervals of a leg [m]: what tees leave between its ends."""
    found = []
    reach = low
    on_leg = sorted(
        along
        for tee in tees
        if -keep <= (along := float((tee - start) @ way)) <= run + keep
        and np.linalg.norm(start + way * along - tee) < 1e-3
    )
    for along in on_leg:
        if along - keep > reach:
            found.append((reach, along - keep))
        reach = max(reach, along + keep)
    return [*found, (reach, high)] if high > reach else found


def _end_takeout(pipe: Pipe, nozzle: PlacedNozzle | None) -> float:
    if nozzle is None:
        return 0.1
    flange = flange_thickness(nozzle.nps, nozzle.rating)
    return flange + (reducer_length(max(nozzle.nps, pipe.nps)) if abs(nozzle.nps - pipe.nps) > 1e-9 else 0.0)


def _cost(kind: str, slot: _Slot) -> float:
    """How awkward an item is at a place: 0 is best."""
    z = float(slot.point[2])
    upright = abs(float(slot.way[2])) > 0.5
    if kind == "control":
        return (10.0 + z if z > _REACH else 0.0) + (3.0 if upright else 0.0) + (2.0 if z < 0.5 else 0.0)
    if kind in {"gate", "globe", "ball", "butterfly"}:
        if z > _CHAIN:
            return 5.0 + 0.2 * z
        return 0.0 if _LOW <= z <= _HIGH else 1.0 + abs(z - _BEST)
    return 0.1 * abs(z - _BEST)


def _chosen(kinds: Sequence[str], slots: Sequence[_Slot], pipe: Pipe) -> tuple[list[Component], list[str]]:
    """Items in order along the pipe, each at the least awkward place that leaves room for the next."""
    placed: list[Component] = []
    lost: list[str] = []
    flange = flange_thickness(pipe.nps, pipe.rating)
    behind = -1.0
    halves = [valve_length(kind, pipe.nps) / 2 + flange + _CLEAR for kind in kinds]
    for number, (kind, half) in enumerate(zip(kinds, halves, strict=True)):
        ahead = sum(2 * h for h in halves[number + 1 :])
        limit = (slots[-1].station if slots else 0.0) - ahead
        open_slots = [s for s in slots if s.station - half >= behind and s.station <= limit + 1e-9]
        fitting = [s for s in open_slots if s.room >= half]
        if not fitting:
            lost.append(kind)
            continue
        best = min(fitting, key=lambda s: (round(_cost(kind, s), 6), s.station))
        behind = best.station + half
        placed.append(_component(kind, len(placed) + 1, best, pipe))
    return placed, lost


def _component(kind: str, number: int, slot: _Slot, pipe: Pipe) -> Component:
    z = float(slot.point[2])
    upright = abs(float(slot.way[2])) > 0.5
    by_hand = kind in {"gate", "globe", "ball", "butterfly"}
    operated = "actuator" if kind == "control" else "none"
    if by_hand:
        operated = "chain" if z > _CHAIN else "hand"
    return Component(
        id=f"{pipe.line} {kind} {number}",
        kind=kind,
        shape=point3(np.round(slot.point, 4)),
        pipe=pipe.id,
        line=pipe.line,
        direction=_word(slot.way),
        nps=pipe.nps,
        length=valve_length(kind, pipe.nps),
        stem=("+x" if upright else "+z") if by_hand or kind == "control" else None,
        operated=operated,
        rating=pipe.rating,
    )
