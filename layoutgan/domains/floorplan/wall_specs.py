"""Which wall stands on each seam of a plan, and the straight walls that this makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import shapely

from layoutgan.domains.floorplan.brief import WallSettings
from layoutgan.domains.floorplan.elements import Wall
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import NOTHING, OUTSIDE, Seam, Seams, corner

__all__ = ["RAILING", "WallSpec", "build_walls", "wall_spec", "wall_specs"]

RAILING = 0.10
"""Thickness of a railing [m]."""
TOUCH = 1.0e-3
"""Walls this near to each other follow each other [m]."""

WallKind = Literal["exterior", "interior", "party", "railing"]


class WallSpec(NamedTuple):
    """What stands on a seam."""

    kind: WallKind
    thickness: float
    """[m]"""
    shift: float
    """Distance of its centre-line to the left of the seam [m]."""


def wall_spec(seam: Seam, kinds: Mapping[str, str], settings: WallSettings,
              outside: Collection[str] = ()) -> WallSpec | None:
    """The wall that belongs on a seam, or nothing beside a column and between obstacles.

    Args:
        seam: where it would stand.
        kinds: kind of each room; obstacles as ``obstacle:shaft`` and so on.
        settings: thicknesses.
        outside: rooms beyond the heated outline, on which the outer walls stand.
    """
    if OUTSIDE in (seam.left, seam.right):
        near = kinds.get(seam.other(OUTSIDE), NOTHING)
        return _outer(near, seam.party, -1.0 if seam.right == OUTSIDE else 1.0, settings)
    for beyond, side in ((seam.right, -1.0), (seam.left, 1.0)):
        if _solid(kinds, beyond):
            if _solid(kinds, seam.other(beyond)) or kinds.get(beyond) == "obstacle:column":
                return None
            return WallSpec("interior", settings.interior, side * settings.interior / 2)
    if (seam.left in outside) != (seam.right in outside):
        side = 1.0 if seam.left in outside else -1.0
        return WallSpec("exterior", settings.exterior, side * settings.exterior / 2)
    outdoor = kind(kinds[seam.left]).outdoor + kind(kinds[seam.right]).outdoor
    name: WallKind = "interior" if outdoor == 0 else "exterior" if outdoor == 1 else "railing"
    return WallSpec(name, settings.interior, 0.0)


def _solid(kinds: Mapping[str, str], name: str) -> bool:
    """Whether that is an obstacle, or nothing at all."""
    return kinds.get(name, "obstacle:").startswith("obstacle:")


def _outer(near: str, party: bool, side: float, settings: WallSettings) -> WallSpec:
    """The wall between a room or obstacle of a kind and the outside, which lies on that side."""
    if party:
        return WallSpec("party", settings.party, side * settings.party / 2)
    if kind(near).outdoor:
        return WallSpec("railing", RAILING, side * RAILING / 2)
    return WallSpec("exterior", settings.exterior, side * settings.exterior / 2)


def wall_specs(found: Seams, kinds: Mapping[str, str], settings: WallSettings,
               outside: Collection[str] = ()) -> list[WallSpec | None]:
    """The wall on each seam, in their order."""
    return [wall_spec(seam, kinds, settings, outside) for seam in found.seams]


class _Run(NamedTuple):
    """A straight wall along a line."""

    line: int
    start: float
    end: float
    spec: WallSpec
    outer: bool
    """Stands outside the rooms, so that its ends meet its neighbours' mitred."""


def build_walls(found: Seams, specs: Sequence[WallSpec | None], taken: Iterable[str] = ()) -> list[Wall]:
    """One wall for every straight run, outer ones first.

    Args:
        found: seams of the plan.
        specs: the wall on each seam.
        taken: ids that walls must not have.
    """
    runs = sorted(_runs(found, specs), key=lambda r: (not r.outer, r.line, r.start))
    corners: dict[tuple[float, float], list[_Run]] = {}
    for run in runs:
        if run.outer:
            for t in (run.start, run.end):
                corners.setdefault(corner(found.lines[run.line].at(t)), []).append(run)
    ends = [[_end(found, run, t, corners) for t in (run.start, run.end)] for run in runs]
    shapes: Any = shapely.linestrings(np.asarray(ends)) if runs else ()
    used, walls, number = set(taken), [], 0
    for run, shape in zip(runs, shapes, strict=True):
        number += 1
        while (name := f"wall-{number:03d}") in used:
            number += 1
        walls.append(Wall.model_construct(id=name, kind=run.spec.kind, shape=shape, locked=False,
                                          thickness=run.spec.thickness))
    return walls


def _runs(found: Seams, specs: Sequence[WallSpec | None]) -> list[_Run]:
    """Seams with the same wall that follow each other, joined."""
    runs: list[_Run] = []
    last: dict[WallSpec, int] = {}
    line = -1
    for seam, spec in zip(found.seams, specs, strict=True):
        if spec is None:
            continue
        if seam.line != line:
            last, line = {}, seam.line
        at = last.get(spec)
        if at is not None and runs[at].end >= seam.start - TOUCH:
            runs[at] = runs[at]._replace(end=max(runs[at].end, seam.end))
        else:
            last[spec] = len(runs)
            runs.append(_Run(seam.line, seam.start, seam.end, spec, spec.shift != 0.0))
    return runs


def _end(found: Seams, run: _Run, t: float,
         corners: Mapping[tuple[float, float], list[_Run]]) -> tuple[float, float]:
    """Where the centre-line of a run ends: outer walls meet where their centre-lines cross."""
    line = found.lines[run.line]
    if run.outer:
        # Walls around obstacles stand on the other side of the outline: they meet each other only.
        around = run.spec.kind == "interior"
        others = [r for r in corners[corner(line.at(t))]
                  if r.line != run.line and (r.spec.kind == "interior") == around]
        if len(others) == 1:
            crossing = line.crossing(run.spec.shift, found.lines[others[0].line], others[0].spec.shift)
            if crossing is not None:
                return crossing
    return line.at(t, run.spec.shift)
