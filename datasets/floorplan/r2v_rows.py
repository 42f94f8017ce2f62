"""The rows of an R2V file, and how many metres a pixel of it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layoutgan.errors import DatasetError

from ..dataset import PlanRejected
from .faces import Faces, enclosed
from .partition import OUTSIDE

__all__ = ["Row", "metres_per_pixel", "read_rows", "wall_lines"]

DOOR = 0.70
"""The most frequent interior door [m]; an assumption, as are the next two."""
ANCHORS = {"bathroom": 2.6, "restroom": 1.4}
"""Areas of unit baths and toilets between wall centre-lines [m²]."""
METRES_PER_PIXEL = (0.004, 0.06)
"""Plausible scale [m]."""


class Row(NamedTuple):
    """One annotated item, in pixels."""

    box: tuple[float, float, float, float]
    category: str
    style: str

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the box [px]."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def read_rows(path: Path, plan: str) -> list[Row]:
    """The rows of a file.

    Raises:
        DatasetError: it cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DatasetError(f"plan '{plan}': cannot read '{path}'; check the id and the file") from error
    rows = []
    for number, line in enumerate(lines, 1):
        cells = line.split()
        if not cells:
            continue
        try:
            x0, y0, x1, y1 = (float(c) for c in cells[:4])
            if not np.isfinite([x0, y0, x1, y1]).all() or max(map(abs, (x0, y0, x1, y1))) > 1e5:
                raise ValueError
            rows.append(Row((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), cells[4], (*cells, "0")[5]))
        except (ValueError, IndexError) as error:
            raise DatasetError(
                f"'{path}': line {number}: expected x_min y_min x_max y_max category a b"
            ) from error
    return rows


def wall_lines(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Centre-lines of walls [W, 4] as x0, y0, x1, y1."""
    return np.array([r.box for r in rows if r.category == "wall"], dtype=np.float64).reshape(-1, 4)


def metres_per_pixel(rows: Sequence[Row], plan: str) -> float:
    """The scale from doors, baths and toilets.

    Raises:
        PlanRejected: it is missing or not plausible, or walls are slanted.
    """
    walls = wall_lines(rows)
    if len(walls) < 4:
        raise PlanRejected(plan, "no walls")
    if (np.minimum(walls[:, 2] - walls[:, 0], walls[:, 3] - walls[:, 1]) > 3).any():
        raise PlanRejected(plan, "slanted walls")
    faces = enclosed(walls, 4.0)
    modal = _modal_door(rows, faces)
    if modal is None:
        raise PlanRejected(plan, "no interior door to take the scale from")
    scales = [DOOR / modal]
    areas = faces.partition.areas(faces.count)
    for label, usual in ANCHORS.items():
        found = {faces.at(*row.centre) for row in rows if row.category == label} - {OUTSIDE}
        if found:
            scales.append(float(np.sqrt(usual / np.median(areas[sorted(found)]))))
    scale = float(np.exp(np.mean(np.log(scales))))
    if not METRES_PER_PIXEL[0] <= scale <= METRES_PER_PIXEL[1] or max(scales) > 2.2 * min(scales):
        raise PlanRejected(plan, "scale not plausible", f"{scale:.4f} m per pixel")
    return scale


def _modal_door(rows: Sequence[Row], faces: Faces) -> float | None:
    """The most frequent length of short openings between two faces [px]."""
    lengths = []
    for row in rows:
        if row.category == "door" and row.style not in ("3", "10"):
            x0, y0, x1, y1 = row.box
            (x, y), long = row.centre, max(x1 - x0, y1 - y0)
            dx, dy = (0.0, 8.0) if x1 - x0 >= y1 - y0 else (8.0, 0.0)
            sides = {faces.at(x - dx, y - dy), faces.at(x + dx, y + dy)}
            if len(sides) == 2 and OUTSIDE not in sides and long > 0:
                lengths.append(long)
    if not lengths:
        return None
    sizes = np.sort(lengths)
    votes = (np.abs(sizes[:, None] - sizes[None, :]) <= 0.1 * sizes[:, None]).sum(axis=1)
    return float(np.median(sizes[votes == votes.max()]))
