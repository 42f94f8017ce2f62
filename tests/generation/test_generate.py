"""From brief to layouts, with starts that need no trained network."""

import numpy as np
import pytest
import shapely

from layoutgan.core.schema import dump_json
from layoutgan.domains.domain import Effort
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import UnknownName
from layoutgan.generation.generate import generate
from layoutgan.generation.rank import choose, overlap, sort_key, topology
from layoutgan.generation.realise import realise
from layoutgan.generation.sample import sample
from layoutgan.metrics.fpeval import geometry
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.satisfaction import satisfaction

FLAT: dict[str, object] = {
    "layoutgan": 1,
    "domain": "floorplan",
    "name": "flat",
    "boundary": [[0, 0], [10, 0], [10, 7], [0, 7]],
    "entrance": [0, 1.5],
    "spaces": [
        {"id": "living", "kind": "living_room", "area": [18, 26]},
        {"id": "bed", "kind": "bedroom", "area": [11, 17]},
        {"id": "bath", "kind": "bathroom", "area": [4, 6.5]},
        {"id": "hall", "kind": "corridor", "area": [5, 10]},
        {"id": "kitchen", "kind": "kitchen", "area": [7, 12]},
    ],
    "adjacencies": [
        {"between": ["hall", "living"]},
        {"between": ["hall", "bed"]},
        {"between": ["hall", "bath"]},
        {"between": ["living", "kitchen"], "kind": "open"},
        {"between": ["bath", "kitchen"], "kind": "never"},
    ],
}

SHAPES = {
    "rectangle": [[0, 0], [10, 0], [10, 7], [0, 7]],
    "l": [[0, 0], [11, 0], [11, 5], [6, 5], [6, 9], [0, 9]],
    "u": [[0, 0], [12, 0], [12, 8], [8, 8], [8, 4.5], [5, 4.5], [5, 8], [0, 8]],
    "courtyard": {"outer": [[0, 0], [12, 0], [12, 10], [0, 10]], "holes": [[[5, 4], [7, 4], [7, 6], [5, 6]]]},
    "slanted": [[0, 0], [11, 0], [9, 7], [0, 7]],
}


def brief(**changes: object) -> FloorplanBrief:
    return FloorplanBrief.model_validate(FLAT | changes)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_outline_is_tiled_exactly(shape: str) -> None:
    asked = brief(
        boundary=SHAPES[shape], spaces=[{k: v for k, v in s.items() if k != "area"} for s in FLAT["spaces"]]
    )  # type: ignore[attr-defined]
    result = generate(asked, count=2, start="random", candidates=3, processes=0)
    for layout in result.layouts:
        judged = geometry(Plan.of(layout))
        assert judged.overlap < 1e-9
        assert judged.coverage > 0.998
        whole = shapely.union_all([r.shape for r in layout.of(Room)])
        assert whole.symmetric_difference(asked.inside).area < 1e-6
        assert all(r.shape.geom_type == "Polygon" for r in layout.of(Room))


def test_the_best_layout_answers_the_brief() -> None:
    asked = brief()
    result = generate(asked, count=3, start="random", candidates=8, processes=0)
    met = satisfaction(result.layouts[0], asked)
    assert met.all_met, met.counts
    assert result.explanation == ()


def test_the_same_seed_gives_the_same_bytes_and_processes_do_not_matter() -> None:
    one = generate(brief(), count=2, seed=5, start="random", candidates=4, processes=0)
    two = generate(brief(), count=2, seed=5, start="random", candidates=4, processes=2)
    assert [dump_json(x) for x in one.layouts] == [dump_json(x) for x in two.layouts]


def test_chosen_layouts_differ_in_topology() -> None:
    result = generate(brief(), count=4, start="random", candidates=16, processes=0)
    names = [topology(layout) for layout in result.layouts]
    assert len(set(names)) == len(names)


def test_a_single_room_gives_one_layout_and_not_eight_copies() -> None:
    asked = brief(spaces=[{"id": "one", "kind": "living_room"}], adjacencies=[])
    result = generate(asked, count=8, start="random", processes=0)
    assert len(result.layouts) == 1


@pytest.mark.parametrize("start", ["random", "graph"])
def test_proposals_repeat_with_the_seed(start: str) -> None:
    first, again, other = (sample(brief(), 2, seed, start=start) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first[0].rectangles, again[0].rectangles)
    assert np.abs(first[0].rectangles - other[0].rectangles).max() > 0


def test_an_unknown_start_is_named() -> None:
    with pytest.raises(UnknownName, match="did you mean 'graph'"):
        sample(brief(), 1, start="grap")


def test_ranking_puts_errors_last() -> None:
    proposals = sample(brief(), 6, 3, start="random")
    judged = [realise(brief(), p, i, Effort()) for i, p in enumerate(proposals)]
    keys = [sort_key(j) for j in choose(judged, 6)]
    assert keys == sorted(keys)
    assert overlap(judged[0].realised.layout, judged[0].realised.layout) == pytest.approx(1)
