"""Windows in a wall to the neighbour."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import ends, seams
from layoutgan.domains.floorplan.elements import Wall, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["party_window"]


@rule("FP032", each=Window)
def party_window(window: Window, context: Context, *, max_length: Metres = 0.01) -> Judgement:
    """Window in a wall that touches a neighbour.

    The brief lists the pieces of the outline that touch a neighbour as ``party``; behind them is a building.

    Args:
        max_length: how much of a window may reach into such a wall [m].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="living_room",
        ...     windows=[{"room": "a", "at": [0, 1.5]}], brief={"party": [[[0, 0], [0, 3]]]})
        >>> [(f.elements, f.measured) for f in check(plan, [party_window]).findings]
        [(('window-a-1',), 1.2)]
    """
    party = [s for s in seams(context).seams if s.party]
    if not party and not any(w.kind == "party" for w in context.of(Wall)):
        return SKIP
    (ax, ay), (bx, by) = ends(context)[window.id]
    covered = 0.0
    for seam in party:
        line = seams(context).lines[seam.line]
        if max(abs(line.aside(ax, ay)), abs(line.aside(bx, by))) <= window.thickness + 0.02:
            start, end = sorted((line.along(ax, ay), line.along(bx, by)))
            covered += max(0.0, min(end, seam.end) - max(start, seam.start))
    if covered <= max_length:
        return None
    return found(
        f"{covered:.2f} m of {window.id} stand in a wall to the neighbour.",
        window.id,
        where=window.shape,
        measured=round(covered, 9),
        limit=max_length,
        remedy=f"Move the window of {window.room} to a free façade.",
    )
