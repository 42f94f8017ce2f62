"""Placed equipment as elements: footprints, nozzles in their places, and areas that must stay free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.piping.arrange import envelope_box
from layoutgan.domains.piping.elements import Envelope, Equipment, PlacedNozzle, Rack, Terminal
from layoutgan.domains.piping.ends import End
from layoutgan.domains.piping.nozzles import Nozzle
from layoutgan.domains.piping.pipe_data import flange_od, stub
from layoutgan.domains.piping.plant import Item, Plant
from layoutgan.domains.piping.shapes import DIRECTIONS, point3, turned

__all__ = ["Stand", "draws", "envelopes_of", "stand"]

HEIGHTS = {"driver": 3.0, "truck": 4.5, "aisle": 2.2, "cover": 2.2, "withdrawal": 2.2}
"""Height of the free area [m]; pull and removal reach from below the item to above it."""
_SIDES = ("+x", "+y", "-x", "-y")
_BLOCKED = 200.0
"""Cost of a nozzle that faces something near [m]."""


class Stand:
    """Where items stand: centre and quarter turns by tag."""

    def __init__(self, centres: Mapping[str, tuple[float, float]], turns: Mapping[str, int]) -> None:
        self.centres, self.turns = dict(centres), dict(turns)

    def footprint(self, item: Item) -> Polygon:
        """Plan of an item [m], to a tenth of a millimetre."""
        x, y = self.centres[item.tag]
        length, width = item.box.length, item.box.width
        along, across = (length, width) if self.turns[item.tag] % 2 == 0 else (width, length)
        return _box((x - along / 2, y - across / 2, x + along / 2, y + across / 2))


def _box(edges: tuple[float, float, float, float]) -> Polygon:
    x0, y0, x1, y1 = (round(v, 4) for v in edges)
    return shapely.box(x0, y0, x1, y1)


def _rotated(x: float, y: float, turn: int) -> tuple[float, float]:
    for _ in range(turn % 4):
        x, y = -y, x
    return x, y


def stand(
    plant: Plant, where: Stand, racks: Sequence[Rack], terminals: Sequence[Terminal]
) -> tuple[Equipment, ...]:
    """Equipment with its nozzles; one whose side is open points to where its line goes and where room is.

    Args:
        plant: the brief filled in.
        where: the items' places.
        racks: of the layout.
        terminals: battery-limit points.
    """
    plans = {tag: where.footprint(item) for tag, item in plant.items.items()}
    lines = {(e.owner, e.nozzle): run for run in plant.runs.values() for e in run.ends if e.kind == "nozzle"}
    points = {t.id: (t.shape.x, t.shape.y) for t in terminals}
    blocks = list(plans.items())
    made = []
    for tag, item in plant.items.items():
        taken: list[tuple[str, float, float]] = []
        nozzles = []
        # Nozzles without a line come last: they take what room is left.
        for nozzle in sorted(_drained(item, plant), key=lambda n: (tag, n.id) not in lines):
            run = lines.get((tag, nozzle.id))
            target = _target(tag, run.ends if run else (), where, points, plant)
            nozzles.append(
                _placed(item, nozzle, where, plans, blocks, racks, target, taken, run.number if run else "")
            )
        made.append(_equipment(item, plans[tag], where.turns[tag], tuple(nozzles)))
    return tuple(made)


def _drained(item: Item, plant: Plant) -> tuple[Nozzle, ...]:
    """The usual nozzles, top and bottom changed over where a pump would draw from the top.

    A suction line has to fall all the way; which of two nozzles above each other is the outlet is our choice
    as long as the brief says nothing.
    """
    if item.source.nozzles:
        return item.nozzles
    pumps = {
        end
        for run in plant.runs.values()
        if any(draws(end, plant) for end in run.ends)
        for end in ((e.owner, e.nozzle) for e in run.ends[:1])
    }
    found = {nozzle.id: nozzle for nozzle in item.nozzles}
    for nozzle in item.nozzles:
        under = next((n for n in item.nozzles if n.direction == "-z" and n.at[:2] == nozzle.at[:2]), None)
        if (item.tag, nozzle.id) in pumps and nozzle.direction == "+z" and under is not None:
            found[nozzle.id] = replace(nozzle, at=under.at, direction=under.direction)
            found[under.id] = replace(under, at=nozzle.at, direction=nozzle.direction)
    return tuple(found.values())


def draws(end: End, plant: Plant) -> bool:
    """Whether a pump draws here."""
    item = plant.items.get(end.owner)
    nozzle = item.nozzle(end.nozzle) if item is not None and item.kind == "pump" else None
    return nozzle is not None and nozzle.role == "suction"


def _equipment(item: Item, plan: Polygon, turn: int, nozzles: tuple[PlacedNozzle, ...]) -> Equipment:
    source = item.source
    return Equipment(
        id=item.tag,
        kind=item.kind,
        shape=plan,
        locked=source.fixed is not None,
        size=(item.box.length, item.box.width),
        turn=turn,
        bottom=item.box.bottom,
        top=round(item.box.top, 4),
        nozzles=nozzles,
        service=source.service,
        set=source.set,
        row=source.row,
        hazardous=item.hazardous,
        ignition=item.row.ignition,
        temperature=source.temperature,
        tube_length=source.tube_length,
        npsh_available=source.npsh_available,
        npsh_required=source.npsh_required,
        flare_height=source.flare_height,
    )


def _target(
    tag: str,
    ends: Sequence[object],
    where: Stand,
    points: Mapping[str, tuple[float, float]],
    plant: Plant,
) -> tuple[float, float] | None:
    """Middle of the other ends of a nozzle's line [m]."""
    others = []
    for end in ends:
        owner = getattr(end, "owner", "")
        if owner in plant.runs:
            owner = plant.runs[owner].ends[0].owner
        if owner != tag and owner in where.centres:
            others.append(where.centres[owner])
        elif owner in points:
            others.append(points[owner])
    if not others:
        return None
    return float(np.mean([p[0] for p in others])), float(np.mean([p[1] for p in others]))


