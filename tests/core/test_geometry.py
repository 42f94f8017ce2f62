from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from layoutgan.core import geometry as g
from layoutgan.core.raster import Raster
from layoutgan.core.sketch import cells, sketch
from layoutgan.domains.floorplan.elements import Room

POLYGON, LINE, POINT, ANY = (TypeAdapter(t) for t in (g.PolygonShape, g.LineShape, g.PointShape, g.AnyShape))
L_SHAPE = Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 5), (0, 5)])


@pytest.mark.parametrize("shape", [box(0, 0, 4, 3), L_SHAPE, box(0, 0, 9, 9) - box(2, 2, 3, 3)])
def test_polygons_survive_documents(shape):
    plain = POLYGON.dump_python(shape, mode="json")
    assert POLYGON.validate_python(plain).equals(shape)


def test_polygons_turn_counter_clockwise():
    assert POLYGON.validate_python([[0, 0], [0, 1], [1, 1], [1, 0]]).exterior.is_ccw


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "x",
        [[0, 0]],
        [[0, 0], [1, 1], [2, 2]],
        [[0, 0], [1, math.nan], [1, 1]],
        [[0, 0], [1, 10**400], [1, 1]],
        {"outer": None},
        {"outer": [], "holes": {}},
        Polygon(),
    ],
)
def test_what_is_no_polygon(value):
    with pytest.raises(ValidationError):
        POLYGON.validate_python(value)


def test_lines_and_points():
    line = LineString([(0, 0), (1, 2)])
    assert LINE.validate_python(LINE.dump_python(line, mode="json")) == line
    assert POINT.validate_python(POINT.dump_python(Point(1, 2), mode="json")) == Point(1, 2)
    for wrong in ([[0, 0]], [[0, 0], [0, 0]], 5):
        with pytest.raises(ValidationError):
            LINE.validate_python(wrong)


@pytest.mark.parametrize(
    "shape",
    [
        box(0, 0, 1, 1),
        LineString([(0, 0), (1, 1)]),
        Point(0, 0),
        MultiPolygon([box(0, 0, 1, 1)]),
        shapely.GeometryCollection([Point(1, 1), box(0, 0, 1, 1)]),
        None,
    ],
)
def test_any_shape_is_geojson(shape):
    plain = ANY.dump_python(shape, mode="json")
    again = ANY.validate_python(plain)
    assert again == shape if shape is None else again.equals(shape)


@pytest.mark.parametrize(
    "value", [5, "x", [1], {"type": "Blob"}, {"type": "Polygon"}, {"type": "Point", "coordinates": "x"}]
)
def test_what_is_no_geojson(value):
    with pytest.raises(ValidationError):
        ANY.validate_python(value)


def test_explanations():
    assert "cross or touch at [0.5, 0.5]" in g.explain_invalid(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    assert "corners" in g.explain_invalid(Polygon())
    assert "m²" in g.explain_invalid(box(0, 0, 1, 1))


def test_questions_about_an_l():
    assert g.clear_width(L_SHAPE) == pytest.approx(2.343, abs=0.02)  # the circle in the corner
    assert g.corner_count(L_SHAPE) == 6
    assert g.rectilinear(L_SHAPE)
    assert g.aspect_ratio(L_SHAPE) == pytest.approx(1.25)
    assert g.clear_width(box(0, 0, 7, 2)) == 2
    assert g.clear_width(Polygon()) == 0
    assert not g.rectilinear(Polygon([(0, 0), (1, 0.1), (1, 1)]))
    assert g.aspect_ratio(Polygon([(0, 0), (1, 0), (2, 0)])) == math.inf


def test_shared_length_counts_straight_contact():
    length, line = g.shared_length(box(0, 0, 2, 2), box(2, 1, 4, 5))
    assert length == 1
    assert line.equals(LineString([(2, 1), (2, 2)]))
    assert g.shared_length(box(0, 0, 1, 1), box(1, 1, 2, 2))[0] == 0
    assert g.shared_length(L_SHAPE, Polygon([(2, 2), (4, 2), (4, 5), (2, 5)]))[0] == 3


def test_parts_and_unions():
    both = g.union([box(0, 0, 1, 1), box(2, 0, 5, 1)])
    assert [p.area for p in g.parts(both)] == [3, 1]
    assert g.largest_part(both).area == 3
    assert g.largest_part(Point(0, 0)).is_empty
    assert g.simplified(Polygon([(0, 0), (1, 0), (2, 0), (2, 2), (0, 2)])).exterior.coords[:-1].__len__() == 4
    assert g.simplified(Polygon()).is_empty
    assert g.bounds([box(0, 0, 1, 1), L_SHAPE]).tolist() == [[0, 0, 1, 1], [0, 0, 4, 5]]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.5, 9), st.floats(0.5, 9), st.floats(-180, 180))
def test_width_and_aspect_do_not_depend_on_the_angle(a, b, angle):
    turned = shapely.affinity.rotate(box(0, 0, a, b), angle)
    assert g.clear_width(turned) == pytest.approx(min(a, b), rel=1e-6)
    assert g.aspect_ratio(turned) == pytest.approx(max(a, b) / min(a, b), rel=1e-6)


def test_a_raster_is_drawn_and_traced():
    shapes = [box(0, 0, 2, 1), box(2, 0, 3, 2)]
    raster = Raster.draw(shapes, origin=(0, 0), size=(20, 30), metres_per_pixel=0.1)
    assert raster.area(1) == pytest.approx(2)
    assert raster.area(2) == pytest.approx(2)
    for value, shape in enumerate(shapes, start=1):
        assert raster.trace(value)[0].symmetric_difference(shape).area < 1e-9
    assert raster.trace(9) == []
    assert Raster.draw([Polygon()], origin=(0, 0), size=(2, 2), metres_per_pixel=1).values.sum() == 0


@pytest.mark.parametrize(
    ("size", "step"), [((0, 5), 1.0), ((5, 5), 0.0), ((5, 5), math.nan), ((10**5, 10**5), 1.0)]
)
def test_rasters_that_cannot_be(size, step):
    with pytest.raises(ValueError, match="cannot be drawn"):
        Raster.draw([], origin=(0, 0), size=size, metres_per_pixel=step)


def test_sketches():
    drawn = cells("  aab\n  a.b\n", scale=2)
    assert {letter: shapes[0].area for letter, shapes in drawn.items()} == {"a": 12, "b": 8}
    plan = sketch("aba", make=Room, a="bedroom", b="bathroom")
    assert [e.id for e in plan.elements] == ["a", "a2", "b"]
    assert plan.boundary.area == 3
    assert sketch("a.b", make=Room).boundary is None


def test_corner_count_forgives_small_steps():
    stepped = Polygon([(0, 0), (4, 0), (4, 1), (4.01, 1), (4.01, 3), (0, 3)])
    assert g.corner_count(stepped) == 4
    assert g.corner_count(stepped, 0.001) == 6
    assert np.isfinite(g.corner_count(box(0, 0, 0.01, 0.01)))
