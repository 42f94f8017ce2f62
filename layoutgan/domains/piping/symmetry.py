"""The eight ways a plan can lie: quarter turns and mirror images, as whole layouts.

Number k turns by k mod 4 quarters counter-clockwise; from 4 on the plan is mirrored at the y axis first.
Heights stay. An item whose nozzles do not allow it cannot be built mirrored, so this is for tests and
training, not for placing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from layoutgan.core.layout import Element, Layout
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import Component, Equipment, Terminal
from layoutgan.domains.piping.shapes import DIRECTIONS

__all__ = ["SYMMETRIES", "mirrored"]

SYMMETRIES = 8


def _matrix(number: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The 2 by 2 matrix of a symmetry."""
    turn = np.linalg.matrix_power(np.asarray([[0, -1], [1, 0]]), number % 4)
    return np.asarray(turn @ np.diag([-1, 1]) if number >= 4 else turn, dtype=np.int64)


def mirrored(layout: Layout, number: int) -> Layout:
    """The layout turned and mirrored about the origin, with its brief's wind and fixed places.

    Args:
        layout: a plant.
        number: which symmetry, 0 to 7; 0 is the layout itself.
    """
    matrix = _matrix(number)
    moved = tuple(_element(element, matrix, number) for element in layout.elements)
    boundary = None if layout.boundary is None else _shape(layout.boundary, matrix)
    changes: dict[str, Any] = {"elements": moved, "boundary": boundary, "north": _angle(layout.north, matrix)}
    if isinstance(layout.brief, PipingBrief):
        changes["brief"] = _brief(layout.brief, matrix, number)
    return layout.replaced(**changes)


def _shape(shape: Any, matrix: Any) -> Any:
    def move(points: Any) -> Any:
        out = points.copy()
        out[:, :2] = points[:, :2] @ matrix.T
        return out

    return shapely.transform(shape, move, include_z=bool(shape.has_z))


def _angle(degrees: float, matrix: Any) -> float:
    way = matrix @ np.asarray([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    return round(float(np.degrees(np.arctan2(way[1], way[0]))) % 360.0, 9)


def _word(direction: str, matrix: Any) -> str:
    x, y, z = DIRECTIONS[direction]
    a, b = (int(v) for v in matrix @ np.asarray([x, y]))
    return next(word for word, vector in DIRECTIONS.items() if vector == (a, b, z))


def _element(element: Element, matrix: Any, number: int) -> Element:
    values = {name: getattr(element, name) for name in type(element).model_fields}
    values["shape"] = _shape(element.shape, matrix)
    if "line" in values and hasattr(values["line"], "coords"):
        values["line"] = _shape(values["line"], matrix)
    if isinstance(element, Equipment):
        # Where its own +x points decides the turn; a mirror image keeps the side that pulls and drives.
        front = _word(element.front, matrix)
        values["turn"] = ("+x", "+y", "-x", "-y").index(front)
        values["nozzles"] = tuple(
            n.model_copy(update={"at": _shape(n.at, matrix), "direction": _word(n.direction, matrix)})
            for n in element.nozzles
        )
    if isinstance(element, Component | Terminal):
        values["direction"] = _word(element.direction, matrix)
    if isinstance(element, Component) and element.stem is not None:
        values["stem"] = _word(element.stem, matrix)
    return type(element)(**values)


def _brief(brief: PipingBrief, matrix: Any, number: int) -> PipingBrief:
    site = brief.site
    moved = site.model_copy(
        update={"outline": _shape(site.outline, matrix), "wind": _angle(site.wind, matrix)}
    )
    items = tuple(
        e if e.fixed is None else e.model_copy(update={
            "fixed": e.fixed.model_copy(update={"at": _shape(e.fixed.at, matrix)})})
        for e in brief.equipment
    )  # fmt: skip
    return brief.model_copy(update={"site": moved, "equipment": items, "north": _angle(brief.north, matrix)})
