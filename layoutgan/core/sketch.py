"""Layouts typed as letters, for tests and documentation.

    >>> from layoutgan.domains.floorplan.elements import Room
    >>> plan = sketch('''
    ... aab
    ... aab
    ... ''', make=Room, a="bedroom", b="bathroom")
    >>> plan["a"].shape.area, plan["b"].kind
    (4.0, 'bathroom')

Each letter is a square cell; ``.`` and space are outside. The first line is the north side.
"""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import Polygon

from layoutgan.core.geometry import parts, simplified
from layoutgan.core.layout import Element, Layout

__all__ = ["cells", "sketch"]


def cells(text: str, scale: float = 1.0) -> dict[str, list[Polygon]]:
    """The polygons that each letter covers, largest first [m].

    Args:
        text: lines of letters, the first line in the north.
        scale: side of one cell [m].
    """
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    squares: dict[str, list[Polygon]] = {}
    for row, line in enumerate(reversed(lines)):
        for column, letter in enumerate(line[indent:]):
            if letter not in ". ":
                box = shapely.box(column * scale, row * scale, (column + 1) * scale, (row + 1) * scale)
                squares.setdefault(letter, []).append(box)
    return {letter: [simplified(p) for p in parts(shapely.unary_union(boxes))]
            for letter, boxes in sorted(squares.items())}


def sketch(text: str, *, make: type[Element], scale: float = 1.0, domain: str = "floorplan",
           name: str = "sketch", brief: Any = None, **kinds: str) -> Layout:
    """The layout that letters draw.

    Args:
        text: lines of letters, the first line in the north.
        make: the type of element that each letter becomes.
        scale: side of one cell [m].
        domain: of the layout.
        name: of the layout.
        brief: that it answers.
        kinds: what each letter is, such as ``a="bedroom"``.
    """
    drawn = cells(text, scale)
    elements = []
    for letter, shapes in drawn.items():
        for number, shape in enumerate(shapes):
            suffix = "" if number == 0 else str(number + 1)
            elements.append(make(id=letter + suffix, kind=kinds.get(letter, letter), shape=shape))
    outline = shapely.unary_union([e.shape for e in elements])
    boundary = simplified(outline) if isinstance(outline, Polygon) else None
    return Layout(domain=domain, name=name, boundary=boundary, elements=tuple(elements), brief=brief)
