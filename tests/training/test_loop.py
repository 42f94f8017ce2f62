"""The loop: both stages run, a resumed run equals an uninterrupted one, processes agree, faults are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from layoutgan.encoding.masks import Renderer, raster_channels
from layoutgan.errors import InputError, TrainingError
from layoutgan.models.config import Config, Head
from layoutgan.models.networks import build
from layoutgan.training.checkpoint import latest, load_checkpoint, save_checkpoint
from layoutgan.training.config import DatasetChoice, Experiment, Penalties, Schedule
from layoutgan.training.loop import Source, Step, rate_at, train
from layoutgan.training.monitor import Collapse, look
from layoutgan.training.stages import Noise, blurred, finished, nearest
from layoutgan.training.state import Stage, State, tensors_of

KINDS = 17


def experiment(**changes: Any) -> Experiment:
    values: dict[str, Any] = {
        "layoutgan": 1,
        "name": "tiny",
        "domain": "floorplan",
        "datasets": (DatasetChoice(name="flats"),),
        "schedule": Schedule(
            pretraining_steps=3, adversarial_steps=3, batch=8, monitor_every=2, judging_steps=1
        ),
        "penalties": Penalties(interval=2),
        "seed": 3,
    }
    return Experiment(**(values | changes))


def fresh(head: Head = Head.RECTANGLES, renderer: Renderer = Renderer.PARTITION) -> State:
    config = Config(
        kinds=KINDS,
        raster_channels=raster_channels(renderer, KINDS),
        head=head,
        width=16,
        heads=2,
        generator_layers=2,
        discriminator_layers=1,
        encoder_layers=1,
        node_noise=4,
        graph_noise=4,
        pixels=16,
        channels=(8,),
    )
    return State.fresh(build(config, 1))


@pytest.fixture
def fabric() -> Any:
    from lightning_fabric import Fabric

    fabric = Fabric(accelerator="cpu", devices=1)
    fabric.launch()
    return fabric


def test_both_stages_run_and_are_watched(source: Source, fabric: Any) -> None:
    state = fresh()
    watched = source.corpus.batch(torch.arange(6))
    settings = experiment()
    steps = list(
        train(state, source, settings, fabric, lambda s: look(s.average, watched, settings.renderer, 3))
    )
    assert [s.number for s in steps] == [1, 2, 3, 4, 5, 6]
    assert [s.stage for s in steps] == [Stage.PRETRAINING] * 3 + [Stage.ADVERSARIAL] * 3
    assert [bool(s.figures) for s in steps] == [False, True] * 3
    figures = steps[-1].figures
    assert 0 <= figures["diversity"] <= 1
    assert 1 / 3 <= figures["distinct"] <= 1
    assert "graph_r1" in steps[3].losses  # the first adversarial step carries a penalty, the second none
    assert "graph_r1" not in steps[4].losses
    assert "adversarial" not in steps[3].losses  # at first only the discriminators learn
    assert "adversarial" in steps[4].losses
    assert state.seen == 48


def test_equipment_is_a_configuration(source: Source, fabric: Any) -> None:
    settings = experiment(
        head=Head.ORIENTED, renderer=Renderer.WIRES, costs={"overlap": 1.0, "wire_length": 0.1}
    )
    steps = list(train(fresh(Head.ORIENTED, Renderer.WIRES), source, settings, fabric))
    assert len(steps) == 6
    assert "wire_length" in steps[-1].losses


@pytest.mark.parametrize("stop", [2, 3, 5])
def test_a_resumed_run_equals_an_uninterrupted_one(
    source: Source, fabric: Any, tmp_path: Path, stop: int
) -> None:
    settings = experiment()
    whole = fresh()
    wanted = [step.losses for step in train(whole, source, settings, fabric)]
    first = fresh()
    steps = train(first, source, settings, fabric)
    for _ in range(stop):
        next(steps)
    save_checkpoint(first, tmp_path, "same")
    torch.manual_seed(99)  # whatever else the process did must not matter
    second = fresh()
    found = latest(tmp_path)
    assert found is not None
    load_checkpoint(second, found, "same")
    assert [step.losses for step in train(second, source, settings, fabric)] == wanted[stop:]
    ends = tensors_of(whole), tensors_of(second)
    assert ends[0].keys() == ends[1].keys()
    assert all(torch.equal(ends[0][key], ends[1][key]) for key in ends[0])


def test_a_checkpoint_of_another_experiment_is_refused(tmp_path: Path) -> None:
    path = save_checkpoint(fresh(), tmp_path, "one")
    with pytest.raises(InputError, match="belongs to another experiment"):
        load_checkpoint(fresh(), path, "two")
    load_checkpoint(fresh(), path, None)
    with pytest.raises(InputError, match="does not fit the experiment"):
        load_checkpoint(fresh(Head.ORIENTED), path, "one")
    path.write_bytes(b"\x80\x04garbage")
    with pytest.raises(InputError, match="safetensors"):
        load_checkpoint(fresh(), path, "one")
    path.with_suffix(".json").write_text("[]")
    with pytest.raises(InputError, match="format"):
        load_checkpoint(fresh(), path, "one")


def test_a_loss_that_is_not_finite_stops_the_run(source: Source, fabric: Any) -> None:
    state = fresh()
    with torch.no_grad():
        state.networks.generator.answer.bias.fill_(float("nan"))
    with pytest.raises(TrainingError, match="step 0: the loss is nan"):
        next(train(state, source, experiment(), fabric))


def test_rates_warm_up_and_fall() -> None:
    settings = experiment(schedule=Schedule(pretraining_steps=1000, adversarial_steps=500))
    rates = [rate_at(settings, step) for step in (0, 99, 500, 999, 1000, 1100, 1499)]
    assert rates[0] < rates[2] < rates[1]
    assert rates[3] == pytest.approx(5e-5, rel=0.01)
    assert rates[4] < rates[6] < rates[5]


def test_a_rate_starts_anew() -> None:
    settings = experiment(schedule=Schedule(pretraining_steps=1000, restarts=(600,), adversarial_steps=5))
    rates = [rate_at(settings, step) for step in (599, 600, 700, 999, 1000)]
    assert rates[0] == pytest.approx(5e-5, rel=0.01)
    assert rates[1] < rates[0] < rates[2]
    assert rates[3] == pytest.approx(5e-5, rel=0.01)
    assert rates[4] == pytest.approx(1e-5)
    with pytest.raises(ValueError, match="restarts must rise"):
        Schedule(pretraining_steps=1000, restarts=(600, 500))


def test_symmetries_can_be_left_out(source: Source) -> None:
    plain = experiment(symmetries=False)
    first = source.batch(plain, Stage.PRETRAINING, 0, 0, 1)
    turned = source.batch(experiment(), Stage.PRETRAINING, 0, 0, 1)
    assert torch.equal(first.kinds, turned.kinds)
    assert not torch.equal(first.boxes, turned.boxes)


def test_two_processes_see_all_layouts_of_a_step(source: Source) -> None:
    plain = experiment(symmetries=False)
    whole = source.batch(plain, Stage.PRETRAINING, 4, 0, 1)
    parts = [source.batch(plain, Stage.PRETRAINING, 4, rank, 2) for rank in (0, 1)]
    assert sorted(whole.scale.tolist()) == sorted(torch.cat([p.scale for p in parts]).tolist())


def test_collapse_needs_several_looks() -> None:
    watch = Collapse()
    assert watch.saw({"diversity": 0.5}, {}) is None
    assert [watch.saw({"diversity": 0.3}, {}) for _ in range(2)] == [None, None]
    assert "diversity fell" in (watch.saw({"diversity": 0.3}, {}) or "")
    sure = {"graph_accuracy": 0.99, "raster_accuracy": 0.98}
    other = Collapse()
    assert [bool(other.saw({"diversity": 0.5}, sure)) for _ in range(3)] == [False, False, True]


def test_steps_are_values() -> None:
    step = Step(1, Stage.PRETRAINING, {"a": 1.0}, 0.1)
    assert replace(step, number=2).losses == {"a": 1.0}


def test_the_nearest_of_several_answers_is_found(source: Source) -> None:
    networks = fresh().networks
    batch = source.corpus.batch(torch.arange(6))

    def away(noise: Noise) -> float:
        made = networks.generator(batch, noise.nodes, noise.graph).boxes
        return float(((made - batch.boxes)[:, :, 0].abs().sum(-1) * batch.present).detach().mean())

    one = away(nearest(networks, batch, torch.Generator().manual_seed(0), 1))
    many = away(nearest(networks, batch, torch.Generator().manual_seed(0), 12))
    assert many < one


def test_discriminators_see_whole_gates_and_no_exact_edges(source: Source) -> None:
    batch = source.corpus.batch(torch.arange(6))
    real = finished(batch)
    soft = real._replace(gates=(0.8 * real.gates + 0.1).requires_grad_())
    seen = blurred(soft, 0.02, torch.Generator().manual_seed(1))
    assert torch.equal(seen.gates.detach(), real.gates)
    seen.gates.sum().backward()  # type: ignore[no-untyped-call]
    assert bool((soft.gates.grad == 1).all())  # open or shut in value, soft in slope
    away = (seen.boxes - real.boxes).std()
    assert 0.015 < float(away) < 0.025
    again = blurred(soft, 0.02, torch.Generator().manual_seed(1))
    assert torch.equal(seen.boxes, again.boxes)
    judge = fresh().networks.graph_discriminator
    scores = [judge(batch, p).whole for p in (real, soft)]
    assert torch.equal(scores[0], scores[1])
