"""What to do about a room that is too narrow or too small: which wall to move, and at whose cost."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import clear_area, clear_width, floor_rectangles, rooms, seams
from layoutgan.validation.rule import Context

__all__ = ["neighbour_to_shrink", "wall_to_move"]

SHORTEST = 0.6
"""A shared wall shorter than this is no wall to move [m]."""
KEPT = 0.9
"""Width that the neighbour keeps at least [m]."""


def wall_to_move(context: Context, room: str, gain: float) -> str:
    """The neighbour that can give a room that much width [m], by id; empty if none can.

    Looked at are walls along the room's narrow part. The widest neighbour gives.
    """
    floor = floor_rectangles(context, room)
    if floor is None or not floor.boxes:
        return ""
    x0, y0, x1, y1 = max(floor.boxes, key=lambda b: (min(b[2] - b[0], b[3] - b[1]), b))
    ux, uy = floor.turn
    along = (ux, uy) if x1 - x0 >= y1 - y0 else (-uy, ux)  # of the long side
    found: dict[str, float] = {}
    plan, known = seams(context), rooms(context)
    for seam in plan.seams:
        line = plan.lines[seam.line]
        beyond = seam.other(room) if room in (seam.left, seam.right) else ""
        parallel = abs(line.ux * along[0] + line.uy * along[1]) > 0.99
        if beyond in known and parallel and seam.length >= SHORTEST:
            found[beyond] = max(found.get(beyond, 0.0), seam.length)
    able = [name for name in found if clear_width(context, name) - gain >= KEPT]
    return max(able, key=lambda name: (round(clear_width(context, name), 3), found[name], name), default="")


def neighbour_to_shrink(context: Context, room: str, gain: float) -> str:
    """The neighbour with the most floor that can give a room that much [m²], by id; empty if none can."""
    known = rooms(context)
    beside = {
        seam.other(room)
        for seam in seams(context).seams
        if room in (seam.left, seam.right) and seam.length >= SHORTEST and seam.other(room) in known
    }
    able = [name for name in beside if clear_area(context, name) >= 3.0 * gain]
    return max(able, key=lambda name: (round(clear_area(context, name), 3), name), default="")
