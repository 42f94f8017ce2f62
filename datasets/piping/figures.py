"""What a collection of synthetic briefs looks like, beside what published flowsheets look like.

Flowsheets draw a pump and its spare as one, and mixers and splitters as units of their own; briefs place both
pumps and keep what mixes and splits on the lines. Figures of topology count as a flowsheet does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.site import RackWish

from .topology import PROCESS

__all__ = ["TARGETS", "statistics_of"]

TARGETS: Final[dict[str, Any]] = {
    "nodes": (6, 17, 92),
    "mean_nodes": 29.4,
    "edges": (5, 16, 94),
    "units": {
        "exchanger": 0.28, "pump": 0.18, "column": 0.14, "mixer": 0.13, "reactor": 0.09, "splitter": 0.075,
        "storage": 0.066, "compressor": 0.036,
    },
}  # fmt: skip
"""Of 500 graphs of a published flowsheet generator: 5, 50 and 95 %, mean, shares of typed units [-]."""
_UNITS: Final = {
    "air_cooler": "exchanger", "heater": "exchanger", "plate_exchanger": "exchanger", "tank": "storage",
}  # fmt: skip
"""Classes that a flowsheet draws as something else; what heats or cools is an exchanger there."""


def statistics_of(briefs: Iterable[PipingBrief]) -> dict[str, Any]:
    """Figures of a collection: sizes, topology, lines, plots; shares are parts of 1.

    Args:
        briefs: any number of them, one at least.

    Raises:
        ValueError: there are none.
    """
    found = list(briefs)
    if not found:
        raise ValueError("statistics need at least one brief")
    graphs = [_graph(brief) for brief in found]
    kinds = Counter(item.kind for brief in found for item in brief.equipment)
    units = sum((units for units, _ in graphs), Counter[str]())
    lines = [line for brief in found for line in brief.lines]
    return {
        "briefs": len(found),
        "items": _spread([len(brief.equipment) for brief in found]),
        "lines": _spread([len(brief.lines) for brief in found]),
        "nodes": _spread([units.total() for units, _ in graphs]),
        "mean_nodes": round(sum(units.total() for units, _ in graphs) / len(found), 1),
        "edges": _spread([edges for _, edges in graphs]),
        "classes": _shares(kinds),
        "units": _shares(units),
        "paired_pumps": _part(i.set != "" for b in found for i in b.equipment if i.kind == "pump"),
        "nps": _spread([line.nps or 0.0 for line in lines]),
        "insulated": _part(line.insulation > 0 for line in lines),
        "no_pocket": _part(line.no_pocket for line in lines),
        "sloped": _part(line.slope is not None for line in lines),
        "racks": _shares(Counter(_rack_form(brief) for brief in found)),
        "roads": _part(bool(brief.site.roads) for brief in found),
        "keep_outs": _part(bool(brief.site.keep_outs) for brief in found),
        "rectangular": _part(len(brief.site.outline.exterior.coords) == 5 for brief in found),
        "fixed": _part(any(i.fixed is not None for i in brief.equipment) for brief in found),
        "plot": _spread([round(brief.site.outline.area) for brief in found]),
    }


def _graph(brief: PipingBrief) -> tuple[Counter[str], int]:
    """Units of the process as a flowsheet counts them, and the edges between them."""
    units = Counter(_UNITS.get(item.kind, item.kind) for item in brief.equipment if not item.set)
    units.update(kind for _, kind in {(item.set, item.kind) for item in brief.equipment if item.set})
    numbers = {line.number for line in brief.lines}
    process = [line for line in brief.lines if line.fluid == PROCESS]
    splits = sum(line.start in numbers for line in process)
    mixes = sum(line.end in numbers for line in process)
    units.update({"splitter": splits, "mixer": mixes})
    # A tee cuts the line that it stands on in two.
    return +units, len(process) + splits + mixes


def _rack_form(brief: PipingBrief) -> str:
    racks = brief.site.racks
    if isinstance(racks, RackWish):
        return "to place"
    if len(racks) < 2:
        return "straight" if racks else "none"
    upright = [abs(rack.line.coords[0][0] - rack.line.coords[1][0]) < 1e-6 for rack in racks]
    if all(a == b for a, b in pairwise(upright)):
        return "parallel"
    main, leg = racks[0].line, racks[1].line
    return "L" if _at_end(main, leg) else "T"


def _at_end(main: Any, leg: Any) -> bool:
    """Whether a leg stands beyond an end of the main rack."""
    axis = 0 if abs(main.coords[0][1] - main.coords[1][1]) < 1e-6 else 1
    at = leg.coords[0][axis]
    ends = sorted(point[axis] for point in main.coords)
    return not ends[0] <= at <= ends[1]


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    """5, 50 and 95 %."""
    ordered = sorted(values)
    return tuple(ordered[round(part * (len(ordered) - 1))] for part in (0.05, 0.5, 0.95))  # type: ignore[return-value]


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: round(counts[name] / max(total, 1), 3) for name in order}


def _part(answers: Iterable[bool]) -> float:
    """Share of yes [-]."""
    known = list(answers)
    return round(sum(known) / max(len(known), 1), 3)
