"""Floor plans as a field of design."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from layoutgan.domains.domain import Domain, Effort, Proposal, Realised, Settled
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import ELEMENTS
from layoutgan.domains.floorplan.kinds import NAMES

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout

__all__ = ["FLOORPLAN"]


def _example() -> str:
    return files("layoutgan.domains.floorplan").joinpath("example.yaml").read_text(encoding="utf-8")


def _realise(brief: FloorplanBrief, proposal: Proposal, seed: int, effort: Effort) -> Realised:
    from layoutgan.domains.floorplan.realise import realise

    return realise(brief, proposal, seed, effort)


def _explain(brief: FloorplanBrief, seed: int) -> tuple[str, ...]:
    from layoutgan.domains.floorplan.realise import explain

    return explain(brief, seed)


def _warm() -> None:
    from layoutgan.domains.floorplan.realise import warm

    warm()


def _settle(brief: FloorplanBrief, count: int, seed: int) -> tuple[Settled, ...]:
    from layoutgan.domains.floorplan.settle import settle

    return settle(brief, count, seed)


def _answered(layout: Layout) -> FloorplanBrief:
    from layoutgan.domains.floorplan.answered import brief_from

    return brief_from(layout)


FLOORPLAN = Domain(
    name="floorplan", title="Floor plans of dwellings and building floors", kinds=NAMES, elements=ELEMENTS,
    brief=FloorplanBrief, packs=("general",), example=_example, realise=_realise, explain=_explain,
    answered=_answered, boxes=2, warm=_warm, settle=_settle,
)
"""The domain, as the entry point names it."""
