"""Living rooms narrower than the Acme office draws them."""

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clear_width
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["narrow_living_room"]

HANDBOOK = Source("Acme design handbook", "2026", "3.1", verified=True)


@rule("AC001", each=Room, source=HANDBOOK)
def narrow_living_room(room: Room, context: Context, *, min_width: Metres = 3.2) -> Judgement:
    """Living room narrower than a sofa, a table and the way between them.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=3.0, a="living_room")
        >>> [f.measured for f in check(plan, [narrow_living_room]).findings]
        [3.0]
    """
    if room.kind not in ("living_room", "living_kitchen"):
        return SKIP
    width = clear_width(context, room.id)
    if width >= min_width - 1e-6:
        return None
    return found(
        f"{room.name or room.id} is {width:.2f} m wide.", room.id, where=room.shape, measured=width,
        limit=min_width, remedy=f"Widen it by {min_width - width:.2f} m.",
    )
