"""Layouts and briefs of both domains as records, and back to metres."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layoutgan.core.brief import Programme
from layoutgan.core.sketch import sketch
from layoutgan.domains.domain import domain_of
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.domain import FLOORPLAN
from layoutgan.domains.floorplan.elements import Room
from layoutgan.encoding.batch import Attribute, Record, Relation, SiteChannel, collate
from layoutgan.encoding.boxes import polygon_of
from layoutgan.encoding.records import encode_brief, encode_layout
from layoutgan.errors import InputError

PLAN = """
aaaabb
aaaabb
aaaccc
"""


def brief(**changes: object) -> FloorplanBrief:
    values = {
        "layoutgan": 1,
        "domain": "floorplan",
        "boundary": [[0, 0], [6, 0], [6, 3], [0, 3]],
        "entrance": [{"at": [0, 1.5], "space": "a"}],
        "north": 90,
        "spaces": [
            {"id": "a", "kind": "living_room", "area": [9, 12]},
            {"id": "b", "kind": "bedroom", "area": [3, 5], "min_width": 1.5},
            {"id": "c", "kind": "bathroom", "area": [2, 4], "exterior": False},
        ],
        "adjacencies": [
            {"between": ["a", "b"]},
            {"between": ["b", "c"], "kind": "never"},
            {"between": ["a", "c"], "kind": "open"},
        ],
    }
    return FloorplanBrief.model_validate(values | changes)


@pytest.fixture(scope="module")
def record() -> Record:
    plan = sketch(PLAN, make=Room, brief=brief(), a="living_room", b="bedroom", c="bathroom")
    return encode_layout(plan, FLOORPLAN)


def test_rooms_come_back_in_metres(record: Record) -> None:
    batch = collate([record])
    corners = batch.metres(batch.boxes)[0].numpy()
    plan = sketch(PLAN, make=Room)
    for row, element in enumerate(plan.elements):
        back = polygon_of(corners[row], record.gates[row])
        assert back.symmetric_difference(element.shape).area < 1e-3  # [m²], float32 coordinates


def test_the_brief_stands_in_attributes_and_relations(record: Record) -> None:
    assert [FLOORPLAN.kinds[k] for k in record.kinds] == ["living_room", "bedroom", "bathroom"]
    areas = (record.attributes[:, Attribute.TARGET_SIDE] * record.scale) ** 2
    assert areas.sum() == pytest.approx(18.0, rel=1e-4)  # targets share the whole inside
    assert areas[0] / areas[1] == pytest.approx(10.5 / 4, rel=1e-4)
    assert record.attributes[:, Attribute.ENTRANCE].tolist() == [1, 0, 0]
    assert record.attributes[1, Attribute.MIN_WIDTH] * record.scale == pytest.approx(1.5, rel=1e-5)
    wanted = [
        [Relation.SELF, Relation.DOOR, Relation.OPEN],
        [Relation.DOOR, Relation.SELF, Relation.NEVER],
        [Relation.OPEN, Relation.NEVER, Relation.SELF],
    ]
    assert record.relations.tolist() == wanted


def test_the_site_is_drawn_to_scale(record: Record) -> None:
    inside = record.site[SiteChannel.INSIDE]
    assert inside.mean() * record.scale**2 == pytest.approx(18.0, rel=0.01)
    row, column = np.unravel_index(record.site[SiteChannel.ENTRANCE].argmax(), (32, 32))
    metres = np.array([column + 0.5, row + 0.5]) / 32 * record.scale + record.offset
    assert np.abs(metres - [0, 1.5]).max() < record.scale / 32
    assert record.site[SiteChannel.NORTH_SINE, 0, 0] == pytest.approx(1.0)


def test_a_brief_alone_has_the_same_condition(record: Record) -> None:
    alone = encode_brief(brief(), FLOORPLAN)
    for name in ("kinds", "attributes", "relations", "site"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(record, name))
    assert not alone.boxes.any()


def test_blind_walls_hold_no_window() -> None:
    open_, shut = encode_brief(brief(), FLOORPLAN), encode_brief(brief(party=[[[0, 0], [6, 0]]]), FLOORPLAN)
    assert (shut.site[SiteChannel.FACADE] >= open_.site[SiteChannel.FACADE] - 1e-6).all()
    assert shut.site[SiteChannel.FACADE].max() > open_.site[SiteChannel.FACADE].max()


def test_a_fixed_room_is_known_to_the_networks() -> None:
    spaces = [
        {"id": "a", "kind": "living_room"},
        {"id": "b", "kind": "bedroom", "shape": [[4, 0], [6, 0], [6, 3], [4, 3]]},
    ]
    found = encode_brief(brief(spaces=spaces, adjacencies=[]), FLOORPLAN)
    batch = collate([found])
    assert batch.fixed[0].tolist() == [False, True, False, False]
    assert batch.metres(batch.fixed_boxes[:, :, None])[0, 1, 0].tolist() == pytest.approx(
        [4, 0, 6, 3], abs=1e-5
    )


def test_what_is_missing_is_named() -> None:
    plan = sketch("aab\naab", make=Room, brief=brief(), a="living_room", b="bedroom")
    with pytest.raises(InputError, match="has no element 'c'"):
        encode_layout(plan, FLOORPLAN)


def test_equipment_has_sizes_turns_and_pipes() -> None:
    domain = domain_of("piping")
    found = domain.brief.model_validate(_tree(domain.example()))
    programme: Programme = found.programme()
    record = encode_brief(found, domain)
    sized = [i for i, node in enumerate(programme.nodes) if node.size is not None]
    for i in sized:
        size = record.attributes[i, [Attribute.LENGTH, Attribute.WIDTH]] * record.scale
        assert tuple(size) == pytest.approx(programme.nodes[i].size, rel=1e-4)
    assert (record.relations == Relation.PIPE).any()
    assert record.weights.max() == 1
    np.testing.assert_array_equal(record.weights, record.weights.T)
    area = programme.site.inside.difference(shapely.union_all(programme.site.obstacles)).area
    assert record.site[SiteChannel.INSIDE].mean() * record.scale**2 == pytest.approx(area, rel=0.05)


def _tree(text: str) -> object:
    import yaml

    return yaml.safe_load(text)
