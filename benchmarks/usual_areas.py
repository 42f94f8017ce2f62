"""Usual areas of rooms by kind, from the training splits: the table of ``domains/floorplan/areas.py``.

python benchmarks/usual_areas.py
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from record import validation_plans

from layoutgan.domains.domain import domain_of
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.errors import LayoutError

FEWEST = 25
"""Rooms of a kind below which no regression is made [-]."""


def main() -> None:
    """Prints one row per kind, and the share of clear floor."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    clear = []
    for plan in validation_plans("train"):
        try:
            brief = domain_of("floorplan").answered(plan)
        except LayoutError:
            continue
        areas = [(space.kind, sum(space.area) / 2) for space in brief.spaces]
        total = sum(area for _, area in areas)
        size = total / sum(kind(name).area[1] for name, _ in areas)
        clear.append(total / brief.inside.area)
        for name, area in areas:
            found[name].append((size, area))
    print(f"{len(clear)} plans, {sum(map(len, found.values()))} rooms, clear share {np.median(clear):.3f}")
    for name, pairs in sorted(found.items(), key=lambda item: -len(item[1])):
        if len(pairs) < FEWEST:
            continue
        size, area = np.log(np.asarray(pairs)).T
        growth, at_usual = np.polyfit(size, area, 1)
        low, high = np.exp(np.percentile(area - at_usual - growth * size, [10, 90]))
        print(f'    "{name}": UsualArea({len(pairs)}, {np.exp(at_usual):.2f}, {growth:.2f}, '
              f"({low:.2f}, {high:.2f})),")


if __name__ == "__main__":
    main()
