"""Schedules on plant drawings: equipment with coordinates, and lines."""

from __future__ import annotations

from collections.abc import Iterator

from cad_plugin.annotation import MM, clean
from cad_plugin.drawing import Table
from cad_plugin.plant.symbols import middle
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.elements import Equipment, Pipe

__all__ = ["plant_tables"]


def plant_tables(layout: Layout, *, pipes: bool = True) -> Iterator[Table]:
    """The equipment list, and the line list where pipes are drawn."""
    items = []
    for item in layout.of(Equipment):
        x, y = middle(item.shape)
        size = f"{item.size[0]:.1f} x {item.size[1]:.1f} x {item.top - item.bottom:.1f}"
        items.append((clean(item.id, 24), class_of(item.kind).title, size, f"{x / MM:.2f}", f"{y / MM:.2f}",
                      f"{item.bottom:+.2f}"))
    if items:
        yield Table("Equipment", ("Tag", "Class", "Size [m]", "E [m]", "N [m]", "EL [m]"), tuple(items),
                    frozenset({3, 4, 5}))
    if not pipes:
        return
    lines: dict[str, list[Pipe]] = {}
    for pipe in layout.of(Pipe):
        lines.setdefault(pipe.line, []).append(pipe)
    rows = []
    for number, of in lines.items():
        length = sum(pipe.length for pipe in of)
        state = "exception" if any(pipe.status == "exception" for pipe in of) else ""
        rows.append((clean(number, 24), f"{of[0].nps:g}\"", clean(of[0].start, 24), clean(of[-1].end, 24),
                     f"{length:.1f}", state))
    if rows:
        headings = ("Line", "NPS", "From", "To", "Length [m]", "Remark")
        yield Table("Lines", headings, tuple(rows), frozenset({4}))
