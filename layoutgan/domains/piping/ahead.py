"""Room beside equipment: the nearest thing on one side of an item, and what stands in an envelope."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.piping.derived import column_boxes, equipment, legs
from layoutgan.domains.piping.elements import Envelope, Equipment, KeepOut
from layoutgan.domains.piping.legs import box_distance, near_boxes
from layoutgan.domains.piping.shapes import DIRECTIONS
from layoutgan.validation.rule import Context

__all__ = ["clear_ahead", "inside_envelope", "strip_beside"]

_SLIVER = 1e-6
"""Strips are this much narrower than the item, so that what touches the edge does not count [m]."""


def strip_beside(shape: Polygon, side: str, reach: float, width: float | None = None) -> Polygon:
    """The rectangle that lies against one side of a footprint.

    Args:
        shape: the footprint, parallel to the axes [m].
        side: a horizontal direction word.
        reach: how far the rectangle goes [m].
        width: across; by default that of the side [m].
    """
    x0, y0, x1, y1 = shape.bounds
    dx, dy, _ = DIRECTIONS[side]
    half = (width if width is not None else (y1 - y0 if dx else x1 - x0)) / 2
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    if dx:
        near = x1 if dx > 0 else x0
        return shapely.box(min(near, near + dx * reach), cy - half, max(near, near + dx * reach), cy + half)
    near = y1 if dy > 0 else y0
    return shapely.box(cx - half, min(near, near + dy * reach), cx + half, max(near, near + dy * reach))


def standing(context: Context) -> list[tuple[str, Polygon, float, float]]:
    """Everything solid at grade or above: id, plan, underside and top [m]."""
    found = [(item.id, item.shape, item.bottom, item.top) for item in context.once(equipment)]
    found += [(k.id, k.shape, 0.0, k.height) for k in context.layout.of(KeepOut) if k.height > 0]
    for number, box in enumerate(context.once(column_boxes)):
        found.append((f"rack column {number + 1}", shapely.box(box[0], box[1], box[3], box[4]), 0.0, box[5]))
    return found


def clear_ahead(
    item: Equipment, side: str, reach: float, context: Context, *, height: float = 2.2
) -> tuple[float, str]:
    """Clear distance from one side of an item [m], at most ``reach``, and what ends it.

    Args:
        item: equipment parallel to the axes.
        side: a horizontal direction word.
        reach: how far is looked [m].
        context: of the check.
        height: what begins above this is walked under [m].
    """
    wide = item.shape.bounds
    across = (wide[3] - wide[1]) if DIRECTIONS[side][0] else (wide[2] - wide[0])
    strip = strip_beside(item.shape, side, reach, across - 2 * _SLIVER)
    best, what = reach, ""
    for name, plan, bottom, _ in context.once(standing):
        if name == item.id or bottom >= height or not plan.intersects(strip):
            continue
        distance = float(plan.intersection(strip).distance(item.shape))
        if distance < best:
            best, what = distance, name
    return best, what


def inside_envelope(envelope: Envelope, context: Context) -> list[str]:
    """Ids of what stands in an envelope, without the item that needs it and the pipes at its nozzles."""
    shrunk = envelope.shape.buffer(-_SLIVER, join_style="mitre")
    found = [
        name
        for name, plan, bottom, top in context.once(standing)
        if name != envelope.of
        and bottom < envelope.top - _SLIVER
        and top > envelope.bottom + _SLIVER
        and plan.intersects(shrunk)
    ]
    all_legs = context.once(legs)
    x0, y0, x1, y1 = envelope.shape.bounds
    rows = np.asarray([(x0, y0, envelope.bottom, x1, y1, envelope.top)])
    near, _ = near_boxes(all_legs, rows, 0.0)
    apart = box_distance(all_legs.start[near], all_legs.end[near], rows.repeat(len(near), axis=0))
    for leg, distance in zip(near, apart, strict=True):
        pipe = all_legs.pipes[all_legs.pipe[leg]]
        owners = {pipe.start.rpartition(".")[0], pipe.end.rpartition(".")[0]}
        if distance < pipe.radius - _SLIVER and envelope.of not in owners and pipe.id not in found:
            found.append(pipe.id)
    return found
