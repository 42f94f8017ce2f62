"""What a procedural dwelling consists of, before any geometry: style, rooms, and how they group."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

__all__ = ["Programme", "Slot", "Stack", "draw_programme", "draw_style"]


@dataclass
class Slot:
    """A room on the sunny side."""

    kind: str
    share: float = 1.0
    """Multiple of the usual area [-]."""
    closets: int = 0
    ensuite: bool = False
    shift: float = 0.0
    """How far the façade steps back (positive) or forward, in parts of the depth [-]."""


@dataclass
class Stack:
    """A column of rooms behind the sunny row, from south to north; each row from the outside towards the gap."""

    rows: list[list[str]]
    width: float
    """Wanted width [m]."""
    north: bool = False
    """Short stacks stand at the north end."""
    fill: bool = True
    """Rooms stretch to the full depth."""
    cut: bool = False
    """What a short stack leaves over is cut off the outline."""
    ensuite: bool = False
    areas: list[list[float]] = field(default_factory=list)
    """Areas of the rows [m²], drawn with the geometry."""


@dataclass
class Programme:
    """A dwelling as rows and columns."""

    style: str
    """japanese or western."""
    hub: str
    """Kind of the room between: corridor, kitchen or living_room."""
    slots: list[Slot]
    stacks: list[Stack]
    gap_at: int
    """Number of stacks west of the gap."""
    gap: float
    """Width of the gap [m]."""
    strip: float = 0.0
    """Depth of the hub's strip along the sunny row [m]."""
    size: float = 1.0
    balconies: list[tuple[int, int, float]] = field(default_factory=list)
    """First slot, last slot, depth [m]."""
    genkan: bool = False
    """A separate entrance room."""
    closets_behind: int = 1
    """Closets of bedrooms in the columns."""


STYLES = {"small": 0.2, "flat": 0.5, "hall": 0.15, "hub": 0.15}
"""Styles and their shares [-]: one-room flats, Japanese flats, hall plans, plans around the living room."""


def draw_style(draw: random.Random) -> str:
    """One of the styles."""
    return draw.choices(tuple(STYLES), tuple(STYLES.values()))[0]


def draw_programme(style: str, draw: random.Random) -> Programme:
    """A dwelling in that style."""
    return {"small": _small, "flat": _flat, "hall": _hall, "hub": _hub}[style](draw)


def _chance(draw: random.Random, share: float) -> bool:
    return draw.random() < share


def _wet(draw: random.Random, rooms: list[str], width: float) -> Stack:
    """A column of wet rooms: bath and washing room side by side or one behind the other."""
    rows: list[list[str]] = []
    pool = list(rooms)
    if "laundry" in pool and "bathroom" in pool:
        pool.remove("laundry")
        pool.remove("bathroom")
        if _chance(draw, 0.45):
            rows.append(["bathroom", "laundry"])
            width = max(width, 2.6)
        else:
            rows += [["bathroom"], ["laundry"]] if _chance(draw, 0.5) else [["laundry"], ["bathroom"]]
    rows += [[room] for room in pool]
    if _chance(draw, 0.5):
        rows.reverse()
    return Stack(rows, width * draw.uniform(0.88, 1.18), north=_chance(draw, 0.4), fill=_chance(draw, 0.7),
                 cut=_chance(draw, 0.5))


