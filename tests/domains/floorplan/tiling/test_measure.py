"""Labels drawn by hand are measured as a person would; what cannot be a problem is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tiling_problems import OUTLINES, drawn, problem, without_limits

from layoutgan.domains.floorplan.tiling import Budget, Kind, measure, tile

CASES: list[tuple[list[str], float, list[float], list[float], list[int]]] = [
    # rows, wall [m], clear areas [m²], clear widths [m], corners
    (["aabb", "aabb"], 0.0, [4.0, 4.0], [2.0, 2.0], [4, 4]),
    (["aabb", "aabb"], 0.2, [3.8, 3.8], [1.9, 1.9], [4, 4]),
    (["aaa", "abb", "abb"], 0.0, [5.0, 4.0], [1.0, 2.0], [6, 4]),
    (["aaa", "abb", "abb"], 0.2, [4.59, 3.61], [0.9, 1.9], [6, 4]),
    (["abc", "abc", "abc"], 0.2, [2.7, 2.4, 2.7], [0.9, 0.8, 0.9], [4, 4, 4]),
    (["aaa", "aba", "aaa"], 0.0, [8.0, 1.0], [1.0, 1.0], [8, 4]),
]


@pytest.mark.parametrize(("rows", "wall", "areas", "widths", "corners"), CASES)
def test_hand_computed(
    rows: list[str], wall: float, areas: list[float], widths: list[float], corners: list[int]
) -> None:
    lines, labels = drawn(rows)
    found = measure(without_limits(lines, len(areas), wall=wall), lines["x_lines"], lines["y_lines"], labels)
    assert found.feasible
    assert found.clear_areas == pytest.approx(areas)
    assert found.widths == pytest.approx(widths)
    assert found.corners.tolist() == corners


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (["aa..", "aa..", "aaaa", "aaaa"], True),
        (["aaa.", "aaa.", "aaa.", "..aa"], False),  # a foot of 1
        (["aaa..", "aaa..", "..aaa", "..aaa"], False),  # both parts wide, but joined by a doorway of 1
        (["aaa..", "aaa..", "aaaaa", "..aaa", "..aaa"], False),  # joined by a passage of 1
        (["aaa..", "aaa..", "aaaaa", "aaaaa", "..aaa"], True),  # joined by a passage of 2
    ],
)
def test_parts_are_joined_by_passages_as_wide_as_the_neck(rows: list[str], kept: bool) -> None:
    lines, labels = drawn(rows)
    asked = without_limits(lines, 1, neck=np.array([2.0]))
    found = measure(asked, lines["x_lines"], lines["y_lines"], labels)
    assert [v.kind for v in found.violations] == ([] if kept else [Kind.NECK])


def test_a_room_in_two_pieces_is_no_tiling() -> None:
    lines, labels = drawn(["aba"])
    found = measure(without_limits(lines, 2), lines["x_lines"], lines["y_lines"], labels)
    assert not found.feasible
    assert found.labels.size == 0


def test_blocked_cells_are_no_facade() -> None:
    lines, labels = drawn(["xab", "xab"])
    found = measure(without_limits(lines, 2), lines["x_lines"], lines["y_lines"], labels)
    assert found.facades.tolist() == [1.0, 2.0]


def test_rooms_become_useful_where_their_area_allows() -> None:
    """Wishes are no constraints: they never make a tiling infeasible, and mostly come true."""
    limits: dict[str, Any] = {"width_min": np.zeros(6), "neck": np.full(6, 0.6)}
    better, kept = 0, 0
    for seed in range(6):
        asked = problem("square", 6, area=30.0, seed=seed, **limits)
        wished = replace(asked, tile_width=np.full(6, 1.6))
        plain, other = tile(asked, budget=Budget(tries=2)), tile(wished, budget=Budget(tries=2))
        assert plain.feasible
        assert other.feasible
        better += int((other.widths >= 1.5).sum()) - int((plain.widths >= 1.5).sum())
        kept += int((other.widths >= 1.49).sum())
    assert better > 0
    assert kept >= 30  # of 36


WRONG: list[tuple[str, Any, str]] = [
    ("area_target", np.zeros(3), "positive"),
    ("area_min", np.full(3, -1.0), "negative"),
    ("width_min", np.zeros(2), "2 values for 3 rooms"),
    ("neck", np.full(3, np.nan), "finite"),
    ("tile_width", np.zeros(2), "2 values for 3 rooms"),
    ("wet", np.ones(4, np.bool_), "4 values for 3 rooms"),
    ("contact", np.array([[0, 3]]), "two different rooms"),
    ("contact", np.array([[0, 1]]), "one length per contact"),
    ("never", np.array([[1, 1]]), "two different rooms"),
    ("locked", np.array([True, False, False]), "locked rooms must have cells"),
    ("site", np.zeros((4, 4), np.int16), "outermost ring"),
    ("x_lines", np.array([0.0, 2.0, 1.0, 3.0, 4.0]), "rise"),
    ("rectangles", np.zeros((2, 1, 4)), r"\[n, k, 4\]"),
]


@pytest.mark.parametrize(("field", "value", "message"), WRONG)
def test_what_makes_no_sense_is_refused(field: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        problem("square", 3, **{field: value})


@pytest.mark.parametrize("count", [0, 25])
def test_too_few_or_too_many_rooms_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 24"):
        problem("square", count)


def test_one_room_takes_all() -> None:
    assert all(tile(problem(name, 1)).areas[0] == pytest.approx(60.0, abs=0.1) for name in OUTLINES)
