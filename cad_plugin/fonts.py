"""Where fonts are found for pictures made of pixels, without asking the operating system's font service."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["font", "font_file"]

_WIDE = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
"""Usual places of fonts that hold Chinese, Japanese and Korean."""


@cache
def font_file(wide: bool = False, bold: bool = False) -> str | None:
    """Path of a font of this machine, or None."""
    if wide and (found := next((p for p in _WIDE if Path(p).is_file()), None)):
        return found
    spec = find_spec("matplotlib")  # its fonts come with it; the library itself is not imported
    if spec is None or spec.origin is None:
        return None
    path = (
        Path(spec.origin).parent
        / "mpl-data/fonts/ttf"
        / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    )
    return str(path) if path.is_file() else None


@cache
def font(pixels: int, *, wide: bool = False, bold: bool = False) -> Any:
    """A font for Pillow of that size.

    Args:
        pixels: size of the type.
        wide: for text with Chinese or other wide characters.
        bold: heavy strokes.
    """
    from PIL import ImageFont

    path = font_file(wide, bold)
    return ImageFont.truetype(path, pixels) if path else ImageFont.load_default(pixels)
