"""Pipes that touch structures."""

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
from layoutgan.domains.piping.rules.sources import (
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pipe_near_structure"]


@rule("PI408", each=Pipe, source=UHDE)
def pipe_near_structure(pipe: Pipe, context: Context, *, clear: Metres = 0.10) -> Judgement:
    """Pipe, with its insulation, too near to a rack column.

    Args:
        clear: least clear distance [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [6, 0]], "width": 6.0},
        ...     {"pipe": "L-1", "at": [[-2, 2.5, 1], [3, 2.5, 1]], "nps": 4})
        >>> [round(f.measured, 3) for f in check(plan, [pipe_near_structure]).findings]
        [0.043]
    """
    columns = context.once(column_boxes)
    if pipe.status == "exception" or not len(columns):
        return SKIP
    own = context.once(legs)
    near, which = near_boxes(own, columns, clear)
    mine = np.asarray([own.pipes[own.pipe[k]] is pipe for k in near], dtype=np.bool_)
    near, which = near[mine], which[mine]
    apart = box_distance(own.start[near], own.end[near], columns[which]) - pipe.radius
    worst = float(apart.min(initial=clear))
    # What runs through the column is another rule's finding.
    if not below(worst, clear) or below(worst, 0.0):
        return None
    box = columns[which[apart.argmin()]]
    return found(
        f"{pipe.id} passes a rack column at {1000 * worst:.0f} mm.",
        pipe.id,
        where=shapely.box(box[0], box[1], box[3], box[4]),
        measured=worst,
        limit=clear,
        remedy="Move the pipe away from the column.",
    )
