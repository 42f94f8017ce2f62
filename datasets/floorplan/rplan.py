"""RPLAN in House-GAN++ JSON: Chinese apartments on a 256-pixel grid, for evaluation only.

``room_type`` lists elements, rooms first (1 living, 2 kitchen, 3 bedroom, 4 bathroom, 5 balcony, 6 entrance,
7 dining, 8 study, 10 storage, 16 unknown), then interior doors (17) and front doors (15); ``edges`` are their
sides as ``x0 y0 x1 y1 type neighbour``, ``ed_rm`` says to which one or two elements each side belongs, the
first being its own.

* The grid is taken as 18 m wide, as everybody does; y is turned upwards.
* The sides of an element chain into its ring. Rooms end at wall faces, 4 or 6 pixels apart, and are grown to
  the middle as in ``net_rooms`` (lines within 0.46 m become one).
* Interior doors become doors, towards a balcony sliding; the first front door on the outline is the entrance.
  Files have no windows. Slanted walls, overlaps, rooms that change their shape or cannot be reached reject
  the plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from shapely.geometry import Polygon

from layoutgan.core.layout import Layout, Provenance
from layoutgan.errors import DatasetError

from ..card import Card
from ..dataset import Dataset, PlanRejected
from .net_rooms import check_areas, check_drawing, check_reach, cut_out, grown
from .openings import on_walls
from .partition import OUTSIDE, Opening, assemble

__all__ = ["RPlan"]

KINDS = {
    1: "living_room",
    2: "kitchen",
    3: "bedroom",
    4: "bathroom",
    5: "balcony",
    6: "entrance",
    7: "dining_room",
    8: "study",
    10: "storage",
    16: "other",
}
FRONT_DOOR, INTERIOR_DOOR = 15, 17
METRES_PER_PIXEL = 18.0 / 256.0
MERGE = 0.46
WALL = 6 * METRES_PER_PIXEL
"""Largest usual distance of rooms in the drawings [m]; interior walls have 4 or 6 pixels."""


class RPlan(Dataset):
    """RPLAN as House-GAN++ distributes it; see the module for every rule applied."""

    folder = "rplan_research_only"
    card = Card(
        name="rplan",
        title="RPLAN (House-GAN++ JSON)",
        domain="floorplan",
        licence="research only, by request; no redistribution",
        citation="Wu, Fu, Tang, Wang, Qi, Liu: Data-driven Interior Plan Generation for Residential "
        "Buildings. SIGGRAPH Asia 2019; JSON form of Nauata et al., House-GAN++, CVPR 2021.",
        source="RPLAN, on request from its authors; converted by ennauata/housegan",
        units="pixels of a 256 grid, y downwards",
        metres_per_unit="18/256, the usual assumption",
        may_train_shipped_weights=False,
        split="SHA-256 of the plan id, near-duplicates grouped: 80, 10 and 10 %; never for training",
        known_limits=(
            "evaluation only",
            "the scale is an assumption",
            "walls are drawn 0.28 or 0.42 m thick",
            "no windows; some doors are synthetic",
        ),
    )

    def ids(self) -> tuple[str, ...]:
        """Names of the files without suffix."""
        found = tuple(sorted(path.stem for path in self.root.glob("*.json")))
        if not found:
            raise DatasetError(
                f"{self.card.title}: no *.json in '{self.root}'; put the House-GAN++ files there"
            )
        return found

    def read(self, plan: str) -> Layout:
        """One apartment."""
        path = self.root / f"{plan}.json"
        try:
            tree = json.loads(path.read_text(encoding="utf-8"))
            elements = _elements(tree)
        except (OSError, ValueError, RecursionError, KeyError, TypeError, IndexError) as error:
            raise DatasetError(
                f"'{path}': not a House-GAN++ plan ({type(error).__name__}: {error}); check the id and "
                "the file"
            ) from error
        return _layout(plan, elements)


def _elements(tree: Mapping[str, Any]) -> list[tuple[int, list[tuple[float, float, float, float]]]]:
    """Type and sides [px] of each element."""
    kinds = [int(kind) for kind in tree["room_type"]]
    sides: list[list[tuple[float, float, float, float]]] = [[] for _ in kinds]
    for edge, owners in zip(tree["edges"], tree["ed_rm"], strict=True):
        x0, y0, x1, y1 = (float(v) for v in edge[:4])
        if not np.isfinite([x0, y0, x1, y1]).all():
            raise ValueError("a coordinate is not finite")
        sides[int(owners[0])].append((x0, y0, x1, y1))
    return list(zip(kinds, sides, strict=True))


def _ring(plan: str, sides: Sequence[tuple[float, float, float, float]]) -> Polygon:
    """The polygon of chained sides [m], y upwards."""
    points = [(x0 * METRES_PER_PIXEL, -y0 * METRES_PER_PIXEL) for x0, y0, _, _ in sides]
    chained = all(a[2:] == b[:2] for a, b in zip(sides, [*sides[1:], *sides[:1]], strict=True))
    polygon = Polygon(points) if len(points) >= 3 and chained else Polygon()
    if polygon.is_empty or not polygon.is_valid:
        raise PlanRejected(plan, "a room is not a ring")
    return polygon


def _layout(plan: str, elements: Sequence[tuple[int, list[tuple[float, float, float, float]]]]) -> Layout:
    unknown = {kind for kind, _ in elements} - set(KINDS) - {FRONT_DOOR, INTERIOR_DOOR}
    if unknown:
        raise PlanRejected(plan, "unknown room type", ", ".join(map(str, sorted(unknown))))
    kinds = [KINDS[kind] for kind, _ in elements if kind in KINDS]
    shapes = cut_out([_ring(plan, sides) for kind, sides in elements if kind in KINDS])
    if len(shapes) < 3:
        raise PlanRejected(plan, "fewer than three rooms")
    check_drawing(plan, shapes)
    partition = grown(shapes, MERGE)
    check_areas(plan, partition, shapes, kinds, WALL)
    drawn = [(_ring(plan, sides).bounds, kind) for kind, sides in elements if kind not in KINDS]
    names = {FRONT_DOOR: "front", INTERIOR_DOOR: "door"}
    openings = _openings(plan, kinds, on_walls(partition, [(box, names[kind]) for box, kind in drawn]))
    check_reach(plan, kinds, openings)
    return assemble(
        partition,
        kinds,
        openings,
        name=f"rplan {plan}",
        thickness=0.2,
        provenance=Provenance(source=f"rplan/{plan}", licence=RPlan.card.licence),
    )


def _openings(plan: str, kinds: Sequence[str], found: Sequence[tuple[Opening, str]]) -> list[Opening]:
    front = [o._replace(kind="entrance") for o, word in found if word == "front" and o.second == OUTSIDE]
    if not front:
        raise PlanRejected(plan, "no front door")
    inner = [
        o._replace(kind="sliding" if "balcony" in (kinds[o.first], kinds[o.second]) else "door")
        for o, word in found
        if word == "door" and o.second >= 0
    ]
    return front[:1] + inner
