"""Where each line starts and ends for the search.

Nozzle stubs, take-off points, and what stands in their way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import direction_index
from layoutgan.domains.piping.routing.problem import Climb, Line, RoutingProblem, Terminal
from layoutgan.errors import InputError

__all__ = ["FALLING", "RISING", "Fixed", "Prepared", "eased", "layer_of", "prepare"]

Floats = NDArray[np.float64]
FALLING, RISING = 1, 2
_CODES = {
    Climb.FREE: 0,
    Climb.FALLING: FALLING,
    Climb.RISING: RISING,
    Climb.NO_LOW_POCKET: 3,
    Climb.NO_HIGH_POCKET: 4,
}
_LONGEST_STUB = 4.0
"""A stub is lengthened at most by this [m] to get clear of its own equipment."""
_SAME = 1e-7


@dataclass(frozen=True)
class Fixed:
    """What no line may touch: solids, forbidden boxes, and the stubs of all lines, in this order [F]."""

    boxes: Floats
    """[F, 6] [m]."""
    gaps: Floats
    """Distance to a pipe's outside [F] [m]."""
    owners: NDArray[np.int64]
    """Owner of a solid [F]; -1 for none and for all else."""
    lines: NDArray[np.int64]
    """The line whose stub it is [F]; -1 for solids and forbidden boxes."""
    solids: int
    """How many of them are solids."""
    clear: Floats
    """Least distance between centre lines of each pair of lines [L, L] [m]."""

    def inflations(self, line: int, radius: float) -> Floats:
        """How far each box keeps the line's centre away [F] [m]; -1: does not concern it."""
        stubs = self.lines >= 0
        away = radius + self.gaps
        away[stubs] = self.clear[line, self.lines[stubs]]
        away[self.lines == line] = -1.0
        return away


@dataclass(frozen=True)
class Prepared:
    """A line ready for the search."""

    takeoffs: Floats
    """[T, 3] [m]."""
    leaving: NDArray[np.int64]
    """Direction of each stub, away from the nozzle [T]; 6 for any."""
    away: Floats
    """How far each fixed box keeps the centre line away [F] [m]; -1: ignored."""
    grown: Floats
    """The fixed boxes grown by that [F, 6] [m]."""
    leg: float
    """Least distance between elbows [m]."""
    tee: float
    """Least distance from a tee to an elbow or the next tee [m]."""
    climb: int
    active: NDArray[np.bool_]
    """Fixed boxes whose faces searches of this line use as tracks [F]; grows as they are met."""
    drop: float = 0.0
    """How far the fall of a sloped line may move it up or down [m]; its obstacles are grown by that."""
    buried: str = ""
    """What a terminal is buried in; empty if all are free."""
    entered: Floats = field(default_factory=lambda: np.zeros((0, 6)))
    """Grown forbidden boxes in which a terminal lies: the line may be there, at a price [E, 6] [m]."""


def _tabulate(problem: RoutingProblem) -> Fixed:
    """The table of fixed boxes, stubs at the length that was asked."""
    for line in problem.lines:
        if len(line.terminals) < 2:
            raise InputError("needs two terminals at least", place=f"line {line.name}")
    solids, count = problem.solids, len(problem.solids.boxes)
    stubs = [_stub_box(end) for line in problem.lines for end in line.terminals]
    owners = [index for index, line in enumerate(problem.lines) for _ in line.terminals]
    none = np.full(len(problem.forbidden), -1, dtype=np.int64)
    boxes = np.concatenate(
        [solids.boxes.reshape(-1, 6), problem.forbidden.reshape(-1, 6), np.array(stubs).reshape(-1, 6)]
    )
    return Fixed(
        boxes=boxes,
        gaps=np.concatenate([solids.gaps, np.zeros(len(none) + len(stubs))]),
        owners=np.concatenate([solids.owners, none, np.full(len(stubs), -1)]).astype(np.int64),
        lines=np.concatenate([np.full(count, -1), none, owners]).astype(np.int64),
        solids=count,
        clear=_clear(problem),
    )


def _clear(problem: RoutingProblem) -> Floats:
    if problem.lattice:
        return np.ones((len(problem.lines), len(problem.lines)))
    radius = np.array([line.radius for line in problem.lines])
    reach = np.maximum(np.array([line.reach for line in problem.lines]), radius)
    across = reach[:, None] + radius[None, :]
    return np.maximum(across, across.T) + problem.gap


def _stub_box(end: Terminal) -> Floats:
    face = np.array(end.point, dtype=np.float64)
    tip = face + end.stub * np.array(end.direction, dtype=np.float64)
    return np.concatenate([np.minimum(face, tip), np.maximum(face, tip)])


def _inside(point: Floats, boxes: Floats, away: Floats) -> NDArray[np.bool_]:
    """Whether the point lies strictly inside each grown box."""
    low, high = boxes[:, :3] - away[:, None] + _SAME, boxes[:, 3:] + away[:, None] - _SAME
    return ((point > low) & (point < high)).all(axis=1) & (away >= 0)


def _crossed(a: Floats, b: Floats, boxes: Floats, away: Floats) -> NDArray[np.bool_]:
    """Whether the axis-parallel leg meets each grown open box."""
    low, high = boxes[:, :3] - away[:, None] + _SAME, boxes[:, 3:] + away[:, None] - _SAME
    return ((np.maximum(a, b) > low) & (np.minimum(a, b) < high)).all(axis=1) & (away >= 0)


