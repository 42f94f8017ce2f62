"""What a drawing of a floor plan shows, as shapes in metres: read from DXF, or from a drawing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import shapely
from shapely.geometry import Point as Place
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM
from cad_plugin.drawing import Drawing
from cad_plugin.dxf_metadata import marked
from cad_plugin.layers import layers_of, standards
from cad_plugin.primitives import Insert, Key, Polyline, Text
from cad_plugin.reading.units import metres_per_unit

__all__ = ["Found", "FoundOpening", "FoundShape", "found_in_document", "found_in_drawing", "role_of"]


@dataclass(frozen=True)
class FoundShape:
    """A closed outline [m]."""

    shape: Polygon
    key: Key | None = None


@dataclass(frozen=True)
class FoundOpening:
    """An inserted door or window."""

    block: str
    at: tuple[float, float]
    """Base point [m]."""
    angle: float
    """[°]"""
    stretch: tuple[float, float] = (1.0, 1.0)
    """Scale along and across; a negative one mirrors."""
    values: Mapping[str, str] = field(default_factory=dict)
    key: Key | None = None


@dataclass
class Found:
    """Everything of a drawing that makes a floor plan."""

    rooms: list[FoundShape] = field(default_factory=list)
    walls: BaseGeometry = field(default_factory=Polygon)
    """Bodies of walls with openings cut out [m]."""
    obstacles: list[FoundShape] = field(default_factory=list)
    openings: list[FoundOpening] = field(default_factory=list)
    stamps: list[FoundOpening] = field(default_factory=list)
    texts: list[tuple[Place, str]] = field(default_factory=list)


_WORDS = {
    "wall": r"wall|wand|waende|wände|^mur|pared|parede|墙|壁",
    "window": r"glaz|wind|fenst|fenetre|fenêtre|ventana|窗",
    "door": r"door|t[üu]e?r(en)?$|porte|puerta|门", "room": r"area|room|raum|r[äa]e?ume|space|zone",
}  # fmt: skip
"""Words in layer names of other offices."""
_NOT_WALL = re.compile(r"patt|hatch|cntr|axis|fill|fire|iden|dims|schraff", re.IGNORECASE)


@cache
def _known_layers() -> dict[str, str]:
    found: dict[str, str] = {}
    for standard in standards():
        for role, layer in layers_of(standard).items():
            found.setdefault(layer.name.upper(), role)
    return found


def role_of(layer: str) -> str:
    """What a layer holds, by the standards we know or by words in its name; empty when nothing fits."""
    known = _known_layers().get(layer.upper())
    if known is not None:
        return known
    if _NOT_WALL.search(layer):
        return ""
    return next((role for role, words in _WORDS.items() if re.search(words, layer, re.IGNORECASE)), "")


def _bodies(rings: list[Polygon]) -> BaseGeometry:
    """Areas from outlines: a ring inside another one is a hole in it."""
    whole = [r.buffer(0) for r in rings if r.area > 0]
    body: BaseGeometry = Polygon()
    for ring in sorted(whole, key=lambda r: -r.area):
        body = body.symmetric_difference(ring)
    return body


def found_in_drawing(drawing: Drawing) -> Found:
    """What a drawing of ours shows."""
    found, walls = Found(), list[Polygon]()
    for p in drawing.primitives:
        if isinstance(p, Polyline) and p.closed:
            shape = Polygon([(x / MM, y / MM) for x, y in p.points])
            _sort_shape(found, walls, p.role, FoundShape(shape, p.key))
        elif isinstance(p, Insert):
            opening = FoundOpening(
                p.block, (p.at[0] / MM, p.at[1] / MM), p.rotation, (1.0, 1.0), dict(p.attributes), p.key
            )
            _sort_insert(found, opening)
        elif isinstance(p, Text) and p.role == "tag":
            found.texts.append((Place(p.at[0] / MM, p.at[1] / MM), p.text))
    found.walls = _bodies(walls)
    return found


def _sort_shape(found: Found, walls: list[Polygon], role: str, shape: FoundShape) -> None:
    if role == "room":
        found.rooms.append(shape)
    elif role in ("wall", "railing"):
        walls.append(shape.shape)
    elif role == "obstacle":
        found.obstacles.append(shape)


def _sort_insert(found: Found, opening: FoundOpening) -> None:
    name = opening.block.upper()
    if name == "LG_ROOM_STAMP" or {"NUMBER", "NAME"} <= set(opening.values):
        found.stamps.append(opening)
    elif name.startswith("LG_") and name.split("_")[1] in (
        "DOOR",
        "ENTRANCE",
        "OPENING",
        "SLIDING",
        "WINDOW",
    ):
        found.openings.append(opening)


def found_in_document(doc: Any) -> Found:
    """What the model space of an ezdxf document shows."""
    unit = metres_per_unit(doc)
    found, walls = Found(), list[Polygon]()
    for entity in doc.modelspace():
        role, kind = role_of(entity.dxf.layer), entity.dxftype()
        if kind in ("LWPOLYLINE", "POLYLINE") and role in ("room", "wall", "railing", "obstacle"):
            for shape in _closed(entity, unit):
                _sort_shape(found, walls, role, FoundShape(shape, marked(entity)))
        elif kind == "INSERT":
            at, key = entity.dxf.insert, marked(entity)
            values = {a.dxf.tag.upper(): a.dxf.text for a in entity.attribs}
            stretch = (entity.dxf.xscale, entity.dxf.yscale)
            _sort_insert(
                found,
                FoundOpening(
                    entity.dxf.name, (at.x * unit, at.y * unit), entity.dxf.rotation, stretch, values, key
                ),
            )
        elif kind in ("TEXT", "MTEXT"):
            place = (
                entity.dxf.align_point
                if kind == "TEXT" and entity.dxf.hasattr("align_point")
                else entity.dxf.insert
            )
            text = entity.dxf.text if kind == "TEXT" else entity.plain_text()
            found.texts.append((Place(place.x * unit, place.y * unit), text.strip()))
    found.walls = _bodies(walls)
    return found


def _closed(entity: Any, unit: float) -> Iterator[Polygon]:
    """The area inside a closed polyline, arcs as short straight pieces."""
    from ezdxf.path import make_path

    points = [(v.x * unit, v.y * unit) for v in make_path(entity).flattening(0.005 / unit)]
    if len(points) < 3 or not (entity.is_closed or Place(points[0]).distance(Place(points[-1])) < 1e-6):
        return
    shape = Polygon(points)
    if not shape.is_valid:
        shape = shape.buffer(0)
    for part in shapely.get_parts(shape):
        if isinstance(part, Polygon) and part.area > 1e-9:
            yield part
