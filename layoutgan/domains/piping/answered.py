"""The brief that a finished plant answers: everything fixed where it stands."""

from __future__ import annotations

from typing import Any

from layoutgan.core.layout import Layout
from layoutgan.core.schema import validate
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import (
    Component,
    Envelope,
    Equipment,
    KeepOut,
    Pipe,
    Rack,
    Road,
    Terminal,
)
from layoutgan.domains.piping.shapes import coordinates, turned
from layoutgan.errors import InputError

__all__ = ["brief_from"]

_SIDES = {"-y": "north", "+y": "south", "-x": "east", "+x": "west"}


def brief_from(layout: Layout) -> PipingBrief:
    """The brief that a layout answers; the one inside it counts, if there is one.

    Raises:
        InputError: the layout holds no equipment.
    """
    if isinstance(layout.brief, PipingBrief):
        return layout.brief
    if not layout.of(Equipment):
        raise InputError("the layout holds no equipment, so there is no brief that it could answer")
    tree = {
        "layoutgan": 1,
        "domain": "piping",
        "name": layout.name,
        "north": layout.north,
        "site": _site(layout),
        "equipment": [_item(item, layout) for item in layout.of(Equipment)],
        "lines": _lines(layout),
    }
    return validate(PipingBrief, tree)


def _site(layout: Layout) -> dict[str, Any]:
    shapes = [item.shape for item in layout.of(Equipment)]
    x0 = min(s.bounds[0] for s in shapes) - 5.0
    y0 = min(s.bounds[1] for s in shapes) - 5.0
    x1 = max(s.bounds[2] for s in shapes) + 5.0
    y1 = max(s.bounds[3] for s in shapes) + 5.0
    box = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    return {
        "outline": layout.boundary if layout.boundary is not None else box,
        "keep_outs": [
            {"shape": k.shape, "height": k.height, "kind": k.kind if k.kind in _AREAS else "reserved"}
            for k in layout.of(KeepOut)
        ],
        "roads": [{"shape": r.shape, "kind": r.kind, "open": r.open} for r in layout.of(Road)],
        "racks": [
            {"id": r.id, "line": r.line, "width": r.width, "tiers": list(r.tiers), "bent": r.bent}
            for r in layout.of(Rack)
        ],
        "terminals": [
            {
                "id": t.id,
                "at": [float(v) for v in coordinates(t.shape)],
                "side": _SIDES.get(t.direction, "west"),
            }
            for t in layout.of(Terminal)
        ],
    }


_AREAS = {"building", "reserved", "underground", "existing", "unit"}


def _item(item: Equipment, layout: Layout) -> dict[str, Any]:
    centre = item.shape.centroid
    back = (4 - item.turn) % 4

    def own(x: float, y: float) -> tuple[float, float]:
        x, y = x - centre.x, y - centre.y
        for _ in range(back):
            x, y = -y, x
        return round(x, 4), round(y, 4)

    nozzles = []
    for nozzle in item.nozzles:
        x, y, z = (float(v) for v in coordinates(nozzle.at))
        nozzles.append({
            "id": nozzle.id, "at": [*own(x, y), round(z, 4)], "direction": turned(nozzle.direction, back),
            "nps": nozzle.nps, "rating": nozzle.rating, "role": nozzle.role,
        })  # fmt: skip
    row: dict[str, Any] = {
        "tag": item.id,
        "class": item.kind,
        "service": item.service,
        "size": [item.size[0], item.size[1], round(item.top - item.bottom, 4)],
        "base": max(0.0, item.bottom),
        "nozzles": nozzles,
        "clearances": [_clearance(e, item) for e in layout.of(Envelope) if e.of == item.id],
        "fixed": {"at": [round(centre.x, 4), round(centre.y, 4)], "turn": item.turn},
        "set": item.set,
        "row": item.row,
        "hazardous": item.hazardous,
    }
    for name in ("temperature", "tube_length", "npsh_available", "npsh_required", "flare_height"):
        if getattr(item, name) is not None:
            row[name] = getattr(item, name)
    return row


def _clearance(area: Envelope, item: Equipment) -> dict[str, Any]:
    ax0, ay0, ax1, ay1 = area.shape.bounds
    x0, y0, x1, y1 = item.shape.bounds
    gaps = {"+x": ax1 - x1, "-x": x0 - ax0, "+y": ay1 - y1, "-y": y0 - ay0}
    side = max(gaps, key=lambda word: gaps[word])
    width = (ay1 - ay0) if side.endswith("x") else (ax1 - ax0)
    length = (ax1 - ax0) if side.endswith("x") else (ay1 - ay0)
    own = turned(side, (4 - item.turn) % 4)
    return {"kind": area.kind, "side": own, "length": round(length, 4), "width": round(width, 4)}


def _lines(layout: Layout) -> list[dict[str, Any]]:
    """One row per line: ends that are other pieces of the same line are inside it."""
    line_of = {p.id: p.line for p in layout.of(Pipe)}
    inline: dict[str, list[str]] = {}
    for part in layout.of(Component):
        if part.kind not in {"reducer", "eccentric_reducer", "spade", "support"}:
            inline.setdefault(part.line, []).append(part.kind)
    rows: dict[str, dict[str, Any]] = {}
    for pipe in layout.of(Pipe):
        row = rows.setdefault(
            pipe.line, {"number": pipe.line, "ends": [], "nps": pipe.nps, "rating": pipe.rating}
        )
        row["ends"] += [
            line_of.get(end, end) for end in (pipe.start, pipe.end) if end and line_of.get(end) != pipe.line
        ]
        row |= {"service": pipe.kind, "insulation": pipe.insulation, "no_pocket": pipe.no_pocket}
        row |= {"spec": pipe.spec, "fluid": pipe.fluid, "inline": inline.get(pipe.line, [])}
        if pipe.slope is not None:
            row["slope"] = pipe.slope
    made = []
    for row in rows.values():
        ends = list(dict.fromkeys(row.pop("ends")))
        if len(ends) >= 2:
            made.append(row | {"from": ends[0], "to": ends[1], "branches": ends[2:]})
    return made
