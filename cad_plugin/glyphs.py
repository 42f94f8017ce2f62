"""Outlines of letters as paths of a PDF page, from a font of this machine."""

from __future__ import annotations

from functools import cache
from typing import Any

from cad_plugin.fonts import font_file

__all__ = ["outlines"]


def outlines(text: str, size: float) -> str:
    """Path operators for letters side by side on a base line; size of the type [mm]."""
    parts, x = [], 0.0
    for letter in text:
        advance = 1.0 if ord(letter) >= 0x2E80 else 0.6
        for operator, points in _outline(letter):
            numbers = " ".join(f"{(x + px) * size:.4f} {py * size:.4f}" for px, py in points)
            parts.append(f"{numbers} {operator}".strip())
        x += advance
    return " ".join(parts) or "n"


_BOX = (("m", ((0.1, 0.0),)), ("l", ((0.9, 0.0),)), ("l", ((0.9, 0.7),)), ("l", ((0.1, 0.7),)), ("h", ()))
"""Stands for a letter that no font here has."""
_Outline = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


@cache
def _font() -> Any:
    """Glyphs, character map and units of the font, or None."""
    path = font_file(wide=True)
    if path is None:
        return None
    from fontTools.ttLib import TTFont

    font = TTFont(path, fontNumber=0, lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


@cache
def _outline(letter: str) -> _Outline:
    found = _font()
    if found is None or ord(letter) not in found[1]:
        return _BOX
    from fontTools.pens.basePen import BasePen

    glyphs, names, units = found
    marks: list[tuple[str, tuple[tuple[float, float], ...]]] = []

    class Pen(BasePen):  # type: ignore[misc]  # fontTools has no types; its pen turns quadratic curves into cubic ones
        def _moveTo(self, p: tuple[float, float]) -> None:
            marks.append(("m", (p,)))

        def _lineTo(self, p: tuple[float, float]) -> None:
            marks.append(("l", (p,)))

        def _curveToOne(self, *points: tuple[float, float]) -> None:
            marks.append(("c", points))

        def _closePath(self) -> None:
            marks.append(("h", ()))

    glyphs[names[ord(letter)]].draw(Pen(glyphs))
    return tuple((mark, tuple((x / units, y / units) for x, y in points)) for mark, points in marks)
