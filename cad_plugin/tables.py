"""Schedules as lines and texts: no program understands another one's table objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cad_plugin.annotation import edge_around
from cad_plugin.drawing import Drawing, Table
from cad_plugin.primitives import Line, Point, Primitive, Text
from cad_plugin.typeface import text_width

__all__ = ["ROW", "columns_of", "drawn_table", "first_rows", "size_of", "tabled"]

ROW = 2.0
"""Height of a row over the height of its text [-]."""
PAD = 0.8
"""Between a text and the side of its column, over the height of the text [-]."""


def columns_of(table: Table, text: float) -> list[float]:
    """Widths of the columns [mm], at most as wide as 40 letters."""
    cells = zip(table.headings, *table.rows, strict=True)
    longest = text_width("n" * 40, text)
    return [
        min(longest, max(text_width(c, text, bold=True) for c in column)) + 2 * PAD * text for column in cells
    ]


def size_of(table: Table, text: float) -> tuple[float, float]:
    """Width and height of the drawn table with its title [mm]."""
    title = text_width(table.title, 1.2 * text, bold=True)
    return max(sum(columns_of(table, text)), title), (len(table.rows) + 2.4) * ROW * text


def first_rows(table: Table, count: int) -> tuple[Table, Table | None]:
    """The table cut after some rows, and the rest, or None when nothing is left."""
    if len(table.rows) <= count:
        return table, None
    title = table.title.removesuffix(" (continued)") + " (continued)"
    return (Table(table.title, table.headings, table.rows[:count], table.numeric),
            Table(title, table.headings, table.rows[count:], table.numeric))


def tabled(drawing: Drawing) -> Drawing:
    """The drawing with its schedules beside the plan, in model space."""
    if not drawing.tables:
        return drawing
    _, _, x, y = drawing.bounds()
    size = 2.0 * drawing.scale
    primitives: list[Primitive] = []
    for table in drawing.tables:
        primitives += drawn_table(table, (x, y), size)
        y -= size_of(table, size)[1] + 3.0 * size
    everything = (*(p for p in drawing.primitives if p.role != "frame"), *primitives)
    edge = edge_around(everything, drawing.blocks, drawing.scale)
    return replace(drawing, primitives=(*everything, edge))


def drawn_table(table: Table, at: Point, text: float, role: str = "schedule") -> Iterator[Primitive]:
    """The lines and texts of a table.

    Args:
        table: what it says.
        at: its upper left corner, where the title stands [mm].
        text: height of the text [mm].
        role: of everything in it.
    """
    widths, row = columns_of(table, text), ROW * text
    x0, y = at
    yield Text(role, (x0, y - 0.6 * row), table.title, 1.2 * text, "left", bold=True)
    top = y - 1.4 * row
    bottom, right = top - row * (len(table.rows) + 1), x0 + sum(widths)
    for number, cells in enumerate((table.headings, *table.rows)):
        x = x0
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            height = text * min(
                1.0, (width - 2 * PAD * text) / max(text_width(cell, text, number == 0), 1e-9)
            )
            to_right = column in table.numeric
            place = (x + width - PAD * text if to_right else x + PAD * text, top - (number + 0.5) * row)
            if cell:
                yield Text(role, place, cell, height, "right" if to_right else "left", bold=number == 0)
            x += width
        yield Line(role, (x0, top - number * row), (right, top - number * row))
    yield Line(role, (x0, bottom), (right, bottom))
    x = x0
    for width in (*widths, 0.0):
        yield Line(role, (x, top), (x, bottom))
        x += width
