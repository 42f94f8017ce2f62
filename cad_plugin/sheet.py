"""Sheets: paper from A4 to A0 with frame, title block, the plan to scale, schedules and legend.

A sheet has a strip of fixed height at its lower edge for what describes the drawing, and everything above it
for the
drawing. Schedules stand beside the plan where there is room and on sheets of their own where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cad_plugin.annotation import SCALES, clean, scale_bar
from cad_plugin.drawing import Box, Drawing, Sheet, Table, View
from cad_plugin.placing import bounds
from cad_plugin.primitives import Insert, Line, Point, Polyline, Primitive, Region, Text
from cad_plugin.symbols import north_block
from cad_plugin.tables import ROW, drawn_table, first_rows, size_of
from cad_plugin.titles import (
    CELLS,
    FIELDS,
    SHEET_DEFAULTS,
    STRIP,
    TITLE_WIDTH,
    Titles,
    shortened,
    title_block,
    titles_from,
)
from cad_plugin.typeface import text_width
from layoutgan.errors import ExportError

__all__ = ["FIELDS", "PAPERS", "SHEET_DEFAULTS", "Titles", "fitting", "sheeted", "titles_from"]

PAPERS: Mapping[str, tuple[float, float]] = {
    "A4": (297.0, 210.0),
    "A3": (420.0, 297.0),
    "A2": (594.0, 420.0),
    "A1": (841.0, 594.0),
    "A0": (1189.0, 841.0),
}
"""Width and height of landscape paper (ISO 216) [mm]."""
LEFT, EDGE = 20.0, 10.0
"""Margin for binding, and other margins [mm]."""
TEXT = 2.0
"""Height of capitals in schedules [mm]."""
def _inner(paper: str, strip: float = STRIP) -> Box:
    """The part of the sheet for the drawing, above a strip of that height [mm]."""
    width, height = PAPERS[paper]
    return LEFT, EDGE + strip, width - EDGE, height - EDGE


def fitting(
    draw: Callable[[int], Drawing],
    paper: str,
    scale: int = 0,
    *,
    strip: float = STRIP,
    least: tuple[float, float] = (0.0, 0.0),
) -> Drawing:
    """The drawing at the largest usual scale at which it fits the paper.

    Args:
        draw: makes the drawing for a plot scale; texts and dimensions depend on it.
        paper: A4 to A0.
        scale: the plot scale when it is given, 1 to this.
        strip: height of the strip with the title block [mm].
        least: width and height that the drawing has without its annotation; saves drawing in vain [mm].

    Raises:
        ExportError: it does not fit at the given scale, or at any.
    """
    x0, y0, x1, y1 = _inner(paper, strip)
    for candidate in (scale,) if scale else SCALES:
        if not scale and (least[0] > (x1 - x0) * candidate or least[1] > (y1 - y0) * candidate):
            continue
        drawing = draw(candidate)
        a, b, c, d = drawing.focus or drawing.bounds()
        if (c - a) / candidate <= x1 - x0 - 2.0 and (d - b) / candidate <= y1 - y0 - 2.0:
            return drawing
    wanted = f" at 1:{scale}" if scale else ""
    raise ExportError(f"the drawing does not fit on {paper}{wanted}; choose larger paper or another scale")


def sheeted(drawing: Drawing, paper: str, titles: Titles, north: float = 90.0) -> Drawing:
    """The drawing with its sheets.

    Args:
        drawing: at a scale at which it fits, see ``fitting``.
        paper: A4 to A0.
        titles: what stands in the title block.
        north: direction of north [°].
    """
    inner = _inner(paper, titles.strip)
    view = _view(drawing, inner)
    beside, rest = _beside(drawing.tables, view, inner)
    pages = [beside, *_pages(rest, inner)]
    frame = _Frame(drawing, paper, titles, north, len(pages))
    blocks = {**drawing.blocks, frame.block.name: frame.block, frame.north.name: frame.north}
    sheets = []
    for number, tables in enumerate(pages, start=1):
        name = "Plan" if number == 1 else f"Schedules {number - 1}" if len(pages) > 2 else "Schedules"
        primitives = (*frame.drawn(number, name), *tables)
        sheets.append(Sheet(name, paper, PAPERS[paper], primitives, (view,) if number == 1 else ()))
    return replace(drawing, blocks=blocks, sheets=tuple(sheets))


def _view(drawing: Drawing, inner: Box) -> View:
    """The window for the plan: as large as the plan, in the middle, to the left when there is much room."""
    a, b, c, d = drawing.focus or drawing.bounds()
    x0, y0, x1, y1 = inner
    width = min((c - a) / drawing.scale + 2.0, x1 - x0)
    height = min((d - b) / drawing.scale + 2.0, y1 - y0)
    free = x1 - x0 - width
    left = x0 + (free / 2 if free < 90.0 or not drawing.tables else min(10.0, free / 2))
    low = y0 + (y1 - y0 - height) / 2
    return View((left, low, left + width, low + height), ((a + c) / 2, (b + d) / 2), drawing.scale)


def _beside(tables: Sequence[Table], view: View, inner: Box) -> tuple[list[Primitive], list[Table]]:
    """Tables that fit to the right of the plan, and the others."""
    x, y = view.box[2] + 6.0, inner[3] - 4.0
    placed: list[Primitive] = []
    rest: list[Table] = []
    for table in tables:
        width, height = size_of(table, TEXT)
        if not rest and x + width <= inner[2] - 2.0 and y - height >= inner[1] + 2.0:
            placed += drawn_table(table, (x, y), TEXT)
            y -= height + 4.0
        else:
            rest.append(table)
    return placed, rest


def _pages(tables: Sequence[Table], inner: Box) -> Iterator[list[Primitive]]:
    """Tables in columns, as many pages as they need; long tables are cut."""
    x0, y0, x1, y1 = (inner[0] + 4.0, inner[1] + 4.0, inner[2] - 4.0, inner[3] - 4.0)
    page: list[Primitive] = []
    x, y, widest = x0, y1, 0.0
    queue = list(tables)
    while queue:
        table = queue.pop(0)
        rows = int((y - y0) / (ROW * TEXT) - 2.5)
        width, _ = size_of(table, TEXT)
        if rows < min(3, len(table.rows)) or x + width > x1:  # next column, or next page
            new_column = y < y1 and x + widest + 8.0 + width <= x1
            if not new_column and page:
                yield page
                page = []
            fresh = y == y1 and x == x0 and not page  # wider than any page: drawn anyway
            x, y, widest = (x + widest + 8.0, y1, 0.0) if new_column else (x0, y1, 0.0)
            if not fresh:
                queue.insert(0, table)
                continue
            rows = int((y - y0) / (ROW * TEXT) - 2.5)
        table, more = first_rows(table, rows)
        page += drawn_table(table, (x, y), TEXT)
        y -= size_of(table, TEXT)[1] + 5.0
        widest = max(widest, width)
        queue[:0] = [more] if more else []
    if page:
        yield page


class _Frame:
    """Frame, title block and what stands beside it, the same on each sheet but for its number."""

    def __init__(self, drawing: Drawing, paper: str, titles: Titles, north: float, count: int) -> None:
        self.drawing, self.paper, self.titles, self.legend = drawing, paper, titles, drawing.legend
        self.angle, self.count = north, count
        self.north = replace(north_block(7.0), name="LG_NORTH_SHEET")
        self.block = titles.block or title_block(TITLE_WIDTH)
        self.width = titles.width

    def drawn(self, number: int, title: str) -> Iterator[Primitive]:
        """Everything of the sheet but its tables and view."""
        width, height = PAPERS[self.paper]
        x1, top = width - EDGE, EDGE + self.titles.strip
        yield Polyline(
            "title", ((LEFT, EDGE), (x1, EDGE), (x1, height - EDGE), (LEFT, height - EDGE)), closed=True
        )
        yield Line("title", (LEFT, top), (x1, top))
        yield Insert("title", self.block.name, (x1, EDGE), 0.0, tuple(self._values(number, title).items()))
        x = x1 - self.width
        yield Line("title", (x, EDGE), (x, top))
        if self.titles.measured:
            yield Insert("symbol", self.north.name, (x - 14.0, EDGE + 14.0), self.angle)
            yield from self._bar(x - 30.0, EDGE + 6.0)
        left = LEFT + 3.0
        for primitives, right in self._extras(left, top - 2.0):
            if right < x - 30.0 - self._bar_width() - 6.0:
                yield from primitives

    def _bar_width(self) -> float:
        a, _, b, _ = self._bar_box()
        return b - a

    def _bar_box(self) -> Box:
        return bounds(list(self._bar(0.0, 0.0)), {})

    def _bar(self, right: float, low: float) -> Iterator[Primitive]:
        """The scale bar: drawn for the model, reduced to paper."""
        scale = self.drawing.scale
        for p in scale_bar((0.0, 0.0), 2.5 * scale, scale):
            yield _reduced(p, (right, low), scale)

    def _values(self, number: int, title: str) -> dict[str, str]:
        drawing, facts = self.drawing, self.drawing.facts
        own = {
            "PROJECT": drawing.name,
            "TITLE": title,
            "SCALE": f"1:{drawing.scale}",
            "PAPER": self.paper,
            "SHEET": f"{number} / {self.count}",
            "BRIEF": facts.get("brief", ""),
            "SEED": facts.get("seed", ""),
            "PROGRAM": f"layoutgan {facts.get('layoutgan', '')}".strip(),
            "REVISION": self._revision(),
        }
        values = {field: clean(self.titles.values.get(field) or own.get(field, "")) for field in FIELDS}
        if self.titles.block is not None:
            return self.titles.for_block(values)
        for tag, _, share, size in (cell for _, row in CELLS for cell in row):
            values[tag] = shortened(values[tag], share * self.width - 2.4, size)
        return values

    def _revision(self) -> str:
        return self.titles.revisions[-1][0] if self.titles.revisions else ""

    def _extras(self, x: float, top: float) -> Iterator[tuple[list[Primitive], float]]:
        """Legend and revisions with the x at which each ends; those that do not fit are left out."""
        if self.legend:
            parts, right = _legend(self.legend, (x, top))
            yield parts, right
            x = right + 5.0
        if self.titles.revisions:
            table = Table("Revisions", ("Rev.", "Date", "What"), self.titles.revisions[-4:])
            yield list(drawn_table(table, (x, top), 1.6)), x + size_of(table, 1.6)[0]


def _reduced(p: Primitive, origin: Point, scale: int) -> Primitive:
    """A polyline, region or text of the model in millimetres of paper."""
    import shapely

    def move(q: Point) -> Point:
        return origin[0] + q[0] / scale, origin[1] + q[1] / scale

    match p:
        case Polyline():
            return replace(p, points=tuple(map(move, p.points)))
        case Region():
            return replace(p, shape=shapely.transform(p.shape, lambda a: a / scale + origin))
        case Text():
            return replace(p, at=move(p.at), height=p.height / scale)
        case _:
            raise TypeError(f"a scale bar cannot hold {type(p).__name__}")


def _legend(rows: Sequence[tuple[str, str]], at: Point) -> tuple[list[Primitive], float]:
    """Samples of lines and fills with their meaning, in columns of five; and the x at which it ends."""
    parts: list[Primitive] = [Text("note", (at[0], at[1] - 1.6), "Legend", 2.2, "left", bold=True)]
    x, right = at[0], at[0]
    for number, (role, meaning) in enumerate(rows):
        if number and number % 5 == 0:
            x = right + 4.0
        y = at[1] - 6.0 - 5.0 * (number % 5)
        parts += _sample(role, (x, y))
        parts.append(Text("note", (x + 10.0, y), meaning, 1.8, "left"))
        right = max(right, x + 10.0 + text_width(meaning, 1.8))
    return parts, right


def _sample(role: str, at: Point) -> list[Primitive]:
    (x, y), half = at, 1.4
    box = ((x, y - half), (x + 7.0, y - half), (x + 7.0, y + half), (x, y + half))
    if role == "wall":
        from shapely.geometry import Polygon

        return [Region("wall_fill", Polygon(box)), Polyline("wall", box, closed=True)]
    if role == "window":
        return [Polyline("window", box, closed=True), Line("window", (x, y), (x + 7.0, y))]
    if role == "obstacle":
        return [Polyline(role, box, closed=True), Line(role, box[0], box[2]), Line(role, box[1], box[3])]
    if role == "railing":
        return [
            Polyline(role, ((x, y - 0.4), (x + 7.0, y - 0.4), (x + 7.0, y + 0.4), (x, y + 0.4)), closed=True)
        ]
    return [Line(role, (x, y), (x + 7.0, y))]
