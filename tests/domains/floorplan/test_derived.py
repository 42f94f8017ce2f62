"""Derived knowledge of floor plans against figures worked out by hand."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan import derived
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rectangles import floor_of
from layoutgan.domains.floorplan.rules.general import GENERAL
from layoutgan.domains.floorplan.rules.hard import HARD, broken, satisfied
from layoutgan.domains.floorplan.seams import OUTSIDE, find_seams
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.check import check
from layoutgan.validation.rule import Context


def context(text, **values):
    return Context(drawn(text, **values))


def test_widths_of_an_l():
    here = context("aab\nabb\nabb", a="living_room", b="bedroom")
    assert derived.clear_width(here, "a") == 1.0
    # The largest circle sits in the corner: r = 2 - r·√2 for arms of one metre and a corner of two.
    assert derived.clear_circle(here, "a") == pytest.approx(2 * math.sqrt(2) / (1 + math.sqrt(2)), abs=0.02)


def test_width_of_a_turned_rectangle():
    shape = shapely.affinity.rotate(shapely.box(0, 0, 4, 2.5), 31, origin=(0, 0))
    room = Room(id="a", kind="bedroom", shape=shape)
    here = Context(Layout(domain="floorplan", boundary=shape, elements=(room,)))
    assert derived.clear_width(here, "a") == pytest.approx(2.5)


def test_width_without_right_angles_is_the_circle():
    triangle = shapely.Polygon([(0, 0), (3, 0), (0, 4)])
    here = Context(Layout(domain="floorplan", elements=(Room(id="a", kind="bedroom", shape=triangle),)))
    assert derived.clear_width(here, "a") == pytest.approx(2.0, abs=0.02)


def test_contacts_are_strict():
    here = context("ac\ncb", a="bedroom", b="bedroom", c="corridor")
    assert derived.contacts(here).between("a", "b") == 0.0
    assert derived.contacts(here).between("a", "c") == 1.0
    assert derived.contacts(here).total[frozenset(("a", "c"))] == 1.0


def test_contacts_around_a_corner():
    here = context("aaa\naba\naaa", a="living_room", b="closet")
    assert derived.contacts(here).between("b", "a") == 1.0
    assert derived.contacts(here).total[frozenset("ab")] == 4.0


def test_facade_leaves_party_walls_out():
    here = context("ab", scale=2.0, a="bedroom", b="balcony", brief={"party": [[[0, 0], [0, 2]]]})
    assert derived.facades(here)["a"] == (2.0, 2.0)
    around = [[[2, 2], [0, 2], [0, 0], [2, 0]]]
    here = context("ab", scale=2.0, a="bedroom", b="balcony", brief={"party": around})
    assert derived.facades(here)["a"] == (0.0, 2.0)


def test_routes_take_the_fewest_doors():
    doors = [{"between": pair} for pair in (["a", OUTSIDE], "ab", "bc", "ad", "dc")]
    kinds = {"a": "corridor", "b": "living_room", "c": "bedroom", "d": "study"}
    here = context("abc\nddd", scale=2.0, doors=doors, **kinds)
    assert derived.route(here, "a") == ("a",)
    assert derived.route(here, "c") in (("a", "b", "c"), ("a", "d", "c"))
    assert derived.without(here, frozenset("bd")) == {"a", "b", "d"}
    assert [p.to for p in derived.passages(here, "a")] == [OUTSIDE, "b", "d"]


def test_glazing_counts_glass_doors():
    here = context("ab", scale=3.0, a="bedroom", b="balcony", windows=[{"room": "a", "width": 1.0}],
                   doors=[{"between": "ab", "kind": "sliding", "width": 1.8}])
    assert derived.glazing(here, "a") == pytest.approx((1.0 * 1.2 + 1.8 * 2.1) / 9)


def test_seams_of_overlapping_rooms_are_not_exact():
    a, b = shapely.box(0, 0, 2, 2), shapely.box(1.5, 0, 3, 2)
    found = find_seams([("a", a), ("b", b)], shapely.box(0, 0, 3, 2))
    assert not found.exact
    assert find_seams([("a", a), ("b", shapely.box(2, 0, 3, 2))], shapely.box(0, 0, 3, 2)).exact


def test_seams_of_clockwise_rings():
    a = shapely.Polygon([(0, 0), (0, 2), (2, 2), (2, 0)])
    b = shapely.box(2, 0, 3, 2)
    found = find_seams([("a", a), ("b", b)], shapely.box(0, 0, 3, 2))
    assert found.exact
    assert [(s.left, s.right, s.length) for s in found.seams if OUTSIDE not in s] == [("a", "b", 2.0)]


@st.composite
def floors(draw):
    """Random polygons of unit cells, one piece each."""
    cells = draw(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=16))
    union = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in sorted(cells)])
    largest = max(shapely.get_parts(union), key=lambda p: (p.area, p.bounds))
    return shapely.simplify(largest, 1e-9)


@settings(max_examples=60, deadline=None)
@given(shape=floors(), side=st.sampled_from([0.5, 1.0, 1.4, 2.0, 2.5, 3.0]))
def test_rectangles_agree_with_polygons(shape, side):
    """The opening of a polygon by a square, and the places where the square fits, by two different means."""
    floor = floor_of(shape)
    half = side / 2 - 1e-3  # a square just smaller: polygons lose what is only touched
    eroded = shape.buffer(-half, join_style="mitre", mitre_limit=10)
    opened = eroded.buffer(half, join_style="mitre", mitre_limit=10)
    assert floor.beyond(side) == pytest.approx(shape.difference(opened).area, abs=1e-3)
    assert (floor.widest >= side - 1e-9) == (not eroded.is_empty)
    pieces = [p for p in shapely.get_parts(eroded) if not p.is_empty]
    assert len(floor.groups(side)) == len(pieces)


def test_hard_constraints_are_rules_of_the_general_pack():
    assert HARD.keys() <= {r.code for r in GENERAL.rules}


def test_a_brief_is_satisfied_only_if_all_of_it_is():
    plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", done=True,
                 brief={"entrance": [1.5, 0], "adjacencies": [{"between": ["a", "b"]}]})
    report = check(plan, GENERAL.rules)
    assert satisfied(report), report.text()
    worse = plan.replaced(elements=[e for e in plan.elements if e.tag != "door"])
    assert broken(check(worse, GENERAL.rules)) == ("FP016", "FP020")
    with pytest.raises(ValueError, match="general pack"):
        satisfied(check(plan, GENERAL.rules[:3]))
