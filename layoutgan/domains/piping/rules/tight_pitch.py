"""Parallel pipes too near to each other."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
    leg_pairs,
    legs,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Component,
    Pipe,
)
from layoutgan.domains.piping.pipe_data import (
    flange_od,
)
from layoutgan.domains.piping.rules.sources import (
    SPACING_PAGES,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.validation.rule import SKIP, Context, Finding, Judgement, found, rule

__all__ = ["tight_pitch"]


@rule("PI407", each=Pipe, source=SPACING_PAGES, unit="m")
def tight_pitch(
    pipe: Pipe, context: Context, *, gap: Metres = 0.025, bare_gap: Metres = 0.050, overlap: Metres = 0.3
) -> Judgement:
    """Pipe that runs beside another on one level nearer than their flanges and insulation allow.

    Where a valve or a nozzle flange stands on the shared run, the flange of one must clear the pipe of the
    other; elsewhere the pipes themselves must.

    Args:
        gap: least clear distance of a flange to the neighbour [m].
        bare_gap: least clear distance of pipes without flanges on the shared run [m].
        overlap: runs that are side by side for less than this are not parallel lines [m].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 5], [9, 0, 5]], "nps": 6},
        ...     {"pipe": "L-2", "at": [[0, 0.18, 5], [9, 0.18, 5]], "nps": 4})
        >>> [(round(f.measured, 3), round(f.limit, 3)) for f in check(plan, [tight_pitch]).findings]
        [(0.18, 0.191)]
    """
    if pipe.status == "exception":
        return SKIP
    all_legs, pairs = context.once(legs), context.once(_parallel)
    flanges = context.once(_flanges)
    findings: dict[str, Finding] = {}
    for one, two, low, high, axis in pairs.get(pipe.id, ()):
        other = all_legs.pipes[all_legs.pipe[two]]
        if below(high - low, overlap) or other.id in findings:
            continue
        across = float(np.linalg.norm(np.delete(all_legs.start[one] - all_legs.start[two], axis)[:1]))
        spots = [s[axis] for p in (pipe, other) for s in flanges.get(p.id, ())]
        flanged = any(low <= s <= high for s in spots)
        reach = [flange_od(size_of(p.nps), p.rating) / 2 for p in (pipe, other)]
        radii = [p.od / 2 for p in (pipe, other)]
        insulation = pipe.insulation + other.insulation
        if flanged:
            limit = max(reach[0] + radii[1], reach[1] + radii[0]) + insulation + gap
        else:
            limit = sum(radii) + insulation + bare_gap
        if below(across, limit):
            findings[other.id] = found(
                f"{pipe.id} and {other.id} run {1000 * across:.0f} mm apart, not {1000 * limit:.0f} mm.",
                pipe.id,
                other.id,
                where=shapely.LineString([all_legs.start[one, :2], all_legs.end[one, :2]]),
                measured=across,
                limit=limit,
                remedy="Move one of them to another lane.",
            )
    return findings.values()


def _flanges(context: Context) -> dict[str, list[np.ndarray]]:
    """Places of flanges by pipe: at nozzles and at valves."""
    found_at: dict[str, list[np.ndarray]] = {}
    tags = {i.id for i in context.once(equipment)}
    for pipe in context.layout.of(Pipe):
        for text, point in ((pipe.start, pipe.points[0]), (pipe.end, pipe.points[-1])):
            if text.rpartition(".")[0] in tags:
                found_at.setdefault(pipe.id, []).append(point)
    for part in context.layout.of(Component):
        if part.kind in _FLANGED:
            found_at.setdefault(part.pipe, []).append(coordinates(part.shape))
    return found_at


_FLANGED = {"gate", "globe", "ball", "butterfly", "check", "control", "relief", "strainer", "flow_element"}


def _parallel(context: Context) -> dict[str, list[tuple[int, int, float, float, int]]]:
    """Level legs side by side on one level, by the first pipe: the legs, the shared run and its axis."""
    all_legs, pairs = context.once(legs), context.once(leg_pairs)
    way = np.abs(all_legs.direction)
    found_of: dict[str, list[tuple[int, int, float, float, int]]] = {}
    for one, two in zip(pairs.first, pairs.second, strict=True):
        axis = 0 if way[one, 0] > 0.999 else 1
        if way[one, axis] < 0.999 or way[two, axis] < 0.999:
            continue
        level = abs(float(all_legs.start[one, 2] - all_legs.start[two, 2]))
        if level >= all_legs.radius[one] + all_legs.radius[two]:
            continue
        ends = np.sort(np.stack((all_legs.start[[one, two], axis], all_legs.end[[one, two], axis])), axis=0)
        low, high = float(ends[0].max()), float(ends[1].min())
        owner = all_legs.pipes[all_legs.pipe[one]].id
        found_of.setdefault(owner, []).append((int(one), int(two), low, high, axis))
    return found_of
