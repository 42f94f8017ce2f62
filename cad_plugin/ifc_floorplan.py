"""Floor plans as IFC: spaces, walls with openings, doors, windows, slabs, and what stood there before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Polygon

from cad_plugin.ifc_model import Frame, Model
from cad_plugin.solids import RAILING, SLAB, SLIVER, wall_shares
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import is_column
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.tags import room_tags
from layoutgan.domains.floorplan.walls import clear_shapes

__all__ = ["build_floorplan"]

FRAME, LEAF, PANE = 0.05, 0.04, 0.02
"""Width of frames, thickness of leaves and of panes [m]."""
_GAP = 0.01
"""How far an opening reaches beyond the faces of its wall, so that no skin of it stays [m]."""


def build_floorplan(model: Model, layout: Layout, storey: Any, height: float) -> list[Any]:
    """Fills the storey and returns what stands in it; spaces are made part of it here.

    Args:
        model: that grows.
        layout: a floor plan.
        storey: an IfcBuildingStorey.
        height: of walls and spaces [m].
    """
    builder = _Builder(model, layout, storey, height)
    spaces = builder.spaces()
    model.related(
        "IfcRelAggregates", "spaces", one=("RelatingObject", storey), many=("RelatedObjects", spaces)
    )
    return [*builder.walls(), *builder.doors(), *builder.windows(), *builder.slabs(), *builder.obstacles()]


@dataclass
class _Host:
    """A wall that openings are cut from."""

    wall: Wall
    thing: Any
    frame: Frame
    pieces: list[Polygon]


class _Builder:
    """Makes the elements of one storey."""

    def __init__(self, model: Model, layout: Layout, storey: Any, height: float) -> None:
        self.model, self.layout, self.storey, self.height = model, layout, storey, height
        self.hosts: list[_Host] = []
        self.clear = clear_shapes(layout)

    def product(
        self,
        what: str,
        element: str,
        name: str,
        frame: Frame,
        items: Sequence[Any],
        beside: Any = None,
        **values: Any,
    ) -> Any:
        """A thing at a place with a body."""
        beside = beside or self.storey.ObjectPlacement
        return self.model.root(
            what,
            element,
            name,
            ObjectPlacement=self.model.placed(frame, beside),
            Representation=self.model.shaped(items),
            **values,
        )

    def spaces(self) -> list[Any]:
        """A space for each room: its clear floor up to the ceiling."""
        made = []
        for tag, room in zip(room_tags(self.layout), self.layout.of(Room), strict=True):
            usual, clear = kind(room.kind), self.clear[room.id]
            if clear.is_empty:
                continue
            solid = self.model.coloured(self.model.prism(clear, 0.0, self.height), usual.colour, 0.35)
            space = self.product(
                "IfcSpace",
                room.id,
                f"R{tag.number:02d}",
                Frame(),
                [solid],
                LongName=tag.name,
                ObjectType=room.kind,
                CompositionType="ELEMENT",
                PredefinedType="EXTERNAL" if usual.outdoor else "INTERNAL",
            )
            self.model.properties(
                space, room.id, "Pset_SpaceCommon", {"Reference": room.id, "IsExternal": usual.outdoor}
            )
            self.model.quantities(
                space,
                room.id,
                "Qto_SpaceBaseQuantities",
                Height=self.height,
                NetPerimeter=clear.length,
                GrossFloorArea=room.shape.area,
                NetFloorArea=clear.area,
                NetVolume=clear.area * self.height,
            )
            made.append(space)
        return made

    def walls(self) -> list[Any]:
        """Walls and railings, each with the corners that belong to it."""
        shares = wall_shares(self.layout)
        for wall in self.layout.of(Wall):
            if not shares[wall.id]:
                continue
            (ax, ay), (bx, by) = wall.shape.coords[0][:2], wall.shape.coords[-1][:2]
            frame = Frame((ax, ay), _toward(bx - ax, by - ay))
            railing, outside = wall.kind == "railing", wall.kind == "exterior"
            high = min(RAILING, self.height) if railing else self.height
            items = [
                self.model.coloured(
                    self.model.prism(p, 0.0, high, frame), "#8a9099" if railing else "#e9e6e0"
                )
                for p in shares[wall.id]
            ]
            what = ("IfcRailing", "BALUSTRADE") if railing else ("IfcWall", "SOLIDWALL")
            thing = self.product(
                what[0],
                wall.id,
                f"{wall.kind.capitalize()} {wall.id}",
                frame,
                items,
                Tag=wall.id,
                PredefinedType=what[1],
                ObjectType=wall.kind,
            )
            if not railing:
                self._measured(thing, wall, shares[wall.id], outside)
            self.hosts.append(_Host(wall, thing, frame, shares[wall.id]))
        return [host.thing for host in self.hosts]

    def _measured(self, thing: Any, wall: Wall, pieces: Sequence[Polygon], outside: bool) -> None:
        area = sum(p.area for p in pieces)
        self.model.properties(
            thing, wall.id, "Pset_WallCommon", {"Reference": wall.kind, "IsExternal": outside}
        )
        self.model.quantities(
            thing,
            wall.id,
            "Qto_WallBaseQuantities",
            Length=wall.shape.length,
            Width=wall.thickness,
            Height=self.height,
            GrossFootprintArea=area,
            GrossVolume=area * self.height,
        )

    def opening(self, element: Door | Window, low: float, high: float) -> tuple[Any, Frame]:
        """The holes that a door or window cuts; returns the one it fills, and its frame [m]."""
        (ax, ay), (bx, by) = element.shape.coords[0][:2], element.shape.coords[-1][:2]
        frame = Frame(((ax + bx) / 2, (ay + by) / 2), self._facing(element), low)
        hole = element.shape.buffer(element.thickness / 2 + _GAP, cap_style="flat")
        cut = [h for h in self.hosts if sum(p.intersection(hole).area for p in h.pieces) > SLIVER]
        cut.sort(key=lambda h: -sum(p.intersection(hole).area for p in h.pieces))
        first = None
        for number, host in enumerate(cut):
            key = f"{element.id}/opening" + (f" {number + 1}" if number else "")
            solid = self.model.prism(hole, low, high, frame)
            void = self.product(
                "IfcOpeningElement",
                key,
                f"Opening {element.id}",
                frame.inside(host.frame),
                [solid],
                host.thing.ObjectPlacement,
                Tag=element.id,
                PredefinedType="OPENING",
            )
            self.model.root(
                "IfcRelVoidsElement",
                f"{key}/of",
                RelatingBuildingElement=host.thing,
                RelatedOpeningElement=void,
            )
            first = first or void
        return first, frame

    def _facing(self, element: Door | Window) -> tuple[float, float]:
        """Along the wall, such that a leaf opens to the left of it: as the schema wants doors to stand."""
        (ax, ay), (bx, by) = element.shape.coords[0][:2], element.shape.coords[-1][:2]
        ux, uy = _toward(bx - ax, by - ay)
        if isinstance(element, Door) and element.opens_into in self.clear:
            middle = element.shape.interpolate(0.5, normalized=True)
            reach = element.thickness / 2 + 0.1
            into = shapely.Point(middle.x - uy * reach, middle.y + ux * reach)
            other = shapely.Point(middle.x + uy * reach, middle.y - ux * reach)
            room = self.clear[element.opens_into]
            if room.distance(other) < room.distance(into):
                return -ux, -uy
        return ux, uy

    def doors(self) -> list[Any]:
        """Doors with frame and leaf; an opening without a leaf is a hole only."""
        made = []
        for door in self.layout.of(Door):
            high = min(door.height, self.height)
            void, frame = self.opening(door, 0.0, high)
            if door.kind == "opening":
                continue
            width = door.shape.length
            items = [
                *self._frame(width, high, door.thickness, sill=False),
                self._panel(width, FRAME, high, LEAF, 0.0, "#8b6b4a", 1.0),
            ]
            thing = self._filling(
                "IfcDoor", door, void, frame, items, "DOOR", high, OperationType=self._operation(door, frame)
            )
            outside = "outside" in door.between or any(
                isinstance(r, Room) and kind(r.kind).outdoor for r in self._rooms(door)
            )
            self.model.properties(
                thing, door.id, "Pset_DoorCommon", {"Reference": door.kind, "IsExternal": outside}
            )
            self.model.quantities(
                thing, door.id, "Qto_DoorBaseQuantities", Width=width, Height=high, Area=width * high
            )
            made.append(thing)
        return made

    def _rooms(self, door: Door) -> list[Room]:
        return [r for r in self.layout.of(Room) if r.id in door.between]

    def _operation(self, door: Door, frame: Frame) -> str:
        if door.kind == "sliding":
            return "DOUBLE_DOOR_SLIDING"
        place = door.shape.coords[0 if door.hinge == "start" else -1]
        return "SINGLE_SWING_LEFT" if frame.local(*place[:2])[0] < 0 else "SINGLE_SWING_RIGHT"

    def windows(self) -> list[Any]:
        """Windows with frame and pane."""
        made = []
        for window in self.layout.of(Window):
            head = min(window.head, self.height)
            if head <= window.sill:
                continue
            void, frame = self.opening(window, window.sill, head)
            width, high = window.shape.length, head - window.sill
            items = [
                *self._frame(width, high, window.thickness, sill=True),
                self._panel(width, FRAME, high, PANE, FRAME, "#a9cfe8", 0.4),
            ]
            thing = self._filling(
                "IfcWindow", window, void, frame, items, "WINDOW", high, PartitioningType="SINGLE_PANEL"
            )
            self.model.properties(
                thing, window.id, "Pset_WindowCommon", {"Reference": window.room, "IsExternal": True}
            )
            self.model.quantities(
                thing, window.id, "Qto_WindowBaseQuantities", Width=width, Height=high, Area=width * high
            )
            made.append(thing)
        return made

    def _filling(
        self,
        what: str,
        element: Door | Window,
        void: Any,
        frame: Frame,
        items: Sequence[Any],
        predefined: str,
        high: float,
        **values: Any,
    ) -> Any:
        """A door or window in its hole; without a wall it stands in the storey."""
        place, beside = (Frame(), void.ObjectPlacement) if void is not None else (frame, None)
        thing = self.product(
            what,
            element.id,
            f"{predefined.capitalize()} {element.id}",
            place,
            items,
            beside,
            Tag=element.id,
            PredefinedType=predefined,
            OverallHeight=high,
            OverallWidth=element.shape.length,
            **values,
        )
        if void is not None:
            self.model.root(
                "IfcRelFillsElement",
                f"{element.id}/fills",
                RelatingOpeningElement=void,
                RelatedBuildingElement=thing,
            )
        return thing

    def _frame(self, width: float, high: float, thickness: float, *, sill: bool) -> list[Any]:
        """Jambs, head and perhaps sill, in the frame of the opening."""
        half, deep = width / 2, min(thickness, 0.12) / 2
        side = min(FRAME, width / 4)
        boxes = [
            (-half, half, high - FRAME, high),
            (-half, side - half, 0.0, high - FRAME),
            (half - side, half, 0.0, high - FRAME),
        ]
        if sill:
            boxes.append((side - half, half - side, 0.0, FRAME))
        return [
            self.model.coloured(self.model.prism(shapely.box(a, -deep, b, deep), low, top), "#f4f2ee")
            for a, b, low, top in boxes
            if top > low
        ]

    def _panel(
        self, width: float, edge: float, high: float, deep: float, low: float, colour: str, opacity: float
    ) -> Any:
        side = width / 2 - min(edge, width / 4)
        box = shapely.box(-side, -deep / 2, side, deep / 2)
        return self.model.coloured(self.model.prism(box, low, high - edge), colour, opacity)

    def slabs(self) -> list[Any]:
        """The floor below rooms and walls."""
        shapes = [*(r.shape for r in self.layout.of(Room)), *(p for host in self.hosts for p in host.pieces)]
        made = []
        for number, piece in enumerate(
            parts(shapely.set_precision(shapely.union_all(shapes), 1e-6)), start=1
        ):
            solid = self.model.coloured(self.model.prism(piece, -SLAB, 0.0), "#b8b8b4")
            key = f"slab/{number}"
            thing = self.product("IfcSlab", key, f"Floor {number}", Frame(), [solid], PredefinedType="FLOOR")
            self.model.quantities(
                thing,
                key,
                "Qto_SlabBaseQuantities",
                Depth=SLAB,
                Perimeter=piece.length,
                GrossArea=piece.area,
                GrossVolume=piece.area * SLAB,
            )
            made.append(thing)
        return made

    def obstacles(self) -> list[Any]:
        """Columns, and shafts and stairs as bodies without a class of their own."""
        made = []
        for item in self.layout.of(Obstacle):
            what = ("IfcColumn", "COLUMN") if is_column(item) else ("IfcBuildingElementProxy", "NOTDEFINED")
            solid = self.model.coloured(self.model.prism(item.shape, 0.0, self.height), "#9aa0a6")
            made.append(
                self.product(
                    what[0],
                    item.id,
                    f"{item.kind.capitalize()} {item.id}",
                    Frame(),
                    [solid],
                    Tag=item.id,
                    ObjectType=item.kind,
                    PredefinedType=what[1],
                )
            )
        return made


def _toward(x: float, y: float) -> tuple[float, float]:
    size = math.hypot(x, y)
    return round(x / size, 12) + 0.0, round(y / size, 12) + 0.0
