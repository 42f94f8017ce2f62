"""Literature instances of pipe routing, their conventions, and a judge of answers on their grids.

Conventions: cells of a unit grid, six directions. In the JSON files obstacles are half-open boxes; in the
YAML files boxes are open sets, because terminals lie on their faces. The judge walks the cells of an answer
and shares nothing with the router.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from layoutgan.domains.piping.routing.problem import Line, Route, RoutingProblem, Solids, Terminal

Cell = tuple[int, int, int]

LITERATURE = {
    # name: length [steps], bends at that length; proven optima, the pair jointly and cell-disjoint
    "jiang_etall_case1": (96, 5),
    "jiang_etall_case2": (172, 12),
    "jiang_etall_case3": (136, 5),
    "dong_and_line_case1": (41, 4),
    "dong_and_line_case2": (41, 4),
    "dong_and_line_case3": (77, 9),
}
RANDOM = {"30_30_30": (1001, 51), "50_50_50": (1509, 42), "100_100_100": (1805, 25)}
"""Sums of length and bends over the ten files of a size."""
COLONY = {
    "problem1": ((30, 23, 25, 20, 29), (2, 2, 2, 2, 3)),
    "problem2": ((13, 15, 18, 4, 9, 6, 10, 7, 11), (2, 2, 2, 0, 1, 2, 0, 2, 1)),
}
"""Lengths and bends of each pipe routed by itself."""


@dataclass(frozen=True)
class Instance:
    """A grid, what is blocked in it, and the pipes."""

    name: str
    size: Cell
    boxes: np.ndarray
    """[B, 6], corners sorted."""
    half_open: bool
    """Whether a box blocks its cells from the lower to before the upper corner, or strictly inside only."""
    pipes: tuple[tuple[Cell, ...], ...]

    def problem(self, pipes: tuple[int, ...], bend_cost: float) -> RoutingProblem:
        """The routing problem of some of the pipes; length counts before bends if these cost little."""
        boxes = self.boxes.astype(float)
        if self.half_open:
            boxes[:, :3] -= 1.0  # cells from x1 to x2 - 1 are those strictly between x1 - 1 and x2
        lines = tuple(
            Line(str(k), tuple(Terminal(tuple(map(float, cell))) for cell in self.pipes[k]), radius=0.0)
            for k in pipes
        )
        none = np.full(len(boxes), -1)
        top = tuple(float(count - 1) for count in self.size)
        return RoutingProblem(
            ((0.0, 0.0, 0.0), top), lines, Solids(boxes, np.zeros(len(boxes)), none),
            bend_cost=bend_cost, gap=0.0, lattice=True,
        )  # fmt: skip


def read_json(path: Path) -> Instance:
    """An instance of the JSON family; a terminal listed twice counts once."""
    found = json.loads(path.read_text(encoding="utf-8"))
    size = found["size"] if isinstance(found["size"], list) else [found["size"]] * 3
    rows = np.array(found["obstacles"], dtype=np.int64).reshape(-1, 2, 3)
    parts = [part for pipe in found["pipes"] for part in pipe["connected_components"]]
    pipes = tuple(tuple(dict.fromkeys(tuple(cell) for cell in part["terminals"])) for part in parts)
    return Instance(path.stem, tuple(size), np.concatenate([rows.min(1), rows.max(1)], 1), True, pipes)


def read_yaml(path: Path) -> Instance:
    """An instance of the YAML family, on unit grid whatever unit it declares."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    volume = found["layout_volume"]
    size = tuple(int(volume.get(f"true_size_{a}", volume.get(f"size_{a}"))) + 1 for a in "xyz")
    rows = np.array(
        [
            [[box[f"corner{end}_{a}"] for a in "xyz"] for end in (1, 2)]
            for box in found["occupied_space_objects"]
        ]
    )
    joins = found.get("pipe_connections", found.get("connections"))
    pipes = tuple(
        tuple(tuple(int(j[f"{end}_{a}"]) for a in "xyz") for end in ("start", "end")) for j in joins
    )
    return Instance(path.stem, size, np.concatenate([rows.min(1), rows.max(1)], 1), False, pipes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Judged:
    """What an answer is worth."""

    length: int
    bends: int
    faults: int
    """Terminals not joined, blocked or shared cells, cells outside."""


def judge(instance: Instance, pipes: tuple[int, ...], routes: tuple[Route, ...]) -> Judged:
    """Walks the cells of an answer: length in steps, turns that are no tee or terminal, and every fault."""
    steps, bends, faults = 0, 0, 0
    taken: set[Cell] = set()
    for pipe, route in zip(pipes, routes, strict=True):
        edges = {frozenset(pair) for path in route.paths for pair in _steps(path)}
        cells = {cell for edge in edges for cell in edge}
        steps += len(edges)
        bends += sum(_turns(cell, edges) for cell in cells - set(instance.pipes[pipe]))
        faults += len(cells & taken) + sum(_blocked(instance, cell) for cell in cells)
        faults += sum(_through(instance, edge) for edge in edges)
        faults += not _joined(instance.pipes[pipe], edges)
        taken |= cells
    return Judged(steps, bends, faults)


def _steps(path: np.ndarray) -> list[tuple[Cell, Cell]]:
    corners = np.rint(path).astype(int)
    return [
        (_cell(a + k * np.sign(b - a)), _cell(a + (k + 1) * np.sign(b - a)))
        for a, b in itertools.pairwise(corners)
        for k in range(int(np.abs(b - a).sum()))
    ]


def _cell(point: np.ndarray) -> Cell:
    return int(point[0]), int(point[1]), int(point[2])


def _turns(cell: Cell, edges: set[frozenset[Cell]]) -> bool:
    beside = [next(iter(edge - {cell})) for edge in edges if cell in edge]
    return len(beside) == 2 and sum(a != b for a, b in zip(*beside, strict=True)) > 1


def _blocked(instance: Instance, cell: Cell) -> bool:
    point = np.array(cell)
    low, high = instance.boxes[:, :3], instance.boxes[:, 3:]
    inside = (point >= low) & (point < high) if instance.half_open else (point > low) & (point < high)
    outside = (point < 0).any() or (point >= np.array(instance.size)).any()
    return bool(inside.all(axis=1).any() or outside)


def _through(instance: Instance, edge: frozenset[Cell]) -> bool:
    """Whether a step cuts through an open box without stopping in it."""
    if instance.half_open:
        return False
    middle = np.mean(list(edge), axis=0)
    return bool(((middle > instance.boxes[:, :3]) & (middle < instance.boxes[:, 3:])).all(axis=1).any())


def _joined(terminals: tuple[Cell, ...], edges: set[frozenset[Cell]]) -> bool:
    met, front = {terminals[0]}, [terminals[0]]
    while front:
        cell = front.pop()
        for edge in edges:
            if cell in edge and not edge <= met:
                front += edge - met
                met |= edge
    return set(terminals) <= met
