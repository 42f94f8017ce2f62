"""Walkways that something stands in."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.geometry import clear_width
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    below,
    column_boxes,
    equipment,
)
from layoutgan.domains.piping.elements import (
    KeepOut,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    RED_BAG,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pinched_walkway"]


@rule("PI302", each=Road, source=RED_BAG)
def pinched_walkway(road: Road, context: Context, *, width: Metres = 0.7, height: Metres = 2.2) -> Judgement:
    """Walkway that equipment or steel narrows to less than a person.

    Args:
        width: least clear width at a local obstruction [m].
        height: what begins above this is walked under [m].

    Example:
        >>> plan = drawn({"road": "W-1", "kind": "walkway", "box": [0, 0, 20, 1]},
        ...     {"pump": "P-1", "box": [5, 0.4, 7, 2]})
        >>> [f.elements for f in check(plan, [pinched_walkway]).findings]
        [('W-1', 'P-1')]
    """
    if road.kind != "walkway":
        return SKIP
    shape = road.shape
    blocks = [
        (i.id, i.shape)
        for i in context.once(equipment)
        if below(i.bottom, height) and i.shape.intersects(shape)
    ]
    blocks += [
        (k.id, k.shape) for k in context.layout.of(KeepOut) if k.height > 0 and k.shape.intersects(shape)
    ]
    boxes = context.once(column_boxes)
    blocks += [
        ("a rack column", p) for b in boxes if (p := shapely.box(b[0], b[1], b[3], b[4])).intersects(shape)
    ]
    findings = []
    for name, block in blocks:
        # What is left beside the obstacle must hold a strip of that width along the whole walkway.
        rest = shape.difference(block)
        # A hair less than the width, so that a gap of exactly the width passes.
        free = rest.buffer(-(width / 2 - TOLERANCE), join_style="mitre")
        whole = shape.buffer(-(min(width, clear_width(shape)) / 2 - TOLERANCE), join_style="mitre")
        pieces = [p for p in shapely.get_parts(free) if p.area > 0]
        kept = max((np.ptp(shapely.get_coordinates(p), axis=0).max() for p in pieces), default=0.0)
        reach = np.ptp(shapely.get_coordinates(whole), axis=0).max()
        if kept < reach - width - 1e-3:
            ids = (road.id,) if name == "a rack column" else (road.id, name)
            findings.append(
                found(
                    f"{name} leaves less than {width:.2f} m of the walkway {road.id}.",
                    *ids,
                    where=block.intersection(shape),
                    limit=width,
                    remedy="Move it, or lead the walkway around it.",
                )
            )
    return findings
