"""Figures of one set of plans, section by section, each a mean over the plans that it can be said of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from layoutgan.core.schema import dump_json
from layoutgan.metrics.compatibility import Asked, compatibility, unasked_doors
from layoutgan.metrics.diversity import SAMPLES, Diversity, diversity
from layoutgan.metrics.edit_distance import edit_distance
from layoutgan.metrics.fpeval import Geometry, RoomFigures, broken_rules, geometry, room_figures
from layoutgan.metrics.graphs import asked_graph, door_graph
from layoutgan.metrics.paired import Paired, paired
from layoutgan.metrics.sample import Sample
from layoutgan.metrics.satisfaction import Satisfaction, satisfaction

__all__ = [
    "SECTIONS",
    "brief_figures",
    "geometry_figures",
    "paired_figures",
    "rule_figures",
    "variety_figures",
]

Figures = dict[str, float]
RECTILINEAR = 0.98
"""Share of edges along the plan's axes below which a room is slanted [-]."""
SLIVER = 4.0
"""Long over short side above which a room is a sliver [-]."""


def _mean(values: Iterable[float]) -> float:
    known = [v for v in values if not np.isnan(v)]
    return float(np.mean(known)) if known else float("nan")


def geometry_figures(samples: Sequence[Sample]) -> Figures:
    """The independent benchmark's figures, and form: corners, rectangles, slivers."""
    rooms = [room_figures(sample.plan) for sample in samples]
    judged = [geometry(sample.plan, f) for sample, f in zip(samples, rooms, strict=True)]
    result = {"plans": float(len(samples)), "rooms": _mean(float(len(s.plan.rooms)) for s in samples)}
    result |= {name: _mean(float(getattr(g, name)) for g in judged) for name in Geometry._fields}
    every = RoomFigures(*(np.concatenate(column) for column in zip(*rooms, strict=True)))
    plain = (every.corners == 4) & (every.convexity > 0.999)
    return result | {
        "repaired_rooms": _mean(float(s.plan.invalid) for s in samples),
        "slanted_rooms": _mean(every.rectilinear < RECTILINEAR),
        "convexity": _mean(every.convexity),
        "corners_per_room": _mean(every.corners),
        "rectangles": _mean(plain),
        "l_shapes": _mean(every.corners == 6),
        "slivers": _mean(every.aspect > SLIVER),
    }


def rule_figures(samples: Sequence[Sample]) -> Figures:
    """Share of plans that break each rule of the independent benchmark, most frequent first."""
    broken = [broken_rules(sample.plan) for sample in samples]
    counts = Counter(rule for rules in broken for rule in rules)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {f"breaks {rule}": count / len(samples) for rule, count in ordered}


def _share(met: Satisfaction, *sorts: str) -> float:
    """Share of demands of some sorts that hold; NaN when there are none."""
    asked = sum(met.counts.get(s, (0, 0))[1] for s in sorts)
    return sum(met.counts.get(s, (0, 0))[0] for s in sorts) / asked if asked else float("nan")


_BRIEF: Mapping[str, Callable[[Satisfaction], float]] = {
    "brief_all_met": lambda met: float(met.all_met),
    "brief_share_met": lambda met: met.share,
    "types_right": lambda met: float(_share(met, "present", "no_extra") == 1.0),
    "area_in_range": lambda met: _share(met, "area"),
    "area_mape": lambda met: met.area_error,
    "widths_met": lambda met: _share(met, "width"),
    "exterior_met": lambda met: _share(met, "exterior"),
    "neighbours_met": lambda met: _share(met, "neighbour"),
    "never_met": lambda met: _share(met, "never"),
    "entrance_met": lambda met: _share(met, "entrance"),
    "connections_f1": lambda met: met.connections_f1,
    "connections_f1_said": lambda met: met.said_f1,
}


def brief_figures(samples: Sequence[Sample]) -> Figures:
    """How far plans meet the briefs in their files; connections also by the graph in a foreign file."""
    pairs = [(s, s.layout, s.brief) for s in samples]
    met = [
        satisfaction(layout, brief) for _, layout, brief in pairs if layout is not None and brief is not None
    ]
    result = {name: _mean(figure(m) for m in met) for name, figure in _BRIEF.items()}
    right = [float(len(s.plan.rooms) == len(brief.spaces)) for s, _, brief in pairs if brief is not None]
    edits = [
        float(edit_distance(door_graph(s.plan), asked_graph(b)).value) for s, _, b in pairs if b is not None
    ]
    told = [(s.plan, s.asked) for s in samples if s.asked is not None]
    extra = [unasked_doors(plan, asked) for plan, asked in told]
    return result | {
        "count_right": _mean(right),
        "compatibility": _mean(float(compatibility(plan, asked)) for plan, asked in told),
        "doors_needed_unasked": _mean(float(e["needed"]) for e in extra),
        "doors_spare_unasked": _mean(float(e["spare"]) for e in extra),
        "door_edit_distance": _mean(edits),
    }


def paired_figures(samples: Sequence[Sample], truths: Sequence[Sample] | None) -> Figures:
    """Figures against the real plan of the same brief; NaN when plans have no partners."""
    if truths is None:
        return dict.fromkeys((*(f"truth_{n}" for n in Paired._fields), "truth_compatibility"), float("nan"))
    found = [paired(s.plan, t.plan) for s, t in zip(samples, truths, strict=True)]
    result = {f"truth_{name}": _mean(getattr(p, name) for p in found) for name in Paired._fields}
    wanted = [t.asked or Asked.shown_by(t.plan) for t in truths]
    errors = (float(compatibility(s.plan, a)) for s, a in zip(samples, wanted, strict=True))
    return result | {"truth_compatibility": _mean(errors)}


def variety_figures(samples: Sequence[Sample]) -> Figures:
    """How different the answers to one brief are, mean over the briefs that have several."""
    by_brief: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        if sample.brief is not None:
            by_brief[dump_json(sample.brief, indent=None)].append(sample)
    found: list[Diversity] = [
        diversity([s.plan for s in group], SAMPLES) for group in by_brief.values() if len(group) > 1
    ]
    return {
        "briefs_with_several": float(len(found)),
        "samples_per_brief": _mean(float(d.samples) for d in found),
        "diversity": _mean(d.score for d in found),
        "topologies": _mean(float(d.topologies) for d in found),
        "topologies_share": _mean(d.topology_share for d in found),
    }


SECTIONS = ("geometry and form", "the brief", "beside the real plan of the same brief", "variety",
            "likeness to real plans", "plans that break a rule of the independent benchmark")  # fmt: skip
"""Titles of the parts of the table, in order."""
