"""Openings put onto the walls of a partition."""

from __future__ import annotations

from collections.abc import Sequence

from .partition import Opening, Partition, Run

__all__ = ["on_walls"]

REACH = 0.35
"""How far a drawn opening may be from its wall [m]."""
LEAST = 0.35
"""Shorter openings are dropped [m]."""
CORNER = 0.05
"""Openings keep this far from the ends of their wall where there is room [m]."""

Box = tuple[float, float, float, float]


def on_walls(partition: Partition, drawn: Sequence[tuple[Box, str]]) -> list[tuple[Opening, str]]:
    """Openings on the wall run that each one overlaps most; unplaced ones are left out.

    Args:
        partition: rooms.
        drawn: boxes x0, y0, x1, y1 [m], thin across the wall, each with a word that is handed back.
    """
    runs = partition.runs()
    found = []
    for box, word in drawn:
        axis = 1 if box[2] - box[0] >= box[3] - box[1] else 0
        place = (box[axis] + box[axis + 2]) / 2
        start, end = box[1 - axis], box[3 - axis]
        best, score = None, 0.0
        for run in runs:
            if run.axis == axis and (away := abs(run.at - place)) <= REACH:
                overlap = min(run.end, end) - max(run.start, start)
                if overlap - away > score:
                    best, score = run, overlap - away
        if best is not None and (opening := _opening(best, start, end)) is not None:
            found.append((opening, word))
    return found


def _opening(run: Run, start: float, end: float) -> Opening | None:
    margin = min(CORNER, max(0.0, (run.length - LEAST) / 2))
    start, end = max(start, run.start + margin), min(end, run.end - margin)
    if end - start < LEAST:
        return None
    first, second = (run.low, run.high) if run.high < 0 or 0 <= run.low < run.high else (run.high, run.low)
    if first < 0:
        return None
    return Opening("door", first, second, run.axis, run.at, start, end)
