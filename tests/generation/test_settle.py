"""What briefs leave open: outlines, areas, places of balconies; and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from generation.briefs import BOX, CASES, FLAT, HEAD, links, on

from layoutgan.core.schema import dump, dump_json, validate
from layoutgan.domains.domain import Effort, domain_of
from layoutgan.domains.floorplan.areas import shares, usual_area
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Door, Room, Wall
from layoutgan.domains.floorplan.fullness import Fullness, fullness
from layoutgan.domains.floorplan.kinds import NAMES
from layoutgan.domains.floorplan.outlines import WING, entrance_on, outline
from layoutgan.domains.floorplan.settle import settle
from layoutgan.domains.floorplan.turning import askew, turned
from layoutgan.errors import InputError
from layoutgan.generation.generate import generate

BALCONY = {"id": "bal", "kind": "balcony", "area": 6, "outside": True}


def asked(tree: dict[str, Any]) -> FloorplanBrief:
    return validate(FloorplanBrief, tree)


def best(brief: FloorplanBrief) -> Any:
    effort = Effort(scale=0.15)
    return generate(brief, count=1, start="random", candidates=4, processes=0, effort=effort).layouts[0]


def test_shares_make_the_total_and_are_positive():
    rng = np.random.default_rng(1)
    for _ in range(100):
        kinds, total = list(rng.choice(NAMES, rng.integers(1, 25))), float(rng.uniform(3, 900))
        found = shares(kinds, total)
        assert sum(found) == pytest.approx(total)
        assert min(found) > 0


def test_a_toilet_hardly_grows_with_the_plan_and_a_living_room_more_than_its_share():
    small, large = (shares(["living_room", "bedroom", "toilet"], total) for total in (40, 120))
    assert large[2] < 1.4 * small[2]
    assert large[0] > 3 * small[0]
    assert usual_area("toilet").rooms > 400


@pytest.mark.parametrize("number", range(6))
def test_outlines_have_the_area_and_rooms_fit_into_every_wing(number):
    rng = np.random.default_rng(number)
    for seed in range(40):
        area, rooms = float(np.exp(rng.uniform(2, 6.8))), int(rng.integers(1, 25))
        shape = outline(area, rooms, number, seed)
        assert shape.is_valid
        assert shape.area == pytest.approx(area, rel=0.01)
        half = 0.49 * min(WING, np.sqrt(area) / 1.8)
        eroded = shape.buffer(-half, join_style="mitre")
        assert eroded.geom_type == "Polygon"
        assert eroded.buffer(half, join_style="mitre").area > 0.97 * area
        assert shape.boundary.distance(entrance_on(shape, number, seed)) < 1e-9


def test_versions_repeat_with_the_seed_and_differ_between_seeds():
    brief = asked(CASES["balcony and no outline"].brief)
    one, two, other = ([dump_json(v.brief) for v in settle(brief, 4, seed)] for seed in (3, 3, 4))
    assert one == two != other
    assert len(set(one)) == 4


def test_a_complete_brief_stays_as_it_is():
    brief = asked(on(BOX))
    assert [v.brief for v in settle(brief, 8, 0)] == [brief]


def test_a_version_can_be_written_and_read_again():
    version = settle(asked(CASES["balcony and no outline"].brief), 1, 0)[0].brief
    again = asked(dump(version))
    assert dump_json(again) == dump_json(version)
    assert not again.proposed
    assert settle(again, 3, 0)[0].brief == again


def test_a_proposed_outline_holds_the_area_that_was_asked_for():
    for version in settle(asked(HEAD | {"area": [70, 72], "spaces": FLAT}), 6, 5):
        assert 69.9 < version.brief.boundary.area < 72.1


@pytest.mark.parametrize(
    ("least", "most", "word", "percent"), [(80, 90, "over-full", "75 %"), (20, 30, "under-full", "200 %")]
)
def test_what_does_not_fit_is_said_with_figures(least, most, word, percent):
    found = Fullness(least, most, 60.0)
    assert found.sentence().startswith(word)
    assert percent in found.sentence()
    assert f"{least if word == 'over-full' else most:.1f} m²" in found.sentence()
    assert not Fullness(50, 70, 60).sentence()


def test_the_nearest_keeps_the_proportions_of_the_areas():
    brief = asked(CASES["over-full"].brief)
    solved = settle(brief, 1, 0)[0].brief
    ratio = [s.area[0] / a.area[0] for s, a in zip(solved.spaces, brief.spaces, strict=True)]
    assert max(ratio) - min(ratio) < 0.01
    assert fullness(solved).factor == 1.0


def test_an_open_area_is_never_over_or_under():
    assert fullness(asked(on(BOX))).factor == 1.0


def test_the_outer_wall_runs_on_between_rooms_and_a_balcony_outside():
    layout = best(asked(on(BOX, [*FLAT, BALCONY], adjacencies=links("living-bal"))))
    assert layout.boundary.area > 70 + 5
    balcony = next(r.shape for r in layout.of(Room) if r.id == "bal")
    behind = balcony.intersection(shapely.box(0, 0, 10, 7))
    walls = [w for w in layout.of(Wall) if w.kind == "exterior" and w.shape.distance(behind) < 0.2]
    assert {w.thickness for w in walls} == {0.30}
    assert any(set(d.between) == {"living", "bal"} for d in layout.of(Door))
    assert balcony.intersection(shapely.box(0, 0, 10, 7)).area < 1e-9


def test_a_balcony_that_fits_nowhere_is_named():
    spaces = [{"id": "a", "kind": "other"}, BALCONY | {"area": 40}]
    brief = asked(on([[0, 0], [3, 0], [3, 2], [0, 2]], spaces))
    with pytest.raises(InputError, match=r"no straight free wall.*'bal' of 40.0 m²"):
        domain_of("floorplan").settle(brief, 4, 0)


@pytest.mark.parametrize(("change", "said"), [
    ({"entrance": [0, 1]}, "entrance: needs an outline"),
    ({"obstacles": [{"shape": [[0, 0], [1, 0], [1, 1]]}]}, "obstacles: needs an outline"),
    ({"spaces": [{"id": "a", "kind": "other", "shape": [[0, 0], [3, 0], [3, 3]]}]}, r"s\[0\].shape: needs"),
    ({"boundary": BOX, "area": 90}, "area: asks for 81 to 99 m² and the boundary holds 70.0 m²"),
    ({"area": 0}, "must be more than 0 m²"),
    ({"boundary": BOX, "spaces": [*FLAT, BALCONY | {"shape": [[20, 0], [22, 0], [22, 2], [20, 2]]}]},
     r"spaces\[5\].shape: does not touch the boundary"),
])  # fmt: skip
def test_what_contradicts_itself_is_refused_in_one_line(change, said):
    with pytest.raises(InputError, match=said):
        asked(HEAD | {"spaces": FLAT} | change)


@pytest.mark.parametrize(("turn", "angle"), [(0, 0.0), (30, 30.0), (-20, -20.0), (60, -30.0), (45, 45.0)])
def test_an_outline_askew_is_turned_until_it_runs_along_x_and_y(turn, angle):
    shape = shapely.affinity.rotate(shapely.Polygon([(0, 0), (9, 0), (9, 4), (6, 4), (6, 7), (0, 7)]), turn)
    brief = asked(on([list(p) for p in shape.exterior.coords[:-1]], entrance=list(shape.exterior.coords[0])))
    assert askew(brief.boundary) == pytest.approx(angle, abs=0.05)
    straight = turned(brief, askew(brief.boundary))
    points = np.asarray(straight.boundary.exterior.coords)
    assert (np.abs(np.diff(points, axis=0)).min(axis=1) < 1e-9).all()
    assert straight.boundary.area == pytest.approx(brief.boundary.area, rel=1e-3)
    assert straight.boundary.boundary.distance(straight.entrances[0].at) < 1e-9


def test_an_outline_with_one_slanted_side_stays_as_it_is():
    assert askew(shapely.Polygon([(0, 0), (11, 0), (9, 7), (0, 7)])) == 0.0
