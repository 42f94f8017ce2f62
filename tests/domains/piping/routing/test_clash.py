"""The judge of routings: distances against brute force, and clashes at, within and beyond the limit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import boxes, end, line, space
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from layoutgan.domains.piping.routing.clash import clashes, segment_box_distance, segment_distance
from layoutgan.domains.piping.routing.problem import Route, Routing, Status

coordinates = st.integers(-40, 40).map(lambda tenth: tenth / 10)


def laid(*paths, status=Status.ROUTED) -> Routing:
    """A routing whose paths are given."""
    return Routing(
        tuple(
            Route(str(i), status, (np.array(p, dtype=float),), 0.0, 0, 0.0, 0.0) for i, p in enumerate(paths)
        )
    )


@settings(max_examples=60, deadline=None)
@given(arrays(float, (4, 3), elements=coordinates))
def test_segment_distance_is_that_of_the_nearest_points(points):
    a, b, c, d = points
    t = np.linspace(0, 1, 121)
    first, second = a + t[:, None] * (b - a), c + t[:, None] * (d - c)
    sampled = np.linalg.norm(first[:, None] - second[None], axis=2).min()
    exact = float(segment_distance(a, b, c, d))
    reach = (np.linalg.norm(b - a) + np.linalg.norm(d - c)) / 240
    assert exact <= sampled + 1e-9
    assert sampled <= exact + reach + 1e-9


@settings(max_examples=60, deadline=None)
@given(arrays(float, (4, 3), elements=coordinates))
def test_box_distance_is_that_of_the_nearest_points(points):
    a, b = points[:2]
    box = np.concatenate([np.minimum(points[2], points[3]), np.maximum(points[2], points[3])])
    t = np.linspace(0, 1, 2001)
    along = a + t[:, None] * (b - a)
    gap = np.maximum(np.maximum(box[:3] - along, along - box[3:]), 0.0)
    sampled = np.linalg.norm(gap, axis=1).min()
    exact = float(segment_box_distance(a, b, box))
    assert exact <= sampled + 1e-7
    assert sampled <= exact + np.linalg.norm(b - a) / 4000 + 1e-7


@pytest.mark.parametrize(
    ("apart", "kinds"), [(0.30, []), (0.225, []), (0.2249, ["pipe"]), (0.19, ["pipe"])]
)  # 2 x 0.1 m radius + 0.025 m gap
def test_pitch_is_kept_or_not(apart, kinds):
    lines = [line(str(i), end((0, y, 1)), end((9, y, 1)), radius=0.1) for i, y in enumerate((0.0, apart))]
    routing = laid(*[[[0, y, 1], [9, y, 1]] for y in (0.0, apart)])
    found = clashes(space(*lines), routing)
    assert [clash.kind for clash in found] == kinds
    assert all(clash.hard == (apart < 0.2) for clash in found)
    assert all(clash.distance == pytest.approx(apart - 0.2) for clash in found)


@pytest.mark.parametrize(("height", "kinds"), [(2.2, []), (2.2 - 1e-3, ["solid"]), (1.5, ["solid"])])
def test_clearance_of_a_solid_is_kept_or_not(height, kinds):
    asked = space(
        line("0", end((0, 5, height)), end((9, 5, height)), radius=0.1),
        solids=boxes((4, 4, 0, 6, 6, 2), gap=0.1),
    )
    found = clashes(asked, laid([[0, 5, height], [9, 5, height]]))
    assert [clash.kind for clash in found] == kinds


def test_a_nozzle_may_touch_its_own_equipment_only():
    solids = boxes((0, 0, 0, 2, 2, 2))
    path = [[2, 1, 1], [9, 1, 1]]
    mine = space(line("0", end((2, 1, 1), "+x", 0.5, owner=0), end((9, 1, 1)), radius=0.1), solids=solids)
    other = replace(mine, solids=replace(solids, owners=np.array([7])))
    assert not clashes(mine, laid(path))
    assert [clash.kind for clash in clashes(other, laid(path))] == ["solid"]


def test_forbidden_room_binds_all_but_nozzles_inside():
    road = np.array([[4.0, 0.0, 0.0, 6.0, 10.0, 5.0]])
    asked = space(line("0", end((0, 5, 1)), end((9, 5, 1)), radius=0.1), forbidden=road)
    assert [clash.kind for clash in clashes(asked, laid([[0, 5, 1], [9, 5, 1]]))] == ["forbidden"]
    inside = space(line("0", end((5, 5, 1)), end((9, 5, 1)), radius=0.1), forbidden=road)
    assert not clashes(inside, laid([[5, 5, 1], [9, 5, 1]]))


def test_exceptions_are_judged_on_demand():
    asked = space(line("0", end((0, 5, 1)), end((9, 5, 1)), radius=0.1), solids=boxes((4, 4, 0, 6, 6, 2)))
    routing = laid([[0, 5, 1], [9, 5, 1]], status=Status.EXCEPTION)
    assert not clashes(asked, routing)
    assert len(clashes(asked, routing, exceptions=True)) == 1
