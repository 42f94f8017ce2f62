"""The best of many candidates, and different from each other.

Fewest errors first, then fewest warnings, then what the domain calls the distance to the brief, then the
discriminators' score. Of several with one topology only the best is taken, unless nothing else is left.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely

from layoutgan.core.layout import Layout
from layoutgan.generation.realise import Judged

__all__ = ["choose", "overlap", "sort_key", "topology"]

SAME = 0.97
"""Mean overlap above which two layouts are the same drawing [-]."""
CONTACT = 0.5
"""Shared wall above which two rooms count as neighbours [m]."""


def sort_key(judged: Judged) -> tuple[float, ...]:
    """Sorts the best candidate first."""
    hard = len(judged.realised.violations)
    distance = judged.realised.figures.get("distance", 0.0)
    return (
        judged.report.errors + hard,
        judged.report.warnings,
        round(distance - 0.1 * judged.proposal.score, 6),
    )


def topology(layout: Layout) -> str:
    """Weisfeiler-Lehman hash of the graph of touching shapes, typed by kind: mirror images have the same.

    Source: Shervashidze and others 2011.
    """
    items = [e for e in layout.elements if e.tag in {"room", "equipment"}]
    shapes = np.asarray([e.shape for e in items], dtype=object)
    neighbours: list[list[int]] = [[] for _ in items]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects") if len(items) else ((), ())
    pairs = [(int(i), int(j)) for i, j in zip(left, right, strict=True) if i < j]
    if pairs:
        first, second = np.asarray(pairs).T
        lengths = shapely.length(shapely.intersection(shapes[first], shapes[second]))
        for (i, j), length in zip(pairs, lengths, strict=True):
            if length > CONTACT:
                neighbours[i].append(j)
                neighbours[j].append(i)
    colours = [e.kind for e in items]
    for _ in range(3):
        colours = [
            hashlib.sha256(f"{c}|{','.join(sorted(colours[j] for j in n))}".encode()).hexdigest()[:12]
            for c, n in zip(colours, neighbours, strict=True)
        ]
    return hashlib.sha256(repr(sorted(Counter(colours).items())).encode()).hexdigest()[:16]


def overlap(first: Layout, second: Layout) -> float:
    """Mean intersection over union of the elements that both have by id [-]."""
    others = {e.id: e for e in second.elements if e.tag in {"room", "equipment"}}
    pairs = [(e.shape, others[e.id].shape) for e in first.elements if e.id in others]
    if not pairs:
        return 0.0
    a, b = (np.asarray(side, dtype=object) for side in zip(*pairs, strict=True))
    common = shapely.area(shapely.intersection(a, b))
    whole = shapely.area(a) + shapely.area(b) - common
    return float(np.mean(common / np.maximum(whole, 1e-9)))


def choose(candidates: Sequence[Judged], count: int) -> list[Judged]:
    """The best candidates, best first, no two with one topology as long as others are left.

    A layout with more errors than the best is only taken over a repeated topology when both are equally
    sound.
    """
    ordered = sorted(candidates, key=sort_key)
    if not ordered:
        return []
    chosen: list[Judged] = []
    rest: list[Judged] = []
    seen: set[str] = set()
    for candidate in ordered:
        name = topology(candidate.realised.layout)
        if name in seen:
            rest.append(candidate)
        else:
            seen.add(name)
            chosen.append(candidate)
    # First the sound ones, different topologies before repeated ones; unsound ones only when nothing is left.
    best = sort_key(ordered[0])[0]
    sound = [c for c in chosen if sort_key(c)[0] <= best]
    for spare in [
        *[c for c in rest if sort_key(c)[0] <= best],
        *[c for c in chosen if sort_key(c)[0] > best],
        *[c for c in rest if sort_key(c)[0] > best],
    ]:
        if len(sound) >= count:
            break
        if all(overlap(spare.realised.layout, c.realised.layout) < SAME for c in sound):
            sound.append(spare)
    return sorted(sound[:count], key=sort_key)
