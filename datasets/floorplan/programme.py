"""What a procedural dwelling consists of, before any geometry: style, rooms, and how they group."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["STYLES", "Column", "Programme", "Slot", "draw_programme", "draw_style"]

STYLES = {"small": 0.28, "flat": 0.42, "hall": 0.15, "hub": 0.15}
"""Styles and their shares [-]: one-room flats, Japanese flats, hall plans, plans around the living room."""


@dataclass
class Slot:
    """A room in a row along the sunny side."""

    kind: str
    share: float = 1.0
    """Multiple of the usual area [-]."""
    closets: int = 0
    ensuite: bool = False
    shift: float = 0.0
    """How far the façade steps back (positive) or forward [m]."""
    area: float = 0.0
    """Drawn with the geometry [m²]."""


@dataclass
class Column:
    """A stack of rooms behind the rows, from south to north; each of its rows from outside to the gap."""

    rows: list[list[str]]
    width: float | None = None
    """Its own width [m]; left open, it fills the depth of the block."""
    north: bool = False
    """A short stack stands at the north end."""
    cut: bool = False
    """What a short stack leaves over is cut off the outline instead of going to the hub."""
    closets: int = 0
    """Closets of its bedrooms."""
    ensuite: bool = False
    areas: list[list[float]] = field(default_factory=list)
    """Areas of the rows, drawn with the geometry [m²]."""


@dataclass
class Programme:
    """A dwelling as rows and columns."""

    style: str
    """japanese or western."""
    hub: str
    """Kind of the room between: corridor, kitchen or living_room."""
    sunny: list[Slot]
    """Rooms along the façade."""
    columns: list[Column]
    gap_at: int
    """Number of columns west of the gap."""
    gap: float | None
    """Width of the gap [m]; left open, it follows the hub's area."""
    middle: list[Slot] = field(default_factory=list)
    """Rooms between the sunny row and the columns."""
    strip: float = 0.0
    """Depth of the hub's strip along the rows [m]."""
    size: float = 1.0
    """How generous the whole plan is [-]."""
    balcony: float = 0.8
    """Chance of a balcony [-]."""
    balconies_apart: float = 0.0
    """Chance that each sunny room has its own balcony instead [-]."""
    balcony_depth: float = 1.0
    """Usual depth of balconies [m]."""
    genkan: float = 0.0
    """Chance of a separate entrance room at the north end of the gap [-]."""
    ensuite: float = 0.0
    """Share of further bathrooms that belong to a bedroom beside them [-]."""
    ways: float = 1.0
    """How common second doors between rooms are [-]."""
    slender: float = 1.4
    """Wanted quotient of depth and width of the whole plan [-]."""
    alcoves: float = 0.12
    """Chance that a sunny room has a niche of the hub in its back [-]."""
    nibbles: float = 0.16
    """Chance of each small step in the outline [-]."""


def draw_style(draw: random.Random, shares: Mapping[str, float] = STYLES) -> str:
    """One of the styles."""
    return draw.choices(tuple(shares), tuple(shares.values()))[0]


def draw_programme(style: str, draw: random.Random) -> Programme:
    """A dwelling in that style."""
    return {"small": _small, "flat": _flat, "hall": _hall, "hub": _hub}[style](draw)


def _chance(draw: random.Random, share: float) -> bool:
    return draw.random() < share


def _shift(draw: random.Random, share: float) -> float:
    return draw.uniform(-1.4, 1.4) if _chance(draw, share) else 0.0


def _wet(draw: random.Random, rooms: list[str]) -> list[Column]:
    """Wet rooms in a column or two: bath and washing room side by side or one behind the other.

    Baths are units of 1.4 by 1.8 m or so; the column is as wide as one of the two unless it fills its block.
    """
    rows: list[list[str]] = []
    pool = list(rooms)
    side = draw.choice((1.36, 1.76)) * draw.uniform(0.95, 1.06)
    width = side
    found: list[Column] = []
    if "laundry" in pool and "toilet" in pool and _chance(draw, 0.3):
        pool.remove("toilet")
        pool[pool.index("laundry")] = "laundry+toilet"  # the toilet in a corner of the washing room
    laundry = next((room for room in pool if room.startswith("laundry")), None)
    if laundry is not None and "bathroom" in pool:
        pool.remove(laundry)
        pool.remove("bathroom")
        if _chance(draw, 0.4):
            rows.append(["bathroom", laundry])
            width = (5.1 if laundry == "laundry" else 6.4) / side
            if "toilet" in pool:
                pool.remove("toilet")
                found.append(Column([["toilet"]], draw.uniform(0.88, 1.12), north=_chance(draw, 0.5)))
        else:
            rows += [["bathroom"], [laundry]] if _chance(draw, 0.5) else [[laundry], ["bathroom"]]
    single = [[room] for room in pool]
    draw.shuffle(single)
    rows = rows + single if _chance(draw, 0.5) else single + rows
    found.append(
        Column(rows, width if _chance(draw, 0.88) else None, north=_chance(draw, 0.4), cut=_chance(draw, 0.5))
    )
    return found


