"""A collapse is noticed while training, ends it, and the weights are those from before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from layoutgan.training import loop
from layoutgan.training.checkpoint import HEALTHY
from layoutgan.training.config import DatasetChoice, Experiment, Schedule
from layoutgan.training.log import read_log
from layoutgan.training.monitor import Collapse
from layoutgan.training.run import run
from layoutgan.training.state import Stage
from layoutgan.training.weights import load_trained, read_tensors


def experiment(out: Path) -> Experiment:
    return Experiment(
        layoutgan=1,
        name="doomed",
        domain="floorplan",
        model="small32",
        out=out,
        device="cpu",
        threads=1,
        datasets=(DatasetChoice(name="procedural", options={"count": 20, "seed": 5}, limit=6),),
        schedule=Schedule(
            pretraining_steps=1,
            adversarial_steps=9,
            judging_steps=0,
            batch=4,
            average_half_life=1.0,
            monitor_every=1,
            checkpoint_every=100,
        ),
    )


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third step on, the generator hears nothing of its noise: one answer per brief."""
    convince = loop.convince

    def deaf(networks: Any, *rest: Any) -> Any:
        losses = convince(networks, *rest)
        heard["steps"] += 1
        if heard["steps"] > 2:
            with torch.no_grad():
                for layer in (networks.generator.node_noise, networks.generator.graph_noise):
                    layer.weight.zero_()
                    layer.weight.grad = None
        return losses

    heard = {"steps": 0}
    monkeypatch.setattr(loop, "convince", deaf)


@pytest.mark.usefixtures("forgetful")
def test_a_collapse_ends_the_run_and_earlier_weights_are_kept(tmp_path: Path) -> None:
    said: list[str] = []
    steps = list(run(experiment(tmp_path), said.append))
    found = [step.figures["diversity"] for step in steps]
    healthy = len(steps) - 3
    assert min(found[:healthy]) > 0.7
    assert max(found[healthy:]) < 0.5
    assert len(steps) < 10
    assert any("diversity fell" in words for words in said)
    assert said[-1] == f"stopped early; the weights are those of step {healthy}"
    folder = tmp_path / "doomed"
    kept = read_tensors(folder / f"{HEALTHY}.safetensors", "kept")
    shipped = load_trained(folder / "doomed.safetensors")
    for name, value in shipped.generator.state_dict().items():
        assert torch.equal(value, kept[f"average.{name}"].half().float()), name
    assert shipped.card["steps"] == healthy
    # Begun once more, it sees in its own log that it was stopped.
    assert list(run(experiment(tmp_path), said.append)) == []
    assert load_trained(folder / "doomed.safetensors").card["steps"] == healthy


def test_diversity_is_compared_within_a_stage() -> None:
    watch = Collapse()
    assert watch.saw({"diversity": 0.9}, {}, "first") is None
    assert watch.saw({"diversity": 0.65}, {}, "first") is None
    assert watch.well
    assert [watch.saw({"diversity": 0.5}, {}, "second") for _ in range(4)] == [None] * 4
    assert watch.well  # 0.5 is within 30 % of 0.65
    assert watch.saw({}, {}, "second") is None
    assert [bool(watch.saw({"diversity": 0.4}, {}, "second")) for _ in range(3)] == [False, False, True]
    assert not watch.well


def test_a_log_is_read_back(tmp_path: Path) -> None:
    lines = [
        '{"number": 1, "stage": "pretraining", "losses": {}, "seconds": 1.0, "rate": 0.0, "figures": {}}',
        '{"number": 2, "stage": "pretraining", "losses": {}, "seconds": 1.0, "rate": 0.0, "figures": {}}',
        '{"number": 2, "stage": "adversarial", "losses": {}, "seconds": 2.0, "rate": 0.0, "figures": {}}',
        '{"number": 3, "stage": "adversarial", "losses": {}, "seconds": 2.0, "rate": 0.0, "figures": {}}',
        '{"number": 4, "stage": "advers',
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(lines))
    steps = read_log(tmp_path, 2)
    assert [(s.number, s.stage) for s in steps] == [(1, Stage.PRETRAINING), (2, Stage.ADVERSARIAL)]
    assert read_log(tmp_path / "none", 9) == []
