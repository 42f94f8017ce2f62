"""What a line keeps out of although it could pass: free areas, head height, the neighbourhood of its tees."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import boxes, end, line, space

from layoutgan.domains.piping.routing import single
from layoutgan.domains.piping.routing.problem import Climb, Status
from layoutgan.domains.piping.routing.route import route
from layoutgan.domains.piping.routing.space import inside
from layoutgan.domains.piping.ways import pockets

ELBOW = {"radius": 0.05, "elbow": 0.15}


def test_a_line_leaves_the_free_area_at_its_nozzle_by_the_nearest_side():
    area = np.array([[5.0, 5.0, 0.0, 15.0, 15.0, 3.0]])
    asked = line("L", end((14, 10, 1), "+x", 0.3), end((2, 10, 1), "-x", 0.3), **ELBOW)
    through = route(space(asked)).routes[0]
    around = route(space(asked, forbidden=area)).routes[0]
    assert inside(through.paths, area)[0] > 9.0
    assert around.status is Status.ROUTED
    assert inside(around.paths, area)[0] < 3.0
    assert around.cost == pytest.approx(around.bound, abs=1e-3)


@pytest.mark.parametrize(("far", "high"), [(30.0, True), (4.0, False)])
def test_a_long_level_run_goes_over_peoples_heads_and_a_short_one_stays(far, high):
    asked = line("L", end((2, 10, 1), "+x", 0.3), end((2 + far, 10, 1), "-x", 0.3), **ELBOW)
    found = route(space(asked, low=2.2)).routes[0]
    top = found.paths[0][:, 2].max()
    assert bool(top > 2.2 + 0.05 - 1e-6) == high
    assert found.bound <= found.cost + 1e-6


def test_a_tee_keeps_away_from_elbows_by_what_both_take():
    ends = [end((2, 2, 2), "+x", 0.3), end((20, 12, 2), "-x", 0.3), end((11, 2.3, 2), "-y", 0.3)]
    found = route(space(line("L", *ends, tee=0.6, **ELBOW))).routes[0]
    tee = found.paths[1][-1]
    corners = np.concatenate([path[1:-1] for path in found.paths])
    away = np.abs(corners - tee).max(axis=1)
    assert away[away > 1e-6].min() >= 0.6 - 1e-6


def test_a_suction_that_cannot_fall_all_the_way_has_a_low_pocket_rather_than_a_high_one():
    # The bottom nozzle ends below the pump, and the short way past the wall leads over it.
    wall = boxes((10, 0, 0, 10.5, 18, 3), (4, 9, 1.2, 6, 11, 4))
    ends = end((5, 10, 1.2), "-z", 0.6, owner=1), end((15, 10, 1.0), "-x", 0.3)
    asked = line("L", *ends, climb=Climb.MONOTONE, **ELBOW)
    found = route(space(asked, solids=wall)).routes[0]
    assert found.reason == "pocket"
    assert pockets(found.paths[0]) == (0, 1)


def test_a_walled_in_nozzle_is_told_without_searching_the_plant(monkeypatch):
    work = []

    def watched(ends, obstacles, *rest):
        found = refine(ends, obstacles, *rest)
        work.append(int(obstacles.active.sum()))
        return found

    refine = single.refine
    monkeypatch.setattr(single, "refine", watched)
    walls = [
        (4, 4, 4, 4.2, 8, 8), (7.8, 4, 4, 8, 8, 8), (4, 4, 4, 8, 4.2, 8),
        (4, 7.8, 4, 8, 8, 8), (4, 4, 4, 8, 8, 4.2), (4, 4, 7.8, 8, 8, 8),
    ]  # fmt: skip
    posts = [(x, y, 0, x + 0.5, y + 0.5, 30) for x, y in itertools.product(range(10, 38, 3), repeat=2)]
    asked = line("L", end((6, 6, 6), "+x", 0.3), end((39, 39, 6), "-x", 0.3), **ELBOW)
    found = route(space(asked, solids=boxes(*walls, *posts))).routes[0]
    assert found.reason == "unreachable"
    assert len(work) <= 3
    assert max(work) <= len(walls) + 0.2 * len(posts)