def _without(columns: list[Column], row: list[str]) -> list[Column]:
    """Columns less a row, those that are empty then left out."""
    for column in columns:
        column.rows = [r for r in column.rows if r != row]
    return [column for column in columns if column.rows]


def _small(draw: random.Random) -> Programme:
    """One or two rooms, and a kitchen or corridor with the wet rooms beside it."""
    wet = ["bathroom"] + ["toilet"] * _chance(draw, 0.75) + ["laundry"] * _chance(draw, 0.4)
    hub = draw.choices(("kitchen", "corridor"), (0.65, 0.35))[0]
    main = "bedroom" if hub == "kitchen" or _chance(draw, 0.4) else "living_room"
    sunny = [Slot(main, draw.uniform(0.9, 1.25), draw.choices((0, 1, 2), (0.08, 0.62, 0.3))[0])]
    if _chance(draw, 0.22):
        sunny.append(Slot("bedroom", 0.85, draw.choice((0, 1, 1))))
        draw.shuffle(sunny)
    columns = _wet(draw, wet)
    if _chance(draw, 0.2):
        columns.append(Column([["closet"]], 0.8, north=_chance(draw, 0.5), cut=_chance(draw, 0.4)))
    if ["toilet"] in columns[0].rows and _chance(draw, 0.15):
        columns = _without(columns, ["toilet"])
        columns.append(
            Column([["toilet"]], draw.uniform(0.88, 1.1), north=_chance(draw, 0.5), cut=_chance(draw, 0.5))
        )
    return Programme(
        "japanese",
        hub,
        sunny,
        columns,
        draw.randint(0, len(columns)),
        None if hub == "kitchen" else draw.uniform(0.85, 1.3),
        balcony=0.8,
        genkan=0.06,
        slender=draw.uniform(1.6, 3.2),
    )


def _flat(draw: random.Random) -> Programme:
    """A living room and one to three bedrooms around a corridor, a kitchen or the living room itself."""
    wet = ["bathroom", "toilet"] + ["laundry"] * _chance(draw, 0.8)
    hub = draw.choices(("corridor", "living_room", "kitchen"), (0.62, 0.13, 0.25))[0]
    bedrooms = draw.choices((1, 2, 3), (0.42, 0.39, 0.19))[0]
    front = ["bedroom"] * draw.randint(1, bedrooms)
    behind = bedrooms - len(front)
    middle: list[Slot] = []
    if hub != "living_room":
        if _chance(draw, 0.35) and hub == "corridor":
            middle = [Slot("living_room", 0.9, int(_chance(draw, 0.15)))]
        elif hub == "corridor" or _chance(draw, 0.3):
            front.append("living_room")
    elif _chance(draw, 0.4):
        front.append(hub)
    draw.shuffle(front)
    sunny = [
        Slot(
            kind,
            closets=draw.choices((0, 1, 2), (0.14, 0.62, 0.24))[0]
            if kind == "bedroom"
            else int(_chance(draw, 0.2)),
            shift=_shift(draw, 0.2),
        )
        for kind in front
    ]
    columns = _wet(draw, wet)
    if ["toilet"] in columns[0].rows and _chance(draw, 0.3):  # the toilet apart from the bath
        columns = _without(columns, ["toilet"])
        columns.append(
            Column(
                [["toilet"]] + [["closet"]] * _chance(draw, 0.5),
                draw.uniform(0.88, 1.12),
                north=_chance(draw, 0.5),
                cut=_chance(draw, 0.3),
            )
        )
    other = [["bedroom"]] * behind + [["kitchen"]] * (hub == "corridor" and _chance(draw, 0.2))
    for row in other:
        columns.append(
            Column([row], closets=draw.choices((0, 1, 2), (0.2, 0.65, 0.15))[0], north=_chance(draw, 0.5))
        )
    if _chance(draw, 0.3):
        columns.append(
            Column([["closet"]], draw.uniform(0.7, 0.95), north=_chance(draw, 0.5), cut=_chance(draw, 0.3))
        )
    draw.shuffle(columns)
    gap = {
        "corridor": draw.uniform(0.9, 1.35),
        "kitchen": None,
        "living_room": draw.uniform(1.2, 2.5) if hub in front else None,
    }[hub]
    strip = draw.uniform(0.85, 1.15) if hub == "corridor" and _chance(draw, 0.3) else 0.0
    return Programme(
        "japanese",
        hub,
        sunny,
        columns,
        draw.randint(0, len(columns)),
        gap,
        middle=middle,
        strip=strip,
        balcony=0.9,
        genkan=0.0 if hub == "living_room" else 0.12,
        slender=draw.uniform(1.1, 2.6),
    )


def _paired(draw: random.Random, rooms: list[str]) -> list[list[list[str]]]:
    """Small rooms in columns of one or two."""
    rooms = list(rooms)
    draw.shuffle(rooms)
    found = []
    while rooms:
        count = min(len(rooms), 1 if _chance(draw, 0.3) else 2)
        found.append([[room] for room in rooms[:count]])
        rooms = rooms[count:]
    return found


