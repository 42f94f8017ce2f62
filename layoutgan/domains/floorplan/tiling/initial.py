"""First states: the proposal painted onto the grid, or the site sliced in its order; and their repair.

Labels [Y, X] are rooms or negative codes; free cells are those that no locked room and no code holds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling.columns import CAP_CELLS
from layoutgan.domains.floorplan.tiling.problem import Flags, Floats, Problem

MERGE = 0.3
"""Proposed edges nearer to a line than this [m] make no line of their own."""
SPARE = 8
"""Lines that a first state leaves for the search to make."""
UNSET = 127
"""Label of a free cell that no room has yet."""

Labels = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class State:
    """Lines [m] and a label per cell [Y, X]."""

    x_lines: Floats
    y_lines: Floats
    labels: Labels


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where rooms are wanted: boxes [n, k, 4] [m], which count [n, k], and target areas [n] [m²]."""

    boxes: Floats
    gates: Flags
    targets: Floats

    @property
    def centres(self) -> Floats:
        """Centre of each room's boxes [n, 2] [m], weighted by area."""
        weight = np.prod(self.boxes[..., 2:] - self.boxes[..., :2], axis=-1) * self.gates
        middle = 0.5 * (self.boxes[..., :2] + self.boxes[..., 2:])
        return np.asarray((middle * weight[..., None]).sum(axis=1) / weight.sum(axis=1, keepdims=True))

    def disturbed(self, far: Floats, draw: np.random.Generator) -> "Proposal":
        """The same, each room shifted by a random distance of about `far` [2] [m] per axis."""
        shift = draw.standard_normal((len(self.targets), 1, 2)) * far
        return Proposal(self.boxes + np.concatenate([shift, shift], axis=-1), self.gates, self.targets)


def bare(problem: Problem) -> State:
    """The site with its locked rooms; free cells are unset."""
    labels = np.where(problem.site > 0, problem.site - 1, np.where(problem.site == 0, UNSET, problem.site))
    return State(problem.x_lines, problem.y_lines, labels.astype(np.int16))


def with_lines(state: State, axis: int, places: Floats, merge: float) -> State:
    """The state with more lines inside the site along an axis (0 adds x-lines).

    Those too near to another left out.
    """
    lines = state.x_lines if axis == 0 else state.y_lines
    taken = lines.tolist()
    for place in places.tolist():
        if lines[1] < place < lines[-2] and len(taken) < CAP_CELLS - SPARE:
            if all(abs(place - other) >= merge for other in taken):
                taken.append(place)
    new = np.sort(np.array(taken))
    source = np.searchsorted(lines, 0.5 * (new[:-1] + new[1:])) - 1
    if axis == 0:
        return State(new, state.y_lines, state.labels[:, source])
    return State(state.x_lines, new, state.labels[source])


def middles(state: State) -> tuple[Floats, Floats]:
    """Coordinates of the unset cells' centres [cells] [m]."""
    rows, columns = np.nonzero(state.labels == UNSET)
    x, y = 0.5 * (state.x_lines[:-1] + state.x_lines[1:]), 0.5 * (state.y_lines[:-1] + state.y_lines[1:])
    return x[columns], y[rows]


def painted(problem: Problem, proposal: Proposal) -> State:
    """Each free cell to the room whose box is nearest, rooms favoured until their areas about fit."""
    movable = np.flatnonzero(~problem.flags("locked"))
    boxes, gates, targets = proposal.boxes[movable], proposal.gates[movable], proposal.targets[movable]
    state = bare(problem)
    for axis in range(2):
        state = with_lines(state, axis, boxes[gates][:, axis::2].ravel(), MERGE)
    x, y = middles(state)
    aside = np.maximum(boxes[..., 0, None] - x, x - boxes[..., 2, None])
    apart = np.maximum(boxes[..., 1, None] - y, y - boxes[..., 3, None])
    distance = np.where(gates[..., None], np.maximum(aside, apart), np.inf).min(axis=1)
    unset = state.labels == UNSET
    sizes = np.outer(np.diff(state.y_lines), np.diff(state.x_lines))[unset]
    bias = np.zeros(len(movable))
    step = 0.08 * np.sqrt(sizes.sum())
    owner = distance.argmin(axis=0)
    for _ in range(12):
        got = np.bincount(owner, sizes, len(movable))
        bias += step * (targets - got) / (targets + got)
        owner = (distance - bias[:, None]).argmin(axis=0)
    state.labels[unset] = movable[owner]
    return state


