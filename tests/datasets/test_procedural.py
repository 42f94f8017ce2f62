"""Procedural dwellings: exact tilings in which every room is reached, whatever the seed."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.core import registry
from layoutgan.core.schema import dump_json
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.errors import DatasetError

PROCEDURAL = registry.find("dataset", "procedural")


def reached_without(layout, blocked):
    """Rooms reached from outside when nobody walks through the blocked ones."""
    links = [set(c.between) for c in layout.connections if c.kind in ("door", "open")]
    seen = {"outside"}
    for _ in links:
        for link in links:
            if any(end in seen and end not in blocked for end in link):
                seen |= link
    return seen


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**31), style=st.sampled_from(["small", "flat", "hall", "hub"]))
def test_every_plan_is_sound(seed, style):
    layout = PROCEDURAL(count=1, seed=seed, styles={style: 1.0}).read(f"{seed}-000000")
    rooms = layout.of(Room)
    union = shapely.union_all([room.shape for room in rooms])
    assert 3 <= len(rooms) <= 24
    assert sum(room.shape.area for room in rooms) - union.area < 1e-9
    assert layout.boundary.symmetric_difference(union).area < 1e-9
    assert isinstance(layout.boundary, shapely.Polygon)
    assert not layout.boundary.interiors
    bedrooms = {room.id for room in rooms if room.kind in ("bedroom", "study")}
    seen = reached_without(layout, bedrooms)
    own = {"bathroom", "toilet", "closet", "balcony"}  # of a suite: the toilet lies behind its bathroom
    assert all(room.id in seen or room.kind in own for room in rooms)
    assert reached_without(layout, set()) >= {room.id for room in rooms}


def test_plan_depends_on_seed_and_number_only():
    few, many = PROCEDURAL(count=3, seed=5), PROCEDURAL(count=9, seed=5)
    assert [dump_json(few.read(i)) for i in few.ids()] == [dump_json(many.read(i)) for i in few.ids()]
    assert dump_json(few.read("5-000001")) != dump_json(PROCEDURAL(count=3, seed=6).read("6-000001"))


def test_bedrooms_touch_the_facade():
    layouts = list(PROCEDURAL(count=60, seed=1).split("all"))
    outer = [
        room.shape.boundary.intersection(layout.boundary.boundary).length > 0.5
        for layout in layouts
        for room in layout.of(Room)
        if kind(room.kind).window
    ]
    assert sum(outer) > 0.9 * len(outer)


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"styles": {}}, {"styles": {"castle": 1.0}}, {"styles": {"small": 0.0}}]
)
def test_wrong_settings_are_refused(wrong):
    with pytest.raises(DatasetError):
        PROCEDURAL(**wrong)
