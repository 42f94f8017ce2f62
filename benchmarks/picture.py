"""Real plans and ours for the same briefs, side by side on one page (docs/plans.png).

    python benchmarks/picture.py

The briefs are read off 24 plans of the validation split, drawn with seed 0. Ours is the first of 8 candidates
in the program's own order, as `generate` shows them; nothing is picked by eye.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.patches import Arc, FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path as Outline
from record import ROOT, shared, validation_plans
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from trials import Case, Trial, Trials, processes

from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.answered import brief_from
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.kinds import KINDS, kind

PAIRS = 4
"""Pairs in a row."""
WIDTH, ROW, HEAD, FOOT = 15.0, 2.1, 0.6, 0.45
"""Of the page, a row of pairs, the title and the legend [in]."""
GAP = 0.09
"""Around a pair [in]."""
OUTER, INNER, RAIL = 0.22, 0.1, 0.05
"""Thickness of walls and railings as drawn, the same for real plans and ours [m]."""
WIDEST_LEAF = 1.1
"""Wider doors are drawn as sliding ones: the data do not say which they are [m]."""
INK, PAPER, CARD, LINE, FAINT = "#2B323A", "#F6F4F0", "#FFFFFF", "#E2DDD3", "#7E868E"


def walls_of(layout: Layout) -> tuple[BaseGeometry, BaseGeometry]:
    """All walls as one shape, less doors and windows, and the pieces of wall where windows are [m]."""
    heated = shapely.union_all([r.shape for r in layout.of(Room) if not kind(r.kind).outdoor])
    lines = shapely.union_all([r.shape.boundary for r in layout.of(Room) if not kind(r.kind).outdoor])
    open_air = [r.shape.boundary for r in layout.of(Room) if kind(r.kind).outdoor]
    outer = heated.buffer(OUTER, join_style="mitre").difference(heated)
    inner = lines.buffer(INNER / 2, cap_style="square").intersection(heated)
    rails = shapely.union_all(open_air).buffer(RAIL / 2, cap_style="square").difference(heated)
    doors, windows = (
        shapely.union_all([o.shape.buffer(1.4 * OUTER, cap_style="flat") for o in layout.of(sort)])
        for sort in (Door, Window)
    )
    solid: BaseGeometry = shapely.union_all([outer, inner])
    walls = shapely.union_all([solid.difference(shapely.union_all([doors, windows])), rails])
    return walls, outer.intersection(windows)


def patch(shape: Polygon, colour: str, line: str = "none") -> PathPatch:
    """A filled polygon with its holes."""
    rings = [np.asarray(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    codes = [[Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY] for ring in rings]
    path = Outline(np.concatenate(rings), np.concatenate(codes))
    return PathPatch(path, facecolor=colour, edgecolor=line, linewidth=0.5)


def draw_leaf(axis: Any, door: Door, layout: Layout) -> None:
    """An open door leaf and its swing, into the room that it opens into."""
    rooms = {r.id: r.shape for r in layout.of(Room)}
    into = next((rooms[end] for end in (door.opens_into, *door.between) if end in rooms), None)
    hinge, end = np.asarray(door.shape.coords)[[0, -1] if door.hinge == "start" else [-1, 0]]
    along = end - hinge
    across = np.array([-along[1], along[0]])
    if into is not None:
        ways = [into.distance(shapely.Point(hinge + along / 2 + 0.7 * way)) for way in (across, -across)]
        across = across if ways[0] <= ways[1] else -across
    axis.plot(*np.stack([hinge, hinge + across]).T, color=INK, linewidth=0.5)
    low, high = sorted(float(np.degrees(np.arctan2(v[1], v[0]))) for v in (along, across))
    if high - low > 180:
        low, high = high, low + 360
    size = 2 * float(np.linalg.norm(along))
    axis.add_patch(Arc(hinge, size, size, theta1=low, theta2=high, color=FAINT, linewidth=0.4))


def draw_plan(axis: Any, layout: Layout) -> None:
    """Rooms, walls, doors and windows."""
    for room in layout.of(Room):
        axis.add_patch(patch(room.shape, kind(room.kind).colour))
    walls, windows = walls_of(layout)
    for shape, colour, line in ((walls, INK, "none"), (windows, CARD, FAINT)):
        for piece in parts(shape):
            axis.add_patch(patch(piece, colour, line))
    for door in layout.of(Door):
        if door.kind in ("door", "entrance") and door.shape.length <= WIDEST_LEAF:
            draw_leaf(axis, door, layout)
        elif door.kind != "opening":
            axis.plot(*door.shape.xy, color=FAINT, linewidth=0.8)
    axis.set_aspect("equal")
    axis.set_axis_off()


class Page:
    """A sheet of cards, measured in inches from its lower left corner."""

    def __init__(self, rows: int) -> None:
        self.height = HEAD + FOOT + rows * ROW
        self.figure = Figure(figsize=(WIDTH, self.height), facecolor=PAPER, dpi=170)

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        """Writes at a place."""
        self.figure.text(x / WIDTH, y / self.height, words, va="center", **style)

    def card(self, number: int, both: tuple[Layout, Layout]) -> None:
        """A real plan and ours, to one scale."""
        row, column = divmod(number, PAIRS)
        wide, tall = WIDTH / PAIRS - GAP, ROW - GAP
        left = GAP / 2 + column * WIDTH / PAIRS
        low = self.height - HEAD - (row + 1) * ROW + GAP / 2
        box = ((left / WIDTH, low / self.height), wide / WIDTH, tall / self.height)
        self.figure.add_artist(
            FancyBboxPatch(*box, boxstyle="square,pad=0", facecolor=CARD, edgecolor=LINE, zorder=-1)
        )
        x0, y0, x1, y1 = shapely.total_bounds([p.boundary for p in both])
        size = (wide / 2 - 0.06, tall - 0.27)
        per_inch = max((x1 - x0 + 0.7) / size[0], (y1 - y0 + 0.7) / size[1])
        for i, layout in enumerate(both):
            place = (left + i * wide / 2 + 0.03, low + 0.22, *size)
            shares = np.array(place) / [WIDTH, self.height, WIDTH, self.height]
            axis = self.figure.add_axes(tuple(shares.tolist()))
            draw_plan(axis, layout)
            middle, reach = np.array([x0 + x1, y0 + y1]) / 2, np.array(size) * per_inch / 2
            axis.set_xlim(middle[0] - reach[0], middle[0] + reach[0])
            axis.set_ylim(middle[1] - reach[1], middle[1] + reach[1])
        rooms = both[0].of(Room)
        area = sum(room.shape.area for room in rooms)
        self.text(left + wide / 4, low + 0.12, "real", fontsize=7.5, color=FAINT, ha="center")
        self.text(left + 3 * wide / 4, low + 0.12, "layoutgan", fontsize=7.5, color=INK, ha="center")
        self.text(
            left + wide / 2, low + 0.12, f"{len(rooms)} rooms · {area:.0f} m²",
            fontsize=7.5, color=FAINT, ha="center",
        )

    def legend(self, kinds: set[str]) -> None:
        """What the colours mean."""
        handles = [
            Patch(facecolor=k.colour, edgecolor=FAINT, linewidth=0.4, label=k.title)
            for name, k in KINDS.items()
            if name in kinds
        ]
        self.figure.legend(
            handles=handles, loc="lower center", ncols=len(handles), frameon=False, fontsize=9,
            labelcolor=INK, handlelength=1.2, columnspacing=1.4,
        )

    def save(self, target: Path, most: int = 1_000_000) -> int:
        """Writes the page with few colours, so that it stays small; returns its size [bytes]."""
        from io import BytesIO

        from PIL import Image

        raw = BytesIO()
        self.figure.savefig(raw, format="png", facecolor=PAPER)
        image = Image.open(raw).convert("RGB").quantize(128, dither=Image.Dither.NONE)
        image.save(target, optimize=True)
        size = target.stat().st_size
        if size > most:
            raise ValueError(f"{target.name} has {size} bytes; at most {most}")
        return size


def main() -> None:
    """Makes the plans and the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--briefs", type=int, default=24)
    parser.add_argument("--candidates", type=int, default=8)
    parser.add_argument("--weights", help="another generator than the shipped one")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "plans.png")
    args = parser.parse_args()
    shared()
    plans = validation_plans("val")
    chosen = sorted(random.Random(0).sample(range(len(plans)), args.briefs))
    cases = [Case(plans[i], brief_from(plans[i])) for i in chosen]
    cases.sort(key=lambda case: (len(case.brief.spaces), case.brief.boundary.area))
    with processes(Trials(cases, weights=args.weights), 2) as pool:
        made = pool.run([Trial("network", i, 0, args.candidates) for i in range(len(cases))])
    sheet = Page(-(-len(cases) // PAIRS))
    sheet.text(0.12, sheet.height - 0.3, "One brief, two plans", fontsize=15, color=INK, weight="bold")
    note = (
        "left: the real flat that the brief was read from (validation split)   ·   "
        f"right: layoutgan's first of {args.candidates}"
    )
    sheet.text(WIDTH - 0.12, sheet.height - 0.3, note, fontsize=10, color=FAINT, ha="right")
    pairs = [(case.truth, result.layout) for case, result in zip(cases, made, strict=True)]
    for number, both in enumerate(pairs):
        sheet.card(number, both)
    sheet.legend({room.kind for both in pairs for layout in both for room in layout.of(Room)})
    print(f"{args.out}: {sheet.save(args.out)} bytes")


if __name__ == "__main__":
    main()
