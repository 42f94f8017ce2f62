"""Doors and windows of a layout from the openings that were found in the walls of a drawing."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry import LineString, Point

from cad_plugin.reading.gaps import Hole
from cad_plugin.reading.understood import Remark
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.kinds import kind

__all__ = ["openings_of"]

THIN = 0.05
"""Thickness of a wall that is a single line [m]."""
SLIDING = 1.4
"""A door without a swing that is at least this wide slides [m]."""


def openings_of(
    holes: Sequence[Hole], rooms: Sequence[Room], thickness: float
) -> tuple[list[Door], list[Window], list[Remark]]:
    """Doors and windows between rooms, and what was assumed.

    Args:
        holes: openings in walls.
        rooms: of the plan.
        thickness: of walls that are drawn as single lines [m].
    """
    doors: list[Door] = []
    windows: list[Window] = []
    remarks: list[Remark] = []
    tree = shapely.STRtree([r.shape for r in rooms])
    for hole in sorted(holes, key=lambda h: (-round(h.line.centroid.y, 2), round(h.line.centroid.x, 2))):
        sides = [_side(tree, rooms, hole, left) for left in (1.0, -1.0)]
        middle = hole.line.interpolate(0.5, normalized=True)
        at = (middle.x, middle.y)
        text = hole.mark.text if hole.mark else "gap in a wall"
        inner = next((r for r in sides if r is not None and not kind(r.kind).outdoor), None) or next(
            (r for r in sides if r is not None), None
        )
        if inner is None or (sides[0] is sides[1]):
            remarks.append(Remark("left out", f"{text} between no two rooms", at))
        elif hole.role == "window" and not _opens_out(sides):
            remarks.append(Remark("left out", f"{text}: a window between two rooms", at))
        elif hole.role == "window":
            wall = hole.thickness or thickness
            windows.append(
                Window(id=f"W{len(windows) + 1}", shape=_jambs(hole), room=inner.id, thickness=wall)
            )
        else:
            door, said = _door(f"D{len(doors) + 1}", hole, sides, hole.thickness or thickness)
            doors.append(door)
            remarks += [Remark("assumed", f"{text}: {one}", at) for one in said]
    return doors, windows, remarks


def _jambs(hole: Hole) -> LineString:
    return LineString([(round(x, 6), round(y, 6)) for x, y in hole.line.coords])


def _side(tree: shapely.STRtree, rooms: Sequence[Room], hole: Hole, left: float) -> Room | None:
    """The room beside the middle of an opening."""
    (ax, ay), (bx, by) = hole.line.coords[0], hole.line.coords[-1]
    size, away = hole.line.length, left * (hole.thickness / 2 + 0.12)
    place = Point((ax + bx) / 2 - (by - ay) / size * away, (ay + by) / 2 + (bx - ax) / size * away)
    hits = sorted(tree.query(place, predicate="intersects"))
    return rooms[int(hits[0])] if hits else None


def _opens_out(sides: Sequence[Room | None]) -> bool:
    return any(r is None or kind(r.kind).outdoor for r in sides)


def _door(name: str, hole: Hole, sides: Sequence[Room | None], thickness: float) -> tuple[Door, list[str]]:
    said: list[str] = []
    ids = [r.id if r else "outside" for r in sides]
    sort = "door"
    into: str | None = None
    if hole.swing is not None:
        into = ids[0 if hole.swing.left else 1]
    outdoor = any(r is not None and kind(r.kind).outdoor for r in sides)
    if hole.role == "opening":
        sort = "opening"
        if hole.mark is None:
            said.append(f"{hole.line.length:.2f} m wide without a sign, read as an opening without a door")
        else:
            said.append("read as an opening: neither a swing nor a window")
    elif "outside" in ids and not outdoor:
        sort = "entrance"
    elif hole.swing is None and (outdoor or hole.line.length >= SLIDING):
        sort = "sliding"
    if hole.swing is None and sort in ("door", "entrance"):
        said.append("no swing was found, so none is judged")
    between = (ids[1], ids[0]) if ids[0] == "outside" else (ids[0], ids[1])
    door = Door.model_validate(
        {
            "id": name,
            "kind": sort,
            "shape": _jambs(hole),
            "between": between,
            "thickness": thickness,
            "opens_into": None if into == "outside" else into,
            "hinge": hole.swing.hinge if hole.swing else "start",
        }
    )
    return door, said