def _balanced(draw: random.Random, rooms: list[str], small: float) -> tuple[list[str], list[str]]:
    """Big rooms in front, with the living room, and behind, beside small rooms of that area [m²]."""
    front, behind = ["living_room"], []
    balance = 26.0 - small
    for room in draw.sample(rooms, len(rooms)):
        size = {"bedroom": 13.5, "kitchen": 9.0}.get(room, 10.5)
        if balance + draw.uniform(-8, 8) > 0:
            behind.append(room)
            balance -= size
        else:
            front.append(room)
            balance += size
    draw.shuffle(front)
    return front, behind


def _hall(draw: random.Random) -> Programme:
    """Rooms on both sides of a hall: living, kitchen, bedrooms, one or two bathrooms."""
    bedrooms = draw.choices((1, 2, 3, 4, 5, 6), (0.12, 0.28, 0.28, 0.18, 0.09, 0.05))[0]
    wet = (
        ["bathroom"] + ["bathroom"] * (bedrooms > 2 and _chance(draw, 0.5)) + ["toilet"] * _chance(draw, 0.4)
    )
    extra = ["storage"] * _chance(draw, 0.35) + ["laundry"] * _chance(draw, 0.15 + 0.1 * (bedrooms > 3))
    big = (
        ["kitchen"]
        + ["study"] * _chance(draw, 0.08 * bedrooms)
        + ["dining_room"] * _chance(draw, 0.06 * bedrooms)
    )
    front, behind = _balanced(draw, ["bedroom"] * bedrooms + big, 4.0 * len(wet + extra))
    closets = int(_chance(draw, 0.35))
    sunny = [
        Slot(
            kind,
            closets=closets * (kind == "bedroom"),
            ensuite=kind == "bedroom" and bedrooms > 1 and _chance(draw, 0.12),
            shift=_shift(draw, 0.2),
        )
        for kind in front
    ]
    columns = [
        Column([[room]], ensuite=room == "bedroom" and _chance(draw, 0.1), closets=closets) for room in behind
    ]
    columns += [Column(rows, cut=_chance(draw, 0.5)) for rows in _paired(draw, wet + extra)]
    draw.shuffle(columns)
    return Programme(
        "western",
        "corridor",
        sunny,
        columns,
        draw.randint(0, len(columns)),
        draw.uniform(1.1, 1.7),
        strip=draw.uniform(1.05, 1.4),
        size=draw.uniform(0.85, 1.15),
        balcony=0.84,
        balcony_depth=1.55,
        genkan=0.25,
        ensuite=0.35,
        ways=0.5,
    )


def _hub(draw: random.Random) -> Programme:
    """No hall: rooms open onto the living room; bathrooms between bedrooms belong to one of them."""
    bedrooms = draw.choices((1, 2, 3, 4, 5), (0.06, 0.42, 0.38, 0.1, 0.04))[0]
    front = ["bedroom" for _ in range(bedrooms) if _chance(draw, 0.5)]
    behind = ["bedroom"] * (bedrooms - len(front)) + ["kitchen"]
    baths = max(2, bedrooms) if _chance(draw, 0.85) else max(1, bedrooms - 1)
    if baths >= 2 and front and _chance(draw, 0.6):  # two bathrooms, one behind the other
        front.insert(draw.randint(0, len(front)), "bathroom/bathroom")
        baths -= 2
    slot = _chance(draw, 0.6) or not front
    if slot:
        front.insert(draw.choice((0, len(front))), "living_room")
    sunny = [Slot(kind, 0.6 if kind == "living_room" else 1.08, shift=_shift(draw, 0.75)) for kind in front]
    columns = [_apart(draw, [[room]], {"bedroom": 14.5}.get(room, 8.5)) for room in behind]
    rows = [[["bathroom"]] * min(2, baths - i) for i in range(0, baths, 2)]
    columns += [_apart(draw, row, 4.4 * len(row)) for row in rows]
    if _chance(draw, 0.13):
        columns.append(_apart(draw, [["storage"]], 3.0))
    draw.shuffle(columns)
    return Programme(
        "western",
        "living_room",
        sunny,
        columns,
        draw.randint(0, len(columns)),
        draw.uniform(1.1, 2.2) if slot else draw.uniform(2.8, 3.9),
        strip=draw.uniform(1.0, 1.4) * _chance(draw, 0.65),
        size=draw.uniform(0.85, 1.15),
        balcony=0.85,
        balcony_depth=1.35,
        balconies_apart=0.65,
        alcoves=0.45,
        slender=draw.uniform(0.6, 1.1),
        nibbles=0.3,
        ensuite=0.85,
        ways=0.0,
    )


def _apart(draw: random.Random, rows: list[list[str]], area: float) -> Column:
    """A column with its own proportions, so that the façade behind has steps."""
    ratio = draw.uniform(0.8, 1.2) if len(rows) == 1 else draw.uniform(1.3, 2.0)
    if rows == [["bathroom"]]:
        ratio = draw.choice((draw.uniform(1.3, 1.9), draw.uniform(0.5, 0.75)))
    return Column(rows, (area / ratio) ** 0.5, north=_chance(draw, 0.15), cut=_chance(draw, 0.9))
