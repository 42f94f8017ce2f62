"""How wide text runs in the sans-serif faces that drawings are set in (Helvetica, Arial, their copies)."""

from __future__ import annotations

import unicodedata
from functools import cache

__all__ = ["EM_PER_CAPITAL", "is_wide", "text_width"]

EM_PER_CAPITAL = 1.39
"""Size of the type over the height of its capitals [-]."""

# Advance of the letters from blank to tilde [1/1000 em].
_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_OTHERS = {
    "·": 278, "×": 584, "²": 333, "³": 333, "°": 400, "–": 556, "—": 1000, "…": 1000, "ß": 611, "ø": 611,
    "Ø": 778, "æ": 889, "Æ": 1000, "„": 333, "“": 333, "”": 333, "’": 222, "€": 556,
}  # fmt: skip


def is_wide(text: str) -> bool:
    """The text holds characters that Latin faces lack, such as Chinese ones."""
    return any(ord(c) >= 0x2E80 for c in text)


@cache
def _advance(letter: str) -> float:
    """Advance of one character [em]."""
    if " " <= letter <= "~":
        return _ASCII[ord(letter) - 32] / 1000
    if letter in _OTHERS:
        return _OTHERS[letter] / 1000
    if is_wide(letter):
        return 1.0
    plain = unicodedata.normalize("NFD", letter)[0]  # a letter with an accent is as wide as without
    return _advance(plain) if " " <= plain <= "~" else 0.6


def text_width(text: str, height: float, bold: bool = False) -> float:
    """Width of one line of text with capitals of that height [mm]."""
    return sum(map(_advance, text)) * EM_PER_CAPITAL * height * (1.07 if bold else 1.0)
