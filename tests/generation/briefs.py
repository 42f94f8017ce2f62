"""Briefs as people write them, one per difficulty, and what has to come of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

HEAD = {"layoutgan": 1, "domain": "floorplan", "name": "brief"}
BOX = [[0, 0], [10, 0], [10, 7], [0, 7]]


@dataclass(frozen=True)
class Case:
    """A brief and what its layouts must be."""

    brief: dict[str, Any]
    misfit: str = ""
    """Beginning of the line that says why the programme does not fit."""
    outlines: int = 1
    """Least number of different outlines among four layouts."""


def rooms(*words: str, areas: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Spaces from words such as ``hall:corridor``."""
    pairs = [word.split(":") for word in words]
    return [{"id": n, "kind": k} | ({"area": areas[n]} if areas and n in areas else {}) for n, k in pairs]


def links(*words: str, kind: str = "door") -> list[dict[str, Any]]:
    """Adjacencies from words such as ``hall-bath``."""
    return [{"between": word.split("-"), "kind": kind} for word in words]


FLAT = rooms("living:living_room", "kitchen:kitchen", "bed:bedroom", "bath:bathroom", "hall:corridor")
DOORS = links("hall-living", "hall-bed", "hall-bath", "living-kitchen")
SIZES = {"living": [18, 28], "kitchen": [7, 12], "bed": [11, 18], "bath": [4, 6.5], "hall": [4, 10]}
SIZED = rooms(*(f"{s['id']}:{s['kind']}" for s in FLAT), areas=SIZES)


def on(boundary: Any, spaces: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A brief with an outline."""
    return HEAD | {"boundary": boundary, "spaces": spaces or FLAT} | more


def office(count: int) -> list[dict[str, Any]]:
    """Many rooms along corridors."""
    return rooms("c1:corridor", "c2:corridor", "wc1:toilet", "wc2:toilet", "tea:kitchen", "print:storage",
                 *(f"o{i}:study" for i in range(count - 6)))


CASES: dict[str, Case] = {
    "rooms and a total area": Case(HEAD | {"area": 62, "spaces": FLAT, "adjacencies": DOORS}, outlines=2),
    "rooms alone": Case(HEAD | {"spaces": FLAT}, outlines=2),
    "areas and no outline": Case(HEAD | {"spaces": SIZED, "adjacencies": DOORS}, outlines=2),
    "outline and no areas": Case(on(BOX, entrance=[0, 1.5], adjacencies=DOORS)),
    "over-full": Case(on(BOX, rooms("l:living_room", "b:bedroom", "k:kitchen", "h:corridor",
                                    areas={"l": [34, 40], "b": [20, 25], "k": 15, "h": [8, 10]})),
                      misfit="over-full: the rooms ask for at least 75.5 m²"),
    "under-full": Case(on(BOX, rooms("l:living_room", "b:bedroom", "k:kitchen", "h:corridor",
                                     areas={"l": [14, 18], "b": [9, 11], "k": 7, "h": [3, 4]})),
                       misfit="under-full: the rooms take at most 40.7 m²"),
    "22 rooms": Case(on([[0, 0], [24, 0], [24, 14], [0, 14]], office(22), entrance=[0, 7])),
    "long and thin": Case(on([[0, 0], [16, 0], [16, 4.2], [0, 4.2]], entrance=[0, 2])),
    "L": Case(on([[0, 0], [11, 0], [11, 5], [6, 5], [6, 9], [0, 9]], adjacencies=DOORS)),
    "U": Case(on([[0, 0], [12, 0], [12, 8], [8, 8], [8, 4.5], [5, 4.5], [5, 8], [0, 8]])),
    "T": Case(on([[3.5, 0], [8, 0], [8, 5], [11.5, 5], [11.5, 9], [0, 9], [0, 5], [3.5, 5]])),
    "courtyard": Case(on({"outer": [[0, 0], [13, 0], [13, 11], [0, 11]],
                          "holes": [[[5, 4], [8, 4], [8, 7], [5, 7]]]})),
    "slanted": Case(on([[0, 0], [11, 0], [9, 7], [0, 7]], adjacencies=DOORS)),
    "turned": Case(on([[0, 0], [8.66, 5], [5.16, 11.06], [-3.5, 6.06]])),
    "columns and shafts": Case(on(BOX, entrance=[0, 1.5], adjacencies=DOORS, obstacles=[
        {"kind": "column", "shape": [[4.8, 3.4], [5.1, 3.4], [5.1, 3.7], [4.8, 3.7]]},
        {"kind": "column", "shape": [[2.8, 5.4], [3.1, 5.4], [3.1, 5.7], [2.8, 5.7]]},
        {"kind": "shaft", "shape": [[7, 3], [7.8, 3], [7.8, 3.6], [7, 3.6]]}])),
    "two entrances": Case(on(BOX, entrance=[{"at": [0, 1.5], "space": "hall"},
                                            {"at": [10, 5.5], "space": "kitchen"}])),
    "never": Case(on(BOX, SIZED, adjacencies=DOORS + links("bath-kitchen", "bed-kitchen", kind="never"))),
    "balcony outside": Case(on(BOX, [*FLAT, {"id": "bal", "kind": "balcony", "area": 6, "outside": True}],
                               entrance=[0, 1.5], adjacencies=[*DOORS, *links("living-bal")]), outlines=2),
    "terrace with its place": Case(on(BOX, [*FLAT, {
        "id": "terrace", "kind": "balcony", "outside": True, "shape": [[10, 2], [13, 2], [13, 6], [10, 6]]}],
        adjacencies=links("living-terrace"))),
    "balcony and no outline": Case(HEAD | {"area": 60, "spaces": [
        *FLAT, {"id": "bal", "kind": "balcony", "outside": True}]}, outlines=2),
}
