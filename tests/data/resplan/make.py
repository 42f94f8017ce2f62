"""Writes apartments in both ResPlan formats: net rooms between walls of 0.2 m, doors and windows drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.geometry import Polygon, box, mapping

WALL = 0.2


def drawn(wide: float = 0.0, deep: float = 0.0) -> dict[str, list[Polygon]]:
    """Polygons by category [m]."""
    w, d = 5.0 + wide, 4.0 + deep
    t = WALL
    return {
        "living": [box(0, 0, w, d)],
        "kitchen": [box(w, 0, w + 2.6, d)],  # open to the living room: no wall between
        "bedroom": [box(0, d + t, 3.6, d + t + 3.4), box(3.6 + t, d + t, w + 2.6 - 2.0 - t, d + t + 3.4)],
        "bathroom": [box(w + 2.6 - 2.0, d + t, w + 2.6, d + t + 3.4)],
        "balcony": [box(0, -t - 1.2, 3.0, -t)],
        "storage": [box(0.0, d - 0.9, 1.2, d)],  # drawn inside the living room
        "door": [
            box(2.0, d, 2.85, d + t),
            box(4.2, d, 5.05, d + t),
            box(w + 1.2, d, w + 2.05, d + t),
            box(0.5, -t, 1.4, 0),
            box(1.2, d - 0.85, 1.25, d - 0.05),
        ],
        "front_door": [box(-t, 1.0, 0, 2.0)],
        "window": [box(1.0, d + t + 3.4, 2.5, d + 2 * t + 3.4)],
    }


def scaled(polygons: dict[str, list[Polygon]], factor: float) -> dict[str, list[Polygon]]:
    """The same drawing in other units."""
    return {
        name: [Polygon([(x * factor, y * factor) for x, y in p.exterior.coords]) for p in found]
        for name, found in polygons.items()
    }


def subset(polygons: dict[str, list[Polygon]], gross: float, net: float) -> dict[str, Any]:
    """A document of the JSON subset."""

    def items(names: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
        return {
            n: [{"id": f"{n}-{i}", "type": n, "geom": mapping(p)} for i, p in enumerate(polygons.get(n, []))]
            for n in names
        }

    rooms = ("living", "kitchen", "bedroom", "bathroom", "balcony", "storage")
    return {
        "instances": {"room": items(rooms), "structural": items(("door", "front_door", "window"))},
        "metadata": {"area": gross, "net_area": net},
    }


def write(root: Path, count: int = 20) -> Path:
    """The folder of the data set: metres, a 256-unit frame, the original schema, and an overlapping plan."""
    root.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        polygons = drawn(0.4 * (i % 5), 0.35 * (i // 5))
        names = ("living", "kitchen", "bedroom", "bathroom")
        net = sum(p.area for n in names for p in polygons[n])
        if i % 2:
            polygons, net_said = scaled(polygons, 20.0), 0.0
        else:
            net_said = net
        document = subset(polygons, net / 0.70, net_said)
        (root / f"plan_{i:05d}.json").write_text(json.dumps(document), encoding="utf-8")
    original = [
        {"id": 7, "geometries": {n: [p.wkt for p in found] for n, found in scaled(drawn(0.2), 20.0).items()}}
    ]
    (root / "original.json").write_text(json.dumps(original), encoding="utf-8")
    broken = drawn()
    broken["bedroom"].append(box(2.5, 5.5, 5.0, 7.0))
    (root / "plan_99999.json").write_text(json.dumps(subset(broken, 80.0, 0.0)), encoding="utf-8")
    return root
