"""One item moved in a finished plant: only the lines that it concerns are routed anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layoutgan.core.layout import Element, Layout
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.connect import Net, nets_of, pieces_of, pipes_of, routing_problem
from layoutgan.domains.piping.elements import (
    Component,
    Envelope,
    Equipment,
    Pipe,
    PlacedNozzle,
    Rack,
    Terminal,
)
from layoutgan.domains.piping.plant import Plant
from layoutgan.domains.piping.routing.problem import Route, Routing, Status
from layoutgan.domains.piping.routing.route import reroute
from layoutgan.domains.piping.shapes import coordinates, point3
from layoutgan.domains.piping.valves import components_on
from layoutgan.errors import InputError

__all__ = ["Relocated", "relocate"]

_ROUNDED = 1e-4
"""What coordinates of a layout may be off, because they are rounded [m]."""


@dataclass(frozen=True)
class Relocated:
    """A plant after a move."""

    layout: Layout
    rerouted: tuple[str, ...]
    """Lines that were routed anew; all others are the same to the last bit."""
    exceptions: tuple[str, ...]
    """Lines that can no longer be routed."""


def relocate(layout: Layout, tag: str, by: tuple[float, float], *, seed: int = 0) -> Relocated:
    """The plant with one item, its nozzles and its free areas elsewhere, and its lines led there.

    Args:
        layout: a plant with the brief that it answers.
        tag: of the item.
        by: how far along x and y [m].
        seed: order of lines while they negotiate.

    Raises:
        InputError: the layout has no plant brief or no such item, or the item is locked.
    """
    brief = layout.brief
    if not isinstance(brief, PipingBrief):
        raise InputError("holds no brief of a plant; lines cannot be routed without one", place="brief")
    item = next((e for e in layout.of(Equipment) if e.id == tag), None)
    if item is None:
        raise InputError(f"no equipment is called '{tag[:80]}'", place="elements")
    if item.locked:
        raise InputError(f"{tag} is locked; unlock it first", place="elements")
    here = {id(e): _moved(e, tag, by) for e in layout.elements}
    elements = [here[id(e)] for e in layout.elements]
    plant = brief.plant()
    nets = nets_of(plant)
    equipment = [e for e in elements if isinstance(e, Equipment)]
    problem = routing_problem(
        brief, nets, equipment, layout.of(Rack), layout.of(Terminal),
        [e for e in elements if isinstance(e, Envelope)],
    )  # fmt: skip
    pipes = {pipe.id: pipe for pipe in layout.of(Pipe)}
    routing = reroute(problem, _routing(nets, pipes), seed=seed, rounded=_ROUNDED)
    anew = {net.name for net in nets if net.name in routing.rerouted}
    kept = {name for net in nets if net.name not in anew for name, *_ in pieces_of(net)}
    laid = tuple(pipes[p.id] if p.id in kept else p for p in pipes_of(nets, routing, equipment))
    return Relocated(
        _with(layout, elements, laid, plant, equipment),
        tuple(sorted(anew)),
        tuple(route.name for route in routing.exceptions),
    )


def _moved(element: Element, tag: str, by: tuple[float, float]) -> Element:
    """The element, shifted if it is the item or one of its free areas."""
    mine = isinstance(element, Equipment) and element.id == tag
    if not mine and not (isinstance(element, Envelope) and element.of == tag):
        return element
    fields = {name: getattr(element, name) for name in type(element).model_fields}
    fields["shape"] = shapely.transform(fields["shape"], lambda xy: np.round(xy + np.asarray(by), 4))
    if isinstance(element, Equipment):
        fields["nozzles"] = tuple(_nozzle(nozzle, by) for nozzle in element.nozzles)
    return type(element)(**fields)


def _nozzle(nozzle: PlacedNozzle, by: tuple[float, float]) -> PlacedNozzle:
    fields = {name: getattr(nozzle, name) for name in PlacedNozzle.model_fields}
    fields["at"] = point3(np.round(coordinates(nozzle.at) + np.array((*by, 0.0)), 4))
    return PlacedNozzle(**fields)


def _routing(nets: Sequence[Net], pipes: dict[str, Pipe]) -> Routing:
    """The routes that the pipes of a layout are; nets with a piece missing or an exception are left out."""
    routes = []
    for net in nets:
        pieces = pieces_of(net)
        found = [pipes[name] for name, _, _ in pieces if name in pipes]
        if len(found) < len(pieces) or any(pipe.status != "routed" for pipe in found):
            continue
        paths = tuple(
            pipe.points if pipe.start == str(end) else pipe.points[::-1].copy()
            for pipe, (_, _, end) in zip(found, pieces, strict=True)
        )
        length = sum(pipe.length for pipe in found)
        reason = found[0].reason
        routes.append(Route(net.name, Status.ROUTED, paths, length, 0, 0.0, 0.0, reason))
    return Routing(tuple(routes))


def _with(
    layout: Layout, elements: Sequence[Element], pipes: tuple[Pipe, ...], plant: Plant, items: list[Equipment]
) -> Layout:
    """The layout with what stands elsewhere, its pipes, and what stands on them."""
    components, _ = components_on(plant, pipes, items)
    rest = [e for e in elements if not isinstance(e, Pipe | Component)]
    fields = {name: getattr(layout, name) for name in type(layout).model_fields}
    fields |= {"elements": (*rest, *pipes, *components), "scores": {}}
    return Layout(**fields)
