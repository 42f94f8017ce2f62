"""Equipment as blocks: one symbol per class and size, with the item's facts as attributes."""

from __future__ import annotations

import math

from shapely.geometry import Polygon

from cad_plugin.annotation import MM, clean
from cad_plugin.primitives import Arc, Attribute, Block, Circle, Insert, Key, Line, Point, Polyline, Primitive
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.elements import Equipment

__all__ = ["EQUIPMENT_TAGS", "equipment_block", "equipment_insert"]

EQUIPMENT_TAGS = ("TAG", "CLASS", "SERVICE", "SIZE", "BOTTOM", "TOP", "EAST", "NORTH")
"""What an inserted item says about itself."""
LYING = ("drum", "exchanger")


def _rectangle(length: float, width: float) -> Polyline:
    x, y = length / 2, width / 2
    return Polyline("", ((-x, -y), (x, -y), (x, y), (-x, y)), closed=True)


def _cross(length: float, width: float) -> list[Primitive]:
    x, y = length / 2, width / 2
    return [Line("", (-x, -y), (x, y)), Line("", (-x, y), (x, -y))]


def _lying(length: float, width: float, *, heads: bool) -> list[Primitive]:
    """A vessel on its side: a shell with dished ends, and the flanges of an exchanger's channel."""
    x, y = length / 2, width / 2
    bulge = min(0.25 * width, 0.2 * length)
    shell = x - bulge
    ends = [(shell, -y), (-shell, -y), (-shell, y), (shell, y)]
    # A dished end as an arc through the corner and the tip.
    radius = (y * y + bulge * bulge) / (2 * bulge)
    angle = math.degrees(math.asin(min(1.0, y / radius)))
    parts: list[Primitive] = [
        Line("", ends[0], ends[1]), Line("", ends[2], ends[3]),
        Arc("", (x - radius, 0.0), radius, 360.0 - angle, angle + 360.0 * (angle < 0)),
        Arc("", (-x + radius, 0.0), radius, 180.0 - angle, 180.0 + angle),
    ]
    if heads:  # the girth flange before the channel
        parts.append(Line("", (0.8 * x, -1.15 * y), (0.8 * x, 1.15 * y)))
    return parts


def _inside(kind: str, length: float, width: float) -> list[Primitive]:
    """What tells the class of an item that has a rectangle around it."""
    x, y = length / 2, width / 2
    if kind == "pump":
        radius = 0.42 * min(length, width)
        return [_rectangle(length, width), Circle("", (-x + radius * 1.3, 0.0), radius),
                Polyline("", ((-x + 2.6 * radius, -0.25 * width), (0.9 * x, -0.25 * width),
                              (0.9 * x, 0.25 * width), (-x + 2.6 * radius, 0.25 * width)), closed=True)]
    if kind == "compressor":
        casing = ((-0.9 * x, -0.3 * y), (0.0, -0.65 * y), (0.0, 0.65 * y), (-0.9 * x, 0.3 * y))
        driver = ((0.12 * x, -0.4 * y), (0.9 * x, -0.4 * y), (0.9 * x, 0.4 * y), (0.12 * x, 0.4 * y))
        shapes = (Polyline("", casing, closed=True), Polyline("", driver, closed=True))
        return [_rectangle(length, width), *shapes, Line("", (0.0, 0.0), (0.12 * x, 0.0))]
    if kind in ("air_cooler", "cooling_tower"):
        count = max(1, min(6, round(length / max(width, 1.0))))
        radius = 0.4 * min(length / count, width)
        fans = [Circle("", (-x + (i + 0.5) * length / count, 0.0), radius) for i in range(count)]
        return [_rectangle(length, width), *fans]
    if kind == "heater":
        return [_rectangle(length, width), _rectangle(0.8 * length, 0.7 * width)]
    if kind == "plate_exchanger":
        plates = [Line("", (-x + i * length / 6, -y), (-x + i * length / 6, y)) for i in range(1, 6)]
        return [_rectangle(length, width), *plates]
    if kind in ("building", "control_room"):
        return [_rectangle(length, width), *_cross(length, width)]
    return [_rectangle(length, width)]


def equipment_block(kind: str, length: float, width: float) -> Block:
    """The symbol of an item, its middle at the base point and its own +x along the length.

    Args:
        kind: class of equipment.
        length: in its own axes [mm].
        width: in its own axes [mm].
    """
    if class_of(kind).round:
        radius = min(length, width) / 2
        tick = 0.8 * radius  # the middle stays free for the tag
        parts: list[Primitive] = [Circle("", (0.0, 0.0), radius)]
        for x, y in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            parts.append(Line("", (tick * x, tick * y), (radius * x, radius * y)))
    elif kind in LYING:
        parts = _lying(length, width, heads=kind == "exchanger")
    else:
        parts = _inside(kind, length, width)
    name = f"LG_EQ_{kind.upper()}_{round(length)}X{round(width)}"
    height = 60.0
    hidden = tuple(Attribute(tag, (0.0, -1.5 * height * i), height) for i, tag in enumerate(EQUIPMENT_TAGS))
    return Block(name, tuple(parts), hidden)


def equipment_insert(item: Equipment) -> tuple[Insert, Block]:
    """A placed item as an insert, with the block that it inserts."""
    block = equipment_block(item.kind, item.size[0] * MM, item.size[1] * MM)
    at = middle(item.shape)
    values = {
        "TAG": clean(item.id), "CLASS": class_of(item.kind).title, "SERVICE": clean(item.service),
        "SIZE": f"{item.size[0]:.2f} x {item.size[1]:.2f} x {item.top - item.bottom:.2f} m",
        "BOTTOM": f"{item.bottom:+.3f}", "TOP": f"{item.top:+.3f}",
        "EAST": f"{at[0] / MM:.3f}", "NORTH": f"{at[1] / MM:.3f}"}  # fmt: skip
    key = Key("equipment", item.id)
    return Insert("equipment", block.name, at, 90.0 * item.turn, tuple(values.items()), key), block


def middle(shape: Polygon) -> Point:
    """Middle of the box around a shape [mm], from metres."""
    x0, y0, x1, y1 = shape.bounds
    return (x0 + x1) / 2 * MM, (y0 + y1) / 2 * MM