def cuts(state: State, free: Flags, box: Floats, axis: int, shares: Floats) -> Floats:
    """Where to cut a box [x0, y0, x1.

    Y1] along an axis so that the low part has these shares of its free area.
    """
    spans = []
    for k, lines in enumerate((state.x_lines, state.y_lines)):
        held = np.minimum(np.maximum(lines, box[k]), box[k + 2])
        spans.append((held, np.diff(held)))
    profile = spans[1][1] @ free * spans[0][1] if axis == 0 else free @ spans[0][1] * spans[1][1]
    total = np.concatenate([[0.0], np.cumsum(profile)])
    return np.interp(shares * total[-1], total, spans[axis][0])


def best_cut(
    state: State, free: Flags, box: Floats, rooms: NDArray[np.intp], proposal: Proposal, centres: Floats
) -> tuple[int, float, NDArray[np.intp], int]:
    """Axis, place, rooms in order and how many lie low.

    The cut that fits the proposal best and leaves no strips.
    """
    best = (np.inf, 0, 0.0, rooms, 1)
    for axis in range(2):
        order = rooms[np.argsort(centres[rooms, axis], kind="stable")]
        areas = np.cumsum(proposal.targets[order])
        places = cuts(state, free, box, axis, areas[:-1] / areas[-1])
        away = centres[order, axis][None] - places[:, None]
        low = np.arange(len(order))[None] <= np.arange(len(places))[:, None]
        wrong = np.maximum(np.where(low, away, -away), 0.0).sum(axis=1)
        across = box[3 - axis] - box[1 - axis]
        count = np.arange(1, len(order))
        for deep, held in ((places - box[axis], count), (box[axis + 2] - places, len(order) - count)):
            strip = across / np.maximum(deep, 0.01)
            strip = np.maximum(strip, 1.0 / np.maximum(strip, 1e-9))
            wrong += 0.25 * np.maximum(strip - 1.5 - 0.5 * held, 0.0)
        i = int(wrong.argmin())
        if wrong[i] < best[0]:
            best = (float(wrong[i]), axis, float(places[i]), order, i + 1)
    return best[1:]


def sliced(problem: Problem, proposal: Proposal) -> State:
    """The site cut again and again, each time in the exact ratio of areas, until every room has its box."""
    state = bare(problem)
    free = state.labels == UNSET
    centres = proposal.centres
    site = np.array([state.x_lines[1], state.y_lines[1], state.x_lines[-2], state.y_lines[-2]])
    waiting = [(site, np.flatnonzero(~problem.flags("locked")))]
    leaves, owners = [], []
    while waiting:
        box, rooms = waiting.pop()
        if len(rooms) == 1:
            leaves.append(box)
            owners.append(rooms[0])
            continue
        axis, place, order, count = best_cut(state, free, box, rooms, proposal, centres)
        low, high = box.copy(), box.copy()
        low[axis + 2], high[axis] = place, place
        waiting += [(low, order[:count]), (high, order[count:])]
    boxes = np.array(leaves)
    for axis in range(2):
        state = with_lines(state, axis, boxes[:, axis::2].ravel(), 0.01)
    x, y = middles(state)
    aside = np.maximum(boxes[:, 0, None] - x, x - boxes[:, 2, None])
    apart = np.maximum(boxes[:, 1, None] - y, y - boxes[:, 3, None])
    state.labels[state.labels == UNSET] = np.array(owners)[np.maximum(aside, apart).argmin(axis=0)]
    return state
