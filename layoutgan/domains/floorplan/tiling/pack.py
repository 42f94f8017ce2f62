"""Problems as the tables that the compiled part reads, and its answer as a tiling."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.problem import Budget, Flags, Floats, Ints, Kind, Problem, Tiling, Violation

KINDS = tuple(Kind)
STEPS_SMALL = 10_000
"""Steps of one try up to ten rooms; more rooms get more, by the square of their number."""
HOT, COLD, COOL_TRUST, POLISH_STEPS, JITTER = 0.8, 0.1, 0.5, 1200, 0.08
FIDELITY = 2.0
"""Weight of the distance to a proposal that is trusted fully."""


def rescaled_targets(problem: Problem) -> Floats:
    """Target areas [n] [m²] that fill the site less an estimate of its walls: absorbing rooms first, then all in ratio.

    They stay inside each room's limits, so they fall short of the site when the limits do.
    """
    movable = ~problem.flags("locked")
    target = np.clip(problem.area_target, problem.area_min, problem.area_max)
    site = problem.free_area
    walls = 0.5 * problem.wall * max(float(np.sum(4.2 * np.sqrt(target[movable]))) - 4.0 * np.sqrt(site), 0.0)
    gap = site - walls - float(target[movable].sum())
    for group in (problem.flags("absorb") & movable, movable):
        for _ in range(8):
            room = (problem.area_max if gap > 0 else problem.area_min) - target
            open_rooms = group & (np.abs(room) > 1e-9)
            if abs(gap) < 1e-9 or not open_rooms.any():
                break
            share = gap * target[open_rooms] / target[open_rooms].sum()
            limit = room[open_rooms]
            step = np.minimum(share, limit) if gap > 0 else np.maximum(share, limit)
            target[open_rooms] += step
            gap -= float(step.sum())
    return np.asarray(target, np.float64)


def proposal(problem: Problem) -> tuple[Floats, Flags, Flags]:
    """Rectangles [n, k, 4] [m], gates [n, k] and which rooms were proposed [n]; the others get a random square each."""
    n = problem.count
    if problem.rectangles.size:
        rectangles, gates = problem.rectangles.astype(np.float64), problem.gates.astype(np.bool_)
    else:
        rectangles, gates = np.zeros((n, 1, 4)), np.zeros((n, 1), np.bool_)
    low, high = np.minimum(rectangles[..., :2], rectangles[..., 2:]), np.maximum(rectangles[..., :2], rectangles[..., 2:])
    rectangles = np.concatenate([low, np.maximum(high, low + 0.01)], axis=-1)
    asked = gates.any(axis=1)
    draw = np.random.Generator(np.random.PCG64(problem.seed))
    size = np.sqrt(problem.area_target)[:, None]
    corner = np.array([problem.x_lines[1], problem.y_lines[1]])
    extent = np.array([problem.x_lines[-2], problem.y_lines[-2]]) - corner
    centre = corner + draw.random((n, 2)) * extent
    anywhere = np.concatenate([centre - 0.5 * size, centre + 0.5 * size], axis=1)
    rectangles[~asked, 0] = anywhere[~asked]
    gates = gates.copy()
    gates[~asked, 0] = True
    return np.ascontiguousarray(rectangles), gates, asked


def room_table(problem: Problem, rectangles: Floats, gates: Flags, asked: Flags) -> Floats:
    """The room table [n, columns]."""
    table = np.zeros((problem.count, c.ROOM_COLUMNS))
    locked = problem.flags("locked")
    areas = problem.cell_areas
    own = np.array([areas[problem.site == room + 1].sum() for room in range(problem.count)])
    table[:, c.AREA_MIN] = np.where(locked, 0.0, problem.area_min)
    table[:, c.AREA_TARGET] = np.where(locked, np.maximum(own, 1e-6), rescaled_targets(problem))
    table[:, c.AREA_MAX] = np.where(locked, 1e9, np.minimum(problem.area_max, 1e9))
    table[:, c.WIDTH_MIN] = np.where(locked, 0.0, problem.width_min)
    table[:, c.NECK] = np.where(locked, 0.0, problem.neck)
    table[:, c.ASPECT_MAX] = np.where(locked, 1e9, np.minimum(problem.aspect_max, 1e9))
    table[:, c.ASPECT_HARD] = problem.aspect_hard
    table[:, c.FACADE_MIN] = np.where(locked, 0.0, problem.facade_min)
    table[:, c.LOCKED] = locked
    table[:, c.WET] = problem.flags("wet")
    table[:, c.CORRIDOR] = problem.flags("corridor")
    far = np.where(gates[..., None], rectangles[..., :2], np.inf).min(axis=1)
    table[:, [c.ASKED_X0, c.ASKED_Y0]] = far
    table[:, [c.ASKED_X1, c.ASKED_Y1]] = np.where(gates[..., None], rectangles[..., 2:], -np.inf).max(axis=1)
    table[:, c.FIDELITY] = np.where(asked & ~locked, FIDELITY * problem.trust, 0.0)
    return table


@dataclass(frozen=True, slots=True)
class Answer:
    """What the compiled part wrote."""

    lines: Floats
    dims: Ints
    labels: NDArray[np.int8]
    records: Floats
    runs: Floats
    facades: Floats
    missing: Floats
    totals: Floats
    info: Floats


def settings_of(problem: Problem, budget: Budget) -> Floats:
    """The settings vector."""
    n = problem.count
    steps = budget.steps or int(STEPS_SMALL * max(1.0, (n / 10.0) ** 2))
    settings = np.zeros(c.SETTINGS)
    settings[c.WALL] = problem.wall
    settings[c.SIZE] = np.sqrt(problem.cell_areas[problem.site >= 0].sum())
    settings[c.STEPS] = steps
    settings[c.TOTAL_STEPS] = budget.total
    settings[c.TRIES] = budget.tries
    settings[c.FIRST_ONLY] = budget.first
    settings[c.HOT], settings[c.COLD] = HOT, COLD
    settings[c.COOL_FIRST] = problem.trust >= COOL_TRUST
    settings[c.POLISH] = POLISH_STEPS
    settings[c.HAS_SLANT] = bool(np.any(problem.site == c.SLANTED))
    settings[c.JITTER] = JITTER
    return settings


def run(problem: Problem, budget: Budget) -> Answer | None:
    """The compiled search on a problem; with no tries in the budget, its measure of a site whose rooms are all locked."""
    from layoutgan.domains.floorplan.tiling.anneal import search

    n = problem.count
    rectangles, gates, asked = proposal(problem)
    axes, counts = np.zeros((2, c.CAP_LINES)), np.zeros(2, np.int64)
    for axis, lines in enumerate((problem.x_lines, problem.y_lines)):
        axes[axis, : len(lines)] = lines
        counts[axis] = len(lines) - 1
    site = np.ascontiguousarray(problem.site, np.int16)
    site[[0, -1]] = np.where(site[[0, -1]] == c.SLANTED, c.OUTSIDE, site[[0, -1]])
    site[:, [0, -1]] = np.where(site[:, [0, -1]] == c.SLANTED, c.OUTSIDE, site[:, [0, -1]])
    either = np.array([(e.room, e.length) for e in problem.either], np.float64).reshape(-1, 2)
    mask = np.array([e.others for e in problem.either], np.bool_).reshape(-1, n)
    doorways = np.array(
        [(i, *piece) for i, e in enumerate(problem.entrances) for piece in e.pieces], np.float64
    ).reshape(-1, 6)
    allowed = np.array([e.allowed for e in problem.entrances], np.bool_).reshape(-1, n)
    stream = np.array([(problem.seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % 2**64 or 1], np.uint64)
    answer = Answer(
        np.zeros((2, c.CAP_LINES)),
        np.zeros(2, np.int64),
        np.zeros((c.CAP_LINES, c.CAP_LINES), np.int8),
        np.zeros((n, c.RECORD_COLUMNS)),
        np.zeros((n, n)),
        np.zeros(n),
        np.zeros(len(allowed)),
        np.zeros(c.TOTALS),
        np.zeros(3),
    )
    done = search(
        axes,
        counts,
        site,
        room_table(problem, rectangles, gates, asked),
        rectangles,
        gates,
        np.ascontiguousarray(problem.contact, np.int64).reshape(-1, 2),
        np.ascontiguousarray(problem.contact_min, np.float64),
        np.ascontiguousarray(problem.never, np.int64).reshape(-1, 2),
        either,
        mask,
        doorways,
        allowed,
        settings_of(problem, budget),
        stream,
        answer.lines,
        answer.dims,
        answer.labels,
        answer.records,
        answer.runs,
        answer.facades,
        answer.missing,
        answer.totals,
        answer.info,
    )
    return answer if done else None
