"""An IFC4 file while it grows: rooted things with stable identifiers, their solids, colours and properties.

Entities are made one by one instead of through ifcopenshell's own recipes: those draw random identifiers and
look at the clock. Lengths are metres.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import Polygon

from cad_plugin.annotation import clean

__all__ = ["Frame", "Model", "NAMESPACE"]

NAMESPACE = uuid.UUID("5f2a7f0e-3f0c-5b7e-9d35-6c61796f7574")
"""Of identifiers: an element of the same id in a design of the same name keeps its GlobalId."""
TIME = "2000-01-01T00:00:00"
"""Stands in every header: the same layout gives the same bytes."""
LABEL = 255
"""Longest label of the schema [characters]."""
Point = Sequence[float]


@dataclass(frozen=True)
class Frame:
    """A place with a direction, seen from above: ``x`` along, ``y`` to its left, ``z`` up [m]."""

    origin: tuple[float, float] = (0.0, 0.0)
    along: tuple[float, float] = (1.0, 0.0)
    """Unit vector of its x axis [-]."""
    z: float = 0.0

    def local(self, x: float, y: float) -> tuple[float, float]:
        """Coordinates in this frame of a place in the drawing [m]."""
        dx, dy = x - self.origin[0], y - self.origin[1]
        (ux, uy) = self.along
        return _tidy(dx * ux + dy * uy), _tidy(dy * ux - dx * uy)

    def inside(self, outer: Frame) -> Frame:
        """The same frame, told in the coordinates of another one."""
        (ux, uy), (vx, vy) = self.along, outer.along
        along = (_tidy(ux * vx + uy * vy), _tidy(uy * vx - ux * vy))
        return Frame(outer.local(*self.origin), along, _tidy(self.z - outer.z))


def _tidy(value: float) -> float:
    """A number without the noise of its last digits, and without negative zero."""
    return round(float(value), 9) + 0.0


class Model:
    """Writes an IFC4 file of one design."""

    def __init__(self, key: str, *, north: float = 90.0) -> None:
        import ifcopenshell
        from ifcopenshell.guid import compress

        self.key = key
        self.file = ifcopenshell.file(schema="IFC4")
        self._compress = compress
        self._used: set[str] = set()
        self._known: dict[Any, Any] = {}
        self._styles: dict[tuple[str, float], Any] = {}
        self.origin = self._placement3((0.0, 0.0, 0.0))
        angle = math.radians(north)
        self.context = self.make(
            "IfcGeometricRepresentationContext",
            ContextType="Model",
            CoordinateSpaceDimension=3,
            Precision=1e-5,
            WorldCoordinateSystem=self.origin,
            TrueNorth=self.direction((math.cos(angle), math.sin(angle))),
        )
        self.body = self.make(
            "IfcGeometricRepresentationSubContext",
            ContextIdentifier="Body",
            ContextType="Model",
            ParentContext=self.context,
            TargetView="MODEL_VIEW",
        )

    def make(self, kind: str, **values: Any) -> Any:
        """An entity without identity."""
        return self.file.create_entity(kind, **{k: v for k, v in values.items() if v is not None})

    def root(self, kind: str, key: str, name: str = "", **values: Any) -> Any:
        """An entity with a GlobalId that follows from the design's name and the key."""
        place, number = key, 2
        while place in self._used:
            place, number = f"{key}#{number}", number + 1
        self._used.add(place)
        found = self._compress(uuid.uuid5(NAMESPACE, f"{self.key}\n{place}").hex)
        return self.make(kind, GlobalId=found, Name=clean(name, LABEL) or None, **values)

    def data(self, name: str, program: str) -> bytes:
        """The bytes of the file."""
        header = self.file.header
        header.file_description.description = ("ViewDefinition [ReferenceView_V1.2]",)
        header.file_name.name = clean(name, LABEL)
        header.file_name.time_stamp = TIME
        header.file_name.author = ("",)
        header.file_name.organization = ("",)
        header.file_name.originating_system = program
        header.file_name.authorization = ""
        text: str = self.file.to_string()
        return text.encode("ascii")

    # Geometry.

    def point(self, place: Point) -> Any:
        """A point [m]."""
        return self._once("IfcCartesianPoint", "Coordinates", tuple(_tidy(v) for v in place))

    def direction(self, way: Point) -> Any:
        """A direction [-]."""
        return self._once("IfcDirection", "DirectionRatios", tuple(_tidy(v) for v in way))

    def _once(self, kind: str, field: str, values: tuple[float, ...]) -> Any:
        key = (kind, values)
        if key not in self._known:
            self._known[key] = self.make(kind, **{field: values})
        return self._known[key]

    def _placement3(self, at: Point, axis: Point | None = None, along: Point | None = None) -> Any:
        turned = axis is not None and along is not None
        return self.make(
            "IfcAxis2Placement3D",
            Location=self.point(at),
            Axis=self.direction(axis or ()) if turned else None,
            RefDirection=self.direction(along or ()) if turned else None,
        )

    def placed(self, frame: Frame, beside: Any = None) -> Any:
        """A placement, relative to another one when that is given."""
        along = None if frame.along == (1.0, 0.0) else (*frame.along, 0.0)
        here = self._placement3((*frame.origin, frame.z), (0.0, 0.0, 1.0) if along else None, along)
        return self.make("IfcLocalPlacement", PlacementRelTo=beside, RelativePlacement=here)

    def prism(self, shape: Polygon, low: float, high: float, frame: Frame | None = None) -> Any:
        """An area between two heights, in the coordinates of a frame [m]."""
        frame = frame or Frame()
        rings = [self._ring(shape.exterior, frame), *(self._ring(r, frame) for r in shape.interiors)]
        values: dict[str, Any] = {"ProfileType": "AREA", "OuterCurve": rings[0]}
        if len(rings) > 1:
            profile = self.make("IfcArbitraryProfileDefWithVoids", InnerCurves=rings[1:], **values)
        else:
            profile = self.make("IfcArbitraryClosedProfileDef", **values)
        return self._extruded(profile, self._placement3((0.0, 0.0, _tidy(low - frame.z))), high - low)

    def _ring(self, ring: Any, frame: Frame) -> Any:
        points = [self.point(frame.local(x, y)) for x, y, *_ in ring.coords[:-1]]
        return self.make("IfcPolyline", Points=[*points, points[0]])

    def _extruded(self, profile: Any, placement: Any, depth: float, **more: Any) -> Any:
        kind = "IfcExtrudedAreaSolidTapered" if more else "IfcExtrudedAreaSolid"
        return self.make(
            kind,
            SweptArea=profile,
            Position=placement,
            ExtrudedDirection=self.direction((0.0, 0.0, 1.0)),
            Depth=_tidy(depth),
            **more,
        )

    def _circle(self, radius: float, wall: float = 0.0) -> Any:
        values = {"ProfileType": "AREA", "Radius": _tidy(radius)}
        if 0.0 < wall < radius:
            return self.make("IfcCircleHollowProfileDef", WallThickness=_tidy(wall), **values)
        return self.make("IfcCircleProfileDef", **values)

    def tube(
        self, start: Point, end: Point, radius: float, *, wall: float = 0.0, end_radius: float = 0.0
    ) -> Any:
        """A straight round body, hollow with a wall, a cone with another radius at its end [m]."""
        way = [b - a for a, b in zip(start, end, strict=True)]
        length = math.sqrt(sum(v * v for v in way))
        axis = tuple(v / length for v in way)
        aside = (0.0, 0.0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0)
        across = _unit(_cross(aside, axis))
        placement = self._placement3(start, axis, across)
        more = {"EndSweptArea": self._circle(end_radius)} if end_radius and end_radius != radius else {}
        return self._extruded(self._circle(radius, 0.0 if more else wall), placement, length, **more)

    def bend(self, start: Point, corner: Point, end: Point, radius: float, wall: float = 0.0) -> Any:
        """A round body along the arc that touches both legs of a corner [m]."""
        first = _unit([b - a for a, b in zip(start, corner, strict=True)])
        second = _unit([b - a for a, b in zip(corner, end, strict=True)])
        turn = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(first, second, strict=True)))))
        reach = math.dist(start, corner)
        bend_radius = reach / math.tan(turn / 2)
        axis = _unit(_cross(first, second))
        inward = _cross(axis, first)  # from the start towards the arc's centre
        # The profile's x axis points to the centre of the arc: the body turns about a line along its y.
        placement = self._placement3(start, first, inward)
        spin = self.make(
            "IfcAxis1Placement",
            Location=self.point((bend_radius, 0.0, 0.0)),
            Axis=self.direction((0.0, 1.0, 0.0)),
        )
        return self.make(
            "IfcRevolvedAreaSolid",
            SweptArea=self._circle(radius, wall),
            Position=placement,
            Axis=spin,
            Angle=_tidy(turn),
        )

    def shaped(self, items: Sequence[Any]) -> Any:
        """The representation of a body that consists of these solids; None without any."""
        if not items:
            return None
        kind = "SweptSolid"
        if any(i.is_a("IfcExtrudedAreaSolidTapered") for i in items):
            kind = "AdvancedSweptSolid"
        shape = self.make(
            "IfcShapeRepresentation",
            ContextOfItems=self.body,
            Items=list(items),
            RepresentationIdentifier="Body",
            RepresentationType=kind,
        )
        return self.make("IfcProductDefinitionShape", Representations=[shape])

    def coloured(self, item: Any, colour: str, opacity: float = 1.0) -> Any:
        """The solid, with a colour such as ``#e9e6e0``."""
        key = (colour, opacity)
        if key not in self._styles:
            red, green, blue = (round(int(colour[i : i + 2], 16) / 255, 4) for i in (1, 3, 5))
            shade = self.make(
                "IfcSurfaceStyleRendering",
                Transparency=_tidy(1.0 - opacity),
                SurfaceColour=self.make("IfcColourRgb", Red=red, Green=green, Blue=blue),
                ReflectanceMethod="NOTDEFINED",
            )
            self._styles[key] = self.make("IfcSurfaceStyle", Name=colour, Side="BOTH", Styles=[shade])
        self.make("IfcStyledItem", Item=item, Styles=[self._styles[key]])
        return item

    # Relations and properties.

    def related(self, kind: str, key: str, *, one: tuple[str, Any], many: tuple[str, Iterable[Any]]) -> None:
        """A relation from one thing to many; none where there are none."""
        things = list(many[1])
        if things:
            self.root(kind, key, **{one[0]: one[1], many[0]: things})

    def properties(self, thing: Any, key: str, name: str, values: Mapping[str, Any]) -> None:
        """A property set of a thing; empty values are left out."""
        made = [
            self.make("IfcPropertySingleValue", Name=label, NominalValue=self._value(value))
            for label, value in values.items()
            if value not in ("", None)
        ]
        if made:
            found = self.root("IfcPropertySet", f"{key}/{name}", name, HasProperties=made)
            self._defined(thing, key, name, found)

    def _value(self, value: Any) -> Any:
        if isinstance(value, bool):
            return self.file.create_entity("IfcBoolean", value)
        if isinstance(value, int):
            return self.file.create_entity("IfcInteger", value)
        if isinstance(value, float):
            return self.file.create_entity("IfcReal", _tidy(value))
        return self.file.create_entity("IfcLabel", clean(str(value), LABEL))

    def quantities(self, thing: Any, key: str, name: str, **values: float) -> None:
        """Measured sizes of a thing; a name says whether it is an area, a volume, a weight or a length."""
        made = []
        for label, value in values.items():
            measure = next((m for m in ("Area", "Volume", "Weight") if m in label), "Length")
            made.append(
                self.make(f"IfcQuantity{measure}", Name=label, **{f"{measure}Value": max(0.0, _tidy(value))})
            )
        found = self.root("IfcElementQuantity", f"{key}/{name}", name, Quantities=made)
        self._defined(thing, key, name, found)

    def _defined(self, thing: Any, key: str, name: str, definition: Any) -> None:
        self.root(
            "IfcRelDefinesByProperties",
            f"{key}/{name}/of",
            RelatedObjects=[thing],
            RelatingPropertyDefinition=definition,
        )


def _cross(a: Point, b: Point) -> tuple[float, float, float]:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def _unit(v: Point) -> tuple[float, float, float]:
    size = math.sqrt(sum(x * x for x in v))
    return (v[0] / size, v[1] / size, v[2] / size)
