"""Furniture on plans worked out by hand: what fits, what does not, and that nothing stands in the way."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.domains.floorplan.derived import floors
from layoutgan.domains.floorplan.furnishing import Piece, furnished, usable_floor
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.rule import Context

THINGS = st.builds(Piece, st.just("thing"), st.floats(0.4, 1.6), st.floats(0.4, 1.2), st.floats(0.0, 0.8))
BED, DESK = Piece("bed", 1.6, 2.0, 0.7), Piece("desk", 1.2, 0.6, 0.8)


def context(text="a", scale=3.0, **values):
    return Context(drawn(text, scale=scale, a="bedroom", **values))


@pytest.mark.parametrize(
    ("size", "fits"),
    [(3.0, True), (2.7, True), (2.69, False)],  # 2.0 of bed and 0.7 before it, whichever wall it stands on
)
def test_a_bed_needs_its_length_and_the_floor_before_it(size, fits):
    assert (furnished(context(scale=size), "a", [BED]) is not None) is fits


def test_the_floor_before_two_pieces_may_overlap():
    # 0.6 + 1.0 + 0.6: both desks have 0.8 before them, which overlap in the middle.
    assert furnished(context("aa", 2.2), "a", [DESK, DESK]) is not None


def test_what_a_door_sweeps_stays_free():
    shut = context("a\nb", 2.0, b="corridor")
    swept = context("a\nb", 2.0, b="corridor", doors=[{"between": "ab", "into": "a", "width": 0.9}])
    assert usable_floor(swept, "a").area < usable_floor(shut, "a").area - 0.6


def test_an_unknown_room_holds_nothing():
    assert furnished(context(), "nobody", [DESK]) is None


@settings(max_examples=25, deadline=None)
@given(
    st.lists(THINGS, min_size=1, max_size=3), st.sampled_from(["a", "aa", "aab\naab\nabb", "ab\naa"]))
def test_whatever_is_placed_is_in_nobodys_way(pieces, text):
    here = context(text, 1.6, b="corridor", doors=[{"between": "ab"}] if "b" in text else ())
    places = furnished(here, "a", pieces)
    if places is None:
        return
    floor, free = floors(here)["a"].buffer(1e-5), usable_floor(here, "a").buffer(1e-5)
    assert [place.piece for place in places] == pieces
    for place in places:
        assert place.body.area == pytest.approx(place.piece.width * place.piece.depth)
        assert free.covers(place.body)
        assert floor.covers(place.front)
    for one, two in combinations(places, 2):
        assert one.body.intersection(two.body.union(two.front)).area < 1e-5
        assert two.body.intersection(one.front).area < 1e-5
