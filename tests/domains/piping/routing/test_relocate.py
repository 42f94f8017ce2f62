"""An item moved in a finished plant."""

from __future__ import annotations

import pytest
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json
from layoutgan.domains.domain import Effort
from layoutgan.domains.piping.elements import Equipment, Pipe
from layoutgan.domains.piping.realise import _nowhere, realise
from layoutgan.domains.piping.relocate import relocate
from layoutgan.domains.piping.rules.clashing_pipes import clashing_pipes
from layoutgan.domains.piping.rules.loose_end import loose_end
from layoutgan.domains.piping.rules.missing_line import missing_line
from layoutgan.domains.piping.sketches import drawn, unit_brief
from layoutgan.errors import InputError
from layoutgan.validation.check import check


@pytest.fixture(scope="module")
def unit() -> Layout:
    brief = unit_brief()
    layout = realise(brief, _nowhere(brief), 0, Effort(scale=0.01)).layout
    return Layout.model_validate_json(dump_json(layout))  # as it comes from a file, coordinates rounded


def test_a_move_of_nothing_routes_nothing(unit):
    after = relocate(unit, "C-1", (0.0, 0.0))
    assert after.rerouted == ()
    assert after.layout.of(Pipe) == unit.of(Pipe)


def test_lines_of_the_item_follow_and_the_others_stay(unit):
    after = relocate(unit, "C-1", (0.3, 0.2))
    old = {pipe.id: pipe for pipe in unit.of(Pipe)}
    assert {"L-4", "L-5"} <= set(after.rerouted)
    assert "L-1" not in after.rerouted
    for pipe in after.layout.of(Pipe):
        assert (pipe == old[pipe.id]) or pipe.line in after.rerouted or pipe.id in after.rerouted
    assert not check(after.layout, [loose_end, missing_line, clashing_pipes]).findings


def test_the_item_goes_where_it_is_told(unit):
    before = next(e for e in unit.of(Equipment) if e.id == "P-1A")
    after = next(e for e in relocate(unit, "P-1A", (0.0, 0.5)).layout.of(Equipment) if e.id == "P-1A")
    shift = shapely.affinity.translate(before.shape, 0.0, 0.5)
    assert after.shape.symmetric_difference(shift).area < 1e-3
    assert [n.at.y - m.at.y for n, m in zip(after.nozzles, before.nozzles, strict=True)] == pytest.approx(
        [0.5] * len(before.nozzles)
    )


@pytest.mark.parametrize(("tag", "words"), [("X-9", "no equipment is called 'X-9'"), ("LOCKED", "is locked")])
def test_what_cannot_be_moved_is_refused(unit, tag, words):
    rows = [{"pump": "LOCKED", "box": [0, 0, 2, 1], "locked": True}]
    plan = drawn(*rows, brief=unit_brief().model_dump()) if tag == "LOCKED" else unit
    with pytest.raises(InputError, match=words):
        relocate(plan, tag, (1.0, 0.0))


def test_a_plant_without_its_brief_is_refused():
    with pytest.raises(InputError, match="no brief of a plant"):
        relocate(drawn({"pump": "P-1", "box": [0, 0, 2, 1]}), "P-1", (1.0, 0.0))
