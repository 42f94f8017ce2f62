"""What somebody asks of a floor plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import numpy as np
import shapely
from pydantic import BeforeValidator, Field, StrictBool, TypeAdapter, field_validator, model_validator
from shapely.geometry import Point, Polygon
from shapely.ops import nearest_points

from layoutgan.core.brief import Brief, Node, Programme, Relation, RelationKind, Site
from layoutgan.core.geometry import LineShape, PointShape, PolygonShape, largest_part
from layoutgan.core.schema import Document, FieldError, Metres, SquareMetres, shown
from layoutgan.domains.floorplan.areas import CLEAR_SHARE, shares, usual_area
from layoutgan.domains.floorplan.elements import Obstacle as Standing
from layoutgan.domains.floorplan.kinds import ALIASES, KINDS, NAMES, kind
from layoutgan.domains.floorplan.outlines import WING, outline

__all__ = ["Adjacency", "Entrance", "FloorplanBrief", "Obstacle", "Space", "WallSettings", "outline_for"]

MAX_SPACES = 24
"""Most spaces of one brief [-]; the networks were trained up to this size."""
MAX_EXTENT = 200.0
"""Largest side of an outline [m]."""
MAX_CORNERS = 1_000
"""Most corners of an outline [-]; more means a curve that should be simplified."""
DOORWAY = 1.0
"""Least contact of a balcony outside with the boundary [m]."""
ENTRANCE_TOLERANCE = 0.5
"""How far from the outline an entrance may be given [m]; it is moved onto it."""


def _range(value: Any) -> Any:
    """A single number is a target: 10 % either way is as good as asked."""
    if isinstance(value, bool) or not isinstance(value, int | float | list | tuple):
        raise ValueError(f"must be a number of m², or [least, most], found {shown(value)}")
    if isinstance(value, int | float):
        if not value > 0:
            raise ValueError(f"must be more than 0 m², found {value:g}")
        return (0.9 * value, 1.1 * value)
    if len(value) != 2:
        raise ValueError(f"must be a number of m², or [least, most], found a list of {len(value)}")
    return value


AreaRange = Annotated[
    tuple[SquareMetres, SquareMetres],
    BeforeValidator(_range, json_schema_input_type=SquareMetres | tuple[SquareMetres, SquareMetres]),
]


class WallSettings(Document):
    """Thickness of walls."""

    exterior: Metres = Field(default=0.30, ge=0.02, le=2)
    interior: Metres = Field(default=0.10, ge=0.02, le=1)
    party: Metres = Field(default=0.20, ge=0.02, le=2)


class Obstacle(Document):
    """Something that stands on the site already."""

    kind: Literal["shaft", "column", "stair", "void"] = "shaft"
    """A column up to 0.6 m may stand inside a room; everything else is left out of all rooms."""
    shape: PolygonShape


class Entrance(Document):
    """A front door."""

    at: PointShape
    """On the outline [m]."""
    space: str | None = None
    """Id of the space that it opens into; left open, a circulation space or the living room."""
    width: Metres = Field(default=0.9, ge=0.6, le=3)


class Space(Document):
    """A room to be placed."""

    id: str = Field(min_length=1, max_length=80)
    kind: str = Field(json_schema_extra={"enum": [*NAMES, *ALIASES]})
    """living_room, bedroom, bathroom … (``layoutgan list kinds`` shows all)."""
    name: str = Field(default="", max_length=120)
    """What the drawing calls it."""
    area: AreaRange | None = None
    """Least and most clear floor area [m²], or one number for ±10 %."""
    min_width: Metres | None = Field(default=None, gt=0, le=50)
    """Least clear width [m]."""
    exterior: StrictBool | None = None
    """Must touch the façade; by default as usual for the kind and only wished for."""
    shape: PolygonShape | None = None
    """The place that it must keep, when it is fixed [m]."""
    outside: StrictBool | None = None
    """true: a balcony or terrace outside the boundary, on the façade; its place is proposed, or given by
    ``shape``."""

    @field_validator("kind", mode="after")
    @classmethod
    def _known(cls, value: str) -> str:
        name = ALIASES.get(value.lower(), value.lower())
        if name not in KINDS:
            near = get_close_matches(name, [*NAMES, *ALIASES], n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(NAMES)}"
            raise ValueError(f"'{value}' is not a kind of room; {hint}")
        return name

    @field_validator("area", mode="after")
    @classmethod
    def _ordered(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value is not None and not 0 < value[0] <= value[1] <= 10_000:
            found = f"[{value[0]:g}, {value[1]:g}]"
            raise ValueError(f"must be [least, most] in m², both above 0 and least first, found {found}")
        return value


class Adjacency(Document):
    """How two spaces relate."""

    between: tuple[str, str]
    """Ids of two spaces."""
    kind: Literal["door", "open", "adjacent", "never"] = "door"
    """door: a door between them; open: an opening; adjacent: a shared wall; never: no shared wall."""
    width: Metres | None = Field(default=None, ge=0.5, le=6)
    """Clear width of the door or opening [m]."""


class FloorplanBrief(Brief):
    """A brief for one floor."""

    domain: Literal["floorplan"]
    entrance: PointShape | tuple[Entrance, ...] | None = None
    """Where the front door is, on the boundary; or a list of ``{at, space, width}``."""
    party: tuple[LineShape, ...] = ()
    """Pieces of the boundary that touch a neighbour: no windows there."""
    walls: WallSettings = WallSettings()
    obstacles: tuple[Obstacle, ...] = Field(default=(), max_length=200)
    spaces: tuple[Space, ...] = Field(min_length=1, max_length=MAX_SPACES)
    adjacencies: tuple[Adjacency, ...] = Field(default=(), max_length=400)
    storeys: int = Field(default=1, strict=True)
    """Storeys; only one is supported so far."""
    area: AreaRange | None = None
    """Least and most area inside the outer walls [m²], or one number for ±10 %, when there is no boundary."""
    boundary: PolygonShape = Field(default_factory=lambda given: first_outline(given))
    """Inner face of the outer walls [m]; courtyards are holes. Left out, outlines are proposed that hold the
    rooms, several of them when several layouts are wanted."""

    @field_validator("entrance", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) == 2 and not isinstance(value[0], dict | Entrance):
            return TypeAdapter(PointShape).validate_python(value)
        if isinstance(value, str | int | float | dict):
            raise ValueError("must be a point [x, y] in metres, or a list of {at: [x, y], space: id}, "
                             f"found {shown(value)}")
        return value

    @field_validator("storeys", mode="after")
    @classmethod
    def _single(cls, value: int) -> int:
        if value != 1:
            raise ValueError("several storeys in one brief are not supported yet; write one brief per storey")
        return value

    @field_validator("boundary", mode="after")
    @classmethod
    def _sane(cls, value: Polygon) -> Polygon:
        x0, y0, x1, y1 = value.bounds
        if max(x1 - x0, y1 - y0) > MAX_EXTENT:
            raise ValueError(f"the outline is {max(x1 - x0, y1 - y0):.0f} m long; at most {MAX_EXTENT:.0f} m "
                             "(coordinates are metres, not millimetres)")
        if value.area < 0.5:
            raise ValueError(f"the outline holds {value.area:.2f} m²; at least 0.5 (coordinates are metres)")
        corners = shapely.get_num_coordinates(value)
        if corners > MAX_CORNERS:
            raise ValueError(f"the outline has {corners} corners; at most {MAX_CORNERS}; simplify it")
        return _to_millimetres(value)

    @model_validator(mode="after")
    def _consistent(self) -> FloorplanBrief:
        self._check_outline()
        ids = [space.id for space in self.spaces]
        for i, name in enumerate(ids):
            if name in ids[:i]:
                raise FieldError(f"two spaces are called '{name}'; ids must differ", "spaces", i, "id")
            if name == "outside":
                raise FieldError("'outside' is the world beyond the outline; give the space another id",
                                 "spaces", i, "id")
        self._check_adjacencies(ids)
        self._check_entrances(ids)
        self._check_obstacles()
        self._check_fixed()
        for i, line in enumerate(self.party):
            away = shapely.hausdorff_distance(line, line.intersection(self.boundary.boundary.buffer(0.5)))
            if not away < 1e-6:
                raise FieldError("is no piece of the boundary; copy points of the outline", "party", i)
        return self

    def _check_outline(self) -> None:
        """What stands on an outline needs one, and one outline is enough."""
        if not self.proposed:
            least, most = self.area or (0.0, np.inf)
            if not 0.99 * least <= self.boundary.area <= 1.01 * most:
                raise FieldError(f"asks for {least:g} to {most:g} m² and the boundary holds "
                                 f"{self.boundary.area:.1f} m²; keep one of the two", "area")
            return
        standing = [(name,) for name in ("entrance", "party", "obstacles") if getattr(self, name)]
        shaped = [("spaces", i, "shape") for i, s in enumerate(self.spaces) if s.shape is not None]
        for place in (*standing, *shaped):
            raise FieldError("needs an outline to stand on; add a boundary, or leave this out", *place)

    def _check_entrances(self, ids: list[str]) -> None:
        for i, entrance in enumerate(self.entrances):
            place = ("entrance",) if isinstance(self.entrance, Point) else ("entrance", i)
            away = self.boundary.boundary.distance(entrance.at)
            if away > ENTRANCE_TOLERANCE:
                raise FieldError(f"[{entrance.at.x:g}, {entrance.at.y:g}] is {away:.2f} m away from the "
                                 "boundary; put it on the outline", *place)
            if entrance.space is not None and entrance.space not in ids:
                hint = _near(entrance.space, ids)
                raise FieldError(f"no space is called '{entrance.space}'; {hint}", *place, "space")

    def _check_obstacles(self) -> None:
        for i, obstacle in enumerate(self.obstacles):
            if not obstacle.shape.intersects(self.boundary):
                raise FieldError("lies outside the boundary; move it inside or leave it out", "obstacles", i)
        left = self.inside.area
        if left < 0.5:
            raise FieldError(f"leave {left:.2f} m² of the outline free; at least 0.5 m²", "obstacles")

    def _check_fixed(self) -> None:
        fixed = [(i, space.shape) for i, space in enumerate(self.spaces) if space.shape is not None]
        for number, (i, shape) in enumerate(fixed):
            place = ("spaces", i, "shape")
            if self.spaces[i].outside and shape.intersection(self.boundary).area < 1e-6:
                if shape.intersection(self.boundary).length < DOORWAY:
                    raise FieldError("does not touch the boundary along a wall; move it there", *place)
            elif shape.difference(self.boundary.buffer(1e-6)).area > 1e-6:
                raise FieldError("reaches beyond the boundary; keep it inside", *place)
            for other, second in fixed[:number]:
                if shape.intersection(second).area > 1e-6:
                    name = self.spaces[other].id
                    raise FieldError(f"overlaps the fixed shape of '{name}'; move one", *place)

    def _check_adjacencies(self, ids: list[str]) -> None:
        kinds: dict[frozenset[str], str] = {}
        for i, adjacency in enumerate(self.adjacencies):
            for side, end in enumerate(adjacency.between):
                if end not in ids:
                    raise FieldError(f"no space is called '{end}'; {_near(end, ids)}",
                                     "adjacencies", i, "between", side)
            pair = frozenset(adjacency.between)
            first, second = adjacency.between
            if first == second:
                raise FieldError(f"relates '{first}' to itself; name two spaces", "adjacencies", i)
            other = kinds.get(pair, adjacency.kind)
            if (other == "never") != (adjacency.kind == "never"):
                raise FieldError(f"'{first}' and '{second}' are asked to be both '{other}' and "
                                 f"'{adjacency.kind}'; keep one", "adjacencies", i)
            kinds[pair] = adjacency.kind

    @property
    def proposed(self) -> bool:
        """Whether nobody gave the outline, so that other ones would do."""
        return "boundary" not in self.model_fields_set

    @property
    def entrances(self) -> tuple[Entrance, ...]:
        """All entrances, however they were written."""
        if self.entrance is None:
            return ()
        return (Entrance(at=self.entrance),) if isinstance(self.entrance, Point) else self.entrance

    @property
    def inside(self) -> Polygon:
        """The part of the outline that rooms fill: without obstacles, except columns inside rooms [m]."""
        solid = [o.shape for o in self.obstacles if not is_column(o)]
        if not solid:
            return self.boundary
        rest = self.boundary.difference(shapely.unary_union(solid))
        # An obstacle that cuts the site in two leaves the larger part: rooms must reach each other.
        return largest_part(rest)

    def programme(self) -> Programme:
        """The brief as nodes, relations and a site; open areas follow the kind and fill the site."""
        entrance_spaces = {e.space for e in self.entrances}
        targets = self._areas()
        nodes = tuple(
            Node(id=s.id, kind=s.kind, area=targets[s.id], min_width=s.min_width or kind(s.kind).min_width,
                 exterior=faces_out(s) if s.exterior is None else s.exterior,
                 entrance=s.id in entrance_spaces, fixed=s.shape)
            for s in self.spaces)
        relations = tuple(Relation(*a.between, kind=RelationKind(a.kind)) for a in self.adjacencies)
        snapped = tuple(_onto(self.boundary, e.at) for e in self.entrances)
        obstacles = tuple(o.shape for o in self.obstacles)
        return Programme(Site(self.inside, obstacles, snapped, self.party, self.north), nodes, relations)

    def _areas(self) -> dict[str, tuple[float, float, float]]:
        """Least, wanted and most area of each space [m²]; what is left open shares what is left over."""
        given = {s.id: (s.area[0], sum(s.area) / 2, s.area[1]) for s in self.spaces if s.area}
        given |= {s.id: (0.98 * s.shape.area, s.shape.area, 1.02 * s.shape.area)
                  for s in self.spaces if s.shape is not None and s.id not in given}
        given |= {s.id: open_range(s.kind, usual_area(s.kind).at_usual)
                  for s in self.spaces if s.outside and s.id not in given}
        open_spaces = [s for s in self.spaces if s.id not in given]
        usable = CLEAR_SHARE * self.inside.area
        share = len(open_spaces) / len(self.spaces)
        taken = sum(given[s.id][1] for s in self.spaces if s.id in given and not s.outside)
        left = max(usable - taken, 0.1 * usable * share)
        for s, wanted in zip(open_spaces, shares([s.kind for s in open_spaces], left), strict=True):
            given[s.id] = open_range(s.kind, wanted)
        return {s.id: given[s.id] for s in self.spaces}


def open_range(name: str, wanted: float) -> tuple[float, float, float]:
    """Least, wanted and most area of a room whose brief names none [m²]."""
    low, high = usual_area(name).spread
    return low * wanted, wanted, high * wanted


def first_outline(given: Mapping[str, Any]) -> Polygon:
    """The outline of a brief that has none: the first of those that can be proposed for its rooms."""
    return outline_for(given["spaces"], given["area"], 0, 0)


def outline_for(spaces: Sequence[Space], area: tuple[float, float] | None, number: int, seed: int) -> Polygon:
    """An outline [m] for rooms of these areas, or of an area inside the outer walls [m²].

    Raises:
        ValueError: the rooms need more than an outline can hold.
    """
    inner = [s for s in spaces if not s.outside]
    wanted = sum(sum(s.area) / 2 if s.area else usual_area(s.kind).at_usual for s in inner)
    inside = wanted / CLEAR_SHARE
    if area is not None:
        inside = sum(area) / 2 if all(s.area is None for s in inner) else float(np.clip(inside, *area))
    if inside > MAX_EXTENT**2 / 4:
        raise ValueError(f"an outline of {inside:.0f} m² is beyond what can be proposed; give the boundary")
    widest = max((s.min_width or 0.0 for s in inner), default=0.0)
    return _to_millimetres(outline(max(inside, 1.0), len(inner), number, seed, least_side=max(WING, widest)))


def faces_out(space: Space) -> bool:
    """Whether a space of its kind usually must touch the façade: bedroom, living room, study, balcony."""
    return kind(space.kind).outdoor or space.kind in {"living_room", "bedroom", "study"}


def _to_millimetres(shape: Polygon) -> Polygon:
    """The outline with coordinates on whole millimetres.

    Rounded once here, so that the exact step, the checks and the drawing all use the same outline.
    """
    rounded = shapely.transform(shape, lambda points: np.round(points, 3))
    if not rounded.is_valid or rounded.area <= 0:
        raise ValueError("the outline is no polygon any more when its corners are rounded to millimetres")
    return rounded


def is_column(obstacle: Obstacle | Standing) -> bool:
    """A column small enough to stand inside a room: up to 0.6 m on each side, however it is turned."""
    if obstacle.kind != "column":
        return False
    corners = shapely.get_coordinates(obstacle.shape.minimum_rotated_rectangle)[:3]
    return bool(np.linalg.norm(np.diff(corners, axis=0), axis=1).max() <= 0.6 + 1e-6)


def _onto(boundary: Polygon, point: Point) -> Point:
    """The nearest point of the outline, courtyards included."""
    return nearest_points(boundary.boundary, point)[0]


def _near(name: str, ids: list[str]) -> str:
    near = get_close_matches(name, ids, n=1)
    return f"did you mean '{near[0]}'?" if near else f"spaces are: {', '.join(sorted(ids))}"
