"""One layout, or one brief, as numpy arrays: what batches are made of. Needs no torch."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ENCODING_VERSION", "RECTANGLES", "Attribute", "Floats", "Integers", "Record", "Relation", "SiteChannel",
]

#: Goes into every cache key: raise it whenever the meaning of a tensor changes.
ENCODING_VERSION = 3

#: Rectangles per element, K in all shapes.
RECTANGLES = 2

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Relation(IntEnum):
    """What a brief says about two elements; the integers exist only here."""

    NONE = 0
    SELF = 1
    DOOR = 2
    OPEN = 3
    ADJACENT = 4
    NEVER = 5
    PIPE = 6


class Attribute(IntEnum):
    """Columns of `Batch.attributes`; lengths are divided by the batch's scale, zero means "not asked"."""

    TARGET_SIDE = 0
    """sqrt of the target area."""
    TOLERANCE = 1
    """half the log-ratio of greatest to least area [-]."""
    FIXED = 2
    """1 where the box below is given and must be kept."""
    FIXED_X = 3
    FIXED_Y = 4
    FIXED_WIDTH = 5
    FIXED_HEIGHT = 6
    EXTERIOR = 7
    """1 where contact with the facade is asked for."""
    ENTRANCE = 8
    """1 for the space behind the front door (or the item at the access)."""
    MIN_WIDTH = 9
    MAX_ASPECT = 10
    """log of the greatest long-to-short ratio [-]."""
    LENGTH = 11
    """given size along the element's own x axis (equipment)."""
    WIDTH = 12
    HEIGHT = 13
    """given height above grade (equipment)."""
    CLEARANCE = 14
    """free distance asked for around the element (equipment)."""
    SCALE = 15
    """log of the scale in decametres: the metric size of the site, equal for all elements [-]."""


class SiteChannel(IntEnum):
    """Planes of `Batch.site`."""

    INSIDE = 0
    """share of the pixel in the site, 0 outside and in obstacles."""
    DISTANCE = 1
    """distance to the edge of the inside, positive within, in unit squares, clipped to +-0.5."""
    ENTRANCE = 2
    """exp(-distance / 0.1) from the entrance or access."""
    OBSTACLE = 3
    FACADE = 4
    """distance to the nearest wall that may hold a window (or to the plot edge), clipped to 0.5."""
    NORTH_COSINE = 5
    """x of the direction to north (or against the prevailing wind), constant over the plane."""
    NORTH_SINE = 6
    """y of that direction."""
    RACK = 7
    """1 on a pipe rack that the brief fixes, falling as the entrance plane does around it."""


class Record(NamedTuple):
    """One layout, or one brief (`boxes` zero), as numpy arrays; N elements, K rectangles, C x H x W site."""

    name: str
    kinds: Integers
    """[N] index into the domain's kinds."""
    attributes: Floats
    """[N, A], columns `Attribute`."""
    relations: Integers
    """[N, N] `Relation`, symmetric."""
    weights: Floats
    """[N, N] cost of a connection per unit length (pipes); zero otherwise."""
    site: Floats
    """[C, H, W], planes `SiteChannel`."""
    scale: float
    """metres per unit side."""
    offset: tuple[float, float]
    """lower left corner of the unit square [m]."""
    boxes: Floats
    """[N, K, 4] centre x, y, width, height in the unit square; a closed rectangle repeats the first."""
    gates: Floats
    """[N, K] 1 where the rectangle is in use; the first always is."""
    turns: Integers
    """[N] quarter turns counter-clockwise (equipment)."""
