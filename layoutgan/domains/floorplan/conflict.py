"""A small set of demands that cannot hold together.

What no brief asks for goes first, kind by kind, so that what remains is in the brief's own words as far as
possible; the rest is left out piece by piece.
"""

from __future__ import annotations

from dataclasses import replace

from layoutgan.domains.floorplan.tiling import Budget, Kind, Problem, Violation, tile
from layoutgan.domains.floorplan.tiling.explain import Item, constraints, explain, impossible, only

__all__ = ["conflict"]

SEARCH = Budget(total=120_000, tries=4)
TRIAL = Budget(steps=4_000, total=8_000, tries=2)
"""Search in full, and for a problem with a kind of constraint left out."""
ORDER = (
    Kind.NECK, Kind.ASPECT, Kind.EITHER, Kind.FACADE, Kind.ENTRANCE, Kind.NEVER, Kind.WIDTH, Kind.AREA,
    Kind.CONTACT,
)  # fmt: skip
"""Kinds in the order in which they are left out."""
BY_ROOM = {Kind.AREA, Kind.WIDTH, Kind.NECK, Kind.ASPECT, Kind.FACADE}


def conflict(problem: Problem) -> tuple[Violation, ...]:
    """Constraints that cannot hold together; empty if all of them do.

    Bounded searches stand behind it, so unlike what `impossible` finds it is evidence and no proof.

    Args:
        problem: what is asked.
    """
    proved = impossible(problem)
    if proved:
        return proved
    tiling = tile(problem, budget=SEARCH)
    if tiling.feasible:
        return ()
    kept: list[Item] = constraints(problem)
    for kind in ORDER:
        fewer = [item for item in kept if item[0] is not kind]
        if fewer and len(fewer) < len(kept):
            found = tile(only(problem, fewer), budget=TRIAL)
            if not found.feasible:
                kept, tiling = fewer, found
    found_all = explain(only(problem, kept), tiling)
    # `only` numbers contacts, doorways and the like anew; rooms keep their numbers.
    numbers = {kind: sorted(i for k, i in kept if k is kind) for kind in Kind}
    return tuple(
        v if v.kind in BY_ROOM else replace(v, index=numbers[v.kind][v.index]) for v in found_all
    )