def _takeoff(end: Terminal, fixed: Fixed, away: Floats) -> Floats:
    """The point where the stub ends, lengthened until it is clear of its own equipment."""
    face, direction = np.array(end.point, dtype=np.float64), np.array(end.direction, dtype=np.float64)
    axis = int(np.abs(direction).argmax())
    tip = face + end.stub * direction
    own = np.where((fixed.owners == end.owner) & (end.owner >= 0), away, -1.0)
    for _ in range(4):
        inside = np.flatnonzero(_inside(tip, fixed.boxes, own))
        if not len(inside) or not direction.any():
            break
        if direction[axis] > 0:
            tip[axis] = max(fixed.boxes[index, axis + 3] + own[index] for index in inside)
        else:
            tip[axis] = min(fixed.boxes[index, axis] - own[index] for index in inside)
    if np.abs(tip - face).sum() > end.stub + _LONGEST_STUB:
        return face + end.stub * direction
    return tip


def _climb(line: Line, takeoffs: Floats, leaving: NDArray[np.int64]) -> int:
    if line.climb is not Climb.MONOTONE:
        return _CODES[line.climb]
    if leaving[0] == 5 or leaving[1] == 4:
        return FALLING
    if leaving[0] == 4 or leaving[1] == 5:
        return RISING
    return FALLING if takeoffs[0, 2] >= takeoffs[1, 2] else RISING


def eased(climb: int) -> tuple[int, ...]:
    """The climb and what is tried after it: a low pocket can be drained, a high one traps gas."""
    return {0: (0,), FALLING: (FALLING, 4, 0), RISING: (RISING, 4, 0)}.get(climb, (climb, 0))


def layer_of(climb: int, direction: int) -> int:
    """The pocket layer after travelling in a direction: 1 once the way that ends all others was taken."""
    return int((climb == 3 and direction == 5) or (climb == 4 and direction == 4))


def prepare(problem: RoutingProblem) -> tuple[Fixed, tuple[Prepared, ...]]:
    """The table of fixed boxes, and every line ready for the search.

    Raises:
        InputError: a line has fewer than two terminals.
    """
    fixed = _tabulate(problem)
    boxes, row = fixed.boxes.copy(), len(problem.solids.boxes) + len(problem.forbidden)
    takeoffs = []
    for index, line in enumerate(problem.lines):
        away = fixed.inflations(index, line.radius)
        tips = np.array([_takeoff(end, fixed, away) for end in line.terminals])
        for end, tip in zip(line.terminals, tips, strict=True):
            face = np.array(end.point, dtype=np.float64)
            boxes[row] = np.concatenate([np.minimum(face, tip), np.maximum(face, tip)])
            row += 1
        takeoffs.append(tips)
    fixed = replace(fixed, boxes=boxes)
    return fixed, tuple(
        _prepare(line, fixed, index, takeoffs[index]) for index, line in enumerate(problem.lines)
    )


def _drop(line: Line, takeoffs: Floats) -> float:
    """The fall over the way between the ends, a detour of a fifth included [m]."""
    return 1.2 * line.slope * float(np.ptp(takeoffs[:, :2], axis=0).sum())


def _prepare(line: Line, fixed: Fixed, index: int, takeoffs: Floats) -> Prepared:
    away = fixed.inflations(index, line.radius)
    leaving = np.array([direction_index(end.direction) for end in line.terminals], dtype=np.int64)
    solid, asked = np.arange(len(away)) < fixed.solids, away.copy()
    buried = ""
    for end, tip in zip(line.terminals, takeoffs, strict=True):
        face = np.array(end.point, dtype=np.float64)
        # A nozzle inside a forbidden zone, or beside another line's nozzle, cannot keep clear of it.
        away[~solid & (_inside(face, fixed.boxes, away) | _inside(tip, fixed.boxes, away))] = -1.0
        strange = np.where((fixed.owners == end.owner) & (end.owner >= 0), -1.0, away)
        blocked = _inside(tip, fixed.boxes, away) | (_crossed(face, tip, fixed.boxes, strange) & solid)
        if blocked.any() and not buried:
            buried = f"buried in solid {int(np.flatnonzero(blocked)[0])}"
    entered = ~solid & (fixed.lines < 0) & (away < 0)
    sides = np.repeat([[-1.0, 1.0]], 3, axis=1)
    grown, drop = fixed.boxes + sides * away[:, None], _drop(line, takeoffs)
    if drop > 0:
        near = np.zeros(len(away), dtype=np.bool_)
        for tip in takeoffs:  # no leg has fallen much so near its end
            near |= _inside(tip, fixed.boxes, away + drop)
        grown[~near, 2] -= drop
        grown[~near, 5] += drop
    return Prepared(
        takeoffs=takeoffs,
        leaving=leaving,
        away=away,
        grown=grown,
        drop=drop,
        leg=2.0 * line.elbow,
        tee=max(line.elbow, line.tee),
        climb=_climb(line, takeoffs, leaving),
        active=np.zeros(len(away), dtype=np.bool_),
        buried=buried,
        entered=fixed.boxes[entered] + sides * asked[entered, None],
    )
