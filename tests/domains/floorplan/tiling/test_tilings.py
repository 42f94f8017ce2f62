"""The exact step on outlines of many forms: what it says of a tiling is what shapely measures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tiling_problems import OUTLINES, inside, longest_border, passable, problem, shapes

from layoutgan.domains.floorplan.tiling import Budget, Either, Kind, Problem, Tiling, tile, tile_many
from layoutgan.metrics.satisfaction import clear_floor, inscribed_square

SHORT = Budget(steps=3000, total=9000, tries=3)


def pairs_of(count: int, share: float, seed: int) -> NDArray[np.int64]:
    """Random pairs of neighbours in a ring of rooms [m, 2]."""
    draw = np.random.default_rng(seed)
    ring = [(i, (i + 1) % count) for i in range(count)] if count > 2 else [(0, 1)]
    return np.array([p for p in ring if draw.random() < share], np.int64).reshape(-1, 2)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems with contacts, forbidden contacts, façades and any-of contacts."""
    outline = draw(st.sampled_from(sorted(OUTLINES)))
    count = draw(st.integers(2, 7))
    seed = draw(st.integers(0, 10_000))
    contact = pairs_of(count, 0.6, seed)
    taken = {tuple(sorted(p)) for p in contact.tolist()}
    far = [(0, b) for b in range(2, count) if (0, b) not in taken][: draw(st.integers(0, 1))]
    others = np.ones(count, np.bool_)
    others[-1] = False
    return problem(
        outline,
        count,
        seed=seed,
        contact=contact,
        contact_min=np.full(len(contact), 0.9),
        never=np.array(far, np.int64).reshape(-1, 2),
        facade_min=np.where(np.arange(count) % 3 == 0, 1.0, 0.0),
        either=[Either(count - 1, others, 0.8)] if count > 2 else [],
        wall=draw(st.sampled_from([0.0, 0.1, 0.16])),
    )


def check_measures(asked: Problem, tiling: Tiling) -> None:
    """Compares areas, widths, borders and façades with shapely's."""
    rooms = shapes(tiling)
    clear = clear_floor({str(i): r for i, r in enumerate(rooms)}, asked.wall) if asked.wall else None
    outline = inside(asked)
    for i, room in enumerate(rooms):
        floor = clear[str(i)] if clear else room
        assert tiling.areas[i] == pytest.approx(room.area, abs=1e-6)
        # Walls that end at a reflex corner of the outline: shapely's reach round it, ours stop.
        assert tiling.clear_areas[i] == pytest.approx(floor.area, abs=asked.wall**2 + 1e-6)
        assert tiling.widths[i] <= inscribed_square(floor) + 1e-6  # ours keeps clear of wall ends as well
        assert tiling.facades[i] == pytest.approx(longest_border(room, outline), abs=1e-6)
        for j in range(i):
            assert tiling.runs[i, j] == pytest.approx(longest_border(room, rooms[j]), abs=1e-6)


def check_kept(asked: Problem, tiling: Tiling) -> None:
    """Every constraint that is not reported broken holds on the polygons."""
    rooms = shapes(tiling)
    broken = {(v.kind, v.index) for v in tiling.violations}
    for i, room in enumerate(rooms):
        if (Kind.AREA, i) not in broken:
            assert asked.area_min[i] - 1e-5 <= tiling.clear_areas[i] <= asked.area_max[i] + 1e-5
        if (Kind.WIDTH, i) not in broken:
            assert tiling.widths[i] >= asked.width_min[i] - 1e-5
        if (Kind.NECK, i) not in broken:
            assert passable(room, float(asked.neck[i]))
        if (Kind.FACADE, i) not in broken:
            assert tiling.facades[i] >= asked.facade_min[i] - 1e-5
    for i, (a, b) in enumerate(asked.contact):
        if (Kind.CONTACT, i) not in broken:
            assert longest_border(rooms[a], rooms[b]) >= asked.contact_min[i] - 1e-5
    for i, (a, b) in enumerate(asked.never):
        if (Kind.NEVER, i) not in broken:
            assert longest_border(rooms[a], rooms[b]) < 1e-5


@settings(max_examples=40, deadline=None)
@given(problems())
def test_rooms_fill_the_site_and_are_measured_exactly(asked: Problem) -> None:
    tiling = tile(asked, budget=SHORT)
    rooms = shapes(tiling)
    assert all(room.geom_type == "Polygon" and room.area > 0 for room in rooms)
    assert sum(room.area for room in rooms) == pytest.approx(asked.free_area, abs=1e-6)
    assert shapely.union_all(rooms).symmetric_difference(inside(asked)).area < 1e-6
    assert tiling.feasible == (not tiling.violations)
    assert all(v.amount > 0 for v in tiling.violations)
    check_measures(asked, tiling)
    check_kept(asked, tiling)


@pytest.mark.parametrize("outline", sorted(OUTLINES))
def test_easy_problems_are_solved_on_every_outline(outline: str) -> None:
    tiling = tile(problem(outline, 5, seed=3))
    assert tiling.feasible, tiling.violations


def same(one: Tiling, other: Tiling) -> bool:
    """Whether two tilings are the same bytes."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("x_lines", "y_lines", "labels")
    )


def test_same_seed_same_bytes_also_in_threads() -> None:
    asked = [problem("L", 6, seed=seed) for seed in range(4)]
    one = [tile(p) for p in asked]
    assert all(same(a, b) for a, b in zip(one, [tile(p) for p in asked], strict=True))
    assert all(same(a, b) for a, b in zip(one, tile_many(asked), strict=True))
    assert not same(one[0], tile(replace(asked[0], seed=99)))


def test_lines_are_whole_millimetres() -> None:
    tiling = tile(problem("U", 6, area=64.0, seed=1))
    inner = np.concatenate([tiling.x_lines, tiling.y_lines]) * 1000
    corners = {round(float(v), 6) for v in np.concatenate([problem("U", 6, area=64.0).x_lines * 1000])}
    off = [v for v in inner if abs(v - round(v)) > 1e-6 and round(float(v), 6) not in corners]
    assert not off


def test_locked_room_stays() -> None:
    free = problem("square", 4, area=64.0, seed=2)
    cells = free.site.copy()
    cells[1, 1] = 1  # the lower left quarter belongs to room 0
    limits = {"area_target": np.array([16.0, 16, 16, 16]), "area_min": np.full(4, 9.0)}
    asked = replace(free, site=cells, locked=np.arange(4) == 0, area_max=np.full(4, 25.0), **limits)
    tiling = tile(asked)
    assert tiling.feasible
    assert shapes(tiling)[0].equals(shapely.box(0, 0, 4, 4))


def test_a_proposal_is_kept_when_it_is_trusted() -> None:
    asked = problem("square", 4, area=64.0, seed=5, area_min=np.full(4, 10.0), area_max=np.full(4, 20.0))
    corners = np.array([[0, 4], [4, 0], [4, 4], [0, 0]], dtype=np.float64)
    boxes = np.concatenate([corners, corners + 4], axis=1)[:, None]
    near = tile(replace(asked, rectangles=boxes, gates=np.ones((4, 1), np.bool_), trust=1.0))
    middles = np.array([shape.centroid.coords[0] for shape in shapes(near)])
    assert np.abs(middles - (corners + 2)).max() < 1.0
