"""Walking distances against ways worked out by hand, and against a fine grid on plans that nobody chose."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, box

from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.domains.floorplan.walking import Walk, exit_distances, walk_of
from layoutgan.validation.rule import Context


def test_straight_across_a_room():
    walk = Walk(MultiPolygon([box(0, 0, 4, 3)]))
    assert walk.distances(Point(0, 0), [Point(4, 3), Point(0, 3)]) == pytest.approx([5.0, 3.0])


def test_around_the_corner_of_an_l():
    walk = Walk(MultiPolygon([box(0, 0, 4, 1).union(box(0, 0, 1, 4))]))
    # From one end to the other the way turns at the inner corner (1, 1).
    assert walk.distances(Point(4, 0.5), [Point(0.5, 4)]) == pytest.approx([2 * math.hypot(3, 0.5)])


def test_around_a_column_on_the_shorter_side():
    walk = Walk(MultiPolygon([box(0, 0, 6, 4).difference(box(2, 1, 3, 4))]))
    # Over the lower edge of the block: (0, 3) to (2, 1), along to (3, 1), and to (6, 3).
    expected = math.hypot(2, 2) + 1 + math.hypot(3, 2)
    assert walk.distances(Point(0, 3), [Point(6, 3)]) == pytest.approx([expected])


def test_no_way_is_infinite():
    walk = Walk(MultiPolygon([box(0, 0, 1, 1), box(2, 0, 3, 1)]))
    assert walk.distances(Point(0.5, 0.5), [Point(2.5, 0.5)]) == [math.inf]


def test_a_place_off_the_floor_counts_the_way_to_it():
    walk = Walk(MultiPolygon([box(0, 0, 2, 2)]))
    assert walk.distances(Point(-1, 1), [Point(2, 1)]) == pytest.approx([3.0])


def test_through_a_door_between_two_rooms():
    plan = drawn("ab", scale=4.0, a="bedroom", b="corridor",
                 doors=[{"between": "ab", "width": 0.9}, {"between": ["b", "outside"], "at": [8, 2]}])
    far = exit_distances(Context(plan), 0.0)
    # From the corner (0, 0) of a straight to the door's jamb at (4, 1.55) and on to (8, 2).
    assert far["a"] == pytest.approx(math.hypot(4, 1.55) + math.hypot(4, 0.45), abs=0.08)
    assert far["b"] == pytest.approx(math.hypot(4, 2), abs=0.08)


def test_a_person_does_not_fit_through_a_slit():
    plan = drawn("ab", scale=3.0, a="bedroom", b="corridor",
                 doors=[{"between": "ab", "width": 0.4}, {"between": ["b", "outside"]}])
    assert math.isinf(exit_distances(Context(plan), 0.25)["a"])
    assert math.isfinite(exit_distances(Context(plan), 0.1)["a"])


def test_without_a_front_door_there_is_no_way():
    plan = drawn("ab", scale=3.0, a="bedroom", b="corridor", doors=[{"between": "ab"}])
    assert set(exit_distances(Context(plan)).values()) == {math.inf}


def _on_a_grid(floor, start, end, step=0.1):
    """Shortest way over the points of a grid that lie on the floor, with 16 directions: never shorter."""
    x0, y0, x1, y1 = floor.bounds
    xs, ys = np.arange(x0, x1 + 1e-9, step), np.arange(y0, y1 + 1e-9, step)
    inside = {(i, j) for i, x in enumerate(xs) for j, y in enumerate(ys) if floor.covers(Point(x, y))}
    moves = [(1, 0), (0, 1), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1)]
    moves += [(-a, -b) for a, b in moves]

    def cell(p):
        return round((p.x - x0) / step), round((p.y - y0) / step)

    goal, best, heap = cell(end), {cell(start): 0.0}, [(0.0, cell(start))]
    while heap:
        way, here = heapq.heappop(heap)
        if here == goal:
            return way
        for a, b in moves:
            there = here[0] + a, here[1] + b
            longer = way + math.hypot(a, b) * step
            if there in inside and longer < best.get(there, math.inf):
                best[there] = longer
                heapq.heappush(heap, (longer, there))
    return math.inf


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=0, max_size=8, unique=True))
def test_as_long_as_on_a_fine_grid(blocked):
    whole = box(0, 0, 3, 3)
    blocks = [box(0.5 * i + 0.05, 0.5 * j + 0.05, 0.5 * i + 0.45, 0.5 * j + 0.45) for i, j in blocked]
    floor = whole.difference(shapely.union_all(blocks))
    walk = Walk(MultiPolygon([floor]))
    exact = walk.distances(Point(0, 0), [Point(3, 3)])[0]
    grid = _on_a_grid(floor, Point(0, 0), Point(3, 3))
    assert math.hypot(3, 3) - 1e-6 <= exact <= grid + 1e-6
    # Sixteen directions lengthen a way by at most 2.8 %, and cells that are cut off by a few more.
    assert grid <= exact * 1.08 + 0.1


def test_columns_stand_in_the_way():
    open_floor = drawn("aaa\naaa\naaa", scale=2.0, a="living_room", doors=[{"between": ["a", "outside"]}])
    walk = walk_of(Context(open_floor))
    assert walk.floor.area < 36.0
    assert not walk.floor.covers(Point(0.1, 0.1))
