"""What the quality benchmark measures of one plan."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.metrics.descriptors import wall_lines
from layoutgan.metrics.diversity import diversity
from layoutgan.metrics.fpeval import adjacency_f1, geometry, new_violation, room_figures, type_iou
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.satisfaction import satisfaction

__all__ = ["measured", "variety"]

SCALED = ("resplan/",)
"""Where drawings have a scale; R2V's rests on an assumed door, so limits in metres judge the guess."""


def measured(layout: Layout, truth: Layout, brief: FloorplanBrief) -> dict[str, float]:
    """Figures of a plan beside the real plan that its brief was read from."""
    plan, real = Plan.of(layout), Plan.of(truth)
    rooms = room_figures(plan)
    judged = geometry(plan, rooms)
    met = satisfaction(layout, brief)
    figures = {
        "overlap": judged.overlap,
        "holes": judged.holes,
        "pieces": float(judged.components),
        "covered": judged.coverage,
        "count_right": float(len(plan.rooms) == len(brief.spaces)),
        "types_right": float(met.counts["present"][0] == met.counts["present"][1]),
        "adjacency_f1": met.connections_f1,
        "adjacency_f1_said": met.said_f1,
        "fpeval_adjacency_f1": adjacency_f1(plan, real),
        "type_iou": type_iou(plan, real),
        "any_violation": float(judged.any_violation),
        "any_violation_unscaled": float(judged.any_violation_unscaled),
        "forced_free_violation": float(new_violation(plan, real)),
        "all_demands_met": float(met.all_met),
        "demands_met": met.share,
        "area_in_range": _ratio(met.counts.get("area")),
        "area_error": met.area_error,
        "corners": float(rooms.corners.mean()),
        "rectangles": float((rooms.corners == 4).mean()),
        "l_shapes": float((rooms.corners == 6).mean()),
        "slivers": float((rooms.aspect > 4).mean()),
        "wall_lines": wall_lines(plan) / max(len(plan.rooms), 1),
    }
    if truth.provenance is not None and truth.provenance.source.startswith(SCALED):
        figures["any_violation_scaled"] = figures["any_violation"]
    return figures


def variety(layouts: list[Layout]) -> dict[str, float]:
    """How different answers to one brief are."""
    if len(layouts) < 2:
        return {}
    found = diversity([Plan.of(layout) for layout in layouts])
    return {"distinct_topologies": found.topology_share, "diversity": found.score}


def _ratio(pair: tuple[int, int] | None) -> float:
    return 1.0 if not pair or not pair[1] else pair[0] / pair[1]
