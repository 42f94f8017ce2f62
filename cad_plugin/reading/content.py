"""What a DXF file shows, whoever drew it: strokes, fills and texts with their layers, blocks resolved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

__all__ = ["Bow", "Content", "Fill", "Inserted", "Label", "Stroke"]

Points = NDArray[np.float64]
Place = tuple[float, float]


@dataclass(frozen=True)
class Bow:
    """A circular arc as it stands in the drawing."""

    centre: Place
    start: Place
    end: Place
    radius: float
    sweep: float
    """How far it turns [°]."""


@dataclass(frozen=True)
class Stroke:
    """A chain of straight pieces; curves are cut into pieces of a few degrees."""

    layer: str
    points: Points
    """[V, 2]"""
    closed: bool
    insert: int = -1
    """Number of the innermost block that it belongs to; -1 when it stands in the drawing itself."""
    bow: Bow | None = None


@dataclass(frozen=True)
class Fill:
    """A filled area: hatch or solid."""

    layer: str
    shape: Polygon
    insert: int = -1


@dataclass(frozen=True)
class Label:
    """A text."""

    layer: str
    at: Place
    """Middle of its first line."""
    text: str
    insert: int = -1


@dataclass(frozen=True)
class Inserted:
    """A block where it stands in the drawing."""

    name: str
    layer: str
    at: Place
    parent: int = -1
    """Number of the insert that it is part of."""


@dataclass
class Content:
    """Everything that a file shows, in the unit of the file until ``scaled``."""

    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    inserts: list[Inserted] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    """Entities that are not read, by type."""
    hidden: Counter[str] = field(default_factory=Counter)
    """Entities on layers that are off or frozen, by layer."""
    space: str = "model"
    """Where it was found: model, or the name of a sheet."""

    def empty(self) -> bool:
        """Whether there is nothing to read a plan from."""
        return not (self.strokes or self.fills)

    def scaled(self, factor: float) -> Content:
        """The same in another unit."""

        def place(p: Place) -> Place:
            return p[0] * factor, p[1] * factor

        def bow(b: Bow | None) -> Bow | None:
            if b is None:
                return None
            return Bow(place(b.centre), place(b.start), place(b.end), b.radius * factor, b.sweep)

        import shapely

        return Content(
            [Stroke(s.layer, s.points * factor, s.closed, s.insert, bow(s.bow)) for s in self.strokes],
            [Fill(f.layer, shapely.transform(f.shape, lambda p: p * factor), f.insert) for f in self.fills],
            [Label(t.layer, place(t.at), t.text, t.insert) for t in self.labels],
            [Inserted(i.name, i.layer, place(i.at), i.parent) for i in self.inserts],
            self.skipped,
            self.hidden,
            self.space,
        )
