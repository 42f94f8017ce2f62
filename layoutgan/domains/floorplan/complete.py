"""From rooms that tile the outline to a plan: walls, doors, windows and what connects the rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import Point

from layoutgan.core.geometry import largest_part
from layoutgan.core.layout import Connection, Element, Layout
from layoutgan.domains.floorplan.brief import Entrance, FloorplanBrief, WallSettings, is_column
from layoutgan.domains.floorplan.doors import DoorPlan
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.openings import WallSpace, door_widths, sector, swing
from layoutgan.domains.floorplan.seams import OUTSIDE, Seams
from layoutgan.domains.floorplan.wall_specs import build_walls
from layoutgan.domains.floorplan.walls import clear_shapes, seams_of
from layoutgan.domains.floorplan.windows import GLAZING, add_windows
from layoutgan.errors import InputError

__all__ = ["complete"]

TOUCHING = 0.10
"""Shortest shared wall that counts as a connection [m]."""
_WALKED = {
    "corridor": 0, "entrance": 0, "stairs": 1, "living_room": 2, "dining_room": 3, "kitchen": 4, "other": 5,
}
"""Rooms that people walk through, the best first."""
_TO_AIR = {
    "living_room": 0, "dining_room": 1, "bedroom": 2, "study": 3, "kitchen": 4, "corridor": 5, "other": 5,
}
"""Rooms that a balcony or garden opens from, the best first."""
_ANNEXES = ("bathroom", "toilet", "closet", "balcony", "outdoor", "storage", "laundry")
"""Rooms that may open from a bedroom or study alone."""


def complete(layout: Layout, *, glazing: float = GLAZING) -> Layout:
    """The plan that rooms become: walls, doors, windows, obstacles and connections.

    Doors and windows that are locked stay; everything else but rooms is made anew. The same rooms always
    give the same plan.

    Args:
        layout: rooms that tile the boundary, and the brief that they answer.
        glazing: glass that a habitable room gets for its floor [-].

    Raises:
        InputError: there are no rooms.
    """
    rooms = layout.of(Room)
    if not rooms:
        raise InputError("the layout has no rooms, so there is nothing to complete", place="elements")
    brief = layout.brief if isinstance(layout.brief, FloorplanBrief) else None
    settings = brief.walls if brief else WallSettings()
    obstacles = _obstacles(layout, brief)
    boundary = layout.boundary or largest_part(shapely.union_all([r.shape for r in rooms]))
    bare = _built(layout, boundary=boundary, elements=(*rooms, *obstacles))
    found = seams_of(bare)
    solid = {o.id: f"obstacle:{o.kind}" for o in obstacles if not is_column(o)}
    kinds = {r.id: r.kind for r in rooms} | solid
    outside = frozenset(s.id for s in brief.spaces if s.outside) if brief else frozenset()
    space = WallSpace(found, kinds, settings, outside)
    walls = build_walls(found, space.specs, taken=bare.ids())
    clear = clear_shapes(_built(bare, elements=(*rooms, *walls)), found)
    plan = DoorPlan(space, clear, [o.shape for o in obstacles if is_column(o)])
    for column in plan.columns:
        space.keep_clear(column)
    for door in layout.of(Door):
        if door.locked:
            into = clear.get(door.opens_into or "")
            leaf = swing(door, into) if into is not None else None
            plan.keep(door, sector(leaf, 2e-3) if leaf else None)
    notes = _place_doors(plan, rooms, brief)
    windows = _place_windows(plan, layout, rooms, brief, glazing)
    elements: tuple[Element, ...] = (*rooms, *obstacles, *walls, *plan.doors, *windows)
    return _built(layout, boundary=boundary, elements=_distinct(elements),
                  connections=_connections(found, kinds, plan.doors),
                  notes=(*layout.notes, *(n for n in notes if n not in layout.notes)))


def _built(layout: Layout, **changes: Any) -> Layout:
    """The layout with changes that are ours, so that nothing needs to be validated on the hot path."""
    values = {name: getattr(layout, name) for name in Layout.model_fields}
    return Layout.model_construct(**(values | changes))


def _obstacles(layout: Layout, brief: FloorplanBrief | None) -> list[Obstacle]:
    standing = list(layout.of(Obstacle))
    if brief is None or standing:
        return standing
    used = {r.id for r in layout.of(Room)}
    made = []
    for number, one in enumerate(brief.obstacles, start=1):
        name = f"{one.kind}-{number}"
        while name in used:
            name += "-obstacle"
        used.add(name)
        made.append(Obstacle.model_construct(id=name, kind=one.kind, shape=one.shape, locked=True))
    return made


def _distinct(elements: Sequence[Element]) -> tuple[Element, ...]:
    """The elements, a later one renamed where an id stands twice (a room may be called ``entrance``)."""
    used: set[str] = set()
    result = []
    for element in elements:
        name = element.id
        while name in used:
            name += "-2"
        used.add(name)
        result.append(element if name == element.id else element.model_copy(update={"id": name}))
    return tuple(result)


def _place_doors(plan: DoorPlan, rooms: Sequence[Room], brief: FloorplanBrief | None) -> list[str]:
    """Places entrances, asked doors, then those still needed; sentences on what could not be placed."""
    notes = _place_entrances(plan, rooms, brief)
    here = {r.id for r in rooms}
    related = [a for a in (brief.adjacencies if brief else ()) if here.issuperset(a.between)]
    asked = [a for a in related if a.kind in ("door", "open")]
    widest = {a.between: plan.room(*a.between) for a in asked}
    for adjacency in sorted(asked, key=lambda a: (a.kind != "door", widest[a.between], a.between)):
        one, two = adjacency.between
        if plan.linked(one, two):
            continue
        add = plan.add_opening if adjacency.kind == "open" else plan.add_door
        if not add(one, two, adjacency.width):
            what = "opening" if adjacency.kind == "open" else "door"
            free = f"{widest[one, two]:.2f} m of their shared wall are free"
            notes.append(f"There is no place for the {what} between {one} and {two}: {free}.")
    never = {frozenset(a.between) for a in related if a.kind == "never"}
    return notes + _open_up(plan, rooms, never)


def _place_entrances(plan: DoorPlan, rooms: Sequence[Room], brief: FloorplanBrief | None) -> list[str]:
    notes = []
    indoor = [r.id for r in rooms if not kind(r.kind).outdoor]
    standing = [d for d in plan.doors if d.kind == "entrance"]
    entrances = brief.entrances if brief else ()
    for number, entrance in enumerate(entrances):
        if number < len(standing):
            continue
        allowed = [entrance.space] if entrance.space in indoor else indoor
        if not plan.add_entrance(entrance, allowed):
            notes.append(f"No room has a wall for the entrance at [{entrance.at.x:g}, {entrance.at.y:g}].")
    if not entrances and not standing and indoor:
        at = _front(plan.space, rooms)
        if at is not None:
            front = Entrance.model_construct(at=at[1], space=at[0], width=0.9)
            if plan.add_entrance(front, [at[0]]):
                notes.append(f"The brief names no entrance; it was placed in {at[0]}.")
    return notes


def _front(space: WallSpace, rooms: Sequence[Room]) -> tuple[str, Point] | None:
    """Room and point for an entrance that nobody named: where people walk most and a wall has room."""
    best: tuple[tuple[float, float, str], int] | None = None
    for room in rooms:
        for number in space.facade(room.id, party=True):
            seam = space.found.seams[number]
            if seam.other(room.id) == OUTSIDE and seam.length >= 1.0:
                rank = (_WALKED.get(room.kind, 9.0), -seam.length, room.id)
                best = min(best, (rank, number)) if best else (rank, number)
    if best is None:
        return None
    seam = space.found.seams[best[1]]
    return best[0][2], Point(space.found.lines[seam.line].at((seam.start + seam.end) / 2))


def _open_up(plan: DoorPlan, rooms: Sequence[Room], never: set[frozenset[str]]) -> list[str]:
    """Adds doors until every room can be reached, from the best room first, never through a private one."""
    kinds = {r.id: r.kind for r in rooms}
    reached = _reached(plan, rooms)
    pairs = _touching(plan, kinds, never)
    while missing := [r.id for r in rooms if r.id not in reached]:
        options = []
        for one, two in pairs:
            for near, far in ((one, two), (two, one)):
                if near in reached and far not in reached:
                    cost = _passage_cost(kinds[near], kinds[far])
                    if cost is not None:
                        options.append((cost, -plan.room(near, far), near, far))
        done = False
        for *_, near, far in sorted(options):
            if plan.add_door(near, far):
                reached |= _spread(plan, {far}, set(kinds))
                done = True
                break
        if not done:
            return [f"{name} cannot be reached from the entrance." for name in missing]
    return []


def _touching(plan: DoorPlan, kinds: Mapping[str, str], never: set[frozenset[str]]) -> list[tuple[str, str]]:
    """Pairs of rooms whose shared wall holds a door."""
    seams = [s for s in plan.space.found.seams if s.left in kinds and s.right in kinds]
    seen = {(min(s.left, s.right), max(s.left, s.right)) for s in seams}
    return [(a, b) for a, b in sorted(seen) if frozenset((a, b)) not in never
            and plan.room(a, b) >= door_widths(kinds[a], kinds[b])[1]]


def _passage_cost(near: str, far: str) -> float | None:
    """How unwelcome it is to enter one kind of room from another, or None if nobody would build it."""
    if kind(far).outdoor and near in _TO_AIR:
        return _TO_AIR[near]
    if near in _WALKED:
        return _WALKED[near]
    if near in ("bedroom", "study"):
        return 7.0 + _ANNEXES.index(far) / 10 if far in _ANNEXES else None
    if near == "laundry" and far in ("storage", "toilet", "balcony", "outdoor", "garage"):
        return 8.0
    if kind(near).outdoor and (kind(far).outdoor or far == "storage"):
        return 9.0
    return None


def _reached(plan: DoorPlan, rooms: Sequence[Room]) -> set[str]:
    """Rooms that can be reached from the entrances, or from the most public room if there is none."""
    names = {r.id for r in rooms}
    start = {end for d in plan.doors if OUTSIDE in d.between for end in d.between} & names
    if not start:
        start = {min(rooms, key=lambda r: (_WALKED.get(r.kind, 9), -r.shape.area, r.id)).id}
    return _spread(plan, start, names)


def _spread(plan: DoorPlan, start: set[str], names: set[str]) -> set[str]:
    reached, front = set(start), sorted(start)
    while front:
        here = front.pop()
        for door in plan.doors:
            if here in door.between:
                there = door.between[1] if door.between[0] == here else door.between[0]
                if there in names and there not in reached:
                    reached.add(there)
                    front.append(there)
    return reached


def _place_windows(plan: DoorPlan, layout: Layout, rooms: Sequence[Room], brief: FloorplanBrief | None,
                   glazing: float) -> list[Window]:
    kept = [w for w in layout.of(Window) if w.locked]
    asked = {s.id for s in brief.spaces if s.exterior} if brief else set()
    wanted = [(r.id, r.id in asked) for r in rooms]
    return add_windows(plan.space, plan.clear, plan.doors, wanted, kept, glazing)


def _connections(found: Seams, kinds: Mapping[str, str], doors: Sequence[Door]) -> tuple[Connection, ...]:
    """Doors and openings first, then pairs of rooms that share a wall without one."""
    made = [
        Connection.model_construct(
            kind="open" if d.kind == "opening" else "door", between=d.between, via=d.id)
        for d in doors]
    linked = {frozenset(d.between) for d in doors}
    rooms = {name for name, sort in kinds.items() if not sort.startswith("obstacle:")}
    shared: dict[tuple[str, str], float] = {}
    for seam in found.seams:
        one, two = sorted((seam.left, seam.right))
        if one in rooms and two in rooms and frozenset((one, two)) not in linked:
            shared[one, two] = max(shared.get((one, two), 0.0), seam.length)
    made += [Connection.model_construct(kind="adjacent", between=pair, via=None)
             for pair, length in sorted(shared.items()) if length >= TOUCHING]
    return tuple(made)

