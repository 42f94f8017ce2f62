"""A proposal by itself, before the exact step: each point goes to the room where it lies deepest."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.raster import Raster
from layoutgan.domains.domain import Proposal
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Room

__all__ = ["raw_plan"]

PIXELS = 160
"""Pixels along the longer side of the site."""


def raw_plan(brief: FloorplanBrief, proposal: Proposal) -> Layout:
    """Rooms traced from the proposal's own partition of the inside; of a room in pieces the largest is kept.

    For measuring a network alone. A room that is deepest nowhere is missing.
    """
    inside = brief.inside
    x0, y0, x1, y1 = inside.bounds
    step = max(x1 - x0, y1 - y0) / PIXELS
    width, height = int(np.ceil((x1 - x0) / step)), int(np.ceil((y1 - y0) / step))
    xs, ys = np.meshgrid(x0 + (np.arange(width) + 0.5) * step, y0 + (np.arange(height) + 0.5) * step)
    depth = np.full((len(proposal.ids), height, width), -np.inf)
    for i, boxes in enumerate(proposal.rectangles):
        for k, (left, bottom, right, top) in enumerate(boxes):
            if proposal.gates[i, k]:
                within = np.minimum.reduce([xs - left, right - xs, ys - bottom, top - ys])
                depth[i] = np.maximum(depth[i], within)
    owner = np.where(shapely.contains_xy(inside, xs, ys), depth.argmax(axis=0) + 1, 0)
    raster = Raster(owner, (x0, y0), step)
    rooms = []
    for i, space in enumerate(brief.spaces):
        pieces = raster.trace(i + 1)
        if pieces:
            rooms.append(Room(id=space.id, kind=space.kind, shape=pieces[0]))
    return Layout(
        domain="floorplan", name=brief.name, boundary=brief.boundary, elements=tuple(rooms), brief=brief
    )
