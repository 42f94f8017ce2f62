"""PNG: a preview made of pixels, drawn by Pillow at twice the size and reduced."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path as FilePath
from typing import Any

from cad_plugin.drawing import Drawing
from cad_plugin.exporter import API_VERSION
from cad_plugin.fonts import font
from cad_plugin.options import chosen
from cad_plugin.paint import Label, Path, painted
from cad_plugin.primitives import Point
from cad_plugin.svg import picture_box
from cad_plugin.typeface import EM_PER_CAPITAL, is_wide
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import InputError
from layoutgan.validation.report import Report

__all__ = ["PngExporter", "png_bytes"]

DEFAULTS: Mapping[str, Any] = {"width": 1400, "findings": True}
LARGEST = 8000
"""Longest side of a picture [pixels]."""
FINE = 2
"""How much finer the picture is drawn than it is written [-]."""


def png_bytes(drawing: Drawing, *, width: int = 1400, findings: bool = True) -> bytes:
    """A drawing as a PNG file.

    Args:
        drawing: what is shown.
        width: of the picture [pixels]; less when it would be too tall.
        findings: show the findings in it.
    """
    from PIL import Image, ImageDraw, PngImagePlugin

    parts = painted(drawing, findings=findings)
    x0, y0, x1, y1 = picture_box(drawing, parts)
    width = min(width, int(LARGEST * (x1 - x0) / (y1 - y0)))
    ratio = FINE * width / (x1 - x0)
    size = (FINE * width, FINE * max(1, round(width * (y1 - y0) / (x1 - x0))))
    image = Image.new("RGB", size, "#ffffff")
    canvas = _Canvas(image, ImageDraw.Draw(image), x0, y1, ratio, drawing.scale)
    for part in parts:
        if isinstance(part, Path):
            canvas.path(part)
        else:
            canvas.label(part)
    info = PngImagePlugin.PngInfo()
    for key, value in drawing.facts.items():
        info.add_itxt(key, value)
    out = io.BytesIO()
    # 128 colours hold fills, ink and their mixtures; a third of the bytes and of the time to compress them.
    image.reduce(FINE).quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", pnginfo=info, compress_level=6)
    return out.getvalue()


class _Canvas:
    """Paths and labels on a Pillow image."""

    def __init__(self, image: Any, pen: Any, x0: float, y1: float, ratio: float, scale: int) -> None:
        self.image, self.pen, self.x0, self.y1, self.ratio, self.scale = image, pen, x0, y1, ratio, scale

    def at(self, point: Point) -> Point:
        """A place in the picture [pixels]."""
        return (point[0] - self.x0) * self.ratio, (self.y1 - point[1]) * self.ratio

    def path(self, path: Path) -> None:
        """Fills, then strokes."""
        rings = [[self.at(p) for p in ring] for ring in path.rings]
        if path.pen.fill and len(rings) == 1 and path.pen.opacity == 1:
            self.pen.polygon(rings[0], fill=path.pen.fill)
        elif path.pen.fill:
            self._masked(rings, path.pen.fill, path.pen.opacity)
        if path.pen.stroke:
            width = max(1, round(path.pen.width * self.scale * self.ratio))
            for ring in rings:
                points = [*ring, ring[0], ring[1]] if path.closed and len(ring) > 1 else ring
                self.pen.line(points, fill=path.pen.stroke, width=width, joint="curve" if width > 2 else None)

    def _masked(self, rings: list[list[Point]], colour: str, opacity: float) -> None:
        """A fill with holes, or one that shows what is below."""
        from PIL import Image, ImageDraw

        xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
        left, top = int(min(xs)), int(min(ys))
        mask = Image.new("L", (int(max(xs)) - left + 2, int(max(ys)) - top + 2), 0)
        pen = ImageDraw.Draw(mask)
        for number, ring in enumerate(rings):
            pen.polygon(
                [(x - left, y - top) for x, y in ring], fill=round(255 * opacity) if number == 0 else 0
            )
        self.image.paste(colour, (left, top), mask)

    def label(self, label: Label) -> None:
        """A line of text, at any angle."""
        from PIL import Image, ImageDraw

        text = label.text
        size = max(
            4, round(text.height * EM_PER_CAPITAL * self.ratio * 0.94)
        )  # this face runs wider than Helvetica
        runs = [(run, font(size, wide=wide, bold=text.bold)) for wide, run in _runs(text.text)]
        width = sum(face.getlength(run) for run, face in runs)
        shift = {"left": 0.0, "centre": -width / 2, "right": -width}[text.align]
        drop = text.height * self.ratio / 2  # from half the capitals to the base line
        x, y = self.at(text.at)
        if not text.rotation:
            _write(self.pen, runs, (x + shift, y + drop), label.colour)
            return
        side = 2 * (
            int(width) + 2 * size
        )  # the text's place is the middle of the stamp, so that turning keeps it
        stamp = Image.new("L", (side, side), 0)
        _write(ImageDraw.Draw(stamp), runs, (side / 2 + shift, side / 2 + drop), 255)
        stamp = stamp.rotate(text.rotation, resample=Image.Resampling.BICUBIC)
        self.image.paste(label.colour, (round(x - side / 2), round(y - side / 2)), stamp)


def _runs(text: str) -> list[tuple[bool, str]]:
    """The text cut where a Latin font must take turns with a Chinese one."""
    return [(wide, "".join(run)) for wide, run in groupby(text, is_wide)]


def _write(pen: Any, runs: list[tuple[str, Any]], at: Point, colour: str | int) -> None:
    """Runs of text one after the other on a base line."""
    x, y = at
    for run, face in runs:
        pen.text((x, y), run, font=face, fill=colour, anchor="ls")
        x += face.getlength(run)


class PngExporter:
    """Layouts as PNG pictures."""

    name = "png"
    suffixes = (".png",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "picture"})

    def available(self) -> tuple[bool, str]:
        """Whether Pillow is installed; it comes with matplotlib."""
        from importlib.util import find_spec

        return (True, "") if find_spec("PIL") else (False, "pip install pillow")

    def write(
        self, layout: Layout, path: FilePath, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes one picture; options: ``width`` [pixels], ``findings``."""
        from cad_plugin.draw import draw

        said = chosen("png", DEFAULTS, options)
        if not 50 <= said["width"] <= LARGEST:
            raise InputError(
                f"option width of the png exporter must be 50 to {LARGEST} pixels, found {said['width']}"
            )
        write_whole(path, png_bytes(draw(layout, report), width=said["width"], findings=said["findings"]))
