"""What rules know about a plant, computed once per check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.domains.piping.elements import Equipment, Pipe, Rack
from layoutgan.domains.piping.legs import Legs, box_distance, legs_of, near_boxes, near_legs, segment_distance
from layoutgan.domains.piping.pipe_data import SIZES, nearest_size
from layoutgan.validation.rule import Context

__all__ = [
    "CLOSE",
    "Contact",
    "column_boxes",
    "later",
    "leg_contacts",
    "solid_contacts",
    "TOLERANCE",
    "Pairs",
    "above",
    "below",
    "distances",
    "equipment",
    "joined",
    "leg_pairs",
    "legs",
    "size_of",
    "solid_pairs",
]

TOLERANCE = 1e-6
"""A limit that is met to within this much is met [m]."""
CLOSE = 0.6
"""How far pairs of legs are looked for [m]; larger than any pitch that a rule asks for by much."""


def below(measured: float, limit: float) -> bool:
    """Whether a measure falls short of a least value."""
    return measured < limit - TOLERANCE


def above(measured: float, limit: float) -> bool:
    """Whether a measure goes beyond a greatest value."""
    return measured > limit + TOLERANCE


def equipment(context: Context) -> tuple[Equipment, ...]:
    """All equipment."""
    return context.layout.of(Equipment)


def distances(context: Context) -> tuple[dict[str, int], NDArray[np.float64]]:
    """Position of each item, and edge-to-edge distances in plan [N, N] [m]."""
    items = context.once(equipment)
    shapes = np.asarray([item.shape for item in items], dtype=object)
    places = {item.id: i for i, item in enumerate(items)}
    if not len(items):
        return places, np.zeros((0, 0))
    return places, np.asarray(shapely.distance(shapes[:, None], shapes[None, :]), dtype=np.float64)


def legs(context: Context) -> Legs:
    """Legs of all routed pipes; an exception route is drawn, not built."""
    return legs_of([p for p in context.layout.of(Pipe) if p.status == "routed"])


def joined(context: Context) -> dict[str, set[str]]:
    """Lines that are joined to each line by a branch, itself included."""
    line_of = {p.id: p.line for p in context.layout.of(Pipe)}
    found: dict[str, set[str]] = {p.line: {p.line} for p in context.layout.of(Pipe)}
    for pipe in context.layout.of(Pipe):
        for end in (pipe.start, pipe.end):
            if end in line_of:
                found[pipe.line].add(line_of[end])
                found[line_of[end]].add(pipe.line)
    return found


@dataclass(frozen=True)
class Pairs:
    """Pairs of things that are near each other, with their distance."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    distance: NDArray[np.float64]
    """Between centre-lines, or between a centre-line and a solid [m]."""


def leg_pairs(context: Context) -> Pairs:
    """Legs of lines that are not joined and come within CLOSE of each other."""
    all_legs, together = context.once(legs), context.once(joined)
    i, j = near_legs(all_legs, CLOSE)
    lines = [p.line for p in all_legs.pipes]
    apart = np.asarray([lines[all_legs.pipe[b]] not in together[lines[all_legs.pipe[a]]]
                        for a, b in zip(i, j, strict=True)], dtype=np.bool_)  # fmt: skip
    i, j = (i[apart], j[apart]) if len(apart) else (i, j)
    gap = segment_distance(all_legs.start[i], all_legs.end[i], all_legs.start[j], all_legs.end[j])
    return Pairs(i, j, gap)


def solid_pairs(context: Context) -> Pairs:
    """Legs and equipment within CLOSE of each other; legs at the item's own nozzles are left out."""
    all_legs, items = context.once(legs), context.once(equipment)
    boxes = np.asarray([item.box for item in items], dtype=np.float64).reshape(-1, 6)
    i, j = near_boxes(all_legs, boxes, CLOSE)
    owners = {item.id: k for k, item in enumerate(items)}
    own = np.zeros(len(i), dtype=np.bool_)
    for k, (leg, item) in enumerate(zip(i, j, strict=True)):
        pipe = all_legs.pipes[all_legs.pipe[leg]]
        first = all_legs.number[leg] == 0 and owners.get(pipe.start.rpartition(".")[0]) == item
        last = bool(all_legs.last[leg]) and owners.get(pipe.end.rpartition(".")[0]) == item
        own[k] = first or last
    i, j = i[~own], j[~own]
    return Pairs(i, j, box_distance(all_legs.start[i], all_legs.end[i], boxes[j]))


def column_boxes(context: Context) -> NDArray[np.float64]:
    """Columns of all racks, from grade to the top tier [S, 6] [m]."""
    rows = [
        (*column.bounds[:2], 0.0, *column.bounds[2:], max(rack.tiers))
        for rack in context.layout.of(Rack)
        for column in rack.columns
    ]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 6)


def later(item: Equipment, context: Context) -> list[tuple[Equipment, float]]:
    """Items that come after this one in the layout, with their edge distance [m]: each pair once."""
    items = context.once(equipment)
    places, apart = context.once(distances)
    place = places[item.id]
    return [(items[k], float(apart[place, k])) for k in range(place + 1, len(items))]


@dataclass(frozen=True)
class Contact:
    """A leg of a pipe near something."""

    other: str
    """Id of the thing."""
    distance: float
    """From the centre-line [m]."""
    radius: float
    """Outside radius of the other thing when it is a pipe, else 0 [m]."""
    at: shapely.Point
    """Middle of the leg [m]."""


def solid_contacts(context: Context) -> dict[str, list[Contact]]:
    """Equipment near each pipe, by the pipe's id."""
    all_legs, pairs = context.once(legs), context.once(solid_pairs)
    items = context.once(equipment)
    found: dict[str, list[Contact]] = {}
    for leg, item, distance in zip(pairs.first, pairs.second, pairs.distance, strict=True):
        pipe = all_legs.pipes[all_legs.pipe[leg]]
        contact = Contact(items[item].id, float(distance), 0.0, _middle(all_legs, leg))
        found.setdefault(pipe.id, []).append(contact)
    return found


def leg_contacts(context: Context) -> dict[str, list[Contact]]:
    """Pipes of other lines near each pipe, by the id of the first pipe of each pair."""
    all_legs, pairs = context.once(legs), context.once(leg_pairs)
    found: dict[str, list[Contact]] = {}
    for one, two, distance in zip(pairs.first, pairs.second, pairs.distance, strict=True):
        pipe, other = all_legs.pipes[all_legs.pipe[one]], all_legs.pipes[all_legs.pipe[two]]
        contact = Contact(other.id, float(distance), other.radius, _middle(all_legs, one))
        found.setdefault(pipe.id, []).append(contact)
    return found


def _middle(all_legs: Legs, leg: int) -> shapely.Point:
    x, y = (all_legs.start[leg, :2] + all_legs.end[leg, :2]) / 2
    return shapely.Point(x, y)


def size_of(nps: float) -> float:
    """The tabled size for a size in a document [in]; a strange size takes the nearest."""
    return nps if nps in SIZES else nearest_size(nps)
