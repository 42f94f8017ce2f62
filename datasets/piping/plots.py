"""Plots of synthetic plants: outline, racks, roads, keep-outs, and on which side lines come in."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from layoutgan.domains.piping.spacing import Spacing

from .sizes import SHARES

__all__ = ["BUCKETS", "Frame", "draw_site", "inflated"]

BUCKETS: Final = (((6, 15), 0.25), ((16, 40), 0.50), ((41, 80), 0.20), ((81, 150), 0.05))
"""Numbers of items, and their shares [-]."""
LOOSE: Final = (2.0, 4.5)
"""Plot over the sum of inflated footprints [-]."""
ASPECTS: Final = (1.0, 2.5)
"""Long over short side [-]."""
RACKS: Final = {"straight": 0.65, "L": 0.20, "T": 0.10, "parallel": 0.05}
"""Shares of the forms of racks that stand [-]."""
WISHED = 0.10
"""Share of briefs whose rack is to be placed [-]."""
WIDTHS: Final = (6.0, 8.0, 10.0, 12.0)
BENT = 6.0
"""Distance of frames [m]."""
FIXED = 0.06
"""Share of briefs in which something stands at a fixed place, if there is room for it [-]."""
ROAD, ROADS = 6.0, 0.4
"""Width of a road [m], and share of briefs with one [-]."""
_ON_RACK, _PITCH, _GROWTH, _RESERVE = 0.45, 0.30, 1.2, 1.2
_BESIDE_ROAD = 1.5
_LEAST = 20.0
"""Least side of a plot [m]."""
_SIDES = ("south", "east", "north", "west")


class Frame(NamedTuple):
    """A rectangle [m]."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class _Ground:
    """The plot as it takes shape; the rack runs along x until everything is turned at the end."""

    rng: random.Random
    long: float
    """Along the main rack [m]."""
    deep: float
    free: Frame
    """What racks may use: off roads and cut corners."""
    racks: list[dict[str, Any]]
    bands: list[Frame]
    """Plans of the racks."""


def inflated(rows: Sequence[dict[str, Any]]) -> float:
    """Sum of the items' footprints, each widened by the usual distance of its class [m²]."""
    gaps = _gaps()
    return float(
        sum((row["size"][0] + g) * (row["size"][1] + g) for row in rows for g in (gaps[row["class"]],))
    )


@cache
def _gaps() -> dict[str, float]:
    """Mean distance of each class from the others [m]."""
    table = Spacing()
    return {
        kind: sum(share * table.between(("", kind), ("", other)).limit for other, share in SHARES.items())
        for kind in (*SHARES, "other")
    }


def draw_site(
    rng: random.Random, rows: Sequence[dict[str, Any]], lines: int, terminals: Sequence[str]
) -> dict[str, Any]:
    """The site of one brief as plain data, and perhaps a fixed place in one of the rows.

    Args:
        rng: drawn from.
        rows: items with their sizes.
        lines: number of lines, for the rack's width.
        terminals: names of the battery-limit points.
    """
    tiers = _tiers(rng)
    width = _width(lines, len(tiers))
    ground = _drawn(rng, rows, width)
    outline, holes = _outline(ground)
    road = _road(ground)
    wished = rng.random() < WISHED
    if not wished:
        _place_racks(ground, width)
    primary, other = rng.sample(("west", "east"), 2)
    sides = {name: _side(rng, name, primary, other) for name in terminals}
    keep = [] if holes is None else holes(ground)
    if not wished and rng.random() < FIXED:
        _fix(ground, rows, [box for box, _, _ in keep])
    turn = rng.random() < 0.5  # the long side runs north
    site: dict[str, Any] = {
        "outline": [_turned(p, turn) for p in outline],
        "racks": {"place": "auto", "tiers": tiers, "bent": BENT} if wished else [
            {"id": f"PR-{i + 1}", "line": [_turned(p, turn) for p in rack["line"]], "width": rack["width"],
             "tiers": tiers, "bent": BENT}
            for i, rack in enumerate(ground.racks)
        ],
        "terminals": [{"id": name, "side": _side_turned(side, turn)} for name, side in sides.items()],
        "pipes": _side_turned(primary, turn),
        "wind": float(rng.randrange(0, 360, 15)),
    }  # fmt: skip
    access = set(rng.sample(_SIDES, rng.choice((1, 1, 2, 2, 3, 4))))
    if road is not None:
        box, side, kind = road
        access.add(side)
        site["roads"] = [{"shape": [_turned(p, turn) for p in _corners(box)], "kind": kind, "open": False}]
    if keep:
        site["keep_outs"] = [
            {"shape": [_turned(p, turn) for p in _corners(box)], "kind": kind, "height": height}
            for box, kind, height in keep
        ]
    for row in rows:
        if "fixed" in row:
            row["fixed"] = {"at": _turned(row["fixed"]["at"], turn), "turn": int(turn)}
    site["access"] = [_side_turned(side, turn) for side in _SIDES if side in access]
    return site