def _small(draw: random.Random) -> Programme:
    """One room and a kitchen or corridor with the wet rooms beside it."""
    wet = ["bathroom"] + ["toilet"] * _chance(draw, 0.75) + ["laundry"] * _chance(draw, 0.4)
    hub = draw.choices(("kitchen", "corridor"), (0.65, 0.35))[0]
    main = "bedroom" if hub == "kitchen" or _chance(draw, 0.4) else "living_room"
    slots = [Slot(main, share=draw.uniform(0.9, 1.3), closets=draw.choices((0, 1, 2), (0.12, 0.68, 0.2))[0])]
    if _chance(draw, 0.22):
        slots.append(Slot("bedroom", share=0.85, closets=draw.choice((0, 1, 1))))
        draw.shuffle(slots)
    stacks = [_wet(draw, wet, 1.5)]
    if _chance(draw, 0.25):
        stacks.append(Stack([["closet"]] if _chance(draw, 0.5) else [["toilet"]], 0.9, north=_chance(draw, 0.5),
                            fill=False, cut=_chance(draw, 0.4)))
        if ["toilet"] in stacks[1].rows:
            stacks[0].rows = [[k for k in row if k != "toilet"] for row in stacks[0].rows if row != ["toilet"]]
    gap = draw.uniform(1.3, 2.2) if hub == "kitchen" else draw.uniform(0.85, 1.3)
    return Programme("japanese", hub, slots, stacks, draw.randint(0, len(stacks)), gap,
                     balconies=_balcony(draw, len(slots), 0.8, (0.8, 1.3)), genkan=_chance(draw, 0.1))


def _flat(draw: random.Random) -> Programme:
    """A living room and one to three bedrooms around a corridor, kitchen or the living room itself."""
    wet = ["bathroom", "toilet"] + ["laundry"] * _chance(draw, 0.8)
    hub = draw.choices(("corridor", "living_room", "kitchen"), (0.6, 0.28, 0.12))[0]
    bedrooms = draw.choices((1, 2, 3), (0.5, 0.37, 0.13))[0]
    front = ["bedroom"] * draw.randint(1, bedrooms)
    behind = ["bedroom"] * (bedrooms - len(front))
    if hub != "living_room":
        front.append("living_room")
    elif _chance(draw, 0.45):
        front.append(hub)
    draw.shuffle(front)
    slots = [Slot(kind, closets=draw.choices((0, 1, 2), (0.25, 0.6, 0.15))[0] if kind == "bedroom" else
                  int(_chance(draw, 0.18)), shift=draw.choice((-1, 1)) * draw.random() * _chance(draw, 0.22))
             for kind in front]
    stacks = [_wet(draw, wet, 1.65)]
    other = [["bedroom"] for _ in behind] + [["kitchen"]] * (hub == "corridor" and _chance(draw, 0.25))
    other += [["closet"]] * _chance(draw, 0.4)
    if other:
        draw.shuffle(other)
        stacks.append(Stack(other, 2.8 if behind or ["kitchen"] in other else 0.9, north=_chance(draw, 0.5),
                            fill=_chance(draw, 0.7), cut=_chance(draw, 0.5)))
        draw.shuffle(stacks)
    gap = {"corridor": draw.uniform(0.9, 1.4), "kitchen": draw.uniform(1.6, 2.4),
           "living_room": draw.uniform(2.3, 3.6)}[hub]
    strip = draw.uniform(0.85, 1.2) if hub == "corridor" and _chance(draw, 0.3) else 0.0
    return Programme("japanese", hub, slots, stacks, draw.randint(0, len(stacks)), gap, strip=strip,
                     balconies=_balcony(draw, len(slots), 0.9, (0.8, 1.6)),
                     genkan=hub != "living_room" and _chance(draw, 0.12))


def _balcony(draw: random.Random, slots: int, share: float, depth: tuple[float, float]) -> list[tuple[int, int, float]]:
    """A balcony along some or all of the sunny rooms."""
    if not slots or not _chance(draw, share):
        return []
    if slots == 1 or _chance(draw, 0.6):
        return [(0, slots - 1, draw.uniform(*depth))]
    first = draw.randint(0, slots - 1)
    found = [(first, draw.randint(first, min(first + 1, slots - 1)), draw.uniform(*depth))]
    if found[0][1] < slots - 1 and _chance(draw, 0.25):
        found.append((slots - 1, slots - 1, draw.uniform(*depth)))
    return found


