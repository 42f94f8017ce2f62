"""Three small rules and a hostile text, for tests of reports."""

from __future__ import annotations

import datetime

from shapely.geometry import Point

from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.acceptance import Waiver
from layoutgan.validation.rule import SKIP, Source, found, rule

__all__ = ["EVIL", "RULES", "TODAY", "balcony_here", "plain_room", "small_room", "waiver"]

EVIL = "<script>alert('x')</script>\"&{{7*7}}"
TODAY = datetime.date(2026, 11, 22)


@rule("FP901", each=Room, source=Source("A book", "2nd", "7.3", verified=True))
def small_room(room, context, *, least: float = 3.0):
    """Room too small.

    Args:
        least: least area [m²].
    """
    if room.kind == "balcony":
        return SKIP
    if room.shape.area >= least:
        return None
    return found(
        f"{room.id} has {room.shape.area} m²",
        room.id,
        where=room.shape,
        measured=room.shape.area,
        limit=least,
        remedy="Make it larger.",
    )


@rule("FP902", each=Room, source=Source("Hearsay"))
def plain_room(room, context):
    """Room called a."""
    return found("is called a", room.id, where=Point(0, 0)) if room.id == "a" else None


@rule("FP903", each=Room)
def balcony_here(room, context):
    """A balcony."""
    return SKIP


RULES = (small_room, plain_room, balcony_here)


def waiver(code: str, elements: tuple[str, ...] = (), expires: datetime.date = TODAY) -> Waiver:
    return Waiver(rule=code, elements=elements, reason="It is old", person="A. A.", expires=expires)
