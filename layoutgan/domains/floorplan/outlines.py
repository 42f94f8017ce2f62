"""Outlines for briefs that have none: buildable proportions, and a place for the front door.

Of the real outlines in the training splits two in five are rectangles and most others have six to eight
corners; so rectangles, L, T and U shapes are drawn, wide enough that every part of them holds a room.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from shapely.geometry import Point, Polygon

__all__ = ["entrance_on", "outline"]

WING = 3.0
"""Least width of a wing [m]: a room with its walls."""
SLENDEREST = 1.7
"""Most long side for a short one [-]."""
STEP = 0.05
"""Sides are multiples of this [m]."""
FRONT = 1.6
"""Least straight wall for a front door and its frame [m]."""

Form = Callable[[float, float, float, float], list[tuple[float, float]]]


def _rectangle(w: float, h: float, a: float, b: float) -> list[tuple[float, float]]:
    return [(0, 0), (w, 0), (w, h), (0, h)]


def _l_shape(w: float, h: float, a: float, b: float) -> list[tuple[float, float]]:
    return [(0, 0), (w, 0), (w, h - b), (w - a, h - b), (w - a, h), (0, h)]


def _t_shape(w: float, h: float, a: float, b: float) -> list[tuple[float, float]]:
    c = _to_step(a / 2)
    return [(0, 0), (w, 0), (w, h - b), (w - c, h - b), (w - c, h), (c, h), (c, h - b), (0, h - b)]


def _u_shape(w: float, h: float, a: float, b: float) -> list[tuple[float, float]]:
    c = _to_step((w - a) / 2)
    return [(0, 0), (w, 0), (w, h), (w - c, h), (w - c, h - b), (c, h - b), (c, h), (0, h)]


_FORMS: tuple[tuple[Form, float, float, int], ...] = (
    (_rectangle, 0.45, 0.0, 1),
    (_l_shape, 0.35, 45.0, 4),
    (_t_shape, 0.12, 70.0, 6),
    (_u_shape, 0.08, 140.0, 9),
)
"""Form, how often it is drawn [-], and the least area [m²] and number of rooms for which it is."""


def _to_step(value: float) -> float:
    return round(value / STEP) * STEP


def outline(area: float, rooms: int, number: int, seed: int, *, least_side: float = WING) -> Polygon:
    """An outline of that area [m], the same for the same number and seed.

    Args:
        area: inside the outer walls [m²].
        rooms: how many it will hold (N); few rooms get plain outlines.
        number: 0 gives a rectangle of pleasant proportions, each other one something else.
        seed: of the draw.
        least_side: what the shorter side must have at least, so that the widest room fits [m].
    """
    rng = np.random.default_rng([seed, number, 11])
    forms = [row for row in _FORMS if area >= row[2] and rooms >= row[3]]
    chances = np.array([row[1] for row in forms])
    form = forms[int(rng.choice(len(forms), p=chances / chances.sum()))][0] if number else _rectangle
    slender = float(rng.uniform(1.0, SLENDEREST)) if number else 1.3
    for cut in (float(rng.uniform(0.1, 0.22)), 0.08, 0.0):
        tall = float(rng.uniform(0.8, 1.25))
        shape = _shape(form if cut else _rectangle, area, slender, cut, tall, least_side)
        if shape is not None:
            break
    else:
        shape = Polygon(_rectangle(*_sides(area, slender, least_side), 0, 0))
    turned = Polygon([(y, x) for x, y in shape.exterior.coords]) if number and rng.random() < 0.35 else shape
    x0, y0, _, _ = turned.bounds
    return Polygon([(round(x - x0, 3), round(y - y0, 3)) for x, y in turned.exterior.coords[:-1]])


def _sides(area: float, slender: float, least: float) -> tuple[float, float]:
    """Width and height of a rectangle, no side under the least where the area allows it [m]."""
    height = max(np.sqrt(area / slender), min(least, np.sqrt(area)))
    width = max(_to_step(area / height), STEP)
    return width, round(area / width, 3)


def _shape(form: Form, area: float, slender: float, cut: float, tall: float, least: float) -> Polygon | None:
    """A form whose wings are wide enough, or None; ``cut`` is the share of its box that it leaves out."""
    if form is _rectangle:
        return Polygon(form(*_sides(area, slender, least), 0, 0))
    width, height = _sides(area / (1 - cut), slender, least)
    a, b = _to_step(width * np.sqrt(cut) * tall), _to_step(height * np.sqrt(cut) / tall)
    wings = (width - a) / 2 if form is _u_shape else width - a
    if min(wings, height - b) < WING or min(a, b) < 1.0:
        return None
    rest = area - Polygon(form(width, height, a, b)).area
    return Polygon(form(width, round(height + rest / width, 3), a, b))


def entrance_on(shape: Polygon, number: int, seed: int, north: float = 90.0) -> Point:
    """A place for the front door: on a long enough wall, rather on the side away from the sun.

    Args:
        shape: the outline [m].
        number: of the proposal.
        seed: of the draw.
        north: direction of north [°].
    """
    rng = np.random.default_rng([seed, number, 13])
    away = np.array([np.cos(np.radians(north)), np.sin(np.radians(north))])
    best: tuple[float, float, float] | None = None
    points = np.asarray(shape.exterior.coords)
    sign = 1.0 if shape.exterior.is_ccw else -1.0
    for p, q in pairwise(points):
        length = float(np.linalg.norm(q - p))
        outward = sign * np.array([q[1] - p[1], p[0] - q[0]]) / max(length, 1e-9)
        worth = float(outward @ away) + float(rng.uniform(0, 1.6)) - 10.0 * (length < FRONT)
        share = float(rng.uniform(0.25, 0.75))
        at = p + (q - p) * (round(share * length, 1) / length if length >= FRONT else 0.5)
        if best is None or worth > best[0]:
            best = worth, float(at[0]), float(at[1])
    return Point(best[1:]) if best else Point(points[0])
