"""ResPlan: apartments and villas as net room polygons between walls of real thickness.

Two forms are read, never a pickle, because loading one runs its code. ``plan_*.json`` is the subset with
instances and metadata; any other ``*.json`` is the original schema ``{id, geometries: {category: [WKT]}}``,
one plan or a list, with ``area`` and ``net_area`` taken into account where given. To convert the original
pickle, in a sandbox without network:

    python -c "import pickle, json; json.dump([{'id': p['id'], 'area': p['area'], 'net_area': p['net_area'],
    'geometries': {k: [g.wkt for g in getattr(v, 'geoms', [v])] for k, v in p.items() if hasattr(v, 'wkt')}}
    for p in pickle.load(open('ResPlan.pkl', 'rb'))], open('resplan.json', 'w'))"

How a file becomes a layout:

* Scale: coordinates count as metres if 0 < net area <= 1.1 x gross area, rooms hold 0.8 to 1.2 of it, and
  doors are 0.1 to 0.3 m deep and 0.65 to 1.25 m wide. Otherwise indoor rooms are scaled to 0.70 x gross area;
  without a gross area, so that the median interior door is 0.83 m wide.
* Room polygons end at wall faces. Edges that face each other across a wall fall on one line between them,
  edges on the façade stay (the outline is the inner face of the outer walls). Jogs below 0.26 m vanish with
  that.
* Where a smaller room is drawn inside a larger one, it is cut out of it.
* Cells take the room that covers most of nine sample points. What is enclosed without a room goes to the
  neighbour with the longest contact, from 0.6 m² on it is a shaft.
* A plan is rejected if more than 5 % of its edges are slanted, rooms overlap by more than 3 %, a room's area
  changes by more than its half walls explain, rooms fall apart, or a room cannot be reached from the front
  door.
* Doors and windows are drawn polygons put on their wall; where two rooms touch without a wall between, there
  is an opening (the longest contact), but not where one of them is a bedroom or bathroom: then a wall was
  forgotten. Towards a balcony doors are sliding.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon, shape

from layoutgan.core.layout import Layout, Provenance
from layoutgan.errors import DatasetError

from ..card import Card
from ..dataset import Dataset, PlanRejected
from .net_rooms import OUTDOOR, check_areas, check_drawing, check_reach, cut_out, grown
from .openings import on_walls
from .partition import OUTSIDE, Opening, assemble

__all__ = ["ResPlan"]

KINDS = {
    "living": "living_room",
    "bedroom": "bedroom",
    "bathroom": "bathroom",
    "kitchen": "kitchen",
    "balcony": "balcony",
    "balacony": "balcony",
    "veranda": "balcony",
    "storage": "storage",
    "stair": "stairs",
    "parking": "garage",
    "garden": "outdoor",
    "pool": "outdoor",
}
"""Room categories and our kinds; ``balacony`` is how early files spell it."""
MERGE = 0.26
"""Edges this close fall on one line [m]; walls are about 0.21 m thick."""
MAX_ROOMS = 24

Drawn = dict[str, list[Polygon]]


class ResPlan(Dataset):
    """ResPlan; see the module for every rule applied."""

    folder = "resplan"
    card = Card(
        name="resplan",
        title="ResPlan",
        domain="floorplan",
        licence="MIT in the version read; a newer release is said to be CC BY 4.0",
        citation="Abouagour, Garyfallidis: ResPlan: a large-scale vector-graph dataset of residential "
        "floor plans. 2025.",
        source="GitHub repository m-agour/ResPlan; JSON subset from numanmuttaqi/Geometry-to-Ontology",
        units="metres or a 256-unit frame, per file",
        metres_per_unit="1, or from gross area, or from doors of 0.83 m",
        may_train_shipped_weights=True,
        split="SHA-256 of the plan id, near-duplicates grouped: train 80 %, val 10 %, test 10 %",
        known_limits=(
            "corridors are part of the living room",
            "about one plan in ten has a near-duplicate",
            "half of the scales follow from the gross area by a fixed share",
            "toilets are not told from bathrooms",
        ),
    )

    def ids(self) -> tuple[str, ...]:
        """Names of the subset's files without suffix, and ``file#id`` for plans of the original schema."""
        return tuple(sorted(self._places))

    @cached_property
    def _places(self) -> dict[str, tuple[Path, int]]:
        """File and position of each plan."""
        found: dict[str, tuple[Path, int]] = {}
        for path in sorted(self.root.glob("*.json")):
            if path.stem.startswith("plan_"):
                found[path.stem] = (path, 0)
            else:
                for i, plan in enumerate(_plans(path)):
                    found[f"{path.stem}#{plan.get('id', i)}"] = (path, i)
        if not found:
            raise DatasetError(
                f"{self.card.title}: no *.json in '{self.root}'; put plan_*.json or converted plans there"
            )
        return found

    def read(self, plan: str) -> Layout:
        """One dwelling."""
        if plan not in self._places:
            raise DatasetError(f"{self.card.title}: no plan '{plan}' in '{self.root}'; ids() lists all")
        path, place = self._places[plan]
        drawn, gross, net = _drawn(_plans(path)[place], path)
        return _layout(plan, drawn, _scale(plan, drawn, gross, net))


@lru_cache(maxsize=2)
def _plans(path: Path) -> list[Mapping[str, Any]]:
    """The plans of a file as plain data."""
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DatasetError(f"'{path}': not readable as JSON ({error}); copy the file again") from error
    plans = tree if isinstance(tree, list) else [tree]
    if not plans or not all(
        isinstance(p, Mapping) and ("instances" in p or "geometries" in p) for p in plans
    ):
        raise DatasetError(f"'{path}': expected plans with 'instances' or 'geometries'; not a ResPlan file")
    return plans


