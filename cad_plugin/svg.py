"""SVG: a vector picture at true scale, written directly; it can stand in HTML as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from cad_plugin.drawing import Drawing
from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from cad_plugin.paint import Label, Path, painted
from cad_plugin.placing import text_box
from cad_plugin.typeface import EM_PER_CAPITAL
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_text
from layoutgan.validation.report import Report

__all__ = ["SvgExporter", "picture_box", "svg_of", "svg_text"]

FONTS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, Noto Sans CJK SC, WenQuanYi Zen Hei, sans-serif"
MARGIN = 5.0
"""Around the drawing on paper [mm]."""


def svg_text(
    layout: Layout, report: Report | None = None, *, width: float | None = None, findings: bool = True
) -> str:
    """A layout as one ``<svg>`` element, without XML declaration, so that it can stand in HTML.

    Args:
        layout: what is drawn.
        report: findings to be marked.
        width: of the picture [CSS pixels]; by default its true size on paper.
        findings: show the report's findings.
    """
    from cad_plugin.draw import draw

    return svg_of(draw(layout, report if findings else None), width=width, findings=findings)


def svg_of(drawing: Drawing, *, width: float | None = None, findings: bool = True) -> str:
    """A drawing as one ``<svg>`` element; y points up in drawings and down here.

    Args:
        drawing: what is shown.
        width: of the picture [CSS pixels]; by default its true size on paper.
        findings: show the findings in it.
    """
    parts = painted(drawing, findings=findings)
    x0, y0, x1, y1 = picture_box(drawing, parts)
    scale = drawing.scale
    wide, tall = (x1 - x0) / scale, (y1 - y0) / scale
    size = f'width="{_n(wide)}mm" height="{_n(tall)}mm"' if width is None else \
        f'width="{_n(width)}" height="{_n(width * tall / wide)}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(wide)} {_n(tall)}" '
             f'font-family="{FONTS}" role="img" stroke-linejoin="round" stroke-linecap="round">',
             f"<title>{escape(drawing.name)}</title>"]
    if facts := "; ".join(f"{key} {value}" for key, value in drawing.facts.items()):
        lines.append(f"<desc>{escape(facts)}</desc>")
    lines.append(f'<rect width="{_n(wide)}" height="{_n(tall)}" fill="#ffffff"/>')
    lines += _elements(parts, x0, y1, scale)
    return "\n".join([*lines, "</svg>"]) + "\n"


def picture_box(drawing: Drawing, parts: list[Path | Label]) -> tuple[float, float, float, float]:
    """Box around what is painted, with a margin [mm in the drawing]."""
    points = [
        p
        for part in parts
        for p in (
            text_box(part.text) if isinstance(part, Label) else (q for ring in part.rings for q in ring)
        )
    ] or [(0.0, 0.0), (1000.0, 1000.0)]
    edge = MARGIN * drawing.scale
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge


def _n(value: float) -> str:
    """A number with at most three decimals, without trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _elements(parts: list[Path | Label], x0: float, y1: float, scale: int) -> Iterator[str]:
    """Elements, those of one role and pen in a row gathered into a group or one path."""
    group: list[Path] = []
    for part in [*parts, None]:
        if group and not (isinstance(part, Path) and _joins(group[-1], part)):
            yield _path(group, x0, y1, scale)
            group = []
        if isinstance(part, Path):
            group.append(part)
        elif isinstance(part, Label):
            yield _label(part, x0, y1, scale)


def _joins(first: Path, second: Path) -> bool:
    return (first.pen, first.role) == (second.pen, second.role) and not first.title and not second.title \
        and not first.pen.fill


def _path(paths: list[Path], x0: float, y1: float, scale: int) -> str:
    data = []
    for path in paths:
        for ring in path.rings:
            points = [f"{_n((x - x0) / scale)} {_n((y1 - y) / scale)}" for x, y in ring]
            data.append("M" + "L".join(points) + ("Z" if path.closed else ""))
    pen = paths[0].pen
    paint = f'fill="{pen.fill}" fill-rule="evenodd"' if pen.fill else 'fill="none"'
    if pen.fill and pen.opacity < 1:
        paint += f' fill-opacity="{_n(pen.opacity)}"'
    if pen.stroke:
        paint += f' stroke="{pen.stroke}" stroke-width="{_n(pen.width)}"'
    body = f'<path class={quoteattr(paths[0].role)} d="{"".join(data)}" {paint}'
    return f"{body}><title>{escape(paths[0].title)}</title></path>" if paths[0].title else f"{body}/>"


def _label(label: Label, x0: float, y1: float, scale: int) -> str:
    text = label.text
    x, y = (text.at[0] - x0) / scale, (y1 - text.at[1]) / scale
    size = text.height * EM_PER_CAPITAL / scale
    # Lowered by half the capitals instead of dominant-baseline, which renderers understand differently.
    turn = f' transform="rotate({_n(-text.rotation)} {_n(x)} {_n(y)})"' if text.rotation else ""
    anchor = {"left": "start", "centre": "middle", "right": "end"}[text.align]
    bold = ' font-weight="600"' if text.bold else ""
    return (
        f'<text class={quoteattr(text.role)} x="{_n(x)}" y="{_n(y + text.height / scale / 2)}"{turn} '
        f'font-size="{_n(size)}" text-anchor="{anchor}" fill="{label.colour}"{bold}>'
        f"{escape(text.text)}</text>"
    )


class SvgExporter:
    """Layouts as SVG pictures."""

    name = "svg"
    suffixes = (".svg",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "picture"})

    def available(self) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def write(
        self, layout: Layout, path: FilePath, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes one picture; options: ``findings`` (true)."""
        said = chosen("svg", {"findings": True}, options)
        text = svg_text(layout, report, findings=said["findings"])
        write_text(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