def _hall(draw: random.Random) -> Programme:
    """Rooms on both sides of a hall: living, kitchen, bedrooms, one or two bathrooms."""
    bedrooms = draw.choices((1, 2, 3, 4, 5, 6), (0.14, 0.3, 0.28, 0.16, 0.08, 0.04))[0]
    wet = ["bathroom"] + ["bathroom"] * (bedrooms > 2 and _chance(draw, 0.5)) + ["toilet"] * _chance(draw, 0.4)
    extra = ["storage"] * _chance(draw, 0.3) + ["laundry"] * _chance(draw, 0.2 + 0.1 * (bedrooms > 3))
    big = ["kitchen"] + ["study"] * _chance(draw, 0.08 * bedrooms) + ["dining_room"] * _chance(draw, 0.06 * bedrooms)
    front, behind = ["living_room"], []
    for room in ["bedroom"] * bedrooms + big:
        (front if _chance(draw, 0.5) else behind).append(room)
    draw.shuffle(front)
    slots = [Slot(kind, closets=int(kind == "bedroom" and _chance(draw, 0.3)),
                  ensuite=kind == "bedroom" and bedrooms > 1 and _chance(draw, 0.12),
                  shift=draw.choice((-1, 1)) * draw.random() * _chance(draw, 0.2)) for kind in front]
    stacks = [Stack([[room]], 3.0, ensuite=room == "bedroom" and _chance(draw, 0.1)) for room in behind]
    small = wet + extra
    draw.shuffle(small)
    while small:
        count = min(len(small), draw.choice((1, 2, 2)))
        stacks.append(Stack([[room] for room in small[:count]][:2] if count > 1 and _chance(draw, 0.4)
                            else [[room] for room in small[:1]], 1.8, fill=_chance(draw, 0.85)))
        small = small[len(stacks[-1].rows):]
    draw.shuffle(stacks)
    return Programme("western", "corridor", slots, stacks, draw.randint(0, len(stacks)), draw.uniform(1.2, 2.2),
                     strip=draw.uniform(1.05, 1.5), size=draw.uniform(0.85, 1.15),
                     balconies=_balcony(draw, len(slots), 0.84, (1.2, 2.3)), genkan=_chance(draw, 0.25),
                     closets_behind=int(_chance(draw, 0.3)))


def _hub(draw: random.Random) -> Programme:
    """No hall: bedrooms and bathrooms open onto the living room; en-suite bathrooms."""
    bedrooms = draw.choices((1, 2, 3, 4, 5), (0.14, 0.38, 0.34, 0.1, 0.04))[0]
    front = ["bedroom" for _ in range(bedrooms) if _chance(draw, 0.55)]
    behind = [[room] for room in ["bedroom"] * (bedrooms - len(front)) + ["kitchen"]]
    if _chance(draw, 0.6) or not front:
        front.insert(draw.randint(0, len(front)), "living_room")
    slots = [Slot(kind, ensuite=kind == "bedroom" and _chance(draw, 0.45),
                  shift=draw.choice((-1, 1)) * draw.random() * _chance(draw, 0.35)) for kind in front]
    stacks = [Stack([room], 3.1, ensuite=room == ["bedroom"] and _chance(draw, 0.35), fill=_chance(draw, 0.75),
                    north=_chance(draw, 0.3), cut=_chance(draw, 0.6)) for room in behind]
    baths = 1 + _chance(draw, 0.3)
    stacks.append(Stack([["bathroom"]] * baths + [["storage"]] * _chance(draw, 0.12), 1.9, fill=_chance(draw, 0.6),
                        north=_chance(draw, 0.5), cut=_chance(draw, 0.5)))
    draw.shuffle(stacks)
    return Programme("western", "living_room", slots, stacks, draw.randint(0, len(stacks)), draw.uniform(2.4, 4.2),
                     strip=draw.uniform(1.1, 2.2) * _chance(draw, 0.75), size=draw.uniform(0.85, 1.15),
                     balconies=_balcony(draw, len(slots), 0.8, (1.1, 2.2)), closets_behind=0)