def _drawn(plan: Mapping[str, Any], path: Path) -> tuple[Drawn, float, float]:
    """Polygons by category, and gross and net area [m²], 0 where unknown."""
    drawn: Drawn = {}
    try:
        if "instances" in plan:
            groups = {**plan["instances"]["room"], **plan["instances"]["structural"]}
            pairs = [(name, shape(item["geom"])) for name, items in groups.items() for item in items]
            areas = plan.get("metadata", {})
        else:
            pairs = [
                (name, shapely.from_wkt(text)) for name, texts in plan["geometries"].items() for text in texts
            ]
            areas = plan
        for name, geometry in pairs:
            found = [p for p in shapely.get_parts(shapely.make_valid(geometry)) if isinstance(p, Polygon)]
            drawn.setdefault(name, []).extend(p for p in found if p.area > 0)
        return drawn, float(areas.get("area") or 0), float(areas.get("net_area") or 0)
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise DatasetError(
            f"'{path}': a plan is damaged ({type(error).__name__}: {error}); copy the file again"
        ) from error


def _sides(polygon: Polygon) -> tuple[float, float]:
    """Short and long side of the bounding box."""
    x0, y0, x1, y1 = polygon.bounds
    return min(x1 - x0, y1 - y0), max(x1 - x0, y1 - y0)


def _scale(plan: str, drawn: Drawn, gross: float, net: float) -> float:
    """Metres per unit of the file."""
    indoor = sum(
        p.area
        for name, polygons in drawn.items()
        if KINDS.get(name, "outdoor") not in OUTDOOR
        for p in polygons
    )
    doors = [_sides(p) for p in drawn.get("door", [])]
    if not doors or indoor <= 0:
        raise PlanRejected(plan, "no doors or no rooms")
    depth, width = np.median(doors, axis=0)
    if (
        0 < net <= 1.1 * gross
        and 0.8 <= indoor / net <= 1.2
        and 0.1 <= depth <= 0.3
        and 0.65 <= width <= 1.25
    ):
        return 1.0
    scale = float(np.sqrt(0.70 * gross / indoor)) if gross > 0 else 0.83 / float(width)
    if not 0.1 <= depth * scale <= 0.35:
        raise PlanRejected(plan, "scale not plausible", f"walls of {depth * scale:.2f} m")
    return scale


def _layout(plan: str, drawn: Drawn, scale: float) -> Layout:
    rooms = [
        (KINDS[name], shapely.transform(p, lambda c: c * scale))
        for name in sorted(drawn)
        if name in KINDS
        for p in drawn[name]
        if p.area * scale**2 >= 0.3
    ]
    if not 3 <= len(rooms) <= MAX_ROOMS:
        raise PlanRejected(plan, "fewer than three or more than 24 rooms")
    shapes = cut_out([p for _, p in rooms])
    check_drawing(plan, shapes)
    partition = grown(shapes, MERGE)
    kinds = [kind for kind, _ in rooms]
    wall = float(np.median([_sides(p)[0] for p in drawn["door"]])) * scale
    check_areas(plan, partition, shapes, kinds, wall)
    boxes = {
        word: [tuple(np.array(p.bounds) * scale) for p in drawn.get(word, [])]
        for word in ("door", "window", "front_door")
    }
    named = [(box, word) for word, found in boxes.items() for box in found]
    named += [(box, "opening") for box in _gaps(shapes)]
    openings = _openings(plan, kinds, on_walls(partition, named))
    check_reach(plan, kinds, openings)
    return assemble(
        partition,
        kinds,
        openings,
        name=f"resplan {plan}",
        thickness=round(min(max(wall, 0.1), 0.3), 3),
        provenance=Provenance(source=f"resplan/{plan}", licence=ResPlan.card.licence),
    )


def _gaps(shapes: Sequence[Polygon]) -> list[tuple[float, float, float, float]]:
    """Boxes where rooms touch without a wall between."""
    found = []
    grown = shapely.buffer(list(shapes), 0.03, join_style="mitre")
    for i, polygon in enumerate(shapes):
        points = np.asarray(polygon.exterior.coords)
        edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
        for other in grown[i + 1 :][shapely.intersects(grown[i + 1 :], polygon)]:
            pieces = shapely.get_parts(shapely.intersection(edges, other))
            found += [piece.bounds for piece in pieces if piece.length >= 0.7]
    return found


def _openings(plan: str, kinds: Sequence[str], found: Sequence[tuple[Opening, str]]) -> list[Opening]:
    result: list[Opening] = []
    front = False
    passages: dict[frozenset[int], Opening] = {}
    for opening, word in sorted(found, key=lambda item: item[1] != "front_door"):
        pair = frozenset((opening.first, opening.second))
        names = {kinds[room] for room in pair if room >= 0}
        if opening.second >= 0 and word == "door":
            result.append(opening._replace(kind="sliding" if "balcony" in names else "door"))
        elif opening.second >= 0 and word == "opening" and not names & {"bedroom", "bathroom"}:
            longest = passages.get(pair, opening)
            passages[pair] = max(longest, opening._replace(kind="opening"), key=lambda o: o.end - o.start)
        elif opening.second == OUTSIDE and word == "front_door" and not front:
            front = True
            result.append(opening._replace(kind="entrance"))
        elif opening.second == OUTSIDE and word != "opening" and kinds[opening.first] not in OUTDOOR:
            result.append(opening._replace(kind="window"))
    if not front:
        raise PlanRejected(plan, "no front door")
    return result + [opening._replace(kind="opening") for opening in passages.values()]
