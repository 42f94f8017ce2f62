"""Layouts and briefs as records.

Both domains pass through here: what is read is a brief's programme (nodes, relations, site) and the shapes
that a layout gives to those nodes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.core.brief import Brief, Node, Programme, RelationKind, Site
from layoutgan.encoding.boxes import Fit, fit_rectangles
from layoutgan.encoding.record import RECTANGLES, Attribute, Floats, Integers, Record, Relation, SiteChannel
from layoutgan.errors import InputError

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout
    from layoutgan.domains.domain import Domain

__all__ = ["encode_brief", "encode_layout", "encode_programme", "encode_site"]

MARGIN = 0.05
"""Free strip around the site, in shares of its longer side [-]."""
ENTRANCE_REACH = 0.1
"""Distance over which the entrance plane falls to 1/e, in unit squares [-]."""
FARTHEST = 0.5
"""Distances in the site planes are clipped to this, in unit squares [-]."""

_RELATIONS = {
    RelationKind.DOOR: Relation.DOOR,
    RelationKind.OPEN: Relation.OPEN,
    RelationKind.ADJACENT: Relation.ADJACENT,
    RelationKind.NEVER: Relation.NEVER,
    RelationKind.PIPE: Relation.PIPE,
}


def encode_brief(brief: Brief, domain: Domain, size: int = 32) -> Record:
    """The record of a brief alone; its boxes are zero except those that the brief fixes.

    Args:
        brief: what is asked for.
        domain: the brief's domain; its kinds become integers here.
        size: pixels per side of the site raster.

    Raises:
        InputError: a kind is not one of the domain's.
    """
    return encode_programme(brief.programme(), domain, size, brief.name)


def encode_programme(programme: Programme, domain: Domain, size: int = 32, name: str = "") -> Record:
    """As `encode_brief`, from a brief's programme, where that is at hand already.

    Args:
        programme: nodes, relations and site [m].
        domain: the brief's domain.
        size: pixels per side of the site raster.
        name: of the record.

    Raises:
        InputError: a kind is not one of the domain's.
    """
    return _encode(programme, domain, size, {}, name)


def encode_layout(layout: Layout, domain: Domain, size: int = 32) -> Record:
    """The record of a finished layout and of the brief that it answers.

    Raises:
        InputError: an element that the brief asks for is missing, or a kind is not one of the domain's.
    """
    programme = (layout.brief or domain.answered(layout)).programme()
    elements = {element.id: element for element in layout.elements}
    for node in programme.nodes:
        if node.id not in elements and node.fixed is None:
            raise InputError(
                f"has no element '{node.id}', which its brief asks for", place=f"layout '{layout.name}'"
            )
    return _encode(programme, domain, size, elements, layout.name)


def _encode(
    programme: Programme, domain: Domain, size: int, elements: Mapping[str, Any], name: str
) -> Record:
    inside = programme.site.inside
    left, bottom, right, top = inside.bounds
    scale = max(right - left, top - bottom) * (1 + 2 * MARGIN)
    offset = ((left + right - scale) / 2, (bottom + top - scale) / 2)
    count = len(programme.nodes)
    boxes = np.zeros((count, RECTANGLES, 4), np.float32)
    gates = np.zeros((count, RECTANGLES), np.float32)
    gates[:, 0] = 1
    turns = np.zeros(count, np.int64)
    for row, node in enumerate(programme.nodes):
        element = elements.get(node.id)
        # Battery-limit points are fixed, and mere points in a layout.
        shape = node.fixed
        if element is not None and (node.size is None or shape is None):
            shape = element.shape
        if shape is not None:
            # Equipment of given size is its bounding box, a vessel's round footprint included.
            fit = fit_rectangles(shape) if node.size is None else _bounding(shape.bounds)
            boxes[row] = _boxes(fit.corners, scale, offset)
            gates[row] = fit.gates
            turns[row] = _turn(node, element, boxes[row, 0] * scale)
    return Record(
        name=name,
        kinds=_kinds(programme, domain),
        attributes=_attributes(programme, scale, offset),
        relations=_relations(programme),
        weights=_weights(programme),
        site=encode_site(_free(programme), size, scale, offset),
        scale=scale,
        offset=offset,
        boxes=boxes,
        gates=gates,
        turns=turns,
    )


def _bounding(bounds: tuple[float, float, float, float]) -> Fit:
    gates = (np.arange(RECTANGLES) == 0).astype(np.float64)
    return Fit(np.repeat(np.asarray([bounds]), RECTANGLES, axis=0), gates, 0.0)


def _free(programme: Programme) -> Site:
    """The site as it may be used: rooms enclose small columns, equipment keeps off everything."""
    site = programme.site
    if not site.obstacles or all(node.size is None for node in programme.nodes):
        return site
    rest: Any = site.inside.difference(shapely.union_all(site.obstacles))
    return site if rest.is_empty else replace(site, inside=rest)


def _kinds(programme: Programme, domain: Domain) -> Integers:
    numbers = {kind: number for number, kind in enumerate(domain.kinds)}
    for place, node in enumerate(programme.nodes):
        if node.kind not in numbers:
            known = ", ".join(domain.kinds)
            raise InputError(
                f"'{node.kind}' is not a kind of {domain.name}; known: {known}", place=f"node {place}"
            )
    return np.array([numbers[node.kind] for node in programme.nodes], np.int64)


def _boxes(corners: NDArray[np.float64], scale: float, offset: tuple[float, float]) -> NDArray[np.float64]:
    """Left, bottom, right, top [K, 4] [m] as centre and size in the unit square."""
    unit = (corners - np.array(offset * 2)) / scale
    return np.concatenate([(unit[:, :2] + unit[:, 2:]) / 2, unit[:, 2:] - unit[:, :2]], 1)


def _turn(node: Node, element: Any, box: NDArray[Any]) -> int:
    """Quarter turns of equipment: as the element says, else the least that fits its box [m]."""
    if node.size is None:
        return 0
    said = getattr(element, "turn", None)
    if isinstance(said, int):
        return said % 4
    straight = abs(box[2] - node.size[0]) + abs(box[3] - node.size[1])
    across = abs(box[2] - node.size[1]) + abs(box[3] - node.size[0])
    return int(across < straight)


def _attributes(programme: Programme, scale: float, offset: tuple[float, float]) -> Floats:
    table = np.zeros((len(programme.nodes), len(Attribute)), np.float32)
    tiling = all(node.size is None for node in programme.nodes)
    wanted = sum(node.area[1] for node in programme.nodes)
    # Rooms tile the inside to the wall centre-lines, so their targets share all of it.
    share = programme.site.inside.area / wanted if tiling and wanted > 0 else 1.0
    for row, node in zip(table, programme.nodes, strict=True):
        least, target, most = node.area
        row[Attribute.TARGET_SIDE] = math.sqrt(max(target * share, 0.0)) / scale
        row[Attribute.TOLERANCE] = math.log(most / least) / 2 if 0 < least <= most else 0.0
        row[Attribute.EXTERIOR] = node.exterior
        row[Attribute.ENTRANCE] = node.entrance
        row[Attribute.MIN_WIDTH] = node.min_width / scale
        row[Attribute.SCALE] = math.log(scale / 10)
        if node.size is not None:
            row[Attribute.LENGTH], row[Attribute.WIDTH] = node.size[0] / scale, node.size[1] / scale
            row[Attribute.HEIGHT], row[Attribute.CLEARANCE] = node.height / scale, node.clearance / scale
        if node.fixed is not None:
            row[Attribute.FIXED] = 1
            fit = fit_rectangles(node.fixed, 1) if node.size is None else _bounding(node.fixed.bounds)
            box = _boxes(fit.corners, scale, offset)[0]
            row[Attribute.FIXED_X : Attribute.FIXED_HEIGHT + 1] = box
    return table


def _relations(programme: Programme) -> Integers:
    table = np.eye(len(programme.nodes), dtype=np.int64) * Relation.SELF
    for relation in programme.relations:
        first, second = programme.ids[relation.first], programme.ids[relation.second]
        table[first, second] = table[second, first] = _RELATIONS[relation.kind]
    return table


def _weights(programme: Programme) -> Floats:
    """Costs of pipes over the dearest one [N, N]; several lines between two items add up."""
    table = np.zeros((len(programme.nodes),) * 2, np.float32)
    for relation in programme.relations:
        if relation.kind is RelationKind.PIPE:
            first, second = programme.ids[relation.first], programme.ids[relation.second]
            table[first, second] += relation.weight
            table[second, first] = table[first, second]
    most = table.max(initial=0.0)
    return table / most if most > 0 else table


def encode_site(site: Site, size: int, scale: float, offset: tuple[float, float]) -> Floats:
    """Planes `SiteChannel` [C, size, size] of a site on the square of side `scale` [m] at `offset` [m]."""
    ramp = (np.arange(size) + 0.5) / size * scale
    points: NDArray[Any] = np.asarray(shapely.points(*np.meshgrid(offset[0] + ramp, offset[1] + ramp)))
    planes = np.zeros((len(SiteChannel), size, size), np.float32)
    outline = site.inside.boundary
    shapely.prepare(site.inside)
    inside = shapely.contains(site.inside, points)
    away = _distance(points, outline, scale)
    planes[SiteChannel.DISTANCE] = np.where(inside, away, -away)
    # The share of each pixel that lies inside: exact along the axes, so that areas can be read from the mask.
    planes[SiteChannel.INSIDE] = (planes[SiteChannel.DISTANCE] * size + 0.5).clip(0, 1)
    if site.entrances:
        nearest = np.min([shapely.distance(points, entrance) for entrance in site.entrances], 0)
        planes[SiteChannel.ENTRANCE] = np.exp(-nearest / (scale * ENTRANCE_REACH))
    for obstacle in site.obstacles:
        shapely.prepare(obstacle)
        planes[SiteChannel.OBSTACLE] += shapely.contains(obstacle, points)
    planes[SiteChannel.OBSTACLE] = planes[SiteChannel.OBSTACLE].clip(max=1)
    facade: Any = outline
    if site.blind:
        facade = outline.difference(shapely.union_all([piece.buffer(0.1) for piece in site.blind]))
    planes[SiteChannel.FACADE] = FARTHEST if facade.is_empty else _distance(points, facade, scale)
    if site.racks:
        nearest = shapely.distance(points, shapely.union_all(site.racks))
        planes[SiteChannel.RACK] = np.exp(-nearest / (scale * ENTRANCE_REACH))
    planes[SiteChannel.NORTH_COSINE] = math.cos(math.radians(site.north))
    planes[SiteChannel.NORTH_SINE] = math.sin(math.radians(site.north))
    return planes


def _distance(points: NDArray[Any], shape: Any, scale: float) -> NDArray[np.float64]:
    far: NDArray[np.float64] = (shapely.distance(points, shape) / scale).clip(max=FARTHEST)
    return far
