"""Doors, passages and windows for a partition that has none: which rooms open into which, and where.

Rooms are reached from the front door through circulation and living rooms only; behind a bedroom there may be
its own bathroom, closet or balcony. A partition in which that cannot be done gets no doors and is drawn anew.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from .partition import OUTSIDE, Opening, Partition, Run

__all__ = ["Doors", "openings"]

_HUBS = ("entrance", "corridor", "living_room", "dining_room", "kitchen")
_PREFERRED: dict[str, tuple[str, ...]] = {
    "bathroom": ("laundry", "corridor", "entrance", "kitchen", "living_room", "dining_room", "bedroom"),
    "toilet": ("corridor", "entrance", "laundry", "kitchen", "living_room", "dining_room", "bathroom"),
    "laundry": ("corridor", "entrance", "kitchen", "living_room", "dining_room"),
    "bedroom": ("corridor", "living_room", "kitchen", "entrance", "dining_room"),
    "study": ("corridor", "living_room", "entrance", "dining_room"),
    "closet": ("bedroom", "corridor", "living_room", "entrance", "kitchen", "study"),
    "storage": ("corridor", "entrance", "kitchen", "living_room", "dining_room"),
    "garage": ("entrance", "corridor", "kitchen", "laundry"),
    "stairs": ("corridor", "entrance", "living_room"),
}
"""Into which kinds a room opens, best first."""
_ENTER = ("entrance", "corridor", "kitchen", "living_room")
"""Kinds that the front door may open into, best first."""
_BEHIND = ("living_room", "bedroom", "dining_room", "kitchen", "study")
"""Kinds that open onto a balcony, first come first."""
_OPEN = ({"kitchen", "living_room"}, {"kitchen", "dining_room"}, {"living_room", "dining_room"})
"""Pairs that may be open to each other."""
_ALSO: dict[frozenset[str], float] = {
    frozenset(pair): share
    for pair, share in (
        (("bedroom",), 0.3),
        (("bedroom", "living_room"), 0.35),
        (("bedroom", "corridor"), 0.3),
        (("bedroom", "kitchen"), 0.25),
        (("laundry", "kitchen"), 0.35),
        (("laundry", "living_room"), 0.3),
        (("kitchen", "living_room"), 0.5),
        (("kitchen", "corridor"), 0.4),
        (("closet", "bedroom"), 0.06),
        (("laundry", "toilet"), 0.1),
        (("corridor", "living_room"), 0.3),
    )
}
"""Chance of a second way between rooms that have one already, by their kinds [-]."""
LEAST = 0.72
"""Shortest wall that takes a door, jambs included [m]."""
FRONT = 0.85
"""Shortest façade that takes the front door [m]."""


@dataclass(frozen=True)
class Doors:
    """Widths of doors and how open the plan is."""

    inner: float = 0.75
    """Clear width of interior doors [m]."""
    front: float = 0.85
    open_kitchen: float = 0.5
    """Share of kitchens that open into the living room without a door [-]."""
    ensuite: float = 0.0
    """Share of bathrooms that open into a bedroom beside them, not into the hub; one never does [-]."""
    ways: float = 1.0
    """Multiple of the chances of second ways between rooms [-]."""
    private: tuple[tuple[int, int], ...] = ()
    """Rooms that belong to another, such as an en-suite bathroom: (room, owner)."""


def openings(
    partition: Partition, kinds: Sequence[str], style: Doors, draw: random.Random
) -> list[Opening] | None:
    """Openings that make every room reachable, or None where that cannot be done."""
    shared, facade = _walls(partition)
    parents = _parents(kinds, shared, _ensuites(kinds, shared, style, draw))
    if parents is None:
        return None
    front = _front(kinds, facade)
    if front is None:
        return None
    found = [_placed("entrance", front, style.front, draw)]
    for child, parent in parents:
        kind = "door"
        if {kinds[child], kinds[parent]} in _OPEN and draw.random() < style.open_kitchen:
            kind = "opening"
        run = max(shared[frozenset((child, parent))], key=lambda r: (r.length, r.at))
        width = style.inner
        if kind == "opening":
            width = min(0.8 * run.length, 2.4)
        elif kinds[child] in ("closet",) or kinds[parent] == "closet":
            width = min(run.length - 0.1, draw.uniform(0.8, 1.8))
        elif kinds[child] in ("toilet", "bathroom"):
            width = style.inner - 0.08
        found.append(_placed(kind, run, width, draw))
    found += _second_ways(kinds, shared, {frozenset(pair) for pair in parents}, style, draw)
    found += _balconies(kinds, shared, draw)
    found += _windows(kinds, facade, front, draw)
    return found


def _walls(partition: Partition) -> tuple[dict[frozenset[int], list[Run]], dict[int, list[Run]]]:
    """Runs between rooms long enough for a door, and façades by room."""
    shared: dict[frozenset[int], list[Run]] = {}
    facade: dict[int, list[Run]] = {}
    for run in partition.runs():
        if run.low >= 0 and run.high >= 0:
            if run.length >= LEAST:
                shared.setdefault(frozenset((run.low, run.high)), []).append(run)
        elif max(run.low, run.high) >= 0 and run.length > 0.5:
            facade.setdefault(max(run.low, run.high), []).append(run)
    return shared, facade


def _ensuites(
    kinds: Sequence[str], shared: dict[frozenset[int], list[Run]], style: Doors, draw: random.Random
) -> dict[int, int]:
    """Rooms that belong to another: those given, and some bathrooms beside bedrooms."""
    found = dict(style.private)
    free = [room for room, kind in enumerate(kinds) if kind == "bathroom" and room not in found]
    for room in free[1:] if len(free) == sum(kind == "bathroom" for kind in kinds) else free:
        beside = [other for other in _neighbours(room, kinds, shared) if kinds[other] == "bedroom"]
        if beside and draw.random() < style.ensuite:
            found[room] = draw.choice(beside)
    return found


def _neighbours(room: int, kinds: Sequence[str], shared: dict[frozenset[int], list[Run]]) -> list[int]:
    return [other for other in range(len(kinds)) if frozenset((room, other)) in shared and other != room]


def _parents(
    kinds: Sequence[str], shared: dict[frozenset[int], list[Run]], private: dict[int, int]
) -> list[tuple[int, int]] | None:
    """Doors as (room, room it opens into); None if some room cannot be reached."""
    hubs = [i for i, kind in enumerate(kinds) if kind in _HUBS]
    found = _hub_tree(hubs, kinds, shared)
    if found is None:
        return None
    for room, kind in enumerate(kinds):
        if kind in _HUBS:
            continue
        if kind == "balcony":
            if not any(kinds[o] in _BEHIND for o in _neighbours(room, kinds, shared)):
                return None
            continue
        if room in private:
            if frozenset((room, private[room])) not in shared:
                return None
            found.append((room, private[room]))
            continue
        options = [
            (rank, -max(r.length for r in shared[frozenset((room, other))]), other)
            for other in _neighbours(room, kinds, shared)
            for rank, wanted in enumerate(_PREFERRED.get(kind, _HUBS))
            if kinds[other] == wanted and (other, room) not in private.items() and other not in private
        ]
        if not options:
            return None
        found.append((room, min(options)[2]))
    return found


def _hub_tree(
    hubs: list[int], kinds: Sequence[str], shared: dict[frozenset[int], list[Run]]
) -> list[tuple[int, int]] | None:
    """Doors and passages that connect the rooms people walk through."""
    order = sorted(hubs, key=lambda i: (_HUBS.index(kinds[i]), i))
    reached, found = order[:1], []
    waiting = order[1:]
    while waiting:
        links = [
            (_HUBS.index(kinds[b]), _HUBS.index(kinds[a]), b, a)
            for b in waiting
            for a in reached
            if frozenset((a, b)) in shared
        ]
        if not links:
            return None
        _, _, b, a = min(links)
        found.append((b, a))
        reached.append(b)
        waiting.remove(b)
    return found


def _front(kinds: Sequence[str], facade: dict[int, list[Run]]) -> Run | None:
    """The piece of façade for the front door."""
    # The hub is the first room painted, so label 0; only a separate entrance room comes before it.
    choices = [[i for i, kind in enumerate(kinds) if kind == wanted] for wanted in _ENTER]
    for rooms in (choices[0], [0] if kinds[0] in _ENTER else [], *choices[1:]):
        runs = [run for room in rooms for run in facade.get(room, ()) if run.length >= FRONT]
        if runs:
            return max(runs, key=lambda r: (r.axis == 1 and r.low >= 0, min(r.length, 1.5), r.at))
    return None


def _placed(kind: str, run: Run, width: float, draw: random.Random) -> Opening:
    """An opening somewhere on the run: in its middle, or near one end."""
    width = min(width, run.length - 0.1)
    spare = run.length - width - 0.1
    start = run.start + 0.05 + spare * draw.choice((0.0, 0.15, 0.5, 0.85, 1.0))
    first, second = (run.low, run.high) if run.high < 0 or 0 <= run.low < run.high else (run.high, run.low)
    return Opening(kind, first, second, run.axis, run.at, round(start, 3), round(start + width, 3))


def _second_ways(
    kinds: Sequence[str],
    shared: dict[frozenset[int], list[Run]],
    taken: set[frozenset[int]],
    style: Doors,
    draw: random.Random,
) -> list[Opening]:
    """Doors beyond those that reach every room once."""
    found = []
    own = {room for pair in style.private for room in pair[:1]}
    for pair in sorted(shared, key=sorted):
        share = style.ways * _ALSO.get(frozenset(kinds[room] for room in pair), 0.0)
        if pair not in taken and not pair & own and draw.random() < share:
            run = max(shared[pair], key=lambda r: (r.length, r.at))
            found.append(_placed("door", run, style.inner, draw))
    return found


def _balconies(
    kinds: Sequence[str], shared: dict[frozenset[int], list[Run]], draw: random.Random
) -> list[Opening]:
    """Sliding doors between balconies and the rooms behind them: the best one always, others mostly."""
    found = []
    for room, kind in enumerate(kinds):
        if kind == "balcony":
            behind = sorted(
                (_BEHIND.index(kinds[o]), o) for o in _neighbours(room, kinds, shared) if kinds[o] in _BEHIND
            )
            for place, (order, other) in enumerate(behind):
                if place == 0 or (order < 2 and draw.random() < 0.8):
                    run = max(shared[frozenset((room, other))], key=lambda r: (r.length, r.at))
                    found += _sliding(run, draw)
    return found


def _sliding(run: Run, draw: random.Random) -> list[Opening]:
    """One sliding door, or two in a long wall."""
    if run.length > 4.0 and draw.random() < 0.4:
        middle = (run.start + run.end) / 2
        halves = run._replace(end=middle), run._replace(start=middle)
        return [_placed("sliding", half, draw.uniform(1.4, 1.8), draw) for half in halves]
    return [_placed("sliding", run, draw.uniform(1.5, 2.6), draw)]


def _windows(
    kinds: Sequence[str], facade: dict[int, list[Run]], front: Run, draw: random.Random
) -> list[Opening]:
    """Windows in the longest façades of rooms that want daylight."""
    found = []
    for room, runs in sorted(facade.items()):
        if kinds[room] in ("living_room", "bedroom", "kitchen", "dining_room", "study"):
            free = [run for run in runs if run != front and run.length >= 1.0]
            if free:
                run = max(free, key=lambda r: (r.length, r.at))
                found.append(_placed("window", run, min(draw.uniform(0.9, 2.2), 0.8 * run.length), draw))
    return [o for o in found if o.second == OUTSIDE]
