"""Edges of rooms without a wall."""

from __future__ import annotations

from shapely.geometry import LineString

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import seams
from layoutgan.domains.floorplan.elements import Door, Wall
from layoutgan.domains.floorplan.seams import NOTHING
from layoutgan.domains.floorplan.walls import covered_length
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_wall"]


@rule("FP038", each=Layout)
def missing_wall(layout: Layout, context: Context, *, max_gap: Metres = 0.10) -> Judgement:
    """Edge between two rooms, or of a room to the outside, where no wall stands.

    Two rooms that an opening joins may do without a wall between them. Plans without any wall are not judged.

    Args:
        max_gap: longest edge without a wall that passes [m].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="living_room", done=True)
        >>> check(plan, [missing_wall]).errors
        0
        >>> holed = plan.replaced(elements=[e for e in plan.elements if getattr(e, "kind", "") != "interior"])
        >>> [(f.elements, f.measured) for f in check(holed, [missing_wall]).findings]
        [(('a', 'b'), 3.0)]
    """
    walls = context.of(Wall)
    if not walls:
        return SKIP
    joined = {frozenset(d.between) for d in context.of(Door) if d.kind == "opening"}
    standing = {e.id for e in layout.elements if e.tag == "obstacle"}
    found_seams = seams(context)
    covered = covered_length(found_seams, walls)
    findings = []
    for seam, length in zip(found_seams.seams, covered, strict=True):
        sides = {seam.left, seam.right}
        if (
            NOTHING in sides
            or sides & standing
            or frozenset(sides) in joined
            or seam.length - length <= max_gap
        ):
            continue
        gap = seam.length - length
        findings.append(
            found(
                f"{gap:.2f} m between {seam.left} and {seam.right} have no wall.",
                seam.left,
                seam.right,
                where=LineString(found_seams.points(seam)),
                measured=gap,
                limit=max_gap,
                remedy=f"Add {gap:.2f} m of wall, or an opening if the two are meant to be one space.",
            )
        )
    return findings
