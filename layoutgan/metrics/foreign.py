"""Plans in House-GAN++ JSON as they come, from any generator: nothing is refused for being a bad plan.

``room_type`` lists elements: rooms (1 living, 2 kitchen, 3 bedroom, 4 bathroom, 5 balcony, 6 entrance,
7 dining, 8 study, 10 storage, 16 unknown), interior doors (17) and front doors (15); HouseDiffusion writes
13, 12 and 11 for the last three. ``edges`` are sides as ``x0 y0 x1 y1 …``; ``ed_rm`` says which element each
side belongs to and, where there are two, which one it connects to: that is the graph that the plan answers.
``boxes`` stand in for sides that form no ring.

* The grid of 256 is taken as 18 m wide, as everybody does; y is turned upwards.
* Rooms end at wall faces, 4 or 6 pixels apart: walls up to ``WALL`` are closed when contacts are measured.
* Doors are drawn 2 pixels thick in the middle of walls and get the depth of the thickest wall, else they
  would overlap no room and no plan would have a single connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, Polygon

from layoutgan.core.geometry import largest_part
from layoutgan.core.plain import read_tree
from layoutgan.core.schema import shown
from layoutgan.errors import InputError
from layoutgan.metrics.compatibility import Asked
from layoutgan.metrics.plan import OUTSIDE, Opening, Plan

__all__ = ["METRES_PER_PIXEL", "WALL", "Foreign", "is_foreign", "plan_of", "read_foreign"]

KINDS = {
    1: "living_room",
    2: "kitchen",
    3: "bedroom",
    4: "bathroom",
    5: "balcony",
    6: "entrance",
    7: "dining_room",
    8: "study",
    10: "storage",
    13: "other",
    16: "other",
}
FRONT_DOORS, INTERIOR_DOORS = {11, 15}, {12, 17}
METRES_PER_PIXEL = 18.0 / 256.0
WALL = 6.5 * METRES_PER_PIXEL
"""Widest wall between rooms that is closed [m]."""
DOOR_REACH = 3.0 * METRES_PER_PIXEL
"""How much deeper a door is made on each side [m]."""
MOST_ELEMENTS = 200
MOST_EDGES = 5_000
MOST_SIDES = 400
"""Most sides of one element."""
LARGEST = 1.0e5
"""Largest coordinate [px]."""


@dataclass(frozen=True)
class Foreign:
    """A plan from elsewhere and the connections that its file asks for."""

    plan: Plan
    asked: Asked


def is_foreign(tree: Any) -> bool:
    """Whether plain data looks like House-GAN++ JSON."""
    return isinstance(tree, dict) and "room_type" in tree and "layoutgan" not in tree


def read_foreign(path: Path) -> Foreign:
    """The plan in a House-GAN++ JSON file.

    Raises:
        InputError: the file is not of that form, or too large.
    """
    tree, _ = read_tree(path)
    try:
        return plan_of(tree)
    except InputError as error:
        raise InputError(error.problem, file=str(path), place=error.place) from error


def plan_of(tree: Any) -> Foreign:
    """The plan in the data of a House-GAN++ JSON file.

    Raises:
        InputError: the data are not of that form; says which entry.
    """
    if not is_foreign(tree):
        raise InputError(f"must be House-GAN++ JSON with 'room_type' and 'edges', found {shown(tree)}")
    kinds = [
        int(_number(kind, f"room_type[{i}]"))
        for i, kind in enumerate(_list(tree, "room_type", MOST_ELEMENTS))
    ]
    known = {*KINDS, *FRONT_DOORS, *INTERIOR_DOORS}
    for i, kind in enumerate(kinds):
        if kind not in known:
            raise InputError(
                f"no such type: {kind}; known: {', '.join(map(str, sorted(known)))}", place=f"room_type[{i}]"
            )
    sides, links = _sides(tree, len(kinds))
    boxes = tree.get("boxes") if isinstance(tree.get("boxes"), list) else []
    shapes = [_shape(sides[i], boxes[i] if i < len(boxes) else None) for i in range(len(kinds))]
    return Foreign(_plan(kinds, shapes), _asked(kinds, links))


def _list(tree: Mapping[str, Any], name: str, most: int) -> list[Any]:
    value = tree.get(name)
    if not isinstance(value, list):
        raise InputError(f"must be a list, found {shown(value)}", place=name)
    if len(value) > most:
        raise InputError(f"has {len(value)} entries; at most {most} are read", place=name)
    return value


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise InputError(f"must be a number within ±{LARGEST:.0f}, found {shown(value)}", place=place)
    return float(value)


def _sides(
    tree: Mapping[str, Any], count: int
) -> tuple[list[list[tuple[float, float, float, float]]], set[tuple[int, int]]]:
    """Sides [px] of each element, and the pairs of elements that share one."""
    edges, owners = _list(tree, "edges", MOST_EDGES), _list(tree, "ed_rm", MOST_EDGES)
    if len(edges) != len(owners):
        raise InputError(
            f"has {len(owners)} entries and 'edges' has {len(edges)}; each edge needs one", place="ed_rm"
        )
    sides: list[list[tuple[float, float, float, float]]] = [[] for _ in range(count)]
    links: set[tuple[int, int]] = set()
    for i, (edge, owner) in enumerate(zip(edges, owners, strict=True)):
        if not isinstance(edge, list) or len(edge) < 4:
            raise InputError(f"must be x0, y0, x1, y1, found {shown(edge)}", place=f"edges[{i}]")
        if not isinstance(owner, list) or not 1 <= len(owner) <= 2:
            raise InputError(f"must name one or two elements, found {shown(owner)}", place=f"ed_rm[{i}]")
        ends = [int(_number(end, f"ed_rm[{i}]")) for end in owner]
        if not all(0 <= end < count for end in ends):
            raise InputError(
                f"names element {max(ends, key=abs)}; there are {count}, from 0", place=f"ed_rm[{i}]"
            )
        x0, y0, x1, y1 = (_number(v, f"edges[{i}]") for v in edge[:4])
        sides[ends[0]].append((x0, y0, x1, y1))
        links.add((min(ends), max(ends)))
        if len(sides[ends[0]]) > MOST_SIDES:
            raise InputError(f"element {ends[0]} has more than {MOST_SIDES} sides", place=f"ed_rm[{i}]")
    return sides, {pair for pair in links if pair[0] != pair[1]}


def _shape(sides: Sequence[tuple[float, float, float, float]], box: Any) -> Polygon:
    """The ring of an element [m], y upwards, perhaps invalid; its box, or nothing, when there is no ring."""
    chained = all(a[2:] == b[:2] for a, b in zip(sides, [*sides[1:], *sides[:1]], strict=True))
    if len(sides) >= 3 and chained:
        return Polygon(_metres([side[:2] for side in sides]))
    lines = [LineString(_metres([s[:2], s[2:]])) for s in sides if s[:2] != s[2:]]
    faces = list(shapely.get_parts(shapely.polygonize(lines)))
    if faces:
        return largest_part(shapely.union_all(faces))
    if isinstance(box, list) and len(box) == 4:
        x0, y0, x1, y1 = (_number(v, "boxes") for v in box)
        return shapely.box(
            *_metres([(min(x0, x1), max(y0, y1))])[0], *_metres([(max(x0, x1), min(y0, y1))])[0]
        )
    return Polygon()


def _metres(points: Sequence[tuple[float, ...]]) -> list[tuple[float, float]]:
    return [(x * METRES_PER_PIXEL, -y * METRES_PER_PIXEL) for x, y in points]


def _plan(kinds: Sequence[int], shapes: Sequence[Polygon]) -> Plan:
    """Rooms with area, repaired where they must be, and doors as deep as walls."""
    ids, names, rooms, doors, invalid = [], [], [], [], 0
    for i, (kind, shape) in enumerate(zip(kinds, shapes, strict=True)):
        if kind not in KINDS:
            if shape.area > 0:
                doors.append(Opening(_deepened(shape), kind in FRONT_DOORS))
            continue
        if not shape.is_valid:
            invalid += 1
            shape = largest_part(shapely.make_valid(shape))
        if shape.area > 0:
            ids.append(str(i))
            names.append(KINDS[kind])
            rooms.append(shape)
    return Plan(tuple(ids), tuple(names), tuple(rooms), None, invalid, tuple(doors), WALL)


def _deepened(door: Polygon) -> Polygon:
    """A door made deeper along its short side."""
    x0, y0, x1, y1 = door.bounds
    if x1 - x0 <= y1 - y0:
        return shapely.box(x0 - DOOR_REACH, y0, x1 + DOOR_REACH, y1)
    return shapely.box(x0, y0 - DOOR_REACH, x1, y1 + DOOR_REACH)


def _asked(kinds: Sequence[int], links: set[tuple[int, int]]) -> Asked:
    """The graph that the file states: rooms that share a side, and rooms that share one with a front door."""
    pairs = set()
    for i, j in sorted(links):
        names = [OUTSIDE if kinds[k] in FRONT_DOORS else str(k) if kinds[k] in KINDS else "" for k in (i, j)]
        if all(names) and names[0] != names[1]:
            pairs.add(frozenset(names))
    return Asked(frozenset(pairs))
