"""What every registered data set of floor plans has to offer, asked of all of them."""

from __future__ import annotations

import pytest
import shapely

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json, validate
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room
from layoutgan.domains.floorplan.kinds import NAMES
from layoutgan.errors import DatasetError

SHIPPED = ("procedural", "r2v", "resplan")
"""Weights in the package learn from these and nothing else."""
PLANS = [n for n in registry.names("dataset") if registry.find("dataset", n).card.domain == "floorplan"]
"""Data sets of floor plans; those of plants have tests of their own."""


@pytest.fixture(params=PLANS)
def data(request, datasets):
    if request.param not in datasets:
        pytest.fail(f"no fake sample for data set '{request.param}'; add tests/data/{request.param}/make.py")
    return datasets[request.param]


def test_card_is_full(data):
    card = data.card
    assert registry.find("dataset", card.name) is type(data)
    assert card.domain == "floorplan"
    assert card.may_train_shipped_weights == (card.name in SHIPPED)


def test_plans_are_metric_tilings(data):
    layouts = list(data.split("all"))
    assert len(layouts) >= 15
    for layout in layouts:
        rooms = [room.shape for room in layout.of(Room)]
        solid = [o.shape for o in layout.of(Obstacle)]
        union = shapely.union_all(rooms + solid)
        assert layout.domain == "floorplan"
        assert 8 < layout.boundary.area < 600, "not metres"
        assert sum(s.area for s in rooms + solid) - union.area < 1e-9
        assert layout.boundary.symmetric_difference(union).area < 1e-9
        assert all(room.kind in NAMES for room in layout.of(Room))
        assert layout.provenance.licence


def test_doors_stand_in_walls(data):
    for layout in data.split("all"):
        shapes = {room.id: room.shape for room in layout.of(Room)}
        assert any(door.kind == "entrance" for door in layout.of(Door))
        for door in layout.of(Door):
            first, second = door.between
            other = layout.boundary.boundary if second == "outside" else shapes[second].boundary
            wall = shapes[first].boundary.intersection(other)
            assert door.shape.difference(wall.buffer(1e-6)).length < 1e-6
            assert any(c.via == door.id for c in layout.connections)


def test_splits_are_disjoint_and_complete(data):
    names = {split: [layout.name for layout in data.split(split)] for split in ("train", "val", "test")}
    together = [name for found in names.values() for name in found]
    assert sorted(together) == sorted(layout.name for layout in data.split("all"))
    assert len(set(together)) == len(together)
    assert len(names["train"]) > len(together) / 2


def test_same_files_same_plans(data):
    again = type(data)(data._given) if data._given else type(data)(count=data.count, seed=data.seed)
    assert again.ids() == data.ids()
    for first, second in zip(data.split("val"), again.split("val"), strict=True):
        assert dump_json(first) == dump_json(second)


def test_plans_survive_the_schema(data):
    import json

    layout = next(iter(data.split("all")))
    assert dump_json(validate(Layout, json.loads(dump_json(layout)))) == dump_json(layout)


def test_unknown_split_is_refused(data):
    with pytest.raises(DatasetError, match="train, val, test"):
        data.split("validation")


def test_unknown_plan_is_refused(data):
    with pytest.raises(DatasetError):
        data.read("no such plan")
