"""Process plants as a field of design."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from layoutgan.domains.domain import Domain, Effort, Proposal, Realised, Settled
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.classes import NAMES
from layoutgan.domains.piping.elements import ELEMENTS

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout

__all__ = ["PIPING"]


def _example() -> str:
    return files("layoutgan.domains.piping").joinpath("example.yaml").read_text(encoding="utf-8")


def _realise(brief: PipingBrief, proposal: Proposal, seed: int, effort: Effort) -> Realised:
    from layoutgan.domains.piping.realise import realise

    return realise(brief, proposal, seed, effort)


def _explain(brief: PipingBrief, seed: int) -> tuple[str, ...]:
    from layoutgan.domains.piping.explain import explain

    return explain(brief, seed)


def _settle(brief: PipingBrief, most: int, seed: int) -> tuple[Settled, ...]:
    from layoutgan.domains.piping.settle import settle

    return settle(brief, most, seed)


def _greedy(brief: PipingBrief, count: int, seed: int) -> list[Proposal]:
    from layoutgan.domains.piping.starts import greedy

    return greedy(brief, count, seed)


def _analytic(brief: PipingBrief, count: int, seed: int) -> list[Proposal]:
    from layoutgan.domains.piping.starts import analytic

    return analytic(brief, count, seed)


def _warm() -> None:
    from layoutgan.domains.piping.realise import warm

    warm()


def _answered(layout: Layout) -> PipingBrief:
    from layoutgan.domains.piping.answered import brief_from

    return brief_from(layout)


PIPING = Domain(
    name="piping",
    title="Process plants: equipment, racks and routed pipes",
    kinds=NAMES,
    elements=ELEMENTS,
    brief=PipingBrief,
    packs=("plant-general", "spacing", "access", "piping", "pumps"),
    example=_example,
    realise=_realise,
    explain=_explain,
    answered=_answered,
    boxes=1,
    warm=_warm,
    settle=_settle,
    starts={"greedy": _greedy, "analytic": _analytic},
)
"""The domain, as the entry point names it."""
