"""From a brief to several different layouts: sample, realise, rank."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from layoutgan.core.brief import Brief
from layoutgan.core.layout import Layout, Provenance
from layoutgan.domains.domain import Effort, Proposal, Settled, domain_of
from layoutgan.generation.rank import choose
from layoutgan.generation.realise import Judged, Task, packs_of, workers
from layoutgan.generation.sample import sample, usual_start
from layoutgan.validation.report import Report

__all__ = ["Generated", "generate"]

PROPOSALS_PER_LAYOUT = 3
"""Candidates that are realised for each layout that is asked for [-]."""


@dataclass(frozen=True)
class Generated:
    """Answers to a brief, best first."""

    layouts: tuple[Layout, ...]
    reports: tuple[Report, ...]
    explanation: tuple[str, ...] = ()
    """Demands that cannot hold together, when no candidate meets them all."""
    figures: dict[str, float] = field(default_factory=dict)
    """Candidates, seconds per stage, share of candidates that meet the brief."""
    misfit: str = ""
    """Why the programme does not fit, in one line with figures; the layouts are then the nearest to it."""


def generate(
    brief: Brief,
    *,
    count: int = 8,
    seed: int = 0,
    start: str | None = None,
    weights: str | None = None,
    candidates: int | None = None,
    effort: Effort | None = None,
    processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Layouts that answer a brief, best first and different from each other.

    Args:
        brief: what is asked.
        count: layouts wanted; fewer come back when the brief admits fewer.
        seed: the same seed gives the same layouts.
        start: network, random or graph; by default the network where weights are shipped for the domain.
        weights: name or file of a generator.
        candidates: proposals to realise; by default three for each layout wanted.
        effort: how hard the exact step works.
        processes: workers; by default one per core.
        progress: called with done and all after each candidate.

    Raises:
        UnknownName: no such start or weights.
    """
    total = candidates or PROPOSALS_PER_LAYOUT * count
    start = start or ("network" if weights else usual_start(brief.domain))
    clock = [time.perf_counter()]
    with workers(processes) as pool:
        pool.warm(brief)
        tasks = _tasks(brief, total, seed, start, weights)
        clock.append(time.perf_counter())
        judged: list[Judged] = []
        for one in pool.answer(tasks, effort):
            judged.append(one)
            if progress is not None:
                progress(len(judged), total)
    clock.append(time.perf_counter())
    best = choose(judged, count)
    explanation: tuple[str, ...] = ()
    misfit = best[0].misfit if best else ""
    if best and not misfit and not best[0].realised.feasible:
        explanation = domain_of(brief.domain).explain(brief, seed)
    clock.append(time.perf_counter())
    layouts = tuple(_signed(one, brief, seed, i) for i, one in enumerate(best))
    return Generated(
        layouts,
        tuple(one.report for one in best),
        explanation,
        {
            "candidates": float(total),
            "satisfied": sum(j.realised.feasible for j in judged) / max(len(judged), 1),
            "seconds_sample": clock[1] - clock[0],
            "seconds_realise": clock[2] - clock[1],
            "seconds_rank": clock[3] - clock[2],
        },
        misfit,
    )


def _tasks(brief: Brief, total: int, seed: int, start: str, weights: str | None) -> list[Task]:
    """What is realised: the versions of the brief in turn, each with its own proposals."""
    settle = domain_of(brief.domain).settle
    versions = settle(brief, total, seed) if settle else (Settled(brief),)
    found: list[Task | None] = [None] * total
    for number, version in enumerate(versions):
        places = range(number, total, len(versions))
        proposals = sample(version.brief, len(places), seed + number, start=start, weights=weights)
        for place, proposal in zip(places, proposals, strict=True):
            found[place] = Task(version, proposal, seed * 1_000_003 + place)
    return [task for task in found if task is not None]


def _signed(judged: Judged, brief: Brief, seed: int, number: int) -> Layout:
    """The layout with its provenance and scores."""
    from layoutgan import __version__

    proposal: Proposal = judged.proposal
    layout = judged.realised.layout
    return layout.model_copy(
        update={
            "name": f"{brief.name} {number + 1:02d}",
            "provenance": Provenance(
                source=f"layoutgan {proposal.source}",
                version=__version__,
                brief=brief.digest(),
                seed=seed,
                candidate=judged.seed - seed * 1_000_003,
                rules=" ".join(packs_of(brief)),
            ),
            "scores": {
                "realism": round(proposal.score, 4),
                "displacement": round(judged.realised.displacement, 4),
                **{k: round(v, 4) for k, v in sorted(judged.realised.figures.items())},
            },
        }
    )
