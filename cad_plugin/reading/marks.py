"""Signs of doors and windows in drawings made elsewhere: inserted blocks, and loose lines on their layers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.content import Bow, Content, Stroke
from cad_plugin.reading.names import Names

__all__ = ["Mark", "is_swing", "marks_in", "signs_of"]

SWEEP = (55.0, 100.0)
"""How far door leaves are drawn open [°]."""
LEAF = (0.4, 1.4)
"""Width of door leaves [m]."""
NEAR = 0.25
"""Loose lines nearer than this belong to one sign [m]."""


@dataclass(frozen=True)
class Mark:
    """A sign for a door or a window."""

    role: str
    """door, window, or opening when it may be either."""
    shape: BaseGeometry
    """Its lines [m]."""
    bows: tuple[Bow, ...]
    """Swings of its leaves."""
    name: str = ""
    """Of its block."""

    @property
    def text(self) -> str:
        """How to call it in a remark."""
        return f"block {self.name}" if self.name else f"lines of a {self.role}"


def is_swing(bow: Bow | None) -> bool:
    """Whether an arc can be the swing of a door leaf; the drawing must be in metres."""
    return bow is not None and SWEEP[0] <= bow.sweep <= SWEEP[1] and LEAF[0] <= bow.radius <= LEAF[1]


def signs_of(content: Content, names: Names) -> list[int]:
    """For each insert the outermost one that is a sign or a thing; -1 where it only groups parts of the plan.

    A whole plan may be one block, bound from another file or drawn mirrored: what holds walls is no sign.
    """
    holds = [False] * len(content.inserts)
    for stroke in content.strokes:
        number = stroke.insert
        while number >= 0 and not holds[number] and names.layer(stroke.layer).role in ("wall", "room"):
            if names.block(content.inserts[number].name):
                break
            holds[number] = True
            number = content.inserts[number].parent
    found: list[int] = []
    for number, one in enumerate(content.inserts):  # parents come before their parts
        above = found[one.parent] if one.parent >= 0 else -1
        found.append(above if above >= 0 else -1 if holds[number] else number)
    return found


def marks_in(content: Content, names: Names) -> list[Mark]:
    """All signs of a drawing in metres."""
    blocks: dict[int, list[Stroke]] = defaultdict(list)
    loose: dict[str, list[Stroke]] = defaultdict(list)
    signs = signs_of(content, names)
    for stroke in content.strokes:
        sign = signs[stroke.insert] if stroke.insert >= 0 else -1
        if sign >= 0:
            blocks[sign].append(stroke)
            continue
        role = names.layer(stroke.layer).role
        if role in ("door", "window", "opening"):
            loose[role].append(stroke)
        elif is_swing(stroke.bow) and role != "ignore":
            loose["door"].append(stroke)
    found = [
        mark
        for number, strokes in sorted(blocks.items())
        for mark in _of_block(content, number, strokes, names)
    ]
    for role, strokes in sorted(loose.items()):
        for group in _groups(strokes):
            found += _split(_mark(role, group))
    return found


def _of_block(content: Content, number: int, strokes: Sequence[Stroke], names: Names) -> list[Mark]:
    """The sign that an inserted block is, if it is one."""
    one = content.inserts[number]
    by_name = names.block(one.name)
    layers = {names.layer(s.layer).role for s in strokes} | {names.layer(one.layer).role}
    by_layer = next((r for r in ("opening", "door", "window") if r in layers), "")
    swings = any(is_swing(s.bow) for s in strokes)
    role = by_name if by_name in ("door", "window") else by_layer
    if not role and by_name != "ignore" and "ignore" not in layers and swings:
        role = "door"
    if not role or (by_name == "ignore" and not by_layer):
        return []
    # Walls and dimensions inside the block of a door are not its sign.
    own = [s for s in strokes if names.layer(s.layer).role not in ("ignore", "wall", "text")] or list(strokes)
    return _split(_mark("door" if role == "opening" and swings else role, own, one.name))


def _split(mark: Mark) -> list[Mark]:
    """One sign for each door where the leaves of several doors lie together."""
    if len(mark.bows) < 2:
        return [mark]
    found: list[Mark] = []
    rest = list(mark.bows)
    while rest:
        bow = rest.pop(0)
        pair = next((other for other in rest if _double(bow, other)), None)
        if pair is not None:
            rest.remove(pair)
        bows = (bow,) if pair is None else (bow, pair)
        shape = shapely.MultiLineString([line for b in bows for line in (
            [b.centre, b.start], [b.centre, b.end], [b.start, b.end])])
        found.append(Mark(mark.role, shape, bows, mark.name))
    return found


def _double(a: Bow, b: Bow) -> bool:
    """Whether two leaves close against each other."""
    away = math.dist(a.centre, b.centre)
    touch = min(math.dist(p, q) for p in (a.start, a.end) for q in (b.start, b.end))
    return touch < 0.06 and abs(away - a.radius - b.radius) < 0.1 * away


def _mark(role: str, strokes: Iterable[Stroke], name: str = "") -> Mark:
    strokes = list(strokes)
    bows = tuple(s.bow for s in strokes if s.bow is not None and is_swing(s.bow))
    shape = shapely.MultiLineString([LineString(s.points) for s in strokes])
    return Mark("door" if bows and role == "opening" else role, shape, bows, name)


def _groups(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Loose lines that lie together."""
    lines = np.array([LineString(s.points) for s in strokes], dtype=object)
    # By areas and not by pairs: thousands of lines on one spot have millions of pairs.
    areas = shapely.get_parts(shapely.union_all(shapely.buffer(lines, NEAR / 2, quad_segs=1)))
    tree = shapely.STRtree(areas)
    found: dict[int, list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        found[int(tree.query(shapely.Point(stroke.points[0]), predicate="intersects")[0])].append(stroke)
    return [found[key] for key in sorted(found)]