def _placed(
    item: Item,
    nozzle: Nozzle,
    where: Stand,
    plans: Mapping[str, Polygon],
    blocks: Sequence[tuple[str, Polygon]],
    racks: Sequence[Rack],
    target: tuple[float, float] | None,
    taken: list[tuple[str, float, float]],
    line: str,
) -> PlacedNozzle:
    x, y = where.centres[item.tag]
    turn = where.turns[item.tag]
    reach = flange_od(nozzle.nps, nozzle.rating) / 2
    if nozzle.direction != "any":
        px, py = _rotated(nozzle.at[0], nozzle.at[1], turn)
        direction, at = turned(nozzle.direction, turn), (x + px, y + py, nozzle.at[2])
    else:
        direction, at = _open_side(item, nozzle, plans[item.tag], blocks, racks, target, taken)
    taken.append((direction, at[2], reach))
    return PlacedNozzle(
        id=nozzle.id,
        at=point3(round(v, 4) for v in at),
        direction=direction,
        nps=nozzle.nps,
        rating=nozzle.rating,
        role=nozzle.role,
        line=line,
    )


def _open_side(
    item: Item,
    nozzle: Nozzle,
    plan: Polygon,
    blocks: Sequence[tuple[str, Polygon]],
    racks: Sequence[Rack],
    target: tuple[float, float] | None,
    taken: Sequence[tuple[str, float, float]],
) -> tuple[str, tuple[float, float, float]]:
    """The side that is nearest to the target, has room before it, and no other nozzle at that height."""
    x0, y0, x1, y1 = plan.bounds
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    z = nozzle.at[2]
    goal = target
    if goal is None and racks:
        near = racks[0].line.interpolate(racks[0].line.project(shapely.Point(cx, cy)))
        goal = (near.x, near.y)
    reach = flange_od(nozzle.nps, nozzle.rating) / 2
    needed = 2 * stub(nozzle.nps, nozzle.rating) + 0.3
    best: tuple[float, str, tuple[float, float, float]] | None = None
    for side in _SIDES:
        dx, dy, _ = DIRECTIONS[side]
        at = (cx + dx * (x1 - x0) / 2, cy + dy * (y1 - y0) / 2, z)
        cost = 0.0 if goal is None else abs(at[0] + dx - goal[0]) + abs(at[1] + dy - goal[1])
        way = shapely.LineString([at[:2], (at[0] + dx * needed, at[1] + dy * needed)]).buffer(reach)
        if any(tag != item.tag and other.intersects(way) for tag, other in blocks):
            cost += _BLOCKED
        crowded = [r for s, height, r in taken if s == side and abs(height - z) < r + reach + 0.1]
        cost += _BLOCKED * len(crowded)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, side, at)
    assert best is not None
    return best[1], best[2]


def envelopes_of(plant: Plant, where: Stand) -> tuple[Envelope, ...]:
    """Areas that must stay free, one per clearance of each item."""
    found = []
    for tag, item in plant.items.items():
        x, y = where.centres[tag]
        counts: dict[str, int] = {}
        for clearance in item.clearances:
            x0, y0, x1, y1 = envelope_box(item.box, clearance)
            a, b = _rotated(x0, y0, where.turns[tag]), _rotated(x1, y1, where.turns[tag])
            edges = (x + min(a[0], b[0]), y + min(a[1], b[1]), x + max(a[0], b[0]), y + max(a[1], b[1]))
            counts[clearance.kind] = counts.get(clearance.kind, 0) + 1
            number = "" if counts[clearance.kind] == 1 else f" {counts[clearance.kind]}"
            bottom, top = 0.0, HEIGHTS.get(clearance.kind, 2.2)
            if clearance.kind in {"pull", "removal"}:
                bottom, top = max(0.0, item.box.bottom - 0.3), item.box.top + 0.3
            found.append(
                Envelope(
                    id=f"{tag} {clearance.kind}{number}",
                    kind=clearance.kind,
                    shape=_box(edges),
                    of=tag,
                    bottom=round(bottom, 4),
                    top=round(top, 4),
                )
            )
    return tuple(found)
