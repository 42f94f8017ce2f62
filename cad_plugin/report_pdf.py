"""A checking report as a PDF to print and sign: the plan with its findings, and what each rule judged.

The same words as the terminal and the HTML page say, on A4 upright, in the order of their weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cad_plugin.draw import draw
from cad_plugin.drawing import Box
from cad_plugin.paint import Label, Path, Pen, painted
from cad_plugin.pdf_file import Content, PdfFile
from cad_plugin.primitives import Align, Point
from cad_plugin.typeface import text_width
from layoutgan.core.layout import Layout
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding, Severity

__all__ = ["report_pdf"]

WIDTH, HEIGHT = 210.0, 297.0
"""A4 upright (ISO 216) [mm]."""
MARGIN, FOOT = 18.0, 14.0
TEXT, SMALL, TITLE = 2.3, 1.9, 4.0
"""Heights of capitals [mm]."""
LEADING = 2.1
"""From line to line, over the height of capitals [-]."""
PICTURE = 118.0
"""Greatest height of the plan on the first page [mm]."""
INK, GREY, PALE = "#22262b", "#5d6570", "#d9dde2"
COLOURS = {Severity.ERROR: "#b3122b", Severity.WARNING: "#a35b00", Severity.INFO: "#1f6f8b"}


@dataclass(frozen=True)
class Words:
    """A paragraph on its way to the page."""

    text: str
    height: float = TEXT
    bold: bool = False
    colour: str = INK
    indent: float = 0.0
    """From the left margin [mm]."""


def report_pdf(layout: Layout, report: Report, facts: Mapping[str, str] | None = None) -> bytes:
    """The report of a layout as a PDF file; the same bytes for the same report.

    Args:
        layout: what was judged.
        report: of it.
        facts: what the file's properties say beside the title.
    """
    pages = _Pages(f"Report: {report.layout}", facts or {})
    pages.paragraph(Words(report.layout or "Layout", TITLE, bold=True))
    pages.paragraph(Words(report.verdict(), TEXT, bold=True,
                          colour=COLOURS[Severity.ERROR] if report.errors else INK))
    pages.paragraph(Words(report.summary(), SMALL, colour=GREY))
    if report.packs:
        pages.paragraph(Words(f"Rule packs: {', '.join(report.packs)}", SMALL, colour=GREY))
    pages.picture(layout, report)
    worst = report.worst_first
    if worst:
        pages.heading("Findings")
        for number, finding in enumerate(worst, start=1):
            pages.together(list(_finding(number, finding)))
    if report.waived:
        pages.heading("Accepted")
        for one in report.waived:
            signed = f"({one.reason}; {one.person}, until {one.expires})"
            pages.paragraph(Words(f"{one.finding.rule} {one.finding.message} {signed}", SMALL))
    pages.heading("What was judged")
    pages.table(*_tallies(report))
    for note in report.notes:
        pages.paragraph(Words(f"Note: {note}", SMALL, colour=GREY))
    return pages.data()


def _finding(number: int, finding: Finding) -> Iterator[Words]:
    """The paragraphs of one finding; the first says what is wrong."""
    colour = COLOURS[finding.severity]
    yield Words(f"{number} · {finding.severity} · {finding.rule} · {finding.message}", TEXT, True, colour)
    if finding.elements:
        yield Words(f"At {', '.join(finding.elements)}", SMALL, colour=GREY, indent=6.0)
    if finding.measured is not None and finding.limit is not None:
        values = f"Measured {finding.measured:.4g} {finding.unit}, limit {finding.limit:.4g} {finding.unit}"
        yield Words(values.strip(), SMALL, indent=6.0)
    if finding.remedy:
        yield Words(f"Remedy: {finding.remedy}", SMALL, indent=6.0)
    if finding.source:
        yield Words(f"Source: {finding.source}", SMALL, colour=GREY, indent=6.0)


def _tallies(report: Report) -> tuple[tuple[str, ...], list[tuple[str, ...]], tuple[float, ...]]:
    """Headings, rows and shares of the width: one row per rule that judged something."""
    rows: list[tuple[str, ...]] = []
    for tally in report.tallies:
        if not tally.skipped:
            known = tally.verified or "unverified" in tally.source
            source = tally.source if known else f"{tally.source} (unverified source)"
            rows.append((tally.rule, tally.title or tally.name, str(tally.judged), str(tally.failed), source))
    skipped = sum(t.skipped for t in report.tallies)
    if skipped:
        rows.append(("", f"{skipped} rules met nothing to judge", "", "", ""))
    return ("Rule", "What", "Judged", "Failed", "Source"), rows, (0.09, 0.42, 0.08, 0.08, 0.33)


class _Pages:
    """Paragraphs, a picture and tables set one below the other, a new page when one is full."""

    def __init__(self, title: str, facts: Mapping[str, str]) -> None:
        self.file = PdfFile(title, facts)
        self.title = title
        self.contents: list[Content] = []
        self._turn()

    def _turn(self) -> None:
        self.content = Content(self.file, {})
        self.contents.append(self.content)
        self.y = HEIGHT - MARGIN

    def data(self) -> bytes:
        """The file; the feet are set now because only now the number of pages is known."""
        for number, content in enumerate(self.contents, start=1):
            self.content = content
            self._line((MARGIN, FOOT), (WIDTH - MARGIN, FOOT))
            self._text(self.title, (MARGIN, FOOT - 4.0), SMALL, colour=GREY)
            self._text(f"{number} of {len(self.contents)}", (WIDTH - MARGIN, FOOT - 4.0), SMALL,
                       colour=GREY, align="right")
            self.file.add_page((WIDTH, HEIGHT), content)
        return self.file.data()

    def _text(self, text: str, at: Point, height: float, *, bold: bool = False, colour: str = INK,
              align: Align = "left") -> None:
        self.content.text(text, at, height, align, 0.0, bold, colour, "")

    def _line(self, start: Point, end: Point) -> None:
        self.content.path([[start, end]], False, Pen(PALE, 0.2), "")

    def _need(self, height: float) -> None:
        """Turns the page unless that much is free [mm]."""
        if self.y - height < FOOT + 4.0:
            self._turn()

    def paragraph(self, words: Words) -> None:
        """Sets one paragraph, broken into lines."""
        step = LEADING * words.height
        for line in broken(words.text, WIDTH - 2 * MARGIN - words.indent, words.height, words.bold):
            self._need(step)
            self.y -= step
            self._text(line, (MARGIN + words.indent, self.y + step / 2), words.height, bold=words.bold,
                       colour=words.colour)
        self.y -= 0.25 * step

    def heading(self, text: str) -> None:
        """A heading, never alone at the foot of a page."""
        self._need(24.0)
        self.y -= 4.0
        self.paragraph(Words(text, 2.9, bold=True))
        self._line((MARGIN, self.y), (WIDTH - MARGIN, self.y))
        self.y -= 1.5

    def together(self, group: Sequence[Words]) -> None:
        """Paragraphs that stay on one page, if one page can hold them."""
        height = sum(
            LEADING * w.height * (0.25 + len(broken(w.text, WIDTH - 2 * MARGIN - w.indent, w.height, w.bold)))
            for w in group
        )
        self._need(min(height, HEIGHT - 2 * MARGIN - FOOT))
        for words in group:
            self.paragraph(words)
        self.y -= 1.2

    def picture(self, layout: Layout, report: Report) -> None:
        """The plan with its findings, as large as the page allows."""
        drawing = draw(layout, report)
        model = painted(drawing)
        x0, y0, x1, y1 = drawing.focus or drawing.bounds()
        scale = max((x1 - x0) / (WIDTH - 2 * MARGIN), (y1 - y0) / PICTURE, 1e-9)
        height = (y1 - y0) / scale
        self._need(height + 4.0)
        box = (MARGIN, self.y - height - 2.0, WIDTH - MARGIN, self.y - 2.0)
        left = (WIDTH - (x1 - x0) / scale) / 2

        def move(p: Point) -> Point:
            return left + (p[0] - x0) / scale, box[1] + (p[1] - y0) / scale

        self._paint(model, move, scale, box)
        self.y = box[1] - 2.0

    def _paint(self, model: Sequence[Path | Label], move: Callable[[Point], Point], scale: float,
               box: Box) -> None:
        self.content.clip(box)
        for part in model:
            if isinstance(part, Path):
                rings = [[move(p) for p in ring] for ring in part.rings]
                self.content.path(rings, part.closed, part.pen, "")
            else:
                one = part.text
                self.content.text(one.text, move(one.at), one.height / scale, one.align,
                                  one.rotation, one.bold, part.colour, "")
        self.content.unclip()

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """Rows of cells that may have several lines each."""
        widths = [share * (WIDTH - 2 * MARGIN) for share in shares]
        for number, row in enumerate((headings, *rows)):
            bold = number == 0
            cells = [broken(c, w - 2.0, SMALL, bold) for c, w in zip(row, widths, strict=True)]
            step = LEADING * SMALL
            height = step * max(len(c) for c in cells) + 1.0
            self._need(height)
            x = MARGIN
            for lines, width in zip(cells, widths, strict=True):
                for i, line in enumerate(lines):
                    self._text(line, (x, self.y - (i + 0.6) * step), SMALL, bold=bold)
                x += width
            self.y -= height
            self._line((MARGIN, self.y), (WIDTH - MARGIN, self.y))


def broken(text: str, width: float, height: float, bold: bool = False) -> list[str]:
    """A text in lines no wider than that [mm]; a word that is wider is cut, because nothing may be lost."""
    lines, line = [], ""
    for word in text.split():
        while text_width(word, height, bold) > width and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1)
                       if n == 1 or text_width(word[:n], height, bold) <= width)
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:cut])
            word = word[cut:]
        wider = f"{line} {word}" if line else word
        if line and text_width(wider, height, bold) > width:
            lines.append(line)
            line = word
        else:
            line = wider
    return [*lines, line] if line or not lines else lines
