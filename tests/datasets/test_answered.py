"""The brief that a plan answers is answered by that plan."""

from __future__ import annotations

import pytest
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.answered import brief_from
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.metrics.satisfaction import satisfaction


@pytest.mark.parametrize("name", ["procedural", "r2v", "resplan", "rplan"])
def test_plan_meets_its_brief(datasets, name):
    for layout in datasets[name].split("all"):
        brief = brief_from(layout, adjacent=0.5, never=0.5, seed=1)
        judged = satisfaction(layout, brief)
        assert judged.all_met, (layout.name, judged.counts)
        assert judged.connections_f1 >= 0.8
        assert len(brief.spaces) == len(layout.of(Room))
        assert brief.entrances


def test_tighter_tolerance_tighter_areas(datasets):
    layout = next(iter(datasets["procedural"].split("all")))
    wide, narrow = brief_from(layout, 0.2).spaces[0].area, brief_from(layout, 0.05).spaces[0].area
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_drawn_pairs_repeat_with_the_seed(datasets):
    layout = next(iter(datasets["resplan"].split("all")))
    first, again, other = (brief_from(layout, never=1.0, adjacent=0.5, seed=s).adjacencies for s in (1, 1, 2))
    assert first == again != other
    assert sum(a.kind == "never" for a in first) >= 6


def test_clear_areas_leave_out_half_the_inner_walls():
    plan = sketch("aabb\naabb", make=Room, scale=2.0, a="bedroom", b="living_room")
    low, high = brief_from(plan, 0.0).spaces[0].area
    assert low == high == pytest.approx(4 * 4 - 0.05 * 4, abs=0.011)


def test_narrow_rooms_ask_for_their_own_width():
    plan = sketch("aab", make=Room, scale=1.5, a="living_room", b="bedroom")
    spaces = {space.id: space for space in brief_from(plan).spaces}
    assert 1.2 < spaces["b"].min_width < 1.5


def test_inner_rooms_are_not_asked_outside():
    plan = sketch("aaa\naba\naaa", make=Room, scale=2.0, a="corridor", b="kitchen")
    assert {s.id: s.exterior for s in brief_from(plan).spaces} == {"a": None, "b": False}


def test_layout_without_rooms_is_refused():
    with pytest.raises(InputError, match="outline and rooms"):
        brief_from(Layout(domain="floorplan", boundary=shapely.box(0, 0, 5, 5)))


def test_too_many_rooms_are_refused():
    plan = sketch("abcdefghijklmnopqrstuvwxyz", make=Room, scale=3.0)
    with pytest.raises(InputError, match="at most 24"):
        brief_from(plan)
