"""Plants that the placer has arranged and nobody has routed: many, and near the cheapest arrangement."""

from __future__ import annotations

from layoutgan.core.layout import Layout, Provenance
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.placement.begin import scattered
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.racks import racks_for
from layoutgan.domains.piping.realise import given_ground
from layoutgan.domains.piping.settle import settle
from layoutgan.domains.piping.stand import Stand, stand
from layoutgan.domains.piping.starts import problem_of
from layoutgan.domains.piping.terminals import placed_terminals

__all__ = ["placed"]


def placed(brief: PipingBrief, seed: int, *, effort: float = 0.3, factor: float = 1.0) -> Layout | None:
    """A legal placement of a brief from a random start, with racks and battery-limit points.

    Args:
        brief: what is asked; a rack to be placed gets its first place.
        seed: of start and search.
        effort: of the search, as multiple of the usual one [-].
        factor: multiple of unverified class spacings [-].

    Returns:
        The layout, whose brief holds the rack; None where a hard demand is broken.
    """
    brief = settled(brief, seed)
    problem = problem_of(brief, factor=factor)
    answer = place(problem, scattered(problem, [seed, 17]), seed=seed, effort=effort)
    if not answer.feasible:
        return None
    plant = brief.plant()
    racks = racks_for(brief, plant, {}, 0, free=True)
    spots = zip(problem.tags, answer.centres.tolist(), answer.turns.tolist(), strict=True)
    rows = [(tag, (x, y), turn) for tag, (x, y), turn in spots]
    where = Stand({tag: at for tag, at, _ in rows}, {tag: turn for tag, _, turn in rows})
    terminals = placed_terminals(brief, plant, racks, where.centres)
    return Layout(
        domain="piping",
        name=brief.name,
        boundary=brief.site.outline,
        north=brief.north,
        elements=(*given_ground(brief), *racks, *stand(plant, where, racks, terminals), *terminals),
        brief=brief,
        provenance=Provenance(source="synthetic placed", seed=seed),
        scores={"placement_cost": round(answer.cost, 3), "placement_bound": round(answer.bound, 3)},
    )


def settled(brief: PipingBrief, seed: int) -> PipingBrief:
    """The brief with its rack placed."""
    version = settle(brief, 1, seed)[0].brief
    assert isinstance(version, PipingBrief)
    return version
