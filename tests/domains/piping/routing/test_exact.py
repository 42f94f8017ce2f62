"""Small cases worked out by hand: length, bends and way."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import boxes, end, faults, line, space

from layoutgan.domains.piping.routing.problem import Climb, Rack, Status
from layoutgan.domains.piping.routing.route import route

CASES = {
    # name: first end, second end, obstacles, length, bends
    "straight": (((1, 5, 5), "+x"), ((11, 5, 5), "-x"), [], 10.0, 0),
    "one corner": (((1, 5, 5), "+x"), ((11, 9, 5), "-y"), [], 14.0, 1),
    "two corners in a plane": (((1, 5, 5), "+x"), ((11, 9, 5), "-x"), [], 14.0, 2),
    "two corners in space": (((1, 5, 5), "+x"), ((11, 9, 8), "-z"), [], 17.0, 2),
    "three corners": (((1, 5, 5), "+x"), ((11, 9, 8), "-x"), [], 17.0, 3),
    # Round a wall 4 m wide about the straight way, 3 m beyond the nearer end: 2 x 2.05 m aside, four bends.
    "round a wall": (((1, 5, 5), "+x"), ((11, 5, 5), "-x"), [(5, 3, 0, 6, 7, 30)], 14.1, 4),
    # The wall reaches farther on one side: the way takes the other.
    "shorter side": (((1, 5, 5), "+x"), ((11, 5, 5), "-x"), [(5, 4, 0, 6, 30, 30)], 12.1, 4),
    "over the wall": (((1, 5, 5), "+x"), ((11, 5, 5), "-x"), [(5, 0, 0, 6, 40, 6)], 12.1, 4),
}


@pytest.mark.parametrize("name", CASES)
def test_length_and_bends(name):
    (first, way), (second, back), walls, length, bends = CASES[name]
    asked = line("L", end(first, way, 0.2), end(second, back, 0.2))
    found = route(space(asked, solids=boxes(*walls))).routes[0]
    assert found.status is Status.ROUTED
    assert found.length == pytest.approx(length, abs=1e-6)
    assert found.bends == bends
    assert found.bound == pytest.approx(length - 0.4 + 2.0 * bends, abs=1e-3)  # between take-offs
    assert not faults(asked, found)


def test_elbows_may_sit_on_nozzles_without_a_stub():
    ends = end((2, 10, 10), "+y"), end((8, 10, 10), "+y")
    near = route(space(line("L", *ends))).routes[0]
    assert (near.length, near.bends) == (pytest.approx(6.0), 2)


def test_elbows_keep_two_elbow_lengths_apart():
    # The ends are 0.3 m out of line, but two elbows of 0.4 m need 0.8 m between them.
    asked = line("L", end((1, 5, 5), "+x", 0.4), end((11, 5.3, 5), "-x", 0.4), elbow=0.4)
    found = route(space(asked)).routes[0]
    legs = np.linalg.norm(np.diff(found.paths[0], axis=0), axis=1)
    assert found.status is Status.ROUTED
    assert legs[1:-1].min() >= 0.8 - 1e-6
    assert not faults(asked, found)


def test_take_off_keeps_straight_for_its_stub():
    asked = line("L", end((1, 5, 5), "+x", 1.5), end((1, 9, 5), "+x", 0.5))
    found = route(space(asked)).routes[0]
    assert found.length == pytest.approx(1.5 + 4.0 + 1.5)
    assert found.bends == 2


def test_three_ends_make_the_shortest_tree():
    # Half the perimeter of the box round the ends, which no tree of three ends can beat: 10 + 6 m.
    asked = line("H", end((2, 5, 5)), end((12, 5, 5)), end((6, 11, 5)))
    found = route(space(asked)).routes[0]
    assert found.length == pytest.approx(16.0)
    assert found.bends == 0  # one tee
    assert found.paths[1][-1] == pytest.approx([6.0, 5.0, 5.0])
    assert not faults(asked, found)


def test_four_ends_share_two_tees():
    # Ends at the corners of 10 x 4 m: a spine of 10 m and four twigs of 2 m, or a side of 10 and two of 4.
    ends = [end(point) for point in ((2, 5, 5), (12, 9, 5), (2, 9, 5), (12, 5, 5))]
    found = route(space(line("H", *ends), bend_cost=0.01)).routes[0]
    assert found.length == pytest.approx(18.0)


def test_tees_keep_away_from_elbows():
    asked = line(
        "H", end((2, 5, 5), "+x", 0.3), end((12, 9, 5), "-x", 0.3), end((7.1, 12, 5), "-y", 0.3), elbow=0.3
    )
    found = route(space(asked)).routes[0]
    tee = found.paths[1][-1]
    elbows = np.concatenate([path[1:-1] for path in found.paths])
    elbows = elbows[np.linalg.norm(elbows - tee, axis=1) > 1e-6]
    assert np.linalg.norm(elbows - tee, axis=1).min() >= 0.3 - 1e-6
    assert not faults(asked, found)


def test_racks_are_cheaper_than_open_space():
    # Along the rack 0.6 of 32 m is saved; up and down cost 2 x 4.1 m and four bends.
    rack = Rack((4.0, 8.0, 36.0, 14.0), 0, (5.0,), discount=0.4)
    asked = line("L", end((2, 10, 1), "+x"), end((38, 10, 1), "-x"), radius=0.1)
    plain = route(space(asked)).routes[0]
    racked = route(space(asked, racks=(rack,))).routes[0]
    assert plain.bends == 0
    assert racked.paths[0][:, 2].max() == pytest.approx(5.1)  # its underside lies on the steel
    assert racked.cost == pytest.approx(36.0 + 8.2 + 8.0 - 19.2)


def test_services_choose_their_tier():
    rack = Rack((2.0, 8.0, 38.0, 14.0), 0, (5.0, 7.0), (frozenset({"process"}), frozenset({"utility"})), 0.3)
    lines = [
        line(name, end((2, y, 1), "+x"), end((38, y, 1), "-x"), service=name)
        for name, y in (("process", 10), ("utility", 11))
    ]
    found = route(space(*lines, racks=(rack,)))
    assert [r.paths[0][:, 2].max() for r in found.routes] == pytest.approx([5.05, 7.05])


def test_headroom_is_kept_over_a_road():
    road = np.array([[15.0, 0.0, 0.0, 21.0, 40.0, 5.0]])
    asked = line("L", end((2, 10, 1), "+x"), end((38, 10, 1), "-x"), radius=0.1)
    found = route(space(asked, forbidden=road)).routes[0]
    over = [leg for leg in zip(found.paths[0], found.paths[0][1:], strict=False) if leg[0][0] != leg[1][0]]
    crossing = next(a for a, b in over if min(a[0], b[0]) < 15.0 and max(a[0], b[0]) > 21.0)
    assert crossing[2] == pytest.approx(5.1)  # underside at 5.0 m


@pytest.mark.parametrize("climb", [Climb.FALLING, Climb.MONOTONE])
def test_no_pocket_where_the_cheap_way_would_have_one(climb):
    # A bank stands in the way: over it is 0.25 m up, beside it 8 m to the side.
    bank = (10, 0, 0, 12, 18, 5.2)
    ends = end((5, 10, 5), "+x"), end((25, 10, 2), "-x")
    free = route(space(line("L", *ends), solids=boxes(bank))).routes[0]
    kept = route(space(line("L", *ends, climb=climb), solids=boxes(bank))).routes[0]
    assert free.paths[0][:, 2].max() == pytest.approx(5.25)
    assert kept.paths[0][:, 1].max() == pytest.approx(18.05)
    assert (np.diff(kept.paths[0][:, 2]) <= 1e-9).all()
    assert kept.reason == ""


@pytest.mark.parametrize(("climb", "best"), [(Climb.NO_LOW_POCKET, 5.25), (Climb.NO_HIGH_POCKET, 0.0)])
def test_one_kind_of_pocket_may_be_allowed(climb, best):
    # Over the bank is a high pocket; without one the line goes beside it.
    bank = (10, 0, 0, 12, 18, 5.2)
    ends = end((5, 10, 5), "+x"), end((25, 10, 2), "-x")
    found = route(space(line("L", *ends, climb=climb), solids=boxes(bank))).routes[0]
    assert found.reason == ""
    assert found.paths[0][:, 2].max() == pytest.approx(max(best, 5.0))


@pytest.mark.parametrize(("feeds", "height"), [(False, 2.0), (True, 8.0)])
def test_branches_fall_along_the_flow(feeds, height):
    # A branch that takes flow away must fall to its nozzle, one that feeds must fall to the tee.
    asked = line(
        "H", end((2, 10, 5), "+x"), end((30, 10, 5), "-x"), end((15, 20, height), "-y", feeds=feeds),
        climb=Climb.FALLING,
    )  # fmt: skip
    found = route(space(asked)).routes[0]
    assert found.reason == ""
    falls = np.diff(found.paths[1][:, 2])
    assert (falls >= -1e-9).all() if not feeds else (falls <= 1e-9).all()


def test_a_branch_that_cannot_fall_says_so():
    asked = line(
        "H", end((2, 10, 5), "+x"), end((30, 10, 5), "-x"), end((15, 20, 9), "-y"), climb=Climb.FALLING
    )
    found = route(space(asked)).routes[0]
    assert found.status is Status.ROUTED
    assert found.reason == "pocket"


def test_lines_come_down_beside_a_column_before_they_run_level():
    # The same length either way; down first costs two elbows more, 19.7 m high up cost 0.6 x 19.7 m more.
    ends = end((5, 10, 14), "+x", 0.3), end((25, 10, 2), "+z", 0.3)
    free = route(space(line("L", *ends))).routes[0]
    down = route(space(line("L", *ends), high=7.0, levels=(7.0,))).routes[0]
    assert free.paths[0][1] == pytest.approx([25, 10, 14])
    level = [a[2] for a, b in itertools.pairwise(down.paths[0]) if abs(b[0] - a[0]) > 1.0]
    assert max(level) <= 7.0
    assert down.length == pytest.approx(free.length)
    assert down.cost >= down.bound - 1e-3
