"""The exact step of plants: a proposal becomes legal places, routed lines, and what stands on them."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.layout import Connection, Layout
from layoutgan.domains.domain import Effort, Proposal, Realised
from layoutgan.domains.piping.arrange import placement_problem, start_of
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.connect import nets_of, pipes_of, routing_problem
from layoutgan.domains.piping.elements import Envelope, Equipment, KeepOut, Pipe, Rack, Road, Terminal
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem
from layoutgan.domains.piping.plant import Plant
from layoutgan.domains.piping.racks import racks_for
from layoutgan.domains.piping.routing.problem import Routing, Status
from layoutgan.domains.piping.routing.route import route
from layoutgan.domains.piping.stand import Stand, envelopes_of, stand
from layoutgan.domains.piping.terminals import placed_terminals
from layoutgan.domains.piping.valves import components_on

__all__ = ["given_ground", "realise", "warm"]

FACTORS = (1.0, 0.7, 0.45)
"""Unverified class spacings are tried at these multiples until the plot holds everything [-]."""


def realise(brief: PipingBrief, proposal: Proposal, seed: int, effort: Effort) -> Realised:
    """The layout that a proposal leads to: placed, routed, with valves, and what could not be met.

    Args:
        brief: what is asked.
        proposal: where to start from.
        seed: of the search; also chooses among places for the rack.
        effort: how hard the search works.
    """
    plant = brief.plant()
    start = start_of(proposal, plant, brief)
    tags = list(plant.items)
    proposed = {tag: (float(x), float(y)) for tag, (x, y) in zip(tags, start.centres, strict=True)}
    racks = racks_for(brief, plant, proposed, seed, free=proposal.trust <= 0)
    terminals = placed_terminals(brief, plant, racks, {})
    problem, placement, factor = _placed(brief, plant, racks, terminals, proposal, seed, effort)
    where = Stand(
        {tag: (float(x), float(y)) for tag, (x, y) in zip(tags, placement.centres, strict=True)},
        {tag: int(turn) for tag, turn in zip(tags, placement.turns, strict=True)},
    )
    terminals = placed_terminals(brief, plant, racks, where.centres)
    equipment = stand(plant, where, racks, terminals)
    envelopes = envelopes_of(plant, where)
    nets = nets_of(plant)
    routing = route(routing_problem(brief, nets, equipment, racks, terminals, envelopes), seed=seed)
    pipes = pipes_of(nets, routing, equipment)
    components, lost = components_on(plant, pipes, equipment)
    elements = (
        *given_ground(brief), *racks, *equipment, *envelopes, *terminals, *pipes, *components,
    )  # fmt: skip
    layout = Layout(
        domain="piping",
        name=brief.name,
        boundary=brief.site.outline,
        north=brief.north,
        elements=elements,
        connections=_connections(pipes),
        brief=brief,
        notes=(*plant.assumptions, *_notes(factor), *lost),
    )
    violations = (*_in_words(placement, problem), *_unrouted(routing))
    figures = _figures(layout, placement, routing, proposed, where)
    return Realised(layout, not violations, violations, figures.pop("displacement"), figures)


def warm() -> None:
    """Loads what ``realise`` needs, compiled code included."""
    from layoutgan.domains.piping.sketches import unit_brief

    brief = unit_brief()
    realise(brief, _nowhere(brief), 0, Effort(scale=0.01))


def _nowhere(brief: PipingBrief) -> Proposal:
    """A proposal that puts everything in the middle."""
    programme = brief.programme()
    x, y = programme.site.inside.centroid.coords[0]
    ids = tuple(node.id for node in programme.nodes)
    boxes = np.asarray([[[x - 0.5, y - 0.5, x + 0.5, y + 0.5]]] * len(ids))
    return Proposal(ids, boxes, np.ones((len(ids), 1), dtype=np.bool_), source="random", trust=0.0)


def _placed(
    brief: PipingBrief,
    plant: Plant,
    racks: tuple[Rack, ...],
    terminals: tuple[Terminal, ...],
    proposal: Proposal,
    seed: int,
    effort: Effort,
) -> tuple[PlacementProblem, Placement, float]:
    """The first legal placement, with spacings as large as the plot holds."""
    start = start_of(proposal, plant, brief)
    best: tuple[PlacementProblem, Placement, float] | None = None
    for factor in FACTORS:
        problem = placement_problem(brief, plant, racks, terminals, factor=factor)
        placement = place(problem, start, seed=seed, effort=effort.scale * (2.0 if effort.quality else 1.0))
        if placement.feasible:
            return problem, placement, factor
        if best is None or len(placement.violations) < len(best[1].violations):
            best = (problem, placement, factor)
    assert best is not None
    return best


def given_ground(brief: PipingBrief) -> tuple[Road | KeepOut, ...]:
    """Roads and keep-outs of a brief as elements of a layout [m]."""
    roads = tuple(
        Road(id=f"{r.kind}-{i + 1}", kind=r.kind, shape=r.shape, open=r.open)
        for i, r in enumerate(brief.site.roads)
    )
    areas = tuple(
        KeepOut(id=f"{k.kind}-area-{i + 1}", kind=k.kind, shape=k.shape, height=k.height)
        for i, k in enumerate(brief.site.keep_outs)
    )
    return (*roads, *areas)


def _connections(pipes: tuple[Pipe, ...]) -> tuple[Connection, ...]:
    """What each pipe joins: equipment, battery-limit points, other pipes."""
    found = []
    names = {pipe.id for pipe in pipes}
    for pipe in pipes:
        ends = [
            end if end in names or "." not in end else end.rpartition(".")[0]
            for end in (pipe.start, pipe.end)
        ]
        if ends[0] != ends[1]:
            found.append(Connection(kind="pipe", between=(ends[0], ends[1]), via=pipe.id))
    return tuple(found)


def _notes(factor: float) -> tuple[str, ...]:
    if factor >= 1.0:
        return ()
    return (f"The plot is too small for the default class spacings; {100 * factor:.0f} % of them are kept.",)


def _in_words(placement: Placement, problem: PlacementProblem) -> tuple[str, ...]:
    """Hard demands of the placement that do not hold, in the brief's words."""
    words = {
        "spacing": "stand too near to each other", "outline": "lies beyond the battery limit",
        "obstacle": "stands on ground that is taken", "envelope": "has no free room for maintenance",
        "row": "do not stand in a row", "turn": "stands in a direction that is not allowed",
        "fixed": "does not stand in its fixed place",
    }  # fmt: skip
    return tuple(
        f"{' and '.join(problem.tags[i] for i in v.items)} {words.get(v.kind, v.kind)} ({v.amount:.2f} m)"
        for v in placement.violations
    )