def _tiers(rng: random.Random) -> list[float]:
    first = round(rng.uniform(4.5, 6.0), 1)
    count = rng.choices((2, 3, 4), (0.6, 0.3, 0.1))[0]
    step = rng.choice((1.5, 1.5, 1.8))
    return [round(first + i * step, 1) for i in range(count)]


def _width(lines: int, tiers: int) -> float:
    """Width by the rule of thumb f·N·S + A, and a usual one [m]."""
    needed = _GROWTH * math.ceil(_ON_RACK * lines / tiers) * _PITCH + _RESERVE
    return next((w for w in WIDTHS if w >= needed), WIDTHS[-1])


def _drawn(rng: random.Random, rows: Sequence[dict[str, Any]], width: float) -> _Ground:
    """A rectangle of the wanted area, with the rack's own ground added."""
    area = inflated(rows) * rng.uniform(*LOOSE)
    aspect = rng.uniform(*ASPECTS)
    if rng.random() < 0.15:
        aspect = 1.0 / min(aspect, 1.4)  # a rack across the long side
    largest = max(max(row["size"][:2]) + 2 * _gaps()[row["class"]] for row in rows)
    long = max(math.sqrt(area * aspect), _LEAST, largest + 4.0)
    deep = max(area / long, _LEAST - 6.0, largest) + width + 2.0
    long, deep = float(math.ceil(long)), float(math.ceil(deep))
    return _Ground(rng, long, deep, Frame(0.0, 0.0, long, deep), [], [])


def _outline(ground: _Ground) -> tuple[list[tuple[float, float]], Any]:
    """Corners of the outline, and what makes keep-outs later if there are any; grows the plot for a notch."""
    rng = ground.rng
    form = rng.choices(("rectangle", "L", "cut", "hole"), (0.80, 0.10, 0.05, 0.05))[0]
    if form in ("rectangle", "hole"):
        return list(_corners(Frame(0.0, 0.0, ground.long, ground.deep))), _holes if form == "hole" else None
    low, high = (0.25, 0.45) if form == "L" else (0.08, 0.2)
    parts = rng.uniform(low, high), rng.uniform(low, high)
    grow = 1.0 / math.sqrt(1.0 - parts[0] * parts[1])
    ground.long, ground.deep = float(math.ceil(ground.long * grow)), float(math.ceil(ground.deep * grow))
    a, b = ground.long, ground.deep
    cut_x, cut_y = round(parts[0] * a), round(parts[1] * b)
    # The notch is at the upper right corner; the rack keeps below it, and half of all plots are mirrored.
    ground.free = Frame(0.0, 0.0, a, b - cut_y)
    slanted = form == "cut" and rng.random() < 0.4
    notch = (
        [(a, b - cut_y), (a - cut_x, b)]
        if slanted
        else [(a, b - cut_y), (a - cut_x, b - cut_y), (a - cut_x, b)]
    )
    corners = [(0.0, 0.0), (a, 0.0), *notch, (0.0, b)]
    if rng.random() < 0.5:
        return [(a - x, y) for x, y in reversed(corners)], None
    return [(float(x), float(y)) for x, y in corners], None


def _holes(ground: _Ground) -> list[tuple[Frame, str, float]]:
    """One or two areas off the racks."""
    rng = ground.rng
    found: list[tuple[Frame, str, float]] = []
    kind = rng.choice(("reserved", "reserved", "building", "existing", "underground"))
    height = {"building": 5.0, "existing": 4.0}.get(kind, 0.0)
    for _ in range(20):
        wide, tall = rng.uniform(0.1, 0.22) * ground.long, rng.uniform(0.12, 0.25) * ground.deep
        x, y = rng.choice((0.0, ground.long - wide)), rng.choice((0.0, ground.deep - tall))
        box = Frame(*(round(v, 1) for v in (x, y, x + wide, y + tall)))
        apart = [*ground.bands, *(b for b, _, _ in found)]
        inside = ground.free.y0 <= box.y0 and box.y1 <= ground.free.y1
        if inside and all(_distance(box, band) >= 3.0 for band in apart):
            found.append((box, kind, height))
            if len(found) == 1 + (rng.random() < 0.3):
                break
    return found


def _road(ground: _Ground) -> tuple[Frame, str, str] | None:
    """A road along a side that the rack runs beside; what racks may use shrinks."""
    rng = ground.rng
    if rng.random() >= ROADS:
        return None
    free = ground.free
    ground.free = Frame(free.x0, free.y0 + ROAD + _BESIDE_ROAD, free.x1, free.y1)
    kind = "secondary" if rng.random() < 0.15 else "access"
    return Frame(0.0, 0.0, ground.long, ROAD), "south", kind


