"""Exact improvement of a legal placement: with the order of items kept, each axis is a linear programme.

With y held, the Euclidean distance of two items is a least difference of their x, so alternating the axes
keeps every distance exactly. Wires, land and rows are linear; wishes are not, so an answer is taken only
where the judge agrees that it is better.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.placement.begin import State
from layoutgan.domains.piping.placement.problem import Floats, Ints
from layoutgan.domains.piping.placement.tables import Tables

__all__ = ["straighten"]

_SLACK = 1e4
"""Price of a metre that two things still lack [1/m]."""
_KEEP = 1e-9


class _Boxes(NamedTuple):
    """Boxes that move with items, or stand where the owner is -1."""

    owner: Ints
    low: Floats
    """Offsets from the owner's centre, or coordinates [B, 2] [m]."""
    high: Floats


class _Pairs(NamedTuple):
    """Boxes that keep a distance, by position in the list of boxes."""

    first: Ints
    second: Ints
    least: Floats


def _footprints(t: Tables, state: State) -> _Boxes:
    n = len(state.at)
    half = t.halves[np.arange(n), state.turns % 2]
    drawn = t.envelopes[np.arange(len(t.envelopes)), state.turns[_owners(t)]].reshape(-1, 4)
    return _Boxes(
        np.concatenate((np.arange(n), _owners(t), np.full(len(t.boxes), -1))),
        np.concatenate((-half, drawn[:, :2], t.boxes[:, :2])),
        np.concatenate((half, drawn[:, 2:], t.boxes[:, 2:])),
    )


def _owners(t: Tables) -> Ints:
    return np.repeat(np.arange(len(t.fixed)), np.diff(t.envelopes_of))


def _pairs(t: Tables) -> _Pairs:
    n, m, k = len(t.fixed), len(t.envelopes), len(t.boxes)
    i, j = np.triu_indices(n, 1)
    owner = _owners(t)
    envelope, item = (a.ravel() for a in np.meshgrid(np.arange(m), np.arange(n), indexing="ij"))
    block, thing = (a.ravel() for a in np.meshgrid(np.arange(k), np.arange(n), indexing="ij"))
    hard, area = (a.ravel() for a in np.meshgrid(np.arange(k), np.arange(m), indexing="ij"))
    first = (i, n + envelope, thing, n + area)
    second = (j, item, n + m + block, n + m + hard)
    least = (
        t.spacing[i, j],
        np.where((owner[envelope] == item) | (t.spacing[owner[envelope], item] < 0), -1.0, 0.0),
        t.gaps[block, thing],
        np.where(t.blocks[hard] | (t.outside[hard] & t.inside[area]), 0.0, -1.0),
    )
    pairs = _Pairs(np.concatenate(first), np.concatenate(second), np.concatenate(least))
    keep = pairs.least >= 0
    return _Pairs(pairs.first[keep], pairs.second[keep], pairs.least[keep])


def straighten(t: Tables, state: State, rounds: int) -> State:
    """A state that is no worse in the linear model after some rounds of x and y.

    Args:
        t: the problem.
        state: nearly legal.
        rounds: of both axes.
    """
    state = state.copy()
    pairs = _pairs(t)
    for turn in range(2 * rounds):
        before = state.at.copy()
        boxes = _footprints(t, state)
        _solve(t, state, boxes, pairs, turn % 2)
        if turn % 2 and np.abs(state.at - before).max(initial=0.0) < _KEEP:
            break
    return state


def _solve(t: Tables, state: State, boxes: _Boxes, pairs: _Pairs, axis: int) -> None:
    """Moves the items along one axis to where the linear programme has them."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    n = len(state.at)
    variables, held = _variables(t, state, axis)
    base = np.where(boxes.owner[:, None] >= 0, state.at[boxes.owner], 0.0)
    low, high = base + boxes.low, base + boxes.high
    rows: list[tuple[int, int, float, float, bool]] = []  # second - first >= gap, between owners
    a, b = pairs.first, pairs.second
    other = 1 - axis
    apart = np.maximum(low[b, other] - high[a, other], low[a, other] - high[b, other])
    needed = np.sqrt(np.maximum(0.0, pairs.least**2 - np.maximum(apart, 0.0) ** 2))
    ahead = low[b, axis] - high[a, axis]
    behind = low[a, axis] - high[b, axis]
    lacking = np.maximum(ahead, behind) < needed - _KEEP
    # Who overlaps along both axes parts along the one where less is missing.
    here = (
        ~lacking | (np.maximum(ahead, behind) >= apart) | (apart < 0) & (np.maximum(ahead, behind) >= apart)
    )
    active = (apart < pairs.least - _KEEP) & here
    for p in np.flatnonzero(active):
        one, two = (a[p], b[p]) if ahead[p] >= behind[p] else (b[p], a[p])
        gap = needed[p] + boxes.high[one, axis] - boxes.low[two, axis]
        rows.append((int(boxes.owner[one]), int(boxes.owner[two]), float(gap), 0.0, bool(lacking[p])))
    builder = _Programme(n, variables, held)
    for one, two, gap, _, soft in rows:
        builder.apart(one, two, gap, soft=soft)
    _bounds(builder, t, boxes, axis)
    _wires(builder, t, state, axis)
    _land(builder, t, state, boxes, axis)
    _wishes(builder, t, state, boxes, axis)
    if not builder.count:
        return
    answer = linprog(
        np.asarray(builder.prices),
        A_ub=csr_array(
            (builder.values, (builder.rows, builder.columns)),
            shape=(len(builder.limits), len(builder.prices)),
        ),
        b_ub=np.asarray(builder.limits),
        bounds=builder.ranges,
        method="highs-ds",
    )
    if answer.status == 0:
        for item in range(n):
            if variables[item] >= 0:
                state.at[item, axis] = answer.x[variables[item]]


def _variables(t: Tables, state: State, axis: int) -> tuple[Ints, Floats]:
    """The column of each item's coordinate [N], -1 where it stands still; and where it stands [N]."""
    n = len(state.at)
    columns = np.full(n, -1, dtype=np.int64)
    shared: dict[int, int] = {}
    count = 0
    for item in range(n):
        if t.fixed[item]:
            continue
        row = int(t.row_of[item])
        if row >= 0 and state.axis[row] != axis:
            if t.row_held[row]:
                continue
            if row in shared:
                columns[item] = shared[row]
                continue
            shared[row] = count
        columns[item] = count
        count += 1
    return columns, state.at[:, axis].copy()


