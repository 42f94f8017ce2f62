"""What a floor plan consists of.

Rooms tile the inside of the outline exactly: a room's ``shape`` reaches to the centre-lines of interior
walls and to the inner face of exterior ones. Its clear floor is that shape less the walls;
``walls.clear_shapes`` computes it.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from layoutgan.core.geometry import LineShape, PolygonShape
from layoutgan.core.layout import Element
from layoutgan.core.schema import Metres

__all__ = ["ELEMENTS", "Door", "Obstacle", "Room", "Wall", "Window"]


class Room(Element):
    """A room or an outdoor space such as a balcony."""

    tag: ClassVar[str] = "room"

    shape: PolygonShape
    """From wall centre-line to wall centre-line, and to the inner face of exterior walls [m]."""
    name: str = ""
    """What the drawing calls it; by default the title of its kind."""


class Wall(Element):
    """A straight piece of wall."""

    tag: ClassVar[str] = "wall"

    kind: Literal["exterior", "interior", "party", "railing"]
    shape: LineShape
    """Its centre-line, two points [m]."""
    thickness: Metres = Field(gt=0, le=2)


class Door(Element):
    """A door or an opening without a leaf, in a wall."""

    tag: ClassVar[str] = "door"

    kind: Literal["door", "entrance", "opening", "sliding"]
    """entrance: the front door; opening: no leaf; sliding: two panes, towards a balcony."""
    shape: LineShape
    """Two jamb points on the wall's centre-line; their distance is the clear width [m]."""
    between: tuple[str, str]
    """The two rooms it connects; ``outside`` for an entrance."""
    thickness: Metres = Field(gt=0, le=2)
    """Of the wall that it stands in."""
    opens_into: str | None = None
    """The room into which the leaf swings; None without a leaf."""
    hinge: Literal["start", "end"] = "start"
    """The jamb that carries the leaf: first or second point of ``shape``."""
    height: Metres = Field(default=2.1, gt=0, le=10)


class Window(Element):
    """A window in an exterior wall."""

    tag: ClassVar[str] = "window"

    kind: Literal["window"] = "window"
    shape: LineShape
    """Two jamb points on the wall's centre-line [m]."""
    room: str
    """The room that it lights."""
    thickness: Metres = Field(gt=0, le=2)
    sill: Metres = Field(default=0.9, ge=0, le=10)
    """Height of the sill above the floor [m]."""
    head: Metres = Field(default=2.1, gt=0, le=10)
    """Height of the head above the floor [m]."""


class Obstacle(Element):
    """What stands there already: a shaft, a column, a stair of the building."""

    tag: ClassVar[str] = "obstacle"

    shape: PolygonShape


ELEMENTS: dict[str, type[Element]] = {e.tag: e for e in (Room, Wall, Door, Window, Obstacle)}
"""Types of elements by the word that stands in files."""
