"""A drawing: primitives in millimetres on layers named by role, and blocks; between layout and file.

Builders make one from a layout; writers turn it into DXF, SVG, PNG. N kinds of drawings and M formats need N
+ M
pieces of code. A role says what a line means (``wall``, ``door``); a layer standard says how an office calls
it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from shapely.geometry import Polygon

from cad_plugin.typeface import text_width

__all__ = [
    "Arc",
    "Attribute",
    "Block",
    "Circle",
    "Dimension",
    "Drawing",
    "Insert",
    "Key",
    "Line",
    "Point",
    "Polyline",
    "Primitive",
    "Region",
    "Text",
    "bounds",
    "dimension_parts",
    "placed",
    "text_box",
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


@dataclass(frozen=True)
class Drawing:
    """Everything that one file shows."""

    name: str
    primitives: tuple[Primitive, ...]
    scale: int = 50
    """Plot scale, 1 to this; texts are sized for it [-]."""
    blocks: Mapping[str, Block] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    """Short facts for the file's properties: version, seed, digest of the brief, rules."""
    document: str = ""
    """The layout as JSON, so that the drawing can be read back."""

    def of(self, kind: type[Primitive], *roles: str) -> Iterator[Primitive]:
        """Primitives of one type, and of these roles if any are named."""
        return (p for p in self.primitives if isinstance(p, kind) and (not roles or p.role in roles))

    def roles(self) -> tuple[str, ...]:
        """Roles in use, sorted."""
        inside = (p.role for b in self.blocks.values() for p in b.primitives if p.role)
        return tuple(sorted({p.role for p in self.primitives} | set(inside)))

    def bounds(self) -> tuple[float, float, float, float]:
        """Box around everything: least x and y, most x and y [mm]."""
        return bounds(self.primitives, self.blocks)


def _extent(primitive: Primitive) -> list[Point]:  # one branch per type is the plainest form
    match primitive:
        case Line(start=a, end=b):
            return [a, b]
        case Polyline(points=points):
            return list(points)
        case Region(shape=shape):
            x0, y0, x1, y1 = shape.bounds
            return [(x0, y0), (x1, y1)]
        case Arc(centre=(x, y), radius=r, start=start, end=end):
            turns = [
                start,
                end,
                *(q for q in range(0, 720, 90) if start < q < (end if end > start else end + 360)),
            ]
            return [(x + r * math.cos(math.radians(t)), y + r * math.sin(math.radians(t))) for t in turns]
        case Circle(centre=(x, y), radius=r):
            return [(x - r, y - r), (x + r, y + r)]
        case Text():
            return text_box(primitive)
        case Dimension():
            return [p for part in dimension_parts(primitive) for p in _extent(part)]
        case _:
            return []


def bounds(primitives: Iterable[Primitive], blocks: Mapping[str, Block]) -> tuple[float, float, float, float]:
    """Box around primitives: least x and y, most x and y [mm]; zeros when there are none."""
    points: list[Point] = []
    for primitive in primitives:
        if isinstance(primitive, Insert):
            points += [p for inner in placed(primitive, blocks) for p in _extent(inner)] or [primitive.at]
        else:
            points += _extent(primitive)
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    array = np.asarray(points)
    (x0, y0), (x1, y1) = array.min(axis=0), array.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def placed(insert: Insert, blocks: Mapping[str, Block]) -> Iterator[Primitive]:
    """The primitives of an inserted block where they stand in the drawing."""
    turn = math.radians(insert.rotation)
    cos, sin = math.cos(turn), math.sin(turn)

    def move(p: Point) -> Point:
        return insert.at[0] + cos * p[0] - sin * p[1], insert.at[1] + sin * p[0] + cos * p[1]

    for p in blocks[insert.block].primitives:
        role = p.role or insert.role
        match p:
            case Line():
                yield replace(p, role=role, start=move(p.start), end=move(p.end))
            case Polyline():
                yield replace(p, role=role, points=tuple(move(q) for q in p.points))
            case Region():
                shape = Polygon([move((q[0], q[1])) for q in p.shape.exterior.coords],
                                [[move((q[0], q[1])) for q in ring.coords] for ring in p.shape.interiors])
                yield replace(p, role=role, shape=shape)
            case Arc():
                yield replace(p, role=role, centre=move(p.centre), start=p.start + insert.rotation,
                              end=p.end + insert.rotation)
            case Circle():
                yield replace(p, role=role, centre=move(p.centre))
            case Text():
                yield replace(p, role=role, at=move(p.at), rotation=p.rotation + insert.rotation)
            case _:
                raise TypeError(f"a block cannot hold {type(p).__name__}")


def dimension_parts(dimension: Dimension) -> Iterable[Primitive]:
    """The lines, ticks and text of a dimension."""
    size, axis, line, role = dimension.height, int(dimension.vertical), dimension.line, dimension.role

    def at(along: float, across: float) -> Point:
        return (along, across) if axis == 0 else (across, along)

    a, b = dimension.first[axis], dimension.second[axis]
    yield Line(role, at(a - 0.3 * size, line), at(b + 0.3 * size, line))
    for along, foot in ((a, dimension.first[1 - axis]), (b, dimension.second[1 - axis])):
        out = 1.0 if line > foot else -1.0
        yield Line(role, at(along, foot + out * 0.8 * size), at(along, line + out * 0.5 * size))
        (x, y), tick = at(along, line), 0.4 * size
        yield Line(role, (x - tick, y - tick), (x + tick, y + tick))
    yield Text(role, dimension.text_at, dimension.text, size, rotation=90.0 if axis else 0.0)


def text_box(text: Text) -> list[Point]:
    """The four corners around a text [mm]."""
    width = text_width(text.text, text.height, text.bold)
    left = {"left": 0.0, "centre": -width / 2, "right": -width}[text.align]
    turn = math.radians(text.rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [
        (left, -0.75 * text.height),
        (left + width, -0.75 * text.height),
        (left + width, 0.75 * text.height),
        (left, 0.75 * text.height),
    ]
    return [(text.at[0] + cos * x - sin * y, text.at[1] + sin * x + cos * y) for x, y in corners]
