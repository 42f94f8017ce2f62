"""Pipes that run through rack columns."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    column_boxes,
    legs,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.legs import box_distance, near_boxes
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pipe_through_column"]


@rule("PI106", each=Pipe)
def pipe_through_column(pipe: Pipe, context: Context, *, gap: Metres = 0.0) -> Judgement:
    """Pipe, with its insulation, that runs through a column of a rack.

    Args:
        gap: least clear distance from the outside of the insulation to the steel [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [6, 0]], "width": 6.0},
        ...     {"pipe": "L-1", "at": [[-2, 2.8, 1], [3, 2.8, 1]]})
        >>> [f.elements for f in check(plan, [pipe_through_column]).findings]
        [('L-1',)]
    """
    columns = context.once(column_boxes)
    if pipe.status == "exception" or not len(columns):
        return SKIP
    own = context.once(legs)
    mine = np.flatnonzero([own.pipes[p] is pipe for p in own.pipe])
    near, which = near_boxes(own, columns, gap)
    chosen = np.isin(near, mine)
    near, which = near[chosen], which[chosen]
    apart = box_distance(own.start[near], own.end[near], columns[which]) - pipe.radius
    worst = apart.min(initial=gap)
    if not below(worst, gap):
        return None
    box = columns[which[apart.argmin()]]
    return found(
        f"{pipe.id} runs through a rack column.",
        pipe.id,
        where=shapely.box(box[0], box[1], box[3], box[4]),
        measured=float(worst),
        limit=gap,
        remedy="Route the line beside the column.",
    )
