"""Distances between classes of equipment."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.derived import (
    below,
    later,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.spacing import Spacing
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["too_close"]


@rule("PI201", each=Equipment, source=UNREAD, unit="m")
def too_close(item: Equipment, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Equipment nearer to another item than the spacing of their classes.

    The distances are defaults that nobody of us has read in a standard, so findings are warnings; a
    company's own table in the brief (``spacing``) replaces them. Items of one set, such as a pump and its
    spare, are exempt.

    Args:
        factor: all distances are multiplied by this [-].

    Example:
        >>> plan = drawn({"column": "C-1", "box": [0, 0, 2, 2]}, {"column": "C-2", "box": [6, 0, 8, 2]})
        >>> [(f.measured, f.limit) for f in check(plan, [too_close]).findings]
        [(4.0, 5.0)]
    """
    spacing = context.once(_spacing)
    pairs = [(o, d) for o, d in later(item, context) if not (item.set and item.set == o.set)]
    pairs = [(o, d) for o, d in pairs if item.above != o.id and o.above != item.id]
    if not pairs:
        return SKIP
    findings = []
    for other, distance in pairs:
        row = spacing.between((item.id, item.kind), (other.id, other.kind))
        limit = row.limit * factor
        if below(distance, limit):
            findings.append(
                found(
                    f"{item.id} and {other.id} stand {distance:.2f} m apart; {limit:.2f} m is asked for.",
                    item.id,
                    other.id,
                    where=shapely.shortest_line(item.shape, other.shape),
                    measured=distance,
                    limit=limit,
                    remedy="Move them apart, or give your company's distance in the brief.",
                )
            )
    return findings


def _spacing(context: Context) -> Spacing:
    return Spacing(context.brief.spacing if isinstance(context.brief, PipingBrief) else ())
