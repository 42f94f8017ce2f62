"""Doors and windows in the same piece of wall."""

from __future__ import annotations

import math

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import ends
from layoutgan.domains.floorplan.elements import Door, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["overlapping_openings"]


@rule("FP035", each=Layout)
def overlapping_openings(layout: Layout, context: Context, *, max_overlap: Metres = 0.01) -> Judgement:
    """Doors and windows that claim the same piece of wall.

    Args:
        max_overlap: length that two openings may share [m].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="living_room", windows=[
        ...     {"room": "a", "at": [1.0, 0]}, {"room": "a", "at": [1.8, 0]}])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [overlapping_openings]).findings]
        [(('window-a-1', 'window-a-2'), 0.4)]
    """
    jambs = ends(context)
    both: tuple[Door | Window, ...] = (*context.of(Door), *context.of(Window))
    openings = [(e, *jambs[e.id]) for e in both]
    if len(openings) < 2:
        return SKIP
    boxes = [(min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])) for _, a, b in openings]
    findings = []
    for i, (one, *_) in enumerate(openings):
        x0, x1, y0, y1 = boxes[i]
        reach = one.thickness / 2
        for j in range(i + 1, len(openings)):
            a0, a1, b0, b1 = boxes[j]
            if a0 > x1 + reach or a1 < x0 - reach or b0 > y1 + reach or b1 < y0 - reach:
                continue
            shared = _shared(openings[i], openings[j])
            if shared > max_overlap:
                other = openings[j][0]
                findings.append(
                    found(
                        f"{one.id} and {other.id} overlap by {shared:.2f} m.",
                        one.id,
                        other.id,
                        where=one.shape,
                        measured=shared,
                        limit=max_overlap,
                        remedy=f"Move one of them by {shared:.2f} m along the wall.",
                    )
                )
    return findings


_Opening = tuple[Door | Window, tuple[float, float], tuple[float, float]]


def _shared(one: _Opening, two: _Opening) -> float:
    """Length of wall that two openings both take [m]."""
    (first, (ax, ay), (bx, by)), (second, (cx, cy), (dx, dy)) = one, two
    length = math.hypot(bx - ax, by - ay)
    ux, uy = (bx - ax) / length, (by - ay) / length
    reach = max(first.thickness, second.thickness) / 2
    if max(abs((cx - ax) * uy - (cy - ay) * ux), abs((dx - ax) * uy - (dy - ay) * ux)) > reach:
        return 0.0
    start, end = sorted(((cx - ax) * ux + (cy - ay) * uy, (dx - ax) * ux + (dy - ay) * uy))
    return max(0.0, min(end, length) - max(start, 0.0))
