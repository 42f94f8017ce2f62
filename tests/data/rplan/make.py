"""Writes apartments in the House-GAN++ JSON format: rooms 4 pixels apart, doors as boxes between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GAP = 4


def document(wide: int = 0, deep: int = 0) -> dict[str, Any]:
    """A living room, two bedrooms, bath, kitchen and balcony."""
    x0, x1, x2, y0 = 60, 110 + wide, 170 + wide, 60
    y1, y2 = 110 + deep, 190 + deep
    boxes = [
        (1, (x1 + GAP, y0, x2, y2)),
        (3, (x0, y0, x1, y1)),
        (3, (x0, y1 + GAP + 26 + GAP, x1, y2)),
        (4, (x0, y1 + GAP, x1, y1 + GAP + 26)),
        (2, (x1 + GAP, y0 - GAP - 30, x2, y0 - GAP)),
        (5, (x1 + GAP, y2 + GAP, x2, y2 + GAP + 18)),
        (17, (x1 + 1, y0 + 10, x1 + 3, y0 + 22)),
        (17, (x1 + 1, y2 - 22, x1 + 3, y2 - 10)),
        (17, (x1 + 1, y1 + GAP + 6, x1 + 3, y1 + GAP + 16)),
        (17, (x1 + 14, y0 - 3, x1 + 26, y0 - 1)),
        (17, (x1 + 14, y2 + 1, x1 + 40, y2 + 3)),
        (15, (x2 + 1, y0 + 20, x2 + 3, y0 + 36)),
    ]
    edges, owners = [], []
    for i, (kind, (a, b, c, d)) in enumerate(boxes):
        for side in ((a, b, a, d), (a, d, c, d), (c, d, c, b), (c, b, a, b)):
            edges.append([*map(float, side), kind, 0])
            owners.append([i])
    return {
        "room_type": [kind for kind, _ in boxes],
        "boxes": [list(map(float, box)) for _, box in boxes],
        "edges": edges,
        "ed_rm": owners,
    }


def write(root: Path, count: int = 20) -> Path:
    """The folder of the data set; the last plan has a room that is not a ring."""
    root.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        (root / f"{i}.json").write_text(json.dumps(document(5 * (i % 5), 4 * (i // 5))), encoding="utf-8")
    broken = document()
    broken["edges"][1][0] += 9
    (root / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    return root
