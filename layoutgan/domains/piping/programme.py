"""A plant's brief as nodes, relations and a site, as networks read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point, Polygon

from layoutgan.core.brief import Node, Programme, Relation, RelationKind, Site
from layoutgan.domains.piping.items import EquipmentItem
from layoutgan.domains.piping.nozzles import Box
from layoutgan.domains.piping.pipe_data import cost_per_metre

if TYPE_CHECKING:
    from layoutgan.domains.piping.brief import PipingBrief
    from layoutgan.domains.piping.plant import Plant, Run

__all__ = ["on_side", "programme_of", "terminal_points"]

_SIDES = ("north", "south", "east", "west")
CLEARANCE = 0.9
"""Free distance that networks leave around every item: a person passes [m]."""
_HALF = 0.25
"""Half the side of the square that stands for a battery-limit point [m]."""


def programme_of(brief: PipingBrief, plant: Plant) -> Programme:
    """Equipment and battery-limit points as nodes, lines as relations weighted by their cost per metre."""
    nodes = []
    for item in plant.items.values():
        length, width = item.box.length, item.box.width
        nodes.append(
            Node(
                id=item.tag,
                kind=item.kind,
                area=(length * width, length * width, length * width),
                size=(length, width),
                min_width=min(length, width),
                fixed=_fixed(item.box, item.source),
                height=item.box.top,
                clearance=CLEARANCE,
            )
        )
    points = terminal_points(brief, plant)
    area = (4 * _HALF * _HALF,) * 3
    for name, p in points.items():
        square = shapely.box(p.x - _HALF, p.y - _HALF, p.x + _HALF, p.y + _HALF)
        nodes.append(Node(name, "terminal", area, (2 * _HALF, 2 * _HALF), 2 * _HALF, fixed=square))
    relations = [relation for run in plant.runs.values() for relation in _relations(run, plant)]
    standing = [k.shape for k in brief.site.keep_outs] + [r.shape for r in brief.site.roads]
    racks: tuple[Polygon, ...] = ()
    if isinstance(brief.site.racks, tuple):
        racks = tuple(r.line.buffer(r.width / 2, cap_style="flat") for r in brief.site.racks)
    site = Site(brief.site.outline, (*standing, *racks), tuple(points.values()), (), brief.north, racks)
    return Programme(site, tuple(nodes), tuple(relations))


def _relations(run: Run, plant: Plant) -> list[Relation]:
    """From the line's first end to each other one; a branch counts from where its header starts."""
    owners: list[str] = []
    for end in run.ends:
        place = end
        while place.kind == "line":
            place = plant.runs[place.owner].ends[0]
        if place.owner not in owners:
            owners.append(place.owner)
    weight = cost_per_metre(run.nps, run.rating, run.source.insulation)
    return [Relation(owners[0], other, RelationKind.PIPE, weight) for other in owners[1:]]


def terminal_points(brief: PipingBrief, plant: Plant) -> dict[str, Point]:
    """Places of the battery-limit points in plan [m]: as given, at the rack, or spread along their side."""
    if isinstance(brief.site.racks, tuple) and brief.site.racks:
        from layoutgan.domains.piping.racks import racks_for
        from layoutgan.domains.piping.terminals import placed_terminals

        racks = racks_for(brief, plant, {}, 0, free=True)
        return {t.id: Point(t.shape.x, t.shape.y) for t in placed_terminals(brief, plant, racks, {})}
    given = {t.id: Point(t.at.x, t.at.y) for t in brief.site.terminals if t.at is not None}
    spread: dict[str, Point] = {}
    for side in _SIDES:
        names = [name for name, its in plant.terminals.items() if its == side and name not in given]
        for number, name in enumerate(names):
            spread[name] = on_side(brief.site.outline, side, (number + 1) / (len(names) + 1))
    return {name: given.get(name) or spread[name] for name in plant.terminals}


def on_side(outline: Polygon, side: str, part: float) -> Point:
    """The point of the outline that is met first from one side [m].

    Args:
        outline: the battery limit [m].
        side: north, south, east or west.
        part: where along that side, from west or south [-].
    """
    x0, y0, x1, y1 = outline.bounds
    x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
    rays = {
        "north": [(x, y1 + 1), (x, y0 - 1)],
        "south": [(x, y0 - 1), (x, y1 + 1)],
        "east": [(x1 + 1, y), (x0 - 1, y)],
        "west": [(x0 - 1, y), (x1 + 1, y)],
    }
    ray = shapely.LineString(rays[side])
    crossings = shapely.get_coordinates(shapely.intersection(ray, outline.exterior))
    return min((Point(c) for c in crossings), key=ray.project)


def _fixed(box: Box, source: EquipmentItem) -> Polygon | None:
    if source.fixed is None:
        return None
    along, across = (box.length, box.width) if source.fixed.turn % 2 == 0 else (box.width, box.length)
    x, y = source.fixed.at.x, source.fixed.at.y
    return shapely.box(x - along / 2, y - across / 2, x + along / 2, y + across / 2)
