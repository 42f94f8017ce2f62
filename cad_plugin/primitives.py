"""What drawings consist of, in millimetres. A role says what a thing means: ``wall``, ``door``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry import Polygon

__all__ = [
    "Align",
    "Arc",
    "Attribute",
    "Block",
    "Circle",
    "Dimension",
    "Insert",
    "Key",
    "Line",
    "Point",
    "Polyline",
    "Primitive",
    "Region",
    "Text",
]

Point = tuple[float, float]
"""A place in the drawing [mm]."""
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Key:
    """Which element of the layout a primitive shows."""

    type: str
    id: str


@dataclass(frozen=True)
class Line:
    """A straight line [mm]."""

    role: str
    start: Point
    end: Point
    key: Key | None = None


@dataclass(frozen=True)
class Polyline:
    """A chain of straight lines [mm]."""

    role: str
    points: tuple[Point, ...]
    closed: bool = False
    key: Key | None = None


@dataclass(frozen=True)
class Region:
    """A filled area, perhaps with holes [mm]."""

    role: str
    shape: Polygon
    colour: str = ""
    """Fill in pictures, such as ``#F6E3B4``; by default the role's."""
    title: str = ""
    """What a picture says about it under the pointer."""
    key: Key | None = None


@dataclass(frozen=True)
class Arc:
    """A circular arc, counter-clockwise [mm, °]."""

    role: str
    centre: Point
    radius: float
    start: float
    end: float


@dataclass(frozen=True)
class Circle:
    """A circle [mm]."""

    role: str
    centre: Point
    radius: float


@dataclass(frozen=True)
class Text:
    """One line of text."""

    role: str
    at: Point
    """Where the alignment says: left end, centre or right end, at half height of capitals [mm]."""
    text: str
    height: float
    """Height of capitals [mm]."""
    align: Align = "centre"
    rotation: float = 0.0
    """Counter-clockwise [°]."""
    bold: bool = False
    key: Key | None = None


@dataclass(frozen=True)
class Attribute:
    """A named text that every insert of a block carries."""

    tag: str
    at: Point
    """Beside the block's base point [mm]."""
    height: float
    visible: bool = False
    align: Align = "centre"
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A symbol drawn once and inserted many times; primitives of role ``""`` take the insert's layer."""

    name: str
    primitives: tuple[Primitive, ...]
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class Insert:
    """A block at a place."""

    role: str
    block: str
    at: Point
    rotation: float = 0.0
    """Counter-clockwise [°]."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Values by tag."""
    key: Key | None = None


@dataclass(frozen=True)
class Dimension:
    """A measured distance along x or y, with extension lines."""

    role: str
    first: Point
    """Where the first extension line starts [mm]."""
    second: Point
    line: float
    """Coordinate of the dimension line: y when measuring along x, x when measuring along y [mm]."""
    height: float
    """Of its text [mm]."""
    vertical: bool = False
    """Measures along y."""
    lift: float = 0.0
    """How far the text is lifted off its usual place, upwards as one reads it [mm]."""

    @property
    def length(self) -> float:
        """What it measures [mm]."""
        axis = int(self.vertical)
        return abs(self.second[axis] - self.first[axis])

    @property
    def text(self) -> str:
        """What stands on it: millimetres."""
        return f"{self.length:.0f}"

    @property
    def text_at(self) -> Point:
        """Middle of the text: above the line, or left of it when measuring along y [mm]."""
        axis, up = int(self.vertical), self.lift + TEXT_GAP * self.height
        middle = (self.first[axis] + self.second[axis]) / 2
        return (self.line - up, middle) if self.vertical else (middle, self.line + up)


TEXT_GAP = 0.95
"""From a dimension line to the middle of its text, over the height of the text [-]."""
Primitive = Line | Polyline | Region | Arc | Circle | Text | Insert | Dimension
