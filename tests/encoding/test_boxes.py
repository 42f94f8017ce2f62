"""Polygons as rectangles and back."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.encoding.boxes import fit_rectangles, polygon_of

side = st.integers(1, 12)


@given(side, side, side, side)
@settings(max_examples=60, deadline=None)
def test_a_rectangle_or_an_ell_comes_back_exactly(a: int, b: int, c: int, d: int) -> None:
    ell = shapely.union_all([shapely.box(0, 0, a + c, b), shapely.box(0, 0, a, b + d)])
    fit = fit_rectangles(ell)
    lost = polygon_of(fit.corners, fit.gates).symmetric_difference(ell).area / ell.area
    assert lost == pytest.approx(fit.error, abs=1e-6)
    assert lost < 0.03  # a second rectangle is spent only on three per cent of the area


def test_a_rectangle_needs_one() -> None:
    fit = fit_rectangles(shapely.box(1, 2, 4, 8))
    assert fit.gates.tolist() == [1, 0]
    assert fit.corners.tolist() == [[1, 2, 4, 8]] * 2
    assert fit.error == 0


def test_the_larger_rectangle_comes_first() -> None:
    fit = fit_rectangles(shapely.union_all([shapely.box(0, 0, 1, 3), shapely.box(0, 0, 9, 1)]))
    areas = (fit.corners[:, 2:] - fit.corners[:, :2]).prod(1)
    assert areas[0] >= areas[1]


def test_slanted_shapes_are_met_halfway() -> None:
    triangle = shapely.Polygon([(0, 0), (6, 0), (0, 6)])
    assert 0.2 < fit_rectangles(triangle).error < 0.4
    circle = shapely.Point(0, 0).buffer(3)
    assert fit_rectangles(circle).error < 0.25


def test_no_area_is_refused() -> None:
    with pytest.raises(ValueError, match="without area"):
        fit_rectangles(shapely.Polygon())
