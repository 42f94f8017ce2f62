"""Negotiation for space: lines may touch at first, touching grows dearer, and only lines in conflict move.

Source: McMurchie and Ebeling, PathFinder: a negotiation-based performance-driven router, 1995; the conflict
here is geometric (centre lines nearer than the pitch), not two lines in one cell.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.pipes import Pipes
from layoutgan.domains.piping.routing.single import Obstruction
from layoutgan.domains.piping.routing.space import Space
from layoutgan.domains.piping.routing.tree import SHALLOW, Way, alone, connect

__all__ = ["Negotiation"]

Floats = NDArray[np.float64]
Paths = tuple[Floats, ...]
FIRST_PRESENCE = 3.0
"""Price of crossing a line once in the first round [m]."""
GROWTH = 1.5
MOST_PRESENCE = 400.0
_HAIR = 1e-3
"""A way that costs hardly more than the present one is as good [m]."""


class Negotiation:
    """The state of all lines while they negotiate.

    Args:
        space: fixed boxes and lines.
        seed: order of the lines within a round.
    """

    def __init__(self, space: Space, seed: int = 0) -> None:
        count = len(space.lines)
        self.space, self.rng = space, np.random.default_rng(seed)
        self.ways: list[Way | None] = [None] * count
        self.bounds = np.zeros(count)
        self.reasons = [""] * count
        self.pipes = Pipes(count, space.drops)
        self.history = np.zeros(count)
        self.rounds = 0
        self.moved: set[int] = set()

    def begin(self, lines: Iterable[int]) -> None:
        """Routes lines each for itself; sets bounds, and reasons where there is no way."""
        for line in lines:
            way, bound, reason = alone(self.space, line)
            self.ways[line], self.bounds[line], self.reasons[line] = way, bound, reason
            self.pipes.place(line, way.paths if way else ())
            self.moved.add(line)

    def settle(self, rounds: int = 40, held: frozenset[int] = frozenset()) -> None:
        """Moves lines in conflict until none is left or the rounds are spent; held lines never move."""
        presence = FIRST_PRESENCE
        for _ in range(rounds):
            lines = [line for line in self.conflicting() if line not in held]
            if not lines:
                return
            self.rounds += 1
            for line in self._order(lines):
                foes = self.conflicts(line)
                if not len(foes):
                    continue
                self._move(line, self._priced(line, presence, held))
            for line in self.conflicting():
                self.history[line] += 1.0
            presence = min(presence * GROWTH, MOST_PRESENCE)

    def close(self, held: frozenset[int] = frozenset()) -> None:
        """Gives lines still in conflict the best way that touches nobody.

        Without one they become exceptions.
        """
        for line in self._order([line for line in self.conflicting() if line not in held]):
            if len(self.conflicts(line)) and not self._move(line, self._forbidden(line)):
                self.ways[line], self.reasons[line] = None, "congested"
                self.pipes.place(line, ())
        for line, reason in enumerate(self.reasons):
            if reason == "congested" and self._move(line, self._forbidden(line)):
                self.reasons[line] = ""

    def improve(self, passes: int = 2, held: frozenset[int] = frozenset()) -> None:
        """Takes lines dearer than their bound out, one after another.

        And lays them anew where that is cheaper.
        """
        for _ in range(passes):
            gained = False
            excess = np.array(
                [way.cost - bound if way else 0.0 for way, bound in zip(self.ways, self.bounds, strict=True)]
            )
            for line in np.argsort(-excess, kind="stable"):
                way = self.ways[line]
                if way is None or line in held or excess[line] <= 1e-6:
                    continue
                fresh = connect(self.space, line, self._forbidden(line), way.cost, SHALLOW)
                if fresh is not None and fresh.cost < way.cost - 1e-6:
                    self.ways[line] = fresh
                    self.pipes.place(line, fresh.paths)
                    self.moved.add(line)
                    gained = True
            if not gained:
                return

    def conflicts(self, line: int) -> NDArray[np.int64]:
        """Lines that a line touches."""
        way = self.ways[line]
        return self.pipes.conflicts(line, way.paths if way else (), self.space.clear)

    def conflicting(self) -> list[int]:
        """All lines that touch another."""
        return [line for line, way in enumerate(self.ways) if way is not None and len(self.conflicts(line))]

    def _order(self, lines: list[int]) -> list[int]:
        """A random order, lines of higher priority last because the last one moves least often."""
        shuffled = [lines[index] for index in self.rng.permutation(len(lines))]
        return sorted(shuffled, key=lambda line: self.space.problem.lines[line].priority)

    def _move(self, line: int, others: Obstruction) -> bool:
        """Lays a line anew; False, and it stays, where there is no way that touches nothing forbidden."""
        now = self.ways[line]
        cap = np.inf if now is None else now.cost + others.price(now.paths)
        way = connect(self.space, line, others, cap=cap + _HAIR)
        if way is None:
            return False
        self.ways[line] = way
        self.pipes.place(line, way.paths)
        self.moved.add(line)
        return True

    def _priced(self, line: int, presence: float, held: frozenset[int]) -> Obstruction:
        boxes, rows = self.pipes.others(line, self.space.clear)
        prices = presence * (1.0 + self.history[rows]) / (2.0 * self.space.clear[line, rows])
        if held:
            prices[np.isin(rows, list(held))] = np.inf
        return Obstruction(boxes, prices)

    def _forbidden(self, line: int) -> Obstruction:
        boxes, _ = self.pipes.others(line, self.space.clear)
        return Obstruction(boxes, np.full(len(boxes), np.inf))
