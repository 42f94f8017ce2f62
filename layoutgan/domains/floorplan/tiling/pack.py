"""A problem as the tables that the compiled part reads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.initial import Proposal
from layoutgan.domains.floorplan.tiling.problem import Flags, Floats, Problem

FIDELITY = 2.0
"""Weight of the distance to a proposal that is trusted fully."""
NO_LIMIT = 1e9


def rescaled_targets(problem: Problem) -> Floats:
    """Target areas [n] [m²] that fill the site less an estimate of its walls.

    Absorbing rooms first, then all in ratio.

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


def proposal_of(problem: Problem, draw: np.random.Generator) -> Proposal:
    """The problem's proposal; a room without one gets a square of its target area anywhere."""
    n = problem.count
    targets = rescaled_targets(problem)
    size = np.sqrt(targets)[:, None]
    corner = np.array([problem.x_lines[1], problem.y_lines[1]])
    extent = np.array([problem.x_lines[-2], problem.y_lines[-2]]) - corner
    centre = corner + draw.random((n, 2)) * extent
    anywhere = np.concatenate([centre - 0.5 * size, centre + 0.5 * size], axis=1)
    if not problem.rectangles.size:
        return Proposal(anywhere[:, None], np.ones((n, 1), np.bool_), targets)
    gates = problem.gates.astype(np.bool_)
    given = problem.rectangles.astype(np.float64)
    low, high = np.minimum(given[..., :2], given[..., 2:]), np.maximum(given[..., :2], given[..., 2:])
    boxes = np.concatenate([low, np.maximum(high, low + 0.01)], axis=-1)
    asked = gates.any(axis=1)
    boxes[~asked, 0] = anywhere[~asked]
    gates[~asked, 0] = True
    return Proposal(boxes, gates, targets)


def room_table(problem: Problem, proposal: Proposal) -> Floats:
    """The room table [n, columns]; own limits of locked rooms are dropped."""
    table = np.zeros((problem.count, c.ROOM_COLUMNS))
    locked = problem.flags("locked")
    own = np.bincount(np.maximum(problem.site, 0).ravel(), problem.cell_areas.ravel(), problem.count + 1)[1:]
    table[:, c.AREA_MIN] = np.where(locked, 0.0, problem.area_min)
    table[:, c.AREA_TARGET] = np.where(locked, np.maximum(own, 1e-6), proposal.targets)
    table[:, c.AREA_MAX] = np.where(locked, NO_LIMIT, np.minimum(problem.area_max, NO_LIMIT))
    table[:, c.WIDTH_MIN] = np.where(locked, 0.0, problem.width_min)
    table[:, c.NECK] = np.where(locked, 0.0, problem.neck)
    table[:, c.ASPECT_MAX] = np.where(locked, NO_LIMIT, np.minimum(problem.aspect_max, NO_LIMIT))
    table[:, c.ASPECT_HARD] = problem.aspect_hard
    table[:, c.FACADE_MIN] = np.where(locked, 0.0, problem.facade_min)
    table[:, c.LOCKED] = locked
    table[:, c.WET] = problem.flags("wet")
    table[:, c.CORRIDOR] = problem.flags("corridor")
    table[:, c.TILE_AREA] = np.where(locked, 0.0, problem.wishes("tile_area"))
    table[:, c.TILE_WIDTH] = np.where(locked, 0.0, problem.wishes("tile_width"))
    if problem.rectangles.size and problem.trust > 0.0:
        gates = proposal.gates[..., None]
        table[:, [c.ASKED_X0, c.ASKED_Y0]] = np.where(gates, proposal.boxes[..., :2], np.inf).min(axis=1)
        table[:, [c.ASKED_X1, c.ASKED_Y1]] = np.where(gates, proposal.boxes[..., 2:], -np.inf).max(axis=1)
        table[:, c.FIDELITY] = np.where(problem.gates.any(axis=1) & ~locked, FIDELITY * problem.trust, 0.0)
    return table


def link_table(problem: Problem) -> Floats:
    """The links table [links, columns]: contacts, forbidden contacts, any-of contacts."""
    rows: list[tuple[float, ...]] = []
    for (a, b), length in zip(problem.contact, problem.contact_min, strict=True):
        rows.append((c.KIND_CONTACT, a, b, length, len(rows)))
    for a, b in problem.never:
        rows.append((c.KIND_NEVER, a, b, 0.0, len(rows)))
    for rule in problem.either:
        group = len(rows)
        rows += [
            (c.KIND_EITHER, rule.room, int(b), rule.length, group)
            for b in np.flatnonzero(rule.others)
            if b != rule.room
        ]
    return np.array(rows, np.float64).reshape(-1, c.LINK_COLUMNS)


def doorway_tables(problem: Problem) -> tuple[Floats, Flags]:
    """The pieces of all entrances [k, 6], each with its entrance first, and who may have them [e, n]."""
    pieces = [(i, *piece) for i, entrance in enumerate(problem.entrances) for piece in entrance.pieces]
    allowed = np.array([entrance.allowed for entrance in problem.entrances], np.bool_)
    return np.array(pieces, np.float64).reshape(-1, 6), allowed.reshape(-1, problem.count)


@dataclass(frozen=True, slots=True)
class Workspace:
    """Every table of one search; see `columns` for rows and slots."""

    lines: Floats
    lab: NDArray[np.int8]
    dims: NDArray[np.int64]
    rooms: Floats
    links: Floats
    doorways: Floats
    allowed: Flags
    settings: Floats
    rec: Floats
    totals: Floats
    shares: Floats
    run: Floats
    missing: Floats
    touched: Flags
    rows: NDArray[np.int64]
    work: NDArray[np.int64]
    loc: NDArray[np.int8]
    point: Floats
    stream: NDArray[np.uint64]

    @classmethod
    def of(cls, problem: Problem, proposal: Proposal) -> "Workspace":
        """The tables of a problem, with no state loaded."""
        n, lines = problem.count, c.CAP_LINES
        doorways, allowed = doorway_tables(problem)
        settings = np.zeros(c.SETTINGS)
        settings[c.WALL] = problem.wall
        settings[c.SIZE] = np.sqrt(problem.cell_areas[problem.site >= 0].sum())
        settings[c.HAS_SLANT] = bool(np.any(problem.site == c.SLANTED))
        start = (problem.seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % 2**64
        return cls(
            lines=np.zeros((2, 2, lines + 1)),
            lab=np.zeros((2, lines, lines), np.int8),
            dims=np.zeros((2, 2), np.int64),
            rooms=room_table(problem, proposal),
            links=link_table(problem),
            doorways=doorways,
            allowed=allowed,
            settings=settings,
            rec=np.zeros((2, n, c.RECORD_COLUMNS)),
            totals=np.zeros((3, c.TOTALS)),
            shares=np.zeros((c.SHARES, n + 1)),
            run=np.zeros((n, n)),
            missing=np.zeros(len(allowed)),
            touched=np.zeros(n, np.bool_),
            rows=np.zeros((n + 1, lines), np.int64),
            work=np.zeros((c.WORK_ROWS, c.CAP_CELLS**2), np.int64),
            loc=np.zeros((2, lines, lines), np.int8),
            point=np.zeros(6),
            stream=np.array([start or 1], np.uint64),
        )
