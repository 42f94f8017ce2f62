"""Places for tags and line numbers: near what they name, off each other and off what must stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from cad_plugin.drawing import Box
from cad_plugin.primitives import Key, Point, Text
from cad_plugin.typeface import text_width

__all__ = ["Labels"]


class Labels:
    """Remembers where text stands [mm]."""

    def __init__(self, taken: Iterable[Box] = ()) -> None:
        self._boxes: list[Box] = list(taken)
        self.texts: list[Text] = []

    def take(self, box: Box) -> None:
        """Nothing may be written there."""
        self._boxes.append(box)

    def put(self, role: str, text: str, places: Sequence[tuple[Point, float]], height: float,
            key: Key | None = None, *, bold: bool = False, must: bool = True) -> None:
        """Writes a text at the first free place, at the one that hides least if none is free.

        Args:
            role: of the text.
            text: one line.
            places: middle of the text [mm] and its rotation, 0 or 90 [°]; the best first.
            height: of capitals [mm].
            key: of what it names.
            bold: heavier letters.
            must: write it even where something stands already.
        """
        boxes = [_box(text, at, turn, height, bold) for at, turn in places]
        covered = [self._covered(box) for box in boxes]
        best = min(range(len(places)), key=lambda i: (round(covered[i], 6) > 0.0, round(covered[i], 3), i))
        if covered[best] > 0.0 and not must:
            return
        at, turn = places[best]
        self._boxes.append(boxes[best])
        self.texts.append(Text(role, at, text, height, rotation=turn, bold=bold, key=key))

    def _covered(self, box: Box) -> float:
        if not self._boxes:
            return 0.0
        known: NDArray[np.float64] = np.asarray(self._boxes)
        wide = np.minimum(known[:, 2], box[2]) - np.maximum(known[:, 0], box[0])
        tall = np.minimum(known[:, 3], box[3]) - np.maximum(known[:, 1], box[1])
        return float((np.maximum(wide, 0.0) * np.maximum(tall, 0.0)).sum())


def _box(text: str, at: Point, turn: float, height: float, bold: bool) -> Box:
    """The box that a text takes, with a little air around it [mm]."""
    wide, tall = text_width(text, height, bold) / 2 + 0.2 * height, 0.75 * height
    if turn:
        wide, tall = tall, wide
    return at[0] - wide, at[1] - tall, at[0] + wide, at[1] + tall
