"""A floor-plan brief as the array problem of the exact step, and its broken demands in the brief's words.

What a brief asks is hard. What it leaves open follows the kind of room (a bedroom wants daylight and 2 m of
width); the exact step strives for it, but a plan without it still answers the brief.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point

from layoutgan.core.geometry import rectilinear
from layoutgan.domains.domain import Proposal
from layoutgan.domains.floorplan.brief import Entrance as FrontDoor
from layoutgan.domains.floorplan.brief import FloorplanBrief, Space, faces_out
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.site import SiteGrid, site_grid
from layoutgan.domains.floorplan.tiling import Either, Entrance, Kind, Problem, Violation
from layoutgan.errors import InputError

__all__ = ["asked", "contact_length", "in_words", "problem_of", "useful"]

_USEFUL = {
    "living_room": (8.0, 2.4),
    "kitchen": (3.0, 1.5),
    "bedroom": (5.0, 2.0),
    "bathroom": (1.5, 1.0),
    "toilet": (1.5, 1.0),
    "balcony": (1.0, 0.8),
    "entrance": (1.0, 0.9),
    "dining_room": (4.0, 2.0),
    "study": (4.0, 1.8),
    "corridor": (1.0, 0.8),
    "garage": (10.0, 2.4),
    "laundry": (1.0, 0.9),
    "outdoor": (1.0, 0.8),
}
"""Tile area [m²] and width [m] from which a room is of use: the benchmark birsakm/floorplan_eval."""
FRAME = 0.05
"""Wall beside a door leaf for its frame [m]."""
NECK = 0.75
"""Narrowest place of a room that people walk through, centre-line to centre-line [m]."""
ADJACENT = 0.5
"""Shared wall that an adjacency without a door needs [m]."""
USUAL = frozenset({Kind.NECK, Kind.ASPECT, Kind.EITHER})
"""What no brief asks in so many words."""
OPENING = 1.2
"""Clear width of an opening without a leaf, when the brief does not say [m]."""


def leaf_width(first: str, second: str) -> float:
    """Usual clear width of a door between two kinds of room [m]."""
    small = {"toilet", "closet", "storage", "laundry", "bathroom"}
    return 0.7 if first in small or second in small else 0.8


def contact_length(brief: FloorplanBrief, first: str, second: str, sort: str, width: float | None) -> float:
    """Straight shared wall that a relation needs, centre-line to centre-line [m]."""
    if sort == "adjacent":
        return ADJACENT
    leaf = width or (OPENING if sort == "open" else leaf_width(first, second))
    return leaf + 2 * FRAME + brief.walls.interior


def _site(brief: FloorplanBrief) -> tuple[SiteGrid, NDArray[np.int16]]:
    """The grid, and its cells with locked rooms numbered from 1."""
    locked = [(i, s) for i, s in enumerate(brief.spaces) if s.shape is not None]
    xs: list[float] = []
    ys: list[float] = []
    for i, space in locked:
        if space.shape is None or not rectilinear(space.shape, 1e-3):
            raise InputError("a fixed shape must have axis-parallel edges", place=f"spaces[{i}].shape")
        points = np.round(shapely.get_coordinates(space.shape), 3)
        xs += [float(v) for v in points[:, 0]]
        ys += [float(v) for v in points[:, 1]]
    site = site_grid(brief, (xs, ys))
    cells = site.cells.copy()
    centres = np.meshgrid(
        (site.x_lines[:-1] + site.x_lines[1:]) / 2, (site.y_lines[:-1] + site.y_lines[1:]) / 2
    )
    for i, space in locked:
        mine = shapely.contains_xy(space.shape, *centres)
        if (cells[mine] != 0).any() or not mine.any():
            raise InputError(
                f"the fixed shape of '{space.id}' overlaps an obstacle, another fixed space or the outside",
                place=f"spaces[{i}].shape",
            )
        cells[mine] = i + 1
    return site, cells


def _entrance(
    site: SiteGrid, cells: NDArray[np.int16], front: FrontDoor, allowed: NDArray[np.bool_]
) -> Entrance:
    """The stretch of outline that a front door needs."""
    ring = min(
        (LineString(r.coords) for r in (site.inside.exterior, *site.inside.interiors)),
        key=lambda r: r.distance(front.at),
    )
    at = ring.interpolate(ring.project(front.at))
    points = np.asarray(ring.coords)
    need = front.width + 2 * FRAME
    edges = list(pairwise(points))
    p, q = min(
        edges, key=lambda e: (round(LineString(e).distance(at), 6), -float(np.linalg.norm(e[1] - e[0])))
    )
    length = float(np.linalg.norm(q - p))
    middle = float(
        np.clip(
            np.linalg.norm(np.asarray(at.coords[0]) - p),
            min(need, length) / 2,
            length - min(need, length) / 2,
        )
    )
    a = p + (q - p) * max(0.0, middle - need / 2) / length
    b = p + (q - p) * min(length, middle + need / 2) / length
    axis = 0 if abs(p[0] - q[0]) < 1e-6 else 1 if abs(p[1] - q[1]) < 1e-6 else 2
    if axis < 2:
        along = 1 - axis
        low, high = sorted((float(a[along]), float(b[along])))
        probe = np.array([0.0, 0.0])
        probe[axis], probe[along] = 1e-4, 0.0
        inside = site.inside.contains(Point((a + b) / 2 + probe))
        return Entrance(np.array([[axis, float(p[axis]), low, high, 1 if inside else -1]]), allowed)
    return Entrance(_stairs(site, cells, LineString([a, b])), allowed)


def _stairs(site: SiteGrid, cells: NDArray[np.int16], door: LineString) -> NDArray[np.float64]:
    """The borders of the staircase that stand for a piece of a slanted edge [k, 5]."""
    near = door.buffer(0.35)
    pieces = []
    free = cells >= 0
    for axis in (0, 1):
        lines, across = (site.x_lines, site.y_lines) if axis == 0 else (site.y_lines, site.x_lines)
        table = free.T if axis == 0 else free
        for i in range(1, len(lines) - 1):
            for j in np.flatnonzero(table[i - 1] != table[i]):
                low, high = float(across[j]), float(across[j + 1])
                ends = (
                    [(lines[i], low), (lines[i], high)] if axis == 0 else [(low, lines[i]), (high, lines[i])]
                )
                if near.intersects(LineString(ends)):
                    pieces.append((axis, float(lines[i]), low, high, 1 if table[i, j] else -1))
    return np.asarray(pieces, dtype=np.float64).reshape(-1, 5)


def _may_enter(brief: FloorplanBrief, front: FrontDoor) -> NDArray[np.bool_]:
    """Spaces that a front door may open into [N]."""
    kinds = [kind(s.kind) for s in brief.spaces]
    if front.space is not None:
        return np.array([s.id == front.space for s in brief.spaces])
    for test in (
        [k.name == "entrance" for k in kinds],
        [k.name in {"corridor", "living_room"} for k in kinds],
        [k.circulation for k in kinds],
        [not k.private for k in kinds],
    ):
        if any(test):
            return np.array(test)
    return np.ones(len(kinds), dtype=bool)


def _access(brief: FloorplanBrief) -> list[tuple[int, NDArray[np.bool_]]]:
    """Spaces that the brief connects to nothing that leads to the entrance, and those that would do."""
    count = len(brief.spaces)
    group = list(range(count))
    ids = {s.id: i for i, s in enumerate(brief.spaces)}
    for a in brief.adjacencies:
        if a.kind in {"door", "open"}:
            old, new = group[ids[a.between[0]]], group[ids[a.between[1]]]
            group = [new if g == old else g for g in group]
    kinds = [kind(s.kind) for s in brief.spaces]
    hubs = [i for i in range(count) if kinds[i].circulation] or [
        i for i in range(count) if not kinds[i].private
    ]
    if count == 1 or not hubs:
        return []
    fronts = [ids[e.space] for e in brief.entrances if e.space is not None]
    order = {"entrance": 0, "corridor": 1, "living_room": 2}
    first = fronts[0] if fronts else min(hubs, key=lambda i: (order.get(kinds[i].name, 3), i))
    reached = {i for i in range(count) if group[i] == group[first]}
    result = []
    waiting = sorted(
        {g for g in group if g != group[first]},
        key=lambda g: (not any(group[i] == g and kinds[i].circulation for i in range(count)), g),
    )
    for g in waiting:
        members = [i for i in range(count) if group[i] == g]
        door = min(members, key=lambda i: (not kinds[i].circulation, kinds[i].private, i))
        banned = {
            ids[x]
            for a in brief.adjacencies
            if a.kind == "never" and brief.spaces[door].id in a.between
            for x in a.between
        }
        will_do = [i for i in reached if kinds[i].circulation and i not in banned]
        if kinds[door].outdoor:
            will_do += [i for i in reached if kinds[i].window and i not in banned]
        if will_do:
            others = np.zeros(count, dtype=bool)
            others[will_do] = True
            result.append((door, others))
        reached |= set(members)
    return result


def problem_of(brief: FloorplanBrief, proposal: Proposal, seed: int) -> tuple[Problem, SiteGrid]:
    """The array problem of a brief and a proposal, and the site's grid.

    Raises:
        InputError: a fixed space cannot be kept, or the outline has too many corners.
    """
    site, cells = _site(brief)
    nodes = brief.programme().nodes
    kinds = [kind(n.kind) for n in nodes]
    wall = brief.walls.interior
    given = [s.area is not None for s in brief.spaces]
    areas = np.array([n.area for n in nodes])
    width = np.array([_width(s, area, wall) for s, area in zip(brief.spaces, areas, strict=True)])
    positive = [a for a in brief.adjacencies if a.kind != "never"]
    ids = {n.id: i for i, n in enumerate(nodes)}
    pairs = np.array([[ids[x] for x in a.between] for a in positive], dtype=np.int64).reshape(-1, 2)
    lengths = np.array(
        [
            contact_length(brief, nodes[i].kind, nodes[j].kind, a.kind, a.width)
            for (i, j), a in zip(pairs, positive, strict=True)
        ]
    )
    locked = np.array([s.shape is not None for s in brief.spaces])
    tile_area, tile_width = useful(brief, areas)
    problem = Problem(
        x_lines=site.x_lines,
        y_lines=site.y_lines,
        site=cells,
        area_min=np.where(given, areas[:, 0], 0.35 * areas[:, 1]),
        area_target=areas[:, 1],
        area_max=np.where(given, areas[:, 2], 3.0 * areas[:, 1]),
        width_min=width,
        neck=np.minimum(NECK, width + wall),
        aspect_max=np.array([0.97 * k.max_aspect for k in kinds]),
        aspect_hard=np.ones(len(nodes), dtype=bool),
        facade_min=np.array([_facade(s) for s in brief.spaces]),
        wall=wall,
        contact=pairs,
        contact_min=lengths,
        never=np.array(
            [[ids[x] for x in a.between] for a in brief.adjacencies if a.kind == "never"], dtype=np.int64
        ).reshape(-1, 2),
        either=[
            Either(i, others, contact_length(brief, nodes[i].kind, "corridor", "door", None))
            for i, others in _access(brief)
        ],
        entrances=[_entrance(site, cells, e, _may_enter(brief, e)) for e in brief.entrances],
        locked=locked,
        wet=np.array([k.wet for k in kinds]),
        corridor=np.array([k.name in {"corridor", "entrance"} for k in kinds]),
        tile_area=tile_area,
        tile_width=tile_width,
        absorb=np.array([k.name in {"living_room", "corridor", "bedroom"} for k in kinds]),
        rectangles=np.nan_to_num(proposal.rectangles.astype(np.float64)),
        gates=proposal.gates.astype(bool),
        usual=USUAL,
        trust=proposal.trust,
        seed=seed,
    )
    return problem, site


def _width(space: Space, area: NDArray[np.float64], wall: float) -> float:
    """Least clear width [m]: as asked, or what is usual as far as the area allows it."""
    if space.min_width is not None:
        return space.min_width
    return float(min(kind(space.kind).min_width, 0.8 * np.sqrt(max(area[0], 0.2))))


def useful(brief: FloorplanBrief, areas: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Wished tile areas [m²] and widths [m], 0 where the area asked for allows no such room [N]."""
    limits = np.array([_USEFUL.get(kind(s.kind).name, (0.5, 0.6)) for s in brief.spaces])
    # Where two of four walls are shared, a tile has half a wall more than the clear floor on two sides.
    tile = (np.sqrt(areas[:, 1]) + 0.5 * brief.walls.interior) ** 2
    return (
        np.where(limits[:, 0] <= tile, limits[:, 0], 0.0),
        np.where(limits[:, 1] ** 2 <= 0.94 * tile, limits[:, 1] + 0.01, 0.0),
    )


