"""A drawing: primitives on layers named by role, blocks, tables and sheets; between layout and file.

Builders make one from a layout; writers turn it into DXF, SVG, PNG, PDF. N kinds of drawings and M formats
need
N + M pieces of code. A role says what a line means; a layer standard says how an office calls it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cad_plugin.placing import bounds
from cad_plugin.primitives import Block, Point, Primitive

__all__ = ["Box", "Drawing", "Sheet", "Table", "View"]

P = TypeVar("P")
Box = tuple[float, float, float, float]
"""Least x and y, most x and y [mm]."""


@dataclass(frozen=True)
class Table:
    """A schedule: what there is, one row each."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Columns that are set to the right."""


@dataclass(frozen=True)
class View:
    """A window on a sheet through which the drawing is seen."""

    box: Box
    """On the sheet [mm]."""
    centre: Point
    """What is seen in the middle of it [mm in the drawing]."""
    scale: int
    """1 to this [-]."""


@dataclass(frozen=True)
class Sheet:
    """A page to be printed; its primitives are in millimetres of paper."""

    name: str
    paper: str
    """A0 to A4, landscape."""
    size: tuple[float, float]
    """Width and height [mm]."""
    primitives: tuple[Primitive, ...]
    views: tuple[View, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """Everything that one file shows."""

    name: str
    primitives: tuple[Primitive, ...]
    scale: int = 50
    """Plot scale, 1 to this; texts are sized for it [-]."""
    blocks: Mapping[str, Block] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    """Short facts for the file's properties: version, seed, digest of the brief, rules."""
    document: str = ""
    """The layout as JSON, so that the drawing can be read back."""

    focus: Box | None = None
    """What a sheet shows: the plan with its dimensions, without title and notes [mm]."""
    tables: tuple[Table, ...] = ()
    """Schedules that belong to it."""
    legend: tuple[tuple[str, str], ...] = ()
    """Roles and what they mean."""
    sheets: tuple[Sheet, ...] = ()

    def of(self, kind: type[P], *roles: str) -> Iterator[P]:
        """Primitives of one type, and of these roles if any are named."""
        return (p for p in self.primitives if isinstance(p, kind) and (not roles or p.role in roles))

    def roles(self) -> tuple[str, ...]:
        """Roles in use, sorted."""
        inside = (p.role for b in self.blocks.values() for p in b.primitives if p.role)
        return tuple(sorted({p.role for p in self.primitives} | set(inside)))

    def bounds(self) -> tuple[float, float, float, float]:
        """Box around everything: least x and y, most x and y [mm]."""
        return bounds(self.primitives, self.blocks)
