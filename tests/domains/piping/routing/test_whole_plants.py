"""From a brief to a judged plant: no line is lost, and what found no way is named."""

from __future__ import annotations

import pytest

from layoutgan.domains.domain import Effort
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.connect import nets_of
from layoutgan.domains.piping.deliverables.pcf import check_pcf, read_pcf, write_pcf
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.elements import Pipe
from layoutgan.domains.piping.fitting_data import reducer_length
from layoutgan.domains.piping.pipe_data import elbow, flange_thickness
from layoutgan.domains.piping.realise import realise
from layoutgan.domains.piping.rules.missing_line import missing_line
from layoutgan.domains.piping.rules.unrouted_line import unrouted_line
from layoutgan.domains.piping.sketches import unit_brief
from layoutgan.domains.piping.stand import Stand, stand
from layoutgan.domains.piping.straight import straight_run
from layoutgan.generation.baselines import random_boxes
from layoutgan.validation.check import check


def layout_of(brief: PipingBrief, seed: int):
    """A plant of little effort."""
    return realise(brief, random_boxes(brief.programme(), seed), seed, Effort(scale=0.02)).layout


def walled_in() -> PipingBrief:
    """A unit whose feed comes up inside a building."""
    fields = unit_brief().model_dump(mode="json")
    fields["site"]["terminals"][0] |= {"at": [24.0, 31.0, 1.0]}
    fields["site"]["keep_outs"] = [
        {"shape": [[21, 28], [27, 28], [27, 34], [21, 34]], "kind": "building", "height": 5.0}
    ]
    return PipingBrief.model_validate(fields)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_line_is_routed_or_an_exception(seed):
    brief = unit_brief()
    layout = layout_of(brief, seed)
    states = {pipe.line: pipe.status for pipe in layout.of(Pipe)}
    assert set(states) == set(brief.plant().runs)
    assert set(states.values()) <= {"routed", "exception"}
    named = {f.elements[0] for f in check(layout, [unrouted_line]).findings}
    assert named == {pipe.id for pipe in layout.of(Pipe) if pipe.status == "exception"}
    assert not check(layout, [missing_line]).findings


def test_a_line_without_a_way_is_drawn_on_its_own_layer_and_found():
    plan = pytest.importorskip("cad_plugin.plant.plan")
    brief = walled_in()
    layout = layout_of(brief, 0)
    (lost,) = [pipe for pipe in layout.of(Pipe) if pipe.status == "exception"]
    assert lost.line == "L-1"
    assert lost.length > 1.0
    assert plan.pipe_role(lost) == "exception"
    assert {plan.pipe_role(pipe) for pipe in layout.of(Pipe) if pipe is not lost} == {"line"}
    (finding,) = check(layout, [unrouted_line]).findings
    assert (finding.rule, finding.elements) == ("PI454", ("L-1",))
    assert "buried" in finding.message
    assert set(brief.plant().runs) == {pipe.line for pipe in layout.of(Pipe)}


@pytest.mark.parametrize("seed", [0, 1])
def test_fittings_of_a_routed_plant_have_room(seed):
    """A discharge nozzle smaller than its line has a reducer before the first elbow or tee."""
    fields = unit_brief().model_dump(mode="json")
    fields["lines"][2]["nps"] = 3
    for line in lines_of(layout_of(PipingBrief.model_validate(fields), seed)):
        assert not line.problems
        assert not check_pcf(read_pcf(write_pcf(line)))


def test_the_straight_run_holds_the_nozzles_own_flange_and_the_reducer():
    run = unit_brief().plant().runs["L-3"]
    least = flange_thickness(8.0, 300) + reducer_length(8.0) + elbow(run.nps)
    assert straight_run("vessel", "outlet", run, 8.0, first=True, rating=300) >= least


def test_a_pump_draws_from_the_bottom_and_its_line_is_the_run():
    fields = unit_brief().model_dump(mode="json")
    fields["lines"][3] |= {"end": "PRODUCT", "branches": ["P-9.suction"], "inline": []}
    fields["lines"][5] |= {"end": "C-1.feed"}
    fields["equipment"].append({"tag": "P-9", "class": "pump"})
    plant = PipingBrief.model_validate(fields).plant()
    net = next(net for net in nets_of(plant) if net.name == "L-4")
    assert [end.owner for _, end in net.ends] == ["E-1", "P-9", "PRODUCT"]
    where = Stand({tag: (5.0 * k, 5.0) for k, tag in enumerate(plant.items)}, dict.fromkeys(plant.items, 0))
    item = next(item for item in stand(plant, where, (), ()) if item.id == "E-1")
    assert {n.role: n.direction for n in item.nozzles}["tube_out"] == "-z"
    assert {n.role: n.direction for n in item.nozzles}["tube_in"] == "+z"
