"""The cheap half: seeded, legal by rules that share no code with it, and connected as units are."""

from __future__ import annotations

import pytest
from layoutgan_datasets.piping.inverse import cheap
from layoutgan_datasets.piping.rows import turned_box

from layoutgan.core.schema import dump_json
from layoutgan.domains.piping.domain import PIPING
from layoutgan.domains.piping.elements import Equipment, Rack
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.rule import Severity

NOT_ROUTED = {"PI453", "PI454"}
"""What a layout without pipes breaks by being one."""


@pytest.fixture(scope="module")
def plants():
    return [cheap(3, number, items=(6, 30)) for number in range(12)]


def test_same_seed_same_bytes(plants):
    assert dump_json(cheap(3, 4, items=(6, 30))) == dump_json(plants[4])
    assert dump_json(cheap(4, 4, items=(6, 30))) != dump_json(plants[4])


def test_rules_find_no_error_but_missing_pipes(plants):
    for plant in plants:
        found = check(plant, rules_of(PIPING.packs), packs=PIPING.packs).findings
        errors = [f for f in found if f.severity is Severity.ERROR and f.rule not in NOT_ROUTED]
        assert not errors, (plant.name, [f.message for f in errors][:3])


def test_everything_asked_for_stands_on_the_plot(plants):
    for plant in plants:
        items = {e.id: e for e in plant.of(Equipment)}
        assert set(items) == {e.tag for e in plant.brief.equipment}
        assert plant.of(Rack)
        for item in items.values():
            x0, y0, x1, y1 = item.shape.bounds
            assert plant.boundary.buffer(1e-6).covers(item.shape)
            length, width = item.size if item.turn % 2 == 0 else item.size[::-1]
            assert (x1 - x0, y1 - y0) == pytest.approx((length, width), abs=1e-3)


def test_every_pump_draws_from_something(plants):
    for plant in plants:
        ends = {end for line in plant.brief.lines for end in line.ends}
        for pump in (e for e in plant.brief.equipment if e.kind == "pump"):
            assert f"{pump.tag}.N1" in ends, f"{pump.tag} of {plant.name} has no suction line"


def test_lines_join_what_is_near(plants):
    """Relations are shorter than pairs drawn blindly would be."""
    import itertools

    import numpy as np

    quotients = []
    for plant in plants:
        at = {e.id: np.asarray(e.shape.centroid.coords[0]) for e in plant.of(Equipment)}
        joined = [
            np.abs(at[r.first] - at[r.second]).sum()
            for r in plant.brief.programme().relations
            if r.first in at and r.second in at
        ]
        pairs = [np.abs(at[a] - at[b]).sum() for a, b in itertools.combinations(at, 2)]
        if joined:
            quotients.append(np.mean(joined) / np.mean(pairs))
    assert np.mean(quotients) < 0.75


@pytest.mark.parametrize("turn", range(-1, 5))
def test_boxes_turn_about_the_origin(turn):
    box = (1.0, 2.0, 4.0, 3.0)
    x0, y0, x1, y1 = turned_box(box, turn)
    assert x0 < x1
    assert y0 < y1
    assert turned_box((x0, y0, x1, y1), 4 - turn % 4) == box
