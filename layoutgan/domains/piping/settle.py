"""Briefs that leave the pipe rack's place open, with the rack in each of its good places in turn."""

from __future__ import annotations

from layoutgan.domains.domain import Settled
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.racks import rack_options
from layoutgan.domains.piping.site import RackGiven, RackWish

__all__ = ["settle"]

_MOST = 4
"""Places of a rack that are tried; the first ones run through the middle of the plot."""


def settle(brief: PipingBrief, most: int, seed: int) -> tuple[Settled, ...]:
    """The brief with its rack placed, one version per place; layouts are judged by the brief as it was.

    Args:
        brief: what is asked; one whose racks stand, or on whose plot none fits, comes back as it is.
        most: versions wanted at most.
        seed: which place comes first.
    """
    wish = brief.site.racks
    if not isinstance(wish, RackWish):
        return (Settled(brief),)
    racks = rack_options(brief, brief.plant(), wish)[:_MOST]
    if not racks:
        return (Settled(brief),)
    versions = []
    for turn in range(min(most, len(racks))):
        rack = racks[(seed + turn) % len(racks)]
        given = RackGiven(
            id=rack.id, line=rack.line, width=rack.width, tiers=rack.tiers, bent=rack.bent
        )
        site = brief.site.model_copy(update={"racks": (given,)})
        versions.append(Settled(brief.model_copy(update={"site": site}), asked=brief))
    return tuple(versions)
