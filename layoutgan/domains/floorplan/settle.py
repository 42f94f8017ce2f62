"""What a brief leaves open, settled before rooms are placed: its outline, its balconies, what cannot fit.

Outline and balconies are proposals like those of the network: several of them, the same for the same seed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import shapely
from shapely.geometry import Polygon

from layoutgan.core.geometry import simplified
from layoutgan.domains.domain import Settled
from layoutgan.domains.floorplan.balconies import Hanging, hang
from layoutgan.domains.floorplan.brief import Entrance, FloorplanBrief, Space, outline_for
from layoutgan.domains.floorplan.fullness import fullness, nearest
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.outlines import entrance_on
from layoutgan.domains.floorplan.turning import askew, turned, turned_back
from layoutgan.errors import InputError

__all__ = ["settle"]

OUTLINES = 6
"""Most outlines, or places of balconies, that are proposed for one brief [-]."""


def settle(brief: FloorplanBrief, count: int, seed: int) -> tuple[Settled, ...]:
    """The brief as the exact step can answer it, in up to ``count`` versions; one when nothing was left open.

    Raises:
        InputError: a balcony finds no place on the façade.
    """
    hanging = [s for s in brief.spaces if s.outside and not _inside(s, brief)]
    open_ended = brief.proposed or any(s.shape is None for s in hanging)
    found: list[Settled] = []
    for number in range(min(count, OUTLINES) if open_ended else 1):
        version = with_outline(brief, number, seed) if brief.proposed else brief
        if hanging:
            try:
                version = with_balconies(version, number, seed)
            except InputError:
                if found or not brief.proposed:
                    break
                raise
        found.append(_fitted(version))
    if not found:  # no place on the outline that was given: say why
        with_balconies(brief, 0, seed)
    return tuple(found)


def with_outline(brief: FloorplanBrief, number: int, seed: int) -> FloorplanBrief:
    """The brief with the outline of that number, and a front door on it."""
    boundary = outline_for(brief.spaces, brief.area, number, seed)
    door = Entrance(at=entrance_on(boundary, number, seed, brief.north))
    return _with(brief, boundary=boundary, entrance=(door,))


def with_balconies(brief: FloorplanBrief, number: int, seed: int) -> FloorplanBrief:
    """The brief with its outside spaces in their places and an outline that includes them.

    Raises:
        InputError: no straight free wall of the outline holds one of them.
    """
    outside = [s for s in brief.spaces if s.outside]
    given = [s.shape for s in outside if s.shape is not None]
    nodes = {n.id: n for n in brief.programme().nodes}
    wanted = [Hanging(s.id, nodes[s.id].area[1], s.min_width or kind(s.kind).min_width)
              for s in outside if s.shape is None]
    placed = hang(brief.boundary, wanted, number, seed, wall=brief.walls.exterior, blind=brief.party,
                  keep=[*(e.at for e in brief.entrances), *given], north=brief.north)
    whole = shapely.union_all([brief.boundary, *given, *placed.values()])
    if not isinstance(whole, Polygon):
        raise InputError("balconies outside do not touch the boundary; move them", place="spaces")
    spaces = tuple(Space(**_said(s) | {"shape": placed[s.id]}) if s.id in placed else s for s in brief.spaces)
    return _with(brief, boundary=simplified(whole), spaces=spaces, area=None)


def _fitted(brief: FloorplanBrief) -> Settled:
    """The brief standing straight, or where its programme cannot fill the outline the nearest that can."""
    found = fullness(brief)
    solved = nearest(brief, found) if found.sentence() else brief
    angle = askew(brief.boundary)
    if angle == 0.0:
        return Settled(solved, None if solved is brief else brief, found.sentence())
    back = partial(turned_back, brief=brief, angle=angle)
    return Settled(turned(solved, angle), brief, found.sentence(), back)


def _inside(space: Space, brief: FloorplanBrief) -> bool:
    return space.shape is not None and bool(space.shape.intersection(brief.boundary).area > 1e-6)


def _said(document: Any) -> dict[str, Any]:
    return {name: getattr(document, name) for name in sorted(document.model_fields_set)}


def _with(brief: FloorplanBrief, **changes: Any) -> FloorplanBrief:
    return FloorplanBrief(**_said(brief) | changes)
