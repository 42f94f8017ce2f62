"""In which unit a DXF file was drawn: what its header says, checked against sizes of doors."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from layoutgan.errors import InputError

__all__ = ["UNITS", "Unit", "header_unit", "metres_per_unit", "unit_from", "unit_named"]

_BY_CODE = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m", 10: "yd", 14: "dm"}
"""Units by ``$INSUNITS``."""
UNITS = {"mm": 0.001, "cm": 0.01, "dm": 0.1, "m": 1.0, "in": 0.0254, "ft": 0.3048, "yd": 0.9144}
"""Metres per unit by the name that people use."""
DOOR = (0.55, 1.35)
"""Leaves of doors are that wide [m]."""
BUILDING = (2.5, 400.0)
"""Drawings of floors are that long [m]."""
DWELLING = (3.5, 80.0)
"""The same where nothing but the size can tell the unit [m]."""


class Unit(NamedTuple):
    """A unit of length, and how we know that a drawing is in it."""

    metres: float
    """Metres per unit, scale of the drawing included."""
    name: str
    why: str


def unit_named(name: str) -> float:
    """Metres per unit.

    Raises:
        InputError: there is no such unit.
    """
    if name not in UNITS:
        raise InputError(f"no unit called '{name}'; known: {', '.join(UNITS)}", place="--units")
    return UNITS[name]


def header_unit(doc: Any) -> str:
    """The unit that the header of an ezdxf document says, or nothing."""
    try:
        said = int(doc.header.get("$INSUNITS", 0)) if doc.dxfversion > "AC1009" else 0
        style = int(doc.header.get("$LUNITS", 2))
    except (TypeError, ValueError):
        return ""
    # Feet and inches, as engineers (3) or architects (4) write them, are drawn in inches.
    return _BY_CODE.get(said, "in" if style in (3, 4) and not said else "")


def unit_from(
    header: str, leaves: Sequence[float], size: float, *, said: str | None, scale: float, file: str
) -> Unit:
    """The unit of a drawing.

    Args:
        header: what the header says, or nothing.
        leaves: radii of door swings [units].
        size: longer side of the drawing [units].
        said: what the user says.
        scale: the drawing is 1 to this.
        file: its name, for messages.

    Raises:
        InputError: nothing says the unit, or it contradicts the drawing; the message says what would fit.
    """
    leaf = median(leaves) if leaves else None
    sane = [
        name
        for name, metres in UNITS.items()
        if name not in ("dm", "yd") and _fits(leaf, size, metres * scale, BUILDING if leaf else DWELLING)
    ]
    hint = f"{' or '.join(sane)} would fit" if sane else "if it is drawn at 1:50, also --scale 50"
    if said is not None:
        return Unit(unit_named(said) * scale, said, "as you said")
    if header:
        if _fits(leaf, size, UNITS[header] * scale, (0.5, 5_000.0)):
            return Unit(UNITS[header] * scale, header, "its header says so")
        raise InputError(
            f"its header says {header}, but then {_sizes(leaf, size, UNITS[header] * scale)}; "
            f"say the unit with --units ({hint})",
            file=file,
        )
    if len(sane) == 1:
        metres = UNITS[sane[0]] * scale
        return Unit(metres, sane[0], f"the header does not say; {_sizes(leaf, size, metres)}")
    raise InputError(f"does not say its unit; say it with --units ({hint})", file=file)


def _fits(leaf: float | None, size: float, metres: float, range_: tuple[float, float]) -> bool:
    if leaf is not None and not DOOR[0] <= leaf * metres <= DOOR[1]:
        return False
    return range_[0] <= size * metres <= range_[1]


def _sizes(leaf: float | None, size: float, metres: float) -> str:
    whole = f"the drawing is {size * metres:.3g} m long"
    return whole if leaf is None else f"doors are {leaf * metres:.3g} m wide and {whole}"


def metres_per_unit(doc: Any) -> float:
    """Metres per unit of a document that we wrote ourselves; our drawings say their unit, except in R12."""
    return UNITS[header_unit(doc) or "mm"]
