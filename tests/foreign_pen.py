"""Draws a floor plan as another office would: in a style of ``drawing_styles``, with ezdxf alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import ezdxf.filemanagement
import numpy as np
import shapely
from drawing_styles import INSUNITS, METRES, WORDS, Style
from shapely.geometry import LineString, Polygon

from layoutgan.core.geometry import parts
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies

__all__ = ["drawn", "floors"]


def floors(layout: Any, style: Style) -> dict[str, Polygon]:
    """What a reader should find [m]: clear floors; for single lines the rooms to the middle of walls."""
    shapes = {r.id: r.shape for r in layout.of(Room)} if style.walls == "axis" else clear_shapes(layout)
    return {key: shapely.transform(shape, lambda p: moved(p, style)) for key, shape in shapes.items()}


def moved(points: np.ndarray, style: Style) -> np.ndarray:
    """Where the style puts a point of the plan [m]."""
    turn = math.radians(style.turned)
    cos, sin = math.cos(turn), math.sin(turn)
    points = points * (-1.0, 1.0) if style.swapped else points
    return points @ np.array([[cos, sin], [-sin, cos]]) + style.moved


def drawn(layout: Any, style: Style) -> Any:
    """An ezdxf document of a plan in a style."""
    return _Pen(layout, style).document()


class _Pen:
    def __init__(self, layout: Any, style: Style) -> None:
        self.layout, self.style = layout, style
        self.doc = ezdxf.filemanagement.new(style.version, setup=False)
        self.doc.header["$INSUNITS"] = INSUNITS[style.unit] if style.header else 0
        self.doc.header["$LUNITS"] = 2
        self.per_metre = 1.0 / METRES[style.unit]
        self.space = self.doc.paperspace() if style.paper else self.doc.modelspace()
        if style.swapped:
            self.space = self.doc.blocks.new("PLAN")
        self.number = 0

    def document(self) -> Any:
        for draw in (self._walls, self._openings, self._rooms, self._texts, self._clutter):
            draw()
        if self.style.swapped:
            self.doc.modelspace().add_blockref("PLAN", (0, 0), dxfattribs={"xscale": -1.0})
        return self.doc

    def at(self, x: float, y: float) -> tuple[float, float]:
        points = np.array([[x, y]])
        if not self.style.swapped:
            points = moved(points, self.style)
        return float(points[0, 0] * self.per_metre), float(points[0, 1] * self.per_metre)

    def line(self, a: Any, b: Any, layer: str, space: Any = None) -> None:
        (space or self.space).add_line(
            self.at(*a), self.at(*b), dxfattribs={"layer": self.style.layers[layer]}
        )

    def polyline(self, points: Any, layer: str, close: bool = True) -> None:
        make = self.space.add_polyline2d if self.style.version == "R12" else self.space.add_lwpolyline
        make([self.at(*p) for p in points], close=close, dxfattribs={"layer": self.style.layers[layer]})

    def _bodies(self) -> list[Polygon]:
        found = wall_bodies(self.layout)
        return [
            p
            for bodies in found.values()
            for p in parts(shapely.set_precision(shapely.union_all(bodies), 1e-6).simplify(1e-5))
        ]

    def _walls(self) -> None:
        style = self.style
        if style.walls == "axis":
            rooms = shapely.union_all([r.shape.boundary for r in self.layout.of(Room)])
            cuts = [LineString(self._jambs(o)).buffer(0.01, cap_style="flat") for o in self._all_openings()]
            for piece in shapely.get_parts(shapely.line_merge(rooms.difference(shapely.union_all(cuts)))):
                self._chain(piece.simplify(1e-6).coords, "wall")
        for body in self._bodies() if style.walls not in ("axis", "none") else ():
            for ring in (body.exterior, *body.interiors):
                if style.walls == "outlines":
                    self.polyline(list(ring.coords)[:-1], "wall")
                elif style.walls != "hatch":
                    self._chain(ring.coords, "wall", open_ends=style.walls == "open lines")
            if style.walls == "hatch":
                self._hatch(body)

    def _hatch(self, body: Polygon) -> None:
        hatch = self.space.add_hatch(dxfattribs={"layer": self.style.layers["hatch"]})
        for number, ring in enumerate((body.exterior, *body.interiors)):
            hatch.paths.add_polyline_path(
                [self.at(*p) for p in list(ring.coords)[:-1]], is_closed=True, flags=1 if number == 0 else 16
            )

    def _chain(self, points: Any, layer: str, open_ends: bool = False) -> None:
        jambs = [LineString(o.shape).buffer(0.01) for o in self._all_openings()] if open_ends else []
        for a, b in pairwise(points):
            middle = shapely.Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            if any(j.distance(middle) < 0.01 for j in jambs) and math.dist(a, b) < 0.5:
                continue
            grow = self.style.long - self.style.short
            size = math.dist(a, b)
            ux, uy = (b[0] - a[0]) / size * grow, (b[1] - a[1]) / size * grow
            if size > 3 * self.style.short:
                self.line((a[0] - ux, a[1] - uy), (b[0] + ux, b[1] + uy), layer)

    def _all_openings(self) -> list[Any]:
        return [*self.layout.of(Door), *self.layout.of(Window)]

    def _openings(self) -> None:
        for door in self.layout.of(Door):
            if door.kind == "sliding":
                self._panes(door)
            elif door.kind != "opening":
                self._door(door)
        for window in self.layout.of(Window):
            self._window(window)

    def _jambs(self, opening: Any) -> list[tuple[float, float]]:
        """Ends of an opening; where walls are single lines, on these."""
        points = [opening.shape.coords[0], opening.shape.coords[-1]]
        if self.style.walls != "axis":
            return points
        lines = shapely.union_all([r.shape.boundary for r in self.layout.of(Room)])
        middle = opening.shape.interpolate(0.5, normalized=True)
        foot = lines.interpolate(lines.project(middle))
        return [(x + foot.x - middle.x, y + foot.y - middle.y) for x, y in points]

    def _panes(self, door: Door) -> None:
        (ax, ay), (bx, by) = self._jambs(door)
        nx, ny = -(by - ay) / door.shape.length * 0.03, (bx - ax) / door.shape.length * 0.03
        for first, last, side in ((0.0, 0.55, 1), (0.45, 1.0, -1)):
            self.line(
                (ax + (bx - ax) * first + side * nx, ay + (by - ay) * first + side * ny),
                (ax + (bx - ax) * last + side * nx, ay + (by - ay) * last + side * ny),
                "door",
            )

    def _door(self, door: Door) -> None:
        """A leaf and its swing in a block of its own kind: hinge at the base point, leaf along +y."""
        ends = self._jambs(door)
        (ax, ay), (bx, by) = ends if door.hinge == "start" else ends[::-1]
        width, angle = math.dist((ax, ay), (bx, by)), math.degrees(math.atan2(by - ay, bx - ax))
        left = True
        if door.opens_into is not None:
            room = self.layout[door.opens_into].shape
            nx, ny = -(by - ay) / width, (bx - ax) / width
            probe = shapely.Point((ax + bx) / 2 + nx * 0.4, (ay + by) / 2 + ny * 0.4)
            left = bool(room.covers(probe))
        kind = self.style.doors
        if self.style.version == "R12" and kind == "bulge":
            kind = "block"
        if kind == "exploded":
            self._leaf(self.space, (ax, ay), width, angle, left, self.style.layers["door"])
            return
        self.number += 1
        name = {"zh": "M", "de": "TUER_"}.get(self.style.words, "DOOR") + f"{self.number:04d}"
        block = self.doc.blocks.new(name)
        size = 1.0 if kind == "scaled" else width
        self._leaf(block, (0.0, 0.0), size, 0.0, True, "0", local=True, bulge=kind == "bulge")
        if kind == "nested":
            outer = self.doc.blocks.new(f"{name}_OUTER")
            outer.add_blockref(name, (0, 0), dxfattribs={"layer": "0"})
            name = f"{name}_OUTER"
        scale = width if kind == "scaled" else 1.0
        attributes = {
            "layer": self.style.layers["door"],
            "rotation": self._turned(angle),
            "xscale": scale,
            "yscale": scale * (1.0 if left else -1.0),
        }
        base = self.at(ax, ay)
        self.space.add_blockref(name, base, dxfattribs=attributes)

    def _turned(self, angle: float) -> float:
        return angle if self.style.swapped else angle + self.style.turned

    def _leaf(
        self,
        space: Any,
        hinge: tuple[float, float],
        width: float,
        angle: float,
        left: bool,
        layer: str,
        local: bool = False,
        bulge: bool = False,
    ) -> None:
        def place(x: float, y: float) -> tuple[float, float]:
            if local:
                return x * self.per_metre, y * self.per_metre
            return self.at(x, y)

        turn, side = math.radians(angle), 1.0 if left else -1.0
        open_, shut = turn + side * math.pi / 2, turn
        tip = (hinge[0] + width * math.cos(open_), hinge[1] + width * math.sin(open_))
        end = (hinge[0] + width * math.cos(shut), hinge[1] + width * math.sin(shut))
        attributes = {"layer": layer}
        if bulge:
            space.add_lwpolyline(
                [(*place(*hinge), 0.0), (*place(*tip), -side * math.tan(math.pi / 8)), (*place(*end), 0.0)],
                format="xyb",
                dxfattribs=attributes,
            )
            return
        space.add_line(place(*hinge), place(*tip), dxfattribs=attributes)
        first, last = (shut, open_) if left else (open_, shut)
        spin = 0.0 if local else math.radians(self._turned(0.0))
        space.add_arc(
            place(*hinge),
            width * self.per_metre,
            math.degrees(first + spin),
            math.degrees(last + spin),
            dxfattribs=attributes,
        )

    def _window(self, window: Window) -> None:
        (ax, ay), (bx, by) = self._jambs(window)
        width, half = window.shape.length, window.thickness / 2
        nx, ny = -(by - ay) / width, (bx - ax) / width
        if self.style.windows == "block":
            name = f"C{round(width * 10):02d}15"
            if name not in self.doc.blocks:
                block = self.doc.blocks.new(name)
                for y in (-0.5, -0.1, 0.1, 0.5):
                    block.add_line((0, y), (1, y))
            angle = math.degrees(math.atan2(by - ay, bx - ax))
            self.space.add_blockref(
                name,
                self.at(ax, ay),
                dxfattribs={
                    "layer": self.style.layers["window"],
                    "rotation": self._turned(angle),
                    "xscale": width * self.per_metre,
                    "yscale": 2 * half * self.per_metre,
                },
            )
            return
        for away in (-half, -0.02, 0.02, half):
            self.line((ax + nx * away, ay + ny * away), (bx + nx * away, by + ny * away), "window")

    def _rooms(self) -> None:
        if self.style.rooms:
            for shape in clear_shapes(self.layout).values():
                self.polyline(list(shape.exterior.coords)[:-1], "room")

    def _texts(self) -> None:
        for number, room in enumerate(self.layout.of(Room), start=1):
            shape = clear_shapes(self.layout)[room.id]
            inside = shape.representative_point()
            self._text(
                WORDS[self.style.words].get(room.kind, room.kind), shape.area, number, (inside.x, inside.y)
            )

    def _text(self, word: str, area: float, number: int, at: tuple[float, float]) -> None:
        style, height = self.style, 0.15 * self.per_metre
        attributes = {"layer": style.layers["text"]}
        if style.texts == "mtext":
            self.space.add_mtext(
                f"\\A1;{{\\H1.2x;{word}}}\\P{area:.2f} m²",
                dxfattribs={
                    **attributes,
                    "char_height": height,
                    "insert": self.at(*at),
                    "attachment_point": 5,
                },
            )
        elif style.texts == "attribute":
            if "STAMP" not in self.doc.blocks:
                block = self.doc.blocks.new("STAMP")
                for tag in ("NR", "ROOMNAME", "SIZE"):
                    block.add_attdef(tag, (0, 0))
            self.space.add_blockref("STAMP", self.at(*at), dxfattribs=attributes).add_auto_attribs(
                {"NR": f"{number}", "ROOMNAME": word, "SIZE": f"{area:.1f}"}
            )
        else:
            for line, drop in ((word, 0.0), (f"{area:.2f} m2", 0.2)):
                self.space.add_text(line, height=height, dxfattribs=attributes).set_placement(
                    self.at(at[0], at[1] - drop)
                )

    def _clutter(self) -> None:
        if not self.style.clutter:
            return
        x0, y0, x1, y1 = self.layout.boundary.bounds
        for points in self._furniture():
            self.polyline(points, "furniture")
        for y in (y0 - 1.0, y1 + 1.0):
            self.line((x0, y), (x1, y), "dims")
            self.space.add_text(
                "12500", height=0.15 * self.per_metre, dxfattribs={"layer": self.style.layers["dims"]}
            ).set_placement(self.at((x0 + x1) / 2, y))
        self.space.add_text(
            "GROUND FLOOR PLAN 1:50",
            height=0.3 * self.per_metre,
            dxfattribs={"layer": self.style.layers["text"]},
        ).set_placement(self.at(x0, y0 - 2.0))

    def _furniture(self) -> Iterator[list[tuple[float, float]]]:
        for room in self.layout.of(Room):
            p = room.shape.representative_point()
            yield [(p.x, p.y), (p.x + 0.5, p.y), (p.x + 0.5, p.y + 0.4), (p.x, p.y + 0.4)]
