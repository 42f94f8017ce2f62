"""The exact step of floor plans: a proposal becomes rooms that tile the inside, then walls and openings."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.core.geometry import clear_width
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort, Proposal, Realised
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.demands import asked, in_words, problem_of, useful
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.site import rooms_from
from layoutgan.domains.floorplan.tiling import Budget, Tiling, tile

__all__ = ["explain", "realise", "tiled", "warm"]


def _budget(effort: Effort) -> Budget:
    if effort.quality:
        return Budget.quality(total=int(120_000 * effort.scale))
    return Budget(total=int(150_000 * effort.scale))


def tiled(brief: FloorplanBrief, proposal: Proposal, seed: int, effort: Effort) -> tuple[Layout, Tiling]:
    """Rooms that tile the inside of the brief's outline, without walls, and how they were found.

    Raises:
        InputError: the brief's outline or fixed spaces cannot be followed.
    """
    problem, site = problem_of(brief, proposal, seed)
    tiling = tile(problem, budget=_budget(effort))
    shapes = rooms_from(tiling.x_lines, tiling.y_lines, tiling.labels, len(brief.spaces), site)
    rooms = tuple(
        Room.model_construct(id=s.id, kind=s.kind, shape=shape, locked=s.shape is not None, name=s.name)
        for s, shape in zip(brief.spaces, shapes, strict=True)
        if not shape.is_empty
    )
    layout = Layout.model_construct(
        layoutgan=1,
        domain="floorplan",
        name=brief.name,
        boundary=brief.boundary,
        north=brief.north,
        elements=rooms,
        connections=(),
        brief=brief,
        provenance=None,
        scores={},
        notes=(),
    )
    return layout, tiling


def realise(brief: FloorplanBrief, proposal: Proposal, seed: int, effort: Effort) -> Realised:
    """The completed floor plan that a proposal leads to.

    Raises:
        InputError: the brief's outline or fixed spaces cannot be followed.
    """
    from layoutgan.domains.floorplan.complete import complete

    layout, tiling = tiled(brief, proposal, seed, effort)
    broken = tuple(in_words(v, brief) for v in tiling.violations if asked(v, brief))
    feasible = not broken and len(layout.elements) == len(brief.spaces)
    return Realised(
        complete(layout), feasible, broken, _displacement(layout, proposal), _figures(layout, tiling, brief)
    )


def _displacement(layout: Layout, proposal: Proposal) -> float:
    """Mean distance of rooms from where they were proposed, over the root of the plan's area [-]."""
    rooms = {r.id: r.shape for r in layout.of(Room)}
    size = np.sqrt(sum(shape.area for shape in rooms.values())) or 1.0
    away = []
    for i, name in enumerate(proposal.ids):
        if name in rooms and proposal.gates[i].any():
            box = proposal.rectangles[i][proposal.gates[i]]
            areas = np.maximum((box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]), 1e-9)
            centre = np.average((box[:, :2] + box[:, 2:]) / 2, axis=0, weights=areas)
            middle = rooms[name].centroid
            away.append(np.hypot(middle.x - centre[0], middle.y - centre[1]))
    return float(np.mean(away) / size) if away else 0.0


def _figures(layout: Layout, tiling: Tiling, brief: FloorplanBrief) -> dict[str, float]:
    """What ranks plans that meet the brief: ``distance`` from its wishes, and form."""
    if not tiling.labels.size:
        return {"distance": 10.0}
    targets = np.array([n.area[1] for n in brief.programme().nodes])
    error = float(np.mean(np.abs(tiling.clear_areas - targets) / targets))
    corners = float(tiling.corners.mean())
    shapes = np.asarray([r.shape for r in layout.of(Room)], dtype=object)
    box = shapely.bounds(shapes)
    fill = shapely.area(shapes) / np.maximum((box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]), 1e-9)
    missing = 0.5 * len(tiling.violations) + 0.3 * _cramped(layout, tiling, brief)
    return {
        "area_error": error,
        "corners": corners,
        "fill": float(fill.mean()),
        "distance": error + 0.1 * (corners - 4) + float(1 - fill.mean()) + missing,
    }


def _cramped(layout: Layout, tiling: Tiling, brief: FloorplanBrief) -> int:
    """How many rooms are smaller or narrower than is of use, though the brief allows them more."""
    area, width = useful(brief, np.array([n.area for n in brief.programme().nodes]))
    shapes = {r.id: r.shape for r in layout.of(Room)}
    return sum(
        bool(tiling.areas[i] < area[i])
        or bool(tiling.widths[i] < width[i] and clear_width(shapes[space.id]) < width[i] - 0.01)
        for i, space in enumerate(brief.spaces)
        if space.id in shapes and space.shape is None
    )


def explain(brief: FloorplanBrief, seed: int) -> tuple[str, ...]:
    """A small set of demands that cannot hold together, in the brief's own words.

    Raises:
        InputError: the brief's outline or fixed spaces cannot be followed.
    """
    from layoutgan.domains.floorplan.conflict import conflict

    count = len(brief.spaces)
    nothing = Proposal(
        tuple(s.id for s in brief.spaces),
        np.zeros((count, 1, 4)),
        np.zeros((count, 1), dtype=bool),
        trust=0.0,
    )
    problem, _ = problem_of(brief, nothing, seed)
    return tuple(in_words(v, brief) for v in conflict(problem))


def warm() -> None:
    """Loads the compiled code by tiling a single room."""
    brief = FloorplanBrief(
        layoutgan=1,
        domain="floorplan",
        boundary=Polygon([(0, 0), (3, 0), (3, 3), (0, 3)]),
        spaces=({"id": "a", "kind": "other"},),
    )
    proposal = Proposal(("a",), np.array([[[0.0, 0.0, 3.0, 3.0]]]), np.ones((1, 1), dtype=bool))
    tile(problem_of(brief, proposal, 0)[0])
