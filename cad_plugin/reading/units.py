"""In which unit a DXF file was drawn: what its header says, or else what the size of the drawing suggests."""

from __future__ import annotations

from typing import Any

from layoutgan.errors import InputError

__all__ = ["UNITS", "metres_per_unit", "unit_named"]

_BY_CODE = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 10: 0.9144, 14: 0.1}
"""Metres per unit by ``$INSUNITS``."""
UNITS = {"mm": 0.001, "cm": 0.01, "dm": 0.1, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Metres per unit by the name that people use."""
LIKELY = (3.0, 300.0)
"""Size of a floor or a plot from which a drawing without a unit is judged [m]."""


def unit_named(name: str) -> float:
    """Metres per unit.

    Raises:
        InputError: there is no such unit.
    """
    if name not in UNITS:
        raise InputError(f"no unit called '{name}'; known: {', '.join(UNITS)}")
    return UNITS[name]


def metres_per_unit(doc: Any) -> float:
    """Metres per unit of an ezdxf document.

    A header that says a unit is believed unless the drawing would then be smaller than a cupboard or larger
    than a
    town: programs often write their default. Then, and without a unit, the size decides between mm, cm and m.
    """
    said = _BY_CODE.get(int(doc.header.get("$INSUNITS", 0)) if doc.dxfversion > "AC1009" else 0)
    size = _size(doc)
    if said is not None and (size is None or 0.5 <= size * said <= 5_000.0):
        return said
    if size is None:
        return 0.001
    return next((u for u in (1.0, 0.001, 0.01) if LIKELY[0] <= size * u <= LIKELY[1]), 0.001)


def _size(doc: Any) -> float | None:
    """The longer side of the drawing [units], or None when it is empty."""
    from ezdxf.bbox import extents

    box = extents(doc.modelspace(), fast=True)
    return max(box.size.x, box.size.y) if box.has_data and max(box.size.x, box.size.y) > 0 else None
