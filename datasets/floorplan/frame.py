"""How deep the rows of a procedural dwelling are and how wide its columns, so that its rooms look right."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from .priors import area
from .programme import Column, Programme

__all__ = ["Frame", "draw_frame"]

_NARROW = {
    "living_room": 2.5,
    "bedroom": 2.3,
    "study": 2.1,
    "dining_room": 2.3,
    "kitchen": 1.6,
    "bathroom": 1.25,
    "toilet": 0.82,
    "laundry": 0.95,
    "closet": 0.6,
    "storage": 0.9,
}
"""Widths below which a room of the kind is avoided [m]."""
_LONG = {
    "living_room": 3.0,
    "bedroom": 2.0,
    "study": 2.2,
    "dining_room": 2.2,
    "kitchen": 3.0,
    "bathroom": 1.9,
    "toilet": 2.4,
    "laundry": 2.6,
    "closet": 4.2,
}
"""Proportions above which a room of the kind is refused [-]."""
_SQUARE = ("bedroom", "bathroom")
"""Kinds whose proportions matter most."""
EASY = 1.25
"""Up to here the proportion of a room does not matter [-]."""
MEET = 0.11
"""Rows and columns whose widths differ by less than this share are made equal [-]."""


@dataclass(frozen=True)
class Frame:
    """Sizes of one plan [m]."""

    rows: tuple[float, float]
    """Depths of the sunny and the middle row."""
    row_widths: tuple[list[float], list[float]]
    """Widths of their rooms."""
    north: float
    """Depth of the columns."""
    column_widths: list[float]
    gap: float
    offset: float
    """Where the columns begin, east of where the rows begin."""


def draw_frame(programme: Programme, draw: random.Random) -> Frame | None:
    """Sizes for a programme, None if a room would be badly proportioned; draws the areas of its rooms."""
    for slot in (*programme.sunny, *programme.middle):
        slot.area = area(draw, programme.style, slot.kind, programme.size * slot.share) + 0.7 * slot.closets
        slot.area += 4.0 * slot.ensuite
    for column in programme.columns:
        column.areas = [
            [area(draw, programme.style, kind, programme.size) for kind in row] for row in column.rows
        ]
        if column.ensuite or column.closets:
            column.areas[0][0] += 4.0 * column.ensuite + 0.7 * column.closets
    hub = area(draw, programme.style, programme.hub, programme.size) if programme.gap is None else 0.0
    sunny, north = _best_depths(programme, hub, draw)
    widths = [slot.area / sunny for slot in programme.sunny]
    columns = [_width(column, north) for column in programme.columns]
    gap = programme.gap if programme.gap is not None else max(hub / (north + programme.strip), 1.2)
    behind = sum(columns) + gap
    front = sum(widths) or behind
    offset = 0.0
    if abs(math.log(front / behind)) < MEET or (programme.strip > 0 and front > behind):
        # Columns keep their widths where they are small rooms; the rows in front adapt.
        sunny *= front / behind
        widths = [w * behind / front for w in widths]
        front = behind
    else:
        offset = draw.choice((0.0, 0.0, 1.0, 1.0, draw.random())) * (front - behind)
    middle = sum(slot.area for slot in programme.middle) / front
    between = [slot.area / middle for slot in programme.middle]
    frame = Frame((sunny if widths else 0.0, middle), (widths, between), north, columns, gap, offset)
    return frame if _fits(programme, frame) else None


def _fits(programme: Programme, frame: Frame) -> bool:
    """Whether every room is wide enough and not too long before anything is carved out of it."""
    for slots, depth, widths in zip(
        (programme.sunny, programme.middle), frame.rows, frame.row_widths, strict=True
    ):
        for slot, width in zip(slots, widths, strict=True):
            if slot.kind != programme.hub and _bad(slot.kind, width, depth):
                return False
    for column, width in zip(programme.columns, frame.column_widths, strict=True):
        for kinds, areas in zip(column.rows, column.areas, strict=True):
            for kind, own in zip(kinds, areas, strict=True):
                if _bad(kind, width * own / sum(areas), sum(areas) / width):
                    return False
    return True


def _bad(kind: str, width: float, height: float) -> bool:
    height /= 1 + kind.count("/")
    kind = kind.partition("/")[0]
    low, high = (width, height) if width < height else (height, width)
    return low < 0.9 * _NARROW.get(kind, 0.6) or high > _LONG.get(kind, 4.0) * low


def _misfit(kind: str, width: float, height: float) -> float:
    """How badly proportioned a room is [-]."""
    height /= 1 + kind.count("/")
    kind = kind.partition("/")[0]
    low, high = (width, height) if width < height else (height, width)
    narrow = _NARROW.get(kind, 0.6)
    cost = 6.0 * (1.0 - low / narrow) if low < narrow else 0.0
    if high > EASY * low:
        cost += (4.0 if kind in _SQUARE else 1.0) * math.log(high / low / EASY) ** 2
    return cost


def _best_depths(programme: Programme, hub: float, draw: random.Random) -> tuple[float, float]:
    """Depths of the sunny row and of the columns that suit the rooms and make both about as wide [m]."""
    rows = programme.sunny
    mean = math.sqrt(sum(slot.area for slot in rows) / len(rows)) if rows else 1.0
    middle = sum(slot.area for slot in programme.middle)
    fronts = []
    for _ in range(10 if rows else 1):
        depth = mean * draw.uniform(0.75, 1.5)
        cost = sum(_misfit(slot.kind, slot.area / depth, depth) for slot in rows) + 0.15 * draw.random()
        fronts.append((cost, depth, sum(slot.area for slot in rows) / depth))
    best, least = (1.0, 2.5), math.inf
    for _ in range(16):
        north = draw.uniform(1.7, 6.2)
        base, width = _block_misfit(programme, hub, north)
        base += 0.15 * draw.random()
        for cost, depth, front in fronts:
            uneven = max(0.0, abs(math.log(width / front)) - 0.05) if rows else 0.0
            whole = depth + north + programme.strip + middle / front
            total = base + cost + 5.0 * uneven + 0.5 * abs(math.log(whole / front / programme.slender))
            if total < least:
                best, least = (depth, north), total
    return best


def _block_misfit(programme: Programme, hub: float, north: float) -> tuple[float, float]:
    """How badly proportioned the rooms of the columns are [-], and their width with the gap [m]."""
    cost = 0.0
    width = programme.gap or max(hub / (north + programme.strip), 1.2)
    if programme.gap is None:
        cost += _misfit(programme.hub, hub / north, north)
    for column in programme.columns:
        own = _width(column, north)
        width += own
        cost += _column_misfit(column, own, north)
    return cost, width


def _width(column: Column, north: float) -> float:
    total = sum(map(sum, column.areas))
    return column.width if column.width is not None and total / column.width <= north else total / north


def _column_misfit(column: Column, width: float, north: float) -> float:
    stretch = north * width / sum(map(sum, column.areas)) if column.width is None else 1.0
    cost = 0.0
    for kinds, areas in zip(column.rows, column.areas, strict=True):
        height = sum(areas) / width * stretch
        for kind, own in zip(kinds, areas, strict=True):
            cost += _misfit(kind, width * own / sum(areas), height)
    return cost