def _unrouted(routing: Routing) -> tuple[str, ...]:
    return tuple(f"line {r.name} could not be routed ({r.reason})" for r in routing.exceptions)


def _figures(
    layout: Layout,
    placement: Placement,
    routing: Routing,
    proposed: dict[str, tuple[float, float]],
    where: Stand,
) -> dict[str, float]:
    """Figures that rank layouts; ``distance`` is the cost of pipe and land over the plot's own scale."""
    pipes = layout.of(Pipe)
    scale = float(np.sqrt(layout.boundary.area)) if layout.boundary is not None else 1.0
    cost = float(sum(r.cost for r in routing.routes))
    hulls = shapely.MultiPolygon([e.shape for e in layout.of(Equipment)]).envelope.area
    moved = [np.hypot(*np.subtract(proposed[tag], where.centres[tag])) for tag in where.centres]
    return {
        "distance": cost / (scale * max(1, len(routing.routes))) + 0.3 * hulls / max(scale**2, 1e-9),
        "displacement": float(np.mean(moved)) / scale,
        "pipe_length": sum(p.length for p in pipes),
        "bends": float(sum(r.bends for r in routing.routes)),
        "routing_ratio": float(routing.ratio),
        "routed": float(sum(r.status is Status.ROUTED for r in routing.routes)),
        "exceptions": float(len(routing.exceptions)),
        "placement_cost": placement.cost,
        "placement_bound": placement.bound,
        "plot_used": hulls,
        "clearances": float(len(layout.of(Envelope))),
    }
