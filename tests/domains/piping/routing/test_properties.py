"""What holds for every routing, whatever the plant: judged by code that knows nothing of the router's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import faults, small_plant
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.domains.piping.routing.clash import clashes
from layoutgan.domains.piping.routing.problem import Climb, RoutingProblem, Status
from layoutgan.domains.piping.routing.route import route

plants = st.integers(0, 10_000).map(small_plant)


def avoidable(problem: RoutingProblem, routing) -> list:
    """Clashes that a router could have avoided: not those of two nozzles that stand too near each other."""
    return [clash for clash in clashes(problem, routing) if clash.kind != "stub"]


@settings(max_examples=12, deadline=None)
@given(plants)
def test_routes_are_whole_and_touch_nothing(problem):
    routing = route(problem)
    assert [r.name for r in routing.routes] == [asked.name for asked in problem.lines]
    assert not avoidable(problem, routing)
    for asked, found in zip(problem.lines, routing.routes, strict=True):
        if found.status is Status.ROUTED:
            assert not faults(asked, found)
            assert found.cost >= found.bound - 1e-3
        else:
            assert found.reason
            assert found.paths


@settings(max_examples=4, deadline=None)
@given(plants, st.randoms(use_true_random=False))
def test_the_order_of_the_list_decides_nothing(problem, random):
    shuffled = list(problem.lines)
    random.shuffle(shuffled)
    first = {r.name: r for r in route(problem).routes}
    second = {r.name: r for r in route(replace(problem, lines=tuple(shuffled))).routes}
    for name, found in first.items():
        for one, two in zip(found.paths, second[name].paths, strict=True):
            np.testing.assert_array_equal(one, two)


@settings(max_examples=4, deadline=None)
@given(plants)
def test_same_seed_same_routes(problem):
    one, two = route(problem, seed=3), route(problem, seed=3)
    for first, second in zip(one.routes, two.routes, strict=True):
        assert [p.tobytes() for p in first.paths] == [p.tobytes() for p in second.paths]


@pytest.mark.parametrize("turns", [1, 2, 3])
@settings(max_examples=4, deadline=None)
@given(problem=plants)
def test_the_cost_turns_with_the_plant(turns, problem):
    """A plant turned by quarter turns has the same bounds: the search prefers no axis."""
    if problem.racks:
        problem = replace(problem, racks=())
    bounds = [r.bound for r in route(problem).routes]
    turned = [r.bound for r in route(_turned(problem, turns)).routes]
    assert turned == pytest.approx(bounds, abs=2e-3)


def _turned(problem: RoutingProblem, turns: int) -> RoutingProblem:
    """The plant turned about the middle of its square plot."""
    middle = 0.5 * problem.bounds[1][0]

    def spin(x: float, y: float) -> tuple[float, float]:
        for _ in range(turns):
            x, y = middle - (y - middle), middle + (x - middle)
        return x, y

    def about(dx: int, dy: int) -> tuple[int, int]:
        for _ in range(turns):
            dx, dy = -dy, dx
        return dx, dy

    rows = []
    for box in problem.solids.boxes:
        a, b = spin(box[0], box[1]), spin(box[3], box[4])
        rows.append((min(a[0], b[0]), min(a[1], b[1]), box[2], max(a[0], b[0]), max(a[1], b[1]), box[5]))
    lines = tuple(
        replace(
            asked,
            terminals=tuple(
                replace(
                    t,
                    point=(*spin(t.point[0], t.point[1]), t.point[2]),
                    direction=(*about(t.direction[0], t.direction[1]), t.direction[2]),
                )
                for t in asked.terminals
            ),
        )
        for asked in problem.lines
    )
    return replace(problem, lines=lines, solids=replace(problem.solids, boxes=np.array(rows)))


@settings(max_examples=8, deadline=None)
@given(plants, st.sampled_from([Climb.FALLING, Climb.RISING, Climb.MONOTONE]), st.sampled_from([0.0, 0.01]))
def test_climbs_and_slopes_are_kept_or_owned_up_to(problem, climb, slope):
    slope = slope if climb is Climb.FALLING else 0.0
    asked = replace(problem.lines[0], climb=climb, slope=slope, priority=3)
    problem = replace(problem, lines=(asked, *problem.lines[1:]))
    routing = route(problem)
    found = routing.routes[0]
    assert not avoidable(problem, routing)
    if found.status is Status.EXCEPTION or found.reason:
        assert found.reason in {"pocket", "slope", "unreachable", "congested"} or "buried" in found.reason
        return
    steps = np.diff(found.paths[0][:, 2])
    up, down = bool((steps > 1e-9).any()), bool((steps < -1e-9).any())
    assert {Climb.FALLING: not up, Climb.RISING: not down, Climb.MONOTONE: not (up and down)}[climb]
    assert not faults(asked, found)
