"""Which constraints of a problem cannot hold together.

Proofs where they are cheap, else by leaving constraints out.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import OUTSIDE, SLANTED, TOLERANCE
from layoutgan.domains.floorplan.tiling.problem import Budget, Kind, Problem, Tiling, Violation
from layoutgan.domains.floorplan.tiling.solve import tile

TOTAL_STEPS = 500_000
"""Annealing steps that an explanation may use: about three seconds at most."""
TRY_STEPS, TRY_COUNT = 4_000, 3
"""Steps and tries before a relaxed problem counts as one that cannot be tiled."""

Item = tuple[Kind, int]


def constraints(problem: Problem) -> list[Item]:
    """Every hard constraint of a problem, by kind and index; limits of locked rooms are none."""
    movable = ~problem.flags("locked")
    active = {
        Kind.AREA: movable & ((problem.area_min > 0) | (problem.area_max < np.inf)),
        Kind.WIDTH: movable & (problem.width_min > 0),
        Kind.NECK: movable & (problem.neck > 0),
        Kind.ASPECT: movable & problem.aspect_hard & (problem.aspect_max < np.inf),
        Kind.FACADE: movable & (problem.facade_min > 0),
        Kind.CONTACT: np.ones(len(problem.contact), np.bool_),
        Kind.NEVER: np.ones(len(problem.never), np.bool_),
        Kind.EITHER: np.ones(len(problem.either), np.bool_),
        Kind.ENTRANCE: np.ones(len(problem.entrances), np.bool_),
    }
    return [(kind, int(i)) for kind, flags in active.items() for i in np.flatnonzero(flags)]


def rooms_of(problem: Problem, item: Item) -> tuple[int, ...]:
    """The rooms that a constraint names."""
    kind, index = item
    if kind is Kind.CONTACT:
        return tuple(int(room) for room in problem.contact[index])
    if kind is Kind.NEVER:
        return tuple(int(room) for room in problem.never[index])
    if kind is Kind.EITHER:
        rule = problem.either[index]
        return (rule.room, *(int(b) for b in np.flatnonzero(rule.others) if b != rule.room))
    if kind is Kind.ENTRANCE:
        return tuple(int(room) for room in np.flatnonzero(problem.entrances[index].allowed))
    return (index,)


def only(problem: Problem, kept: Iterable[Item]) -> Problem:
    """The problem with these hard constraints and no others; what it wishes for stays."""
    of: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for kind, index in kept:
        of[kind].append(index)
    rooms = {kind: np.isin(np.arange(problem.count), indices) for kind, indices in of.items()}
    return replace(
        problem,
        area_min=np.where(rooms[Kind.AREA], problem.area_min, 0.0),
        area_max=np.where(rooms[Kind.AREA], problem.area_max, np.inf),
        width_min=np.where(rooms[Kind.WIDTH], problem.width_min, 0.0),
        neck=np.where(rooms[Kind.NECK], problem.neck, 0.0),
        aspect_hard=problem.aspect_hard & rooms[Kind.ASPECT],
        facade_min=np.where(rooms[Kind.FACADE], problem.facade_min, 0.0),
        contact=problem.contact[of[Kind.CONTACT]],
        contact_min=problem.contact_min[of[Kind.CONTACT]],
        never=problem.never[of[Kind.NEVER]],
        either=tuple(problem.either[i] for i in of[Kind.EITHER]),
        entrances=tuple(problem.entrances[i] for i in of[Kind.ENTRANCE]),
    )


def facade_length(problem: Problem) -> float:
    """Length [m] of facade that cells to be tiled have."""
    total = 0.0
    heights, widths = np.diff(problem.y_lines)[:, None], np.diff(problem.x_lines)[None]
    for axis, lengths in ((1, heights), (0, widths)):
        for step in (1, -1):
            beside = np.roll(problem.site, step, axis)
            at = (problem.site == 0) & ((beside == OUTSIDE) | (beside == SLANTED))
            total += float(np.broadcast_to(lengths, at.shape)[at].sum())
    return total


def impossible(problem: Problem) -> tuple[Violation, ...]:
    """Constraints that provably cannot hold together, found without a search; empty if none is found so.

    The amount of each is by how much they miss together: areas [m²], lengths [m].
    """
    movable = ~problem.flags("locked")
    least = np.where(movable, np.maximum(problem.area_min, problem.width_min**2), 0.0)
    over = float(least.sum()) - problem.free_area
    if over > TOLERANCE:
        return tuple(
            Violation(Kind.AREA if problem.area_min[a] >= least[a] else Kind.WIDTH, int(a), (int(a),), over)
            for a in np.flatnonzero(least)
        )
    for a in np.flatnonzero(movable & (problem.width_min**2 > problem.area_max + TOLERANCE)):
        amount = float(problem.width_min[a] ** 2 - problem.area_max[a])
        return tuple(Violation(kind, int(a), (int(a),), amount) for kind in (Kind.WIDTH, Kind.AREA))
    if problem.wall == 0.0 and movable.any() and np.all(problem.area_max[movable] < np.inf):
        under = problem.free_area - float(problem.area_max[movable].sum())
        if under > TOLERANCE:
            return tuple(Violation(Kind.AREA, int(a), (int(a),), under) for a in np.flatnonzero(movable))
    asked = np.where(movable, problem.facade_min, 0.0)
    short = float(asked.sum()) - facade_length(problem)
    if short > TOLERANCE:
        return tuple(Violation(Kind.FACADE, int(a), (int(a),), short) for a in np.flatnonzero(asked))
    apart = {frozenset(map(int, pair)): i for i, pair in enumerate(problem.never)}
    for i, pair in enumerate(problem.contact):
        rooms = (int(pair[0]), int(pair[1]))
        if frozenset(rooms) in apart:
            length = float(problem.contact_min[i])
            never = Violation(Kind.NEVER, apart[frozenset(rooms)], rooms, length)
            return (Violation(Kind.CONTACT, i, rooms, length), never)
    for i, entrance in enumerate(problem.entrances):
        if not entrance.allowed.any():
            return (Violation(Kind.ENTRANCE, i, (), 0.0),)
    return ()


def explain(problem: Problem, tiling: Tiling) -> tuple[Violation, ...]:
    """A small set of constraints that seem not to hold together, found by leaving out all that is not needed.

    Args:
        problem: what could not be tiled.
        tiling: the best that was found.

    Returns:
        The set, each with its amount in the tiling, or 0 if the tiling keeps it. The search behind it is
        bounded, so the set may be larger than need be, and unlike that of `impossible` it is evidence and no
        proof. Empty if nothing is broken.
    """
    if tiling.feasible:
        return ()
    proved = impossible(problem)
    if proved:
        return proved
    amounts = {(v.kind, v.index): v.amount for v in tiling.violations}
    hurt = {room for v in tiling.violations for room in v.rooms}
    # Constraints far from the damage go first, so that whole chunks of them are dropped at once.
    kept = sorted(
        constraints(problem),
        key=lambda item: (item in amounts, len(hurt.intersection(rooms_of(problem, item)))),
    )
    left = TOTAL_STEPS
    size = max(len(kept) // 2, 1)
    while left > 0:
        start = 0
        while start < len(kept) and left > 0:
            trial = kept[:start] + kept[start + size :]
            found = tile(only(problem, trial), budget=Budget(steps=TRY_STEPS, tries=TRY_COUNT))
            left -= max(found.steps, 1)
            if found.feasible:
                start += size
            else:
                kept = trial
        if size == 1:
            break
        size = max(size // 2, 1)
    return tuple(Violation(*item, rooms_of(problem, item), amounts.get(item, 0.0)) for item in kept)