def _place_racks(ground: _Ground, width: float) -> None:
    rng, free = ground.rng, ground.free
    form = rng.choices(list(RACKS), list(RACKS.values()))[0]
    bays = math.floor((free.x1 - free.x0 - 1.0) / BENT)
    start = free.x0 + rng.choice(
        (0.5, (free.x1 - free.x0 - bays * BENT) / 2, free.x1 - free.x0 - bays * BENT - 0.5)
    )
    depth = free.y1 - free.y0
    if form == "parallel" and depth > 4 * width + 20.0:
        for part in (0.27, 0.73):
            _rack(ground, start, free.y0 + part * depth, bays, width)
        return
    middle = free.y0 + min(max(rng.gauss(0.5, 0.1), 0.25), 0.75) * depth
    middle = min(max(middle, free.y0 + width / 2 + 0.5), free.y1 - width / 2 - 0.5)
    side = 1 if free.y1 - middle >= middle - free.y0 else -1
    reach = (free.y1 - middle if side > 0 else middle - free.y0) - width / 2 - 0.5
    legs = math.floor(reach / BENT)
    if form in ("straight", "parallel") or legs < 2 or bays < 4:
        _rack(ground, start, middle, bays, width)
        return
    if form == "L":
        bays = math.floor((free.x1 - free.x0 - 1.0 - width) / BENT)
        start = round(free.x0 + 0.5, 1)
        _rack(ground, start, middle, bays, width)
        across = start + bays * BENT + width / 2
        base = middle - side * width / 2
        legs = math.floor((reach + width) / BENT)
    else:
        _rack(ground, start, middle, bays, width)
        across = start + BENT * (rng.randint(1, max(1, bays - 2)) + 0.5)
        base = middle + side * width / 2
    _leg(ground, across, base, side * rng.randint(2, legs) * BENT, width)


def _rack(ground: _Ground, start: float, middle: float, bays: int, width: float) -> None:
    x, y = round(start, 1), round(middle, 1)
    end = x + bays * BENT
    ground.racks.append({"line": [(x, y), (end, y)], "width": width})
    ground.bands.append(Frame(x, y - width / 2, end, y + width / 2))


def _leg(ground: _Ground, across: float, base: float, reach: float, width: float) -> None:
    x, y0, y1 = round(across, 1), round(base, 1), round(base + reach, 1)
    ground.racks.append({"line": [(x, y0), (x, y1)], "width": width})
    ground.bands.append(Frame(x - width / 2, min(y0, y1), x + width / 2, max(y0, y1)))


def _fix(ground: _Ground, rows: Sequence[dict[str, Any]], taken: Sequence[Frame]) -> None:
    """Gives one item a place at a corner of the plot, where it leaves room for the others."""
    rng, free = ground.rng, ground.free
    loose = [row for row in rows if row["class"] in ("tank", "package", "vessel", "reactor")]
    if not loose:
        return
    row = rng.choice(loose)
    half = [side / 2 for side in row["size"][:2]]
    for _ in range(8):
        margin = rng.uniform(2.5, 5.0)
        x = rng.choice((free.x0 + half[0] + margin, free.x1 - half[0] - margin))
        y = rng.choice((free.y0 + half[1] + margin, free.y1 - half[1] - margin))
        box = Frame(x - half[0], y - half[1], x + half[0], y + half[1])
        if all(_distance(box, other) >= 3.0 for other in (*ground.bands, *taken)):
            row["fixed"] = {"at": (x, y)}
            return


def _side(rng: random.Random, name: str, primary: str, other: str) -> str:
    """Utilities and most feeds on one side, most products on the other."""
    word = name.partition("-")[0]
    share = {"FEED": 0.75, "CHEM": 0.75, "PROD": 0.4, "GAS": 0.4}.get(word, 1.0)
    return primary if rng.random() < share else other


def _corners(box: Frame) -> tuple[tuple[float, float], ...]:
    return (box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)


def _turned(point: tuple[float, float], turn: bool) -> list[float]:
    """Mirrored at the diagonal, so that what ran along x runs along y [m]."""
    x, y = (round(float(v), 3) for v in point)
    return [y, x] if turn else [x, y]


def _side_turned(side: str, turn: bool) -> str:
    return {"west": "south", "south": "west", "east": "north", "north": "east"}[side] if turn else side


def _distance(a: Frame, b: Frame) -> float:
    gap_x = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    return math.hypot(gap_x, max(a.y0 - b.y1, b.y0 - a.y1, 0.0))
