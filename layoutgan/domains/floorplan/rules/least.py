"""Judgements that many codes share: an area, a width or a door below a limit, said in one way."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import (
    clear_area,
    clear_circle,
    clear_width,
    clears,
    floor_rectangles,
    rooms,
)
from layoutgan.domains.floorplan.elements import Door, Room
from layoutgan.domains.floorplan.rules.remedies import neighbour_to_shrink, wall_to_move
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import Context, Finding, found

__all__ = ["LIVED_IN", "front_doors", "kinds_of", "least_area", "least_door", "least_width", "usable_width"]

LIVED_IN = ("living_room", "dining_room", "bedroom", "study")
"""Kinds that building codes call habitable, kitchens apart."""


def least_area(room: Room, context: Context, limit: float) -> Finding | None:
    """A finding if the clear floor of a room is smaller than the limit [m²]."""
    area = clear_area(context, room.id)
    if area >= limit - 1e-6:
        return None
    giver = neighbour_to_shrink(context, room.id, limit - area)
    return found(
        f"{room.id} has {area:.2f} m².",
        room.id,
        where=clears(context)[room.id],
        measured=area,
        limit=limit,
        remedy=f"Enlarge it by {limit - area:.2f} m² to {limit:.2f} m²" + (
            f": take the floor from {giver}." if giver else "."),
    )


def usable_width(context: Context, room: str, area: float) -> float:
    """Side of the largest square that can be moved over at least that area [m²] of a room [m].

    For a rectangle it is the shorter side; alcoves do not help. A room smaller than the area is as wide as
    its largest square, and one that is not at right angles as its largest circle.
    """
    floor = floor_rectangles(context, room)
    if floor is None:
        return clear_circle(context, room)
    total = clear_area(context, room)
    for side in sorted({min(x1 - x0, y1 - y0) for x0, y0, x1, y1 in floor.boxes}, reverse=True):
        if total - floor.beyond(side) >= min(area, total) - 1e-6:
            return side
    return floor.widest


def least_width(room: Room, context: Context, limit: float, area: float = 0.0) -> Finding | None:
    """A finding if a room is narrower than the limit [m], measured over at least that area [m²]."""
    width = usable_width(context, room.id, area) if area > 0 else clear_width(context, room.id)
    if width >= limit - 1e-6:
        return None
    giver = wall_to_move(context, room.id, limit - width)
    return found(
        f"{room.id} is {width:.2f} m wide.",
        room.id,
        where=clears(context)[room.id],
        measured=width,
        limit=limit,
        remedy=f"Widen it by {limit - width:.2f} m to {limit:.2f} m" + (
            f": move the wall between {room.id} and {giver}." if giver else "."),
    )


def least_door(door: Door, limit: float) -> Finding | None:
    """A finding if the clear width between the jambs of a door is less than the limit [m]."""
    width = float(door.shape.length)
    if width >= limit - 1e-6:
        return None
    return found(
        f"{door.id} is {width:.2f} m wide.",
        door.id,
        where=door.shape,
        measured=width,
        limit=limit,
        remedy=f"Widen it by {limit - width:.2f} m to {limit:.2f} m.",
    )


def kinds_of(door: Door, context: Context) -> frozenset[str]:
    """Kinds of the rooms that a door connects; ``outside`` for the world."""
    known = rooms(context)
    return frozenset(known[end].kind if end in known else end for end in door.between)


def front_doors(context: Context) -> tuple[Door, ...]:
    """Doors between a room and the outside, balcony doors left out."""
    return tuple(
        door
        for door in context.of(Door)
        if OUTSIDE in door.between and not kinds_of(door, context) & {"balcony", "outdoor"}
    )
