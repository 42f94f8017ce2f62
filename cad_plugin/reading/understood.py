"""What was understood of a drawing made elsewhere, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.units import Unit
from layoutgan.core.layout import Layout

__all__ = ["LayerUse", "Remark", "Understood"]


@dataclass(frozen=True)
class Remark:
    """Something that the drawing does not say clearly."""

    sort: str
    """``assumed``: read in one of several ways; ``left out``: not used; ``doubt``: probably not right;
    ``changed``: not as we drew it."""
    text: str
    at: tuple[float, float] | None = None
    """Where [m]."""

    def __str__(self) -> str:
        place = f" at ({self.at[0]:.2f}, {self.at[1]:.2f})" if self.at else ""
        return f"{self.sort}: {self.text}{place}"


@dataclass(frozen=True)
class LayerUse:
    """What a layer was taken for."""

    name: str
    role: str
    """Empty when it was not understood."""
    why: str
    entities: int


@dataclass(frozen=True)
class Understood:
    """A layout read from a drawing, with all that was assumed on the way."""

    layout: Layout
    unit: Unit
    layers: tuple[LayerUse, ...]
    remarks: tuple[Remark, ...]
    unused: BaseGeometry
    """Lines that were not used [m]."""

    def lines(self) -> Iterator[str]:
        """A summary in words, one line each."""
        from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window

        counts = ", ".join(
            f"{len(self.layout.of(kind))} {word}"
            for kind, word in ((Room, "rooms"), (Door, "doors"), (Window, "windows"), (Obstacle, "obstacles"))
        )
        yield f"understood: {counts}"
        yield f"unit: {self.unit.name} ({self.unit.why})"
        for use in self.layers:
            role = use.role or "not understood"
            yield f"layer {use.name}: {role} ({use.why or 'no known word'}; {use.entities} entities)"
        yield from map(str, self.remarks)

    def doubtful(self) -> tuple[Remark, ...]:
        """What somebody should look at before believing the rest."""
        return tuple(r for r in self.remarks if r.sort in ("doubt", "assumed"))
