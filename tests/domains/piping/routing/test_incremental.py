"""One thing moved: only the lines that it concerns are laid anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import boxes, end, faults, line, small_plant, space
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.domains.piping.routing.clash import clashes
from layoutgan.domains.piping.routing.problem import RoutingProblem, Status
from layoutgan.domains.piping.routing.route import reroute, route


def moved(problem: RoutingProblem, item: int, by: tuple[float, float, float]) -> RoutingProblem:
    """The problem with one item and its nozzles elsewhere."""
    solids = problem.solids.boxes.copy()
    solids[item] += np.array((*by, *by))
    lines = tuple(
        replace(
            asked,
            terminals=tuple(
                replace(t, point=tuple(a + b for a, b in zip(t.point, by, strict=True)))
                if t.owner == item
                else t
                for t in asked.terminals
            ),
        )
        for asked in problem.lines
    )
    return replace(problem, lines=lines, solids=replace(problem.solids, boxes=solids))


def test_nothing_changed_nothing_moves():
    problem = small_plant(5)
    before = route(problem)
    after = reroute(problem, before)
    assert not after.rerouted
    for old, new in zip(before.routes, after.routes, strict=True):
        assert old is new


def test_lines_far_from_a_moved_item_keep_their_last_bit():
    # Two pairs of boxes; the second pair's line has nothing to do with the first pair.
    solids = boxes((2, 2, 0, 4, 4, 2), (12, 2, 0, 14, 4, 2), (2, 30, 0, 4, 32, 2), (12, 30, 0, 14, 32, 2))
    lines = [
        line(name, end((4, y, 1), "+x", 0.3, a), end((12, y, 1), "-x", 0.3, a + 1), elbow=0.1)
        for name, y, a in (("near", 3.0, 0), ("far", 31.0, 2))
    ]
    problem = space(*lines, solids=solids)
    before = route(problem)
    after = reroute(moved(problem, 1, (0.0, 3.0, 0.0)), before)
    assert after.rerouted == ("near",)
    assert after.routes[1] is before.routes[1]
    assert after.routes[0].length == pytest.approx(8.0 + 3.0)


def test_a_box_put_on_a_line_moves_that_line_only():
    lines = [line(f"L{y}", end((1, y, 1), "+x"), end((30, y, 1), "-x")) for y in (5, 9, 13)]
    problem = space(*lines)
    before = route(problem)
    after = reroute(replace(problem, solids=boxes((14, 8, 0, 16, 10, 3))), before)
    assert after.rerouted == ("L9",)
    assert [old is new for old, new in zip(before.routes, after.routes, strict=True)] == [True, False, True]
    assert not clashes(replace(problem, solids=boxes((14, 8, 0, 16, 10, 3))), after)


def test_a_sloped_line_that_nothing_touches_stays():
    asked = line("S", end((1, 5, 6), "+x", 0.3), end((30, 9, 1), "-x", 0.3), slope=0.01, elbow=0.1)
    problem = space(asked)
    before = route(problem)
    assert reroute(problem, before).routes[0] is before.routes[0]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 4), st.sampled_from([(0.5, 0, 0), (0, -0.5, 0), (0, 0, 0.4)]))
def test_after_a_move_all_is_as_good_as_before(seed, item, by):
    problem = small_plant(seed)
    before = route(problem)
    changed = moved(problem, item, by)
    after = reroute(changed, before)
    assert not [c for c in clashes(changed, after) if c.kind != "stub"]
    old = {r.name: r for r in before.routes}
    for asked, found in zip(changed.lines, after.routes, strict=True):
        if found.status is Status.ROUTED:
            assert not faults(asked, found)
        if found.name not in after.rerouted:
            assert found is old[found.name]
    touched = {a.name for a in changed.lines if any(t.owner == item for t in a.terminals)}
    assert touched <= set(after.rerouted) | {r.name for r in after.routes if r.status is Status.EXCEPTION}
