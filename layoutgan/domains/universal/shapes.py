"""Boxes and faults of all shapes of a layout, found together."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.layout import Element
from layoutgan.validation.rule import Context

__all__ = ["boxes", "invalid"]


def boxes(context: Context) -> dict[str, tuple[float, ...]]:
    """Least and largest x and y of each element with a plane shape, by id [m]."""
    return context.once(_boxes)


def _boxes(context: Context) -> dict[str, tuple[float, ...]]:
    shaped = _shaped(context)
    if not shaped:
        return {}
    table = shapely.bounds(np.asarray([e.shape for e in shaped], dtype=object)).tolist()
    return {e.id: tuple(box) for e, box in zip(shaped, table, strict=True)}


def invalid(context: Context) -> frozenset[str]:
    """Ids of the elements whose shape crosses itself."""
    return context.once(_invalid)


def _invalid(context: Context) -> frozenset[str]:
    # A line in space may stand upright, and is then a point in plan: nothing crosses itself there.
    shaped = [e for e in _shaped(context) if not e.shape.has_z]
    if not shaped:
        return frozenset()
    good = shapely.is_valid(np.asarray([e.shape for e in shaped], dtype=object))
    return frozenset(e.id for e, fine in zip(shaped, good, strict=True) if not fine)


def _shaped(context: Context) -> list[Element]:
    return [e for e in context.of(Element) if isinstance(e.shape, shapely.Geometry)]
