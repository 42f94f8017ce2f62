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
        self._boxes = np.empty((256, 4))  # grown by doubling: plants have thousands of pieces of pipe
        self._count = 0
        for box in taken:
            self.take(box)
        self.texts: list[Text] = []

    def take(self, box: Box) -> None:
        """Nothing may be written there."""
        if self._count == len(self._boxes):
            self._boxes = np.concatenate([self._boxes, np.empty_like(self._boxes)])
        self._boxes[self._count] = box
        self._count += 1

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
        covered: list[float] = []
        for box in boxes:
            covered.append(self._covered(box))
            if covered[-1] <= 1e-6:
                break
        best = min(range(len(covered)), key=lambda i: (round(covered[i], 3), i))
        if covered[best] > 1e-6 and not must:
            return
        at, turn = places[best]
        self.take(boxes[best])
        self.texts.append(Text(role, at, text, height, rotation=turn, bold=bold, key=key))

    def _covered(self, box: Box) -> float:
        known: NDArray[np.float64] = self._boxes[: self._count]
        wide = np.minimum(known[:, 2], box[2]) - np.maximum(known[:, 0], box[0])
        tall = np.minimum(known[:, 3], box[3]) - np.maximum(known[:, 1], box[1])
        return float((np.maximum(wide, 0.0) * np.maximum(tall, 0.0)).sum())


def _box(text: str, at: Point, turn: float, height: float, bold: bool) -> Box:
    """The box that a text takes, with a little air around it [mm]."""
    wide, tall = text_width(text, height, bold) / 2 + 0.2 * height, 0.75 * height
    if turn:
        wide, tall = tall, wide
    return at[0] - wide, at[1] - tall, at[0] + wide, at[1] + tall