def _facade(space: Space) -> float:
    """Straight contact with the façade [m]; 0 for none."""
    if not (faces_out(space) if space.exterior is None else space.exterior):
        return 0.0
    return 1.2 if kind(space.kind).outdoor else 1.0


def asked(violation: Violation, brief: FloorplanBrief) -> bool:
    """Whether the brief itself asks for what is broken, rather than what is usual for a kind."""
    if violation.kind in USUAL:
        return False
    if violation.kind is Kind.AREA:
        return brief.spaces[violation.index].area is not None
    if violation.kind is Kind.WIDTH:
        return brief.spaces[violation.index].min_width is not None
    if violation.kind is Kind.FACADE:
        return brief.spaces[violation.index].exterior is True
    return True


def in_words(violation: Violation, brief: FloorplanBrief) -> str:
    """A broken demand in the brief's own words."""
    spaces = brief.spaces
    names = [spaces[i].id for i in violation.rooms]
    if violation.kind is Kind.CONTACT:
        sorts = [a for a in brief.adjacencies if a.kind != "never"]
        return f"{sorts[violation.index].kind} between {names[0]} and {names[1]}"
    first = spaces[violation.rooms[0]] if violation.rooms else None
    texts = {
        Kind.AREA: f"area of {names[0]} in {_range(first)}" if first else "",
        Kind.WIDTH: f"clear width of {names[0]} at least {first.min_width or kind(first.kind).min_width:g} m"
        if first
        else "",
        Kind.NECK: f"no narrow neck in {names[0]}" if names else "",
        Kind.ASPECT: f"proportion of {names[0]}" if names else "",
        Kind.NEVER: f"no shared wall of {' and '.join(names)}",
        Kind.FACADE: f"façade for {names[0]}" if names else "",
        Kind.ENTRANCE: f"entrance into {' or '.join(names[:4])}",
        Kind.EITHER: f"a way into {names[0]}" if names else "",
    }
    return texts[violation.kind]


def _range(space: Space) -> str:
    return f"[{space.area[0]:g}, {space.area[1]:g}] m²" if space.area else "its usual range"
