"""Windows that do not stand in an outer wall of their room."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import host, open_air
from layoutgan.domains.floorplan.elements import Window
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["window_off_wall"]


@rule("FP033", each=Window)
def window_off_wall(window: Window, context: Context, *, max_beyond: Metres = 0.01) -> Judgement:
    """Window that does not stand in a wall between its room and the open air.

    Args:
        max_beyond: how much of the window may lie beside that wall [m].

    Example:
        >>> window = Window(id="w", room="a", shape=[[2, 0], [3.2, 0]], thickness=0.3)
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="bedroom", also=[window])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [window_off_wall]).findings]
        [(('w', 'a'), 0.2)]
    """
    place = host(context, window, window.room, open_air(context))
    if place is not None and place.missing <= max_beyond:
        return None
    beyond = place.missing if place else float(window.shape.length)
    return found(
        f"{beyond:.2f} m of {window.id} do not stand in an outer wall of {window.room}.",
        window.id,
        window.room,
        where=window.shape,
        measured=beyond,
        limit=max_beyond,
        remedy=f"Move it by {beyond:.2f} m along the façade of {window.room}.",
    )
