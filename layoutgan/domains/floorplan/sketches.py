"""Floor plans typed as letters, with doors, windows and a brief, for tests and manual pages.

>>> plan = drawn('''
... aab
... aab
... ''', a="living_room", b="bedroom", doors=[{"between": "ab"}], brief={"entrance": [0, 1]})
>>> [element.id for element in plan.elements]
['a', 'b', 'door-a-b']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shapely.geometry import LineString, Point

from layoutgan.core.layout import Element, Layout
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window
from layoutgan.domains.floorplan.seams import OUTSIDE, Seam, Seams, find_seams

__all__ = ["drawn"]

_STANDING = ("shaft", "column", "stair", "void")


def drawn(text: str, *, scale: float = 1.0, doors: Iterable[Mapping[str, Any]] = (),
          windows: Iterable[Mapping[str, Any]] = (), brief: Mapping[str, Any] | None = None,
          done: bool = False, also: Iterable[Element] = (), **kinds: str) -> Layout:
    """The floor plan that letters draw.

    Args:
        text: lines of letters, the first line in the north.
        scale: side of one cell [m].
        doors: each with ``between`` (two letters; ``outside`` for an entrance), and where it differs ``at``
            (its middle), ``width`` 0.8, ``kind``, ``into``, ``hinge``, ``thickness`` 0.1; by default in the
            middle of the longest shared wall.
        windows: each with ``room``, and where it differs ``at``, ``width`` 1.2, ``sill`` 0.9, ``head`` 2.1.
        brief: fields that differ from one that asks for just these rooms.
        done: complete the plan with walls, doors and windows.
        also: further elements.
        kinds: what each letter is; shaft, column, stair and void are obstacles.
    """
    plan = sketch(text, make=Room, scale=scale, **kinds)
    standing = [Obstacle(id=e.id, kind=e.kind, shape=e.shape) for e in plan.elements if e.kind in _STANDING]
    rooms = [e for e in plan.elements if e.kind not in _STANDING]
    asked = None
    if brief is not None:
        values: dict[str, Any] = {
            "layoutgan": 1, "domain": "floorplan", "boundary": plan.boundary,
            "spaces": [{"id": r.id, "kind": r.kind} for r in rooms],
            "obstacles": [{"kind": o.kind, "shape": o.shape} for o in standing]}
        asked = FloorplanBrief.model_validate(values | dict(brief))
    found = find_seams([(e.id, e.shape) for e in (*rooms, *standing)], plan.boundary)
    openings: list[Element] = [_door(found, **{str(k): v for k, v in one.items()}) for one in doors]
    openings += [_window(found, number, **{str(k): v for k, v in one.items()})
                 for number, one in enumerate(windows, start=1)]
    layout = plan.replaced(elements=(*rooms, *standing, *openings, *also), brief=asked)
    if not done:
        return layout
    from layoutgan.domains.floorplan.complete import complete

    return complete(layout)


def _place(found: Seams, one: str, two: str, at: Any, width: float) -> tuple[Seam, LineString]:
    """The seam between two things that is nearest to a point, or the longest, and an opening on it."""
    both = [s for s in found.seams if {s.left, s.right} == {one, two}]
    if not both:
        raise ValueError(f"'{one}' and '{two}' share no wall in the sketch")
    if at is None:
        seam = max(both, key=lambda s: s.length)
        middle = (seam.start + seam.end) / 2
    else:
        seam = min(both, key=lambda s: LineString(found.points(s)).distance(Point(at)))
        middle = found.lines[seam.line].along(*map(float, at))
    line = found.lines[seam.line]
    return seam, LineString([line.at(middle - width / 2), line.at(middle + width / 2)])


def _door(found: Seams, between: Any, at: Any = None, width: float = 0.8, kind: str = "",
          into: str | None = None, hinge: str = "start", thickness: float = 0.1, id: str = "") -> Door:
    one, two = between
    seam, shape = _place(found, one, two, at, width)
    sort = kind or ("entrance" if OUTSIDE in (one, two) else "door")
    if into is None and sort in ("door", "entrance"):
        into = two if two != OUTSIDE else one
    if into is not None and seam.left != into:
        shape = LineString(shape.coords[::-1])
    return Door.model_validate({
        "id": id or ("entrance" if sort == "entrance" else f"door-{one}-{two}"), "kind": sort, "shape": shape,
        "between": (one, two), "thickness": thickness, "opens_into": into, "hinge": hinge})


def _window(found: Seams, number: int, room: str, at: Any = None, width: float = 1.2, sill: float = 0.9,
            head: float = 2.1, thickness: float = 0.3, beyond: str = OUTSIDE) -> Window:
    _, shape = _place(found, room, beyond, at, width)
    name = f"window-{room}-{number}"
    return Window(id=name, shape=shape, room=room, thickness=thickness, sill=sill, head=head)

