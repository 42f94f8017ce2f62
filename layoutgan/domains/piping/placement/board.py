"""The tables of a problem packed for compiled code: few arrays, read cell by cell.

Numba passes an array as seven words and a slice as a new array, so what the inner loops read lies in a few
arrays with named columns.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.placement.problem import Floats, Ints
from layoutgan.domains.piping.placement.tables import Tables

__all__ = ["Board", "board_of"]

FIXED, ROW, WIRE, WIRE_END, AREA, AREA_END, WISH, WISH_END, SPARK, SPARK_END, TURNS, MAY = range(12)
"""Columns of `items`; from MAY on four flags, one per turn."""
COST, INSIDE = 16, 16
"""Column of a wire's cost after its pins (side, turn, axis); of an envelope's flag after its boxes (turn,
edge)."""
LIMIT, PRICE = 4, 5
"""Columns of a wish after its box."""
WIND, REACH, SECTOR, DRIFT, LAND = 4, 6, 7, 8, 9
"""Places in `site` after the plot's bounds."""
FREE, BLOCKS, OUTSIDE = 0, 1, 2
"""Kinds of taken ground: envelopes may reach over it, may not, lies beyond the outline."""


class Board(NamedTuple):
    """What compiled code reads."""

    items: Ints
    """[N, 15]."""
    sizes: Floats
    """Half length, half width, reach of the envelopes [N, 3] [m]."""
    spacing: Floats
    wires: Ints
    pins: Floats
    """[E, 17]."""
    lists: Ints
    """Wires of each item, then pairs of release and spark of each item."""
    boxes: Floats
    gaps: Floats
    ground: Ints
    """Kind of each box [K]."""
    areas: Floats
    """Envelopes [M, 17]."""
    rows: Ints
    """First and last place in `members`, wanted axis, whether an item is fixed [R, 4]."""
    members: Ints
    wishes: Floats
    """[W, 6]."""
    sparks: Ints
    site: Floats


def board_of(t: Tables) -> Board:
    """The packed tables."""
    n = len(t.fixed)
    wired = len(t.wires)
    columns = (
        t.fixed, t.row_of, t.wires_of[:-1], t.wires_of[1:], t.envelopes_of[:-1], t.envelopes_of[1:],
        t.wishes_of[:-1], t.wishes_of[1:], wired + t.sparks_of[:-1], wired + t.sparks_of[1:],
        t.turn_count, *t.turns.T,
    )  # fmt: skip
    e, m = len(t.costs), len(t.envelopes)
    return Board(
        items=np.stack(columns, axis=1).astype(np.int64).reshape(n, -1),
        sizes=np.column_stack((t.halves[:, 0], t.reach)),
        spacing=np.ascontiguousarray(t.spacing),
        wires=np.ascontiguousarray(t.ends),
        pins=np.column_stack((t.pins.reshape(e, 16), t.costs)),
        lists=np.concatenate((t.wires, t.sparks)),
        boxes=np.ascontiguousarray(t.boxes),
        gaps=np.ascontiguousarray(t.gaps),
        ground=np.where(t.outside, OUTSIDE, np.where(t.blocks, BLOCKS, FREE)).astype(np.int64),
        areas=np.column_stack((t.envelopes.reshape(m, 16), t.inside.astype(np.float64))),
        rows=np.column_stack((t.row_start[:-1], t.row_start[1:], t.row_axis, t.row_held)).astype(np.int64),
        members=t.row_items,
        wishes=np.column_stack((t.wish_box, t.wish_limit, t.wish_cost)),
        sparks=np.ascontiguousarray(t.drift_pairs),
        site=np.concatenate((t.bounds, t.drift, [t.land])),
    )
