"""Blocks for doors, windows and the north arrow.

A door's base point is its hinge on the wall's centre-line; +x runs along the wall to the other jamb, and the
leaf
opens towards +y (right-hand symbol) or -y (left-hand symbol). Two symbols, not one mirrored insert:
attributes and
arcs of mirrored inserts come out wrong in some readers. A window's base point is one jamb.
"""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import Polygon

from cad_plugin.primitives import (
    Arc,
    Attribute,
    Block,
    Circle,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
    Text,
)

__all__ = ["LEAF", "door_block", "north_block", "stamp_block", "symbol_name", "window_block"]

LEAF = 40.0
"""Thickness of a door leaf [mm]."""
DOOR_TAGS = ("TAG", "TYPE", "WIDTH", "HEIGHT", "FROM", "TO", "HINGE", "WALL")
WINDOW_TAGS = ("TAG", "WIDTH", "SILL", "HEAD", "ROOM", "WALL")


def _mm(value: float) -> str:
    return f"{round(value, 1):g}"


def symbol_name(kind: str, width: float, thickness: float, hand: str = "") -> str:
    """Name of the block for that kind and size [mm]: ``LG_DOOR_900X100_R``."""
    size = f"{_mm(width)}X{_mm(thickness)}".replace(".", "_")
    return "_".join(part for part in ("LG", kind.upper(), size, hand) if part)


def _box(x0: float, y0: float, x1: float, y1: float) -> Polyline:
    return Polyline("", ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), closed=True)


def _attributes(tags: Sequence[str], width: float) -> tuple[Attribute, ...]:
    return tuple(Attribute(tag, (width / 2, -120.0 - 90.0 * i), 60.0) for i, tag in enumerate(tags))


def door_block(kind: str, width: float, thickness: float, hand: str) -> Block:
    """The symbol of a door, entrance, opening or sliding door.

    Args:
        kind: as in ``Door.kind``.
        width: between the jambs [mm].
        thickness: of the wall [mm].
        hand: R when the leaf opens towards +y, L towards -y, empty without a leaf.
    """
    half, primitives = thickness / 2, list[Primitive]()
    if kind == "opening":
        primitives += [Line("", (0.0, y), (width, y)) for y in (-half, half)]
    elif kind == "sliding":
        pane, depth = 0.54 * width, min(0.2 * thickness, 40.0)
        primitives += [_box(0.0, 0.0, pane, depth), _box(width - pane, -depth, width, 0.0)]
        primitives += [Line("", (0.0, y), (width, y)) for y in (-half, half)]
    else:
        leaf = min(LEAF, 0.25 * width)
        if hand == "R":
            primitives += [_box(0.0, half, leaf, half + width), Arc("", (0.0, half), width, 0.0, 90.0)]
        else:
            primitives += [_box(0.0, -half - width, leaf, -half), Arc("", (0.0, -half), width, 270.0, 360.0)]
        if kind == "entrance":
            primitives += [Line("", (0.0, y), (width, y)) for y in (-half, half)]
    return Block(symbol_name(kind, width, thickness, hand), tuple(primitives), _attributes(DOOR_TAGS, width))


def window_block(width: float, thickness: float) -> Block:
    """The three-line symbol of a window: both faces of the wall and the glass."""
    half = thickness / 2
    return Block(symbol_name("window", width, thickness), (
        _box(0.0, -half, width, half), Line("", (0.0, 0.0), (width, 0.0))), _attributes(WINDOW_TAGS, width))


def stamp_block(visible: bool, height: float) -> Block:
    """The room stamp: number, name and area as attributes.

    Args:
        visible: show the attributes; otherwise separate texts show the same, because some readers draw no
            attributes.
        height: of the text [mm].
    """
    rows = (("NAME", 0.8), ("NUMBER", -0.8), ("AREA", -2.4), ("KIND", -4.0))
    return Block("LG_ROOM_STAMP", (), tuple(
        Attribute(tag, (0.0, y * height), height, visible and tag != "KIND") for tag, y in rows))


def north_block(radius: float) -> Block:
    """A north arrow that points to +x: the insert turns it."""
    tip: list[Point] = [(radius, 0.0), (-0.75 * radius, 0.5 * radius), (-0.4 * radius, 0.0),
                        (-0.75 * radius, -0.5 * radius)]
    return Block("LG_NORTH", (
        Circle("", (0.0, 0.0), radius), Polyline("", tuple(tip), closed=True),
        Region("", Polygon([tip[0], tip[1], tip[2]])),
        Text("", (1.35 * radius, 0.0), "N", 0.45 * radius, rotation=-90.0, bold=True)))