class _Programme:
    """A linear programme under construction: rows of the form Σ a·x <= b."""

    def __init__(self, items: int, variables: Ints, held: Floats) -> None:
        self.variables, self.held = variables, held
        self.count = int(variables.max(initial=-1)) + 1
        self.prices = [0.0] * self.count
        self.ranges: list[tuple[float | None, float | None]] = [(None, None)] * self.count
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.values: list[float] = []
        self.limits: list[float] = []
        del items

    def column(self, price: float, low: float | None = 0.0) -> int:
        """A new variable."""
        self.prices.append(price)
        self.ranges.append((low, None))
        return len(self.prices) - 1

    def most(self, terms: list[tuple[int, float]], limit: float) -> None:
        """Σ a·x <= limit over columns."""
        row = len(self.limits)
        for column, value in terms:
            self.rows.append(row)
            self.columns.append(column)
            self.values.append(value)
        self.limits.append(limit)

    def place(self, item: int) -> tuple[list[tuple[int, float]], float]:
        """An item's coordinate as terms and a constant; the site's own things stand at 0."""
        if item < 0:
            return [], 0.0
        column = int(self.variables[item])
        return ([(column, 1.0)], 0.0) if column >= 0 else ([], float(self.held[item]))

    def apart(self, one: int, two: int, gap: float, *, soft: bool) -> None:
        """Coordinate of two - coordinate of one >= gap; soft: what is missing is paid for."""
        first, offset = self.place(one)
        second, shift = self.place(two)
        if (not first and not second) or first == second:
            return
        terms = [*first, *((c, -v) for c, v in second)]
        if soft:
            terms.append((self.column(_SLACK), -1.0))
        self.most(terms, shift - offset - gap)


def _bounds(builder: _Programme, t: Tables, boxes: _Boxes, axis: int) -> None:
    """Everything stays on the plot's bounding box."""
    n = len(t.fixed)
    must = np.concatenate((np.ones(n, dtype=np.bool_), t.inside))
    for box in np.flatnonzero(must):
        owner = int(boxes.owner[box])
        terms, offset = builder.place(owner)
        if not terms:
            continue
        column = terms[0][0]
        here = float(builder.held[owner])
        least = t.bounds[axis] - boxes.low[box, axis]
        most = t.bounds[axis + 2] - boxes.high[box, axis]
        slack: list[tuple[int, float]] = []
        if here < least - _KEEP or here > most + _KEEP:
            slack = [(builder.column(_SLACK), -1.0)]
        builder.most([(column, -1.0), *slack], -least + offset)
        builder.most([(column, 1.0), *slack], most - offset)


def _wires(builder: _Programme, t: Tables, state: State, axis: int) -> None:
    for e, (a, b) in enumerate(t.ends):
        first, offset = builder.place(int(a))
        second, shift = builder.place(int(b))
        if (not first and not second) or first == second:
            continue
        offset += t.pins[e, 0, state.turns[a] if a >= 0 else 0, axis]
        shift += t.pins[e, 1, state.turns[b] if b >= 0 else 0, axis]
        length = builder.column(float(t.costs[e]))
        back = [(c, -v) for c, v in second]
        builder.most([*first, *back, (length, -1.0)], shift - offset)
        builder.most([*((c, -v) for c, v in first), *second, (length, -1.0)], offset - shift)


def _land(builder: _Programme, t: Tables, state: State, boxes: _Boxes, axis: int) -> None:
    if t.land <= 0:
        return
    n = len(t.fixed)
    other = 1 - axis
    depth = (state.at[:, other] + boxes.high[:n, other]).max() - (
        state.at[:, other] + boxes.low[:n, other]
    ).min()
    low, high = builder.column(-t.land * depth, None), builder.column(t.land * depth, None)
    for item in range(n):
        terms, offset = builder.place(item)
        builder.most([(low, 1.0), *((c, -v) for c, v in terms)], offset + boxes.low[item, axis])
        builder.most([*terms, (high, -1.0)], -offset - boxes.high[item, axis])


def _wishes(builder: _Programme, t: Tables, state: State, boxes: _Boxes, axis: int) -> None:
    """Distance beyond a wish's limit along this axis: too much where the item stands off a corner."""
    for item in range(len(t.fixed)):
        for w in range(t.wishes_of[item], t.wishes_of[item + 1]):
            terms, offset = builder.place(item)
            if not terms:
                continue
            past = builder.column(float(t.wish_cost[w]))
            box, limit = t.wish_box[w], float(t.wish_limit[w])
            low, high = boxes.low[item, axis], boxes.high[item, axis]
            builder.most([*terms, (past, -1.0)], limit + box[axis + 2] - offset - low)
            builder.most([*((c, -v) for c, v in terms), (past, -1.0)], limit - box[axis] + offset + high)
