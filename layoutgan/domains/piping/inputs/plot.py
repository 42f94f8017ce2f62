"""A plot for briefs that come from a flowsheet or a P&ID, which know nothing of ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from layoutgan.domains.piping.classes import class_of

__all__ = ["usual_site"]

INFLATION = 3.0
"""Room around each item, half of it on either side [m]."""
LOOSENESS = 2.4
"""Plot over the sum of inflated footprints [-]."""
ASPECT = 1.5
STRIP = 12.0
"""Added to the depth for the rack and a road [m]."""


def usual_site(equipment: Sequence[dict[str, Any]], terminals: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A rectangle that holds the equipment with a rack and a road, as plain data of a brief.

    Args:
        equipment: rows with ``class`` and perhaps ``size``.
        terminals: battery-limit points with their sides.
    """
    area = 0.0
    for row in equipment:
        length, width, _ = row.get("size") or class_of(row["class"]).size
        area += (length + INFLATION) * (width + INFLATION)
    depth = max(math.sqrt(LOOSENESS * area / ASPECT), 12.0) + STRIP
    x, y = (float(2 * math.ceil(side / 2)) for side in (ASPECT * depth, depth))
    return {
        "outline": [[0.0, 0.0], [x, 0.0], [x, y], [0.0, y]],
        "access": ["south"],
        "roads": [{"shape": [[0.0, 0.0], [x, 0.0], [x, 6.0], [0.0, 6.0]], "kind": "access", "open": False}],
        "terminals": list(terminals),
    }
