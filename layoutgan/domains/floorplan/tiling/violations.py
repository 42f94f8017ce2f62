"""The hard constraints that a measured state breaks, by name and amount."""

import numpy as np

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.pack import Workspace
from layoutgan.domains.floorplan.tiling.problem import Kind, Problem, Violation


def of_rooms(problem: Problem, tables: Workspace, w: int) -> list[Violation]:
    """What single rooms break; locked ones are not judged."""
    found = []
    records = tables.rec[w]
    box = records[:, [c.BOX_X1, c.BOX_Y1]] - records[:, [c.BOX_X0, c.BOX_Y0]]
    aspect = box.max(axis=1) / box.min(axis=1)
    clear = records[:, c.CLEAR]
    amounts = {
        Kind.AREA: np.maximum(problem.area_min - clear, clear - problem.area_max),
        Kind.WIDTH: problem.width_min - records[:, c.WIDTH],
        Kind.NECK: records[:, c.UNCOVERED],
        Kind.ASPECT: np.where(problem.aspect_hard, aspect - problem.aspect_max, 0.0),
        Kind.FACADE: problem.facade_min - tables.shares[c.FACADE, :-1],
    }
    for kind, amount in amounts.items():
        found += [
            Violation(kind, int(room), (int(room),), float(amount[room]))
            for room in np.flatnonzero((amount > c.TOLERANCE) & ~problem.flags("locked"))
        ]
    return found


def of_pairs(problem: Problem, tables: Workspace, w: int) -> list[Violation]:
    """What contacts, forbidden contacts, any-of contacts and entrances are missing."""
    found = []
    for i, (a, b) in enumerate(problem.contact):
        amount = float(problem.contact_min[i] - tables.run[a, b])
        if amount > c.TOLERANCE:
            found.append(Violation(Kind.CONTACT, i, (int(a), int(b)), amount))
    for i, (a, b) in enumerate(problem.never):
        if tables.run[a, b] > c.TOLERANCE:
            found.append(Violation(Kind.NEVER, i, (int(a), int(b)), float(tables.run[a, b])))
    for i, rule in enumerate(problem.either):
        others = [int(b) for b in np.flatnonzero(rule.others) if b != rule.room]
        longest = max((float(tables.run[rule.room, b]) for b in others), default=0.0)
        if rule.length - longest > c.TOLERANCE:
            found.append(Violation(Kind.EITHER, i, (rule.room, *others), rule.length - longest))
    for i, entrance in enumerate(problem.entrances):
        if tables.missing[i] > c.TOLERANCE:
            rooms = tuple(int(a) for a in np.flatnonzero(entrance.allowed))
            found.append(Violation(Kind.ENTRANCE, i, rooms, float(tables.missing[i])))
    return found
