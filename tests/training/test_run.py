"""A whole training from a registered data set, alone and in two processes; pictures and weights."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from layoutgan.core import registry
from layoutgan.domains.floorplan.domain import FLOORPLAN
from layoutgan.errors import InputError, UnknownName
from layoutgan.models.graph_transformer import Proposal
from layoutgan.training.config import DatasetChoice, Experiment, Schedule
from layoutgan.training.corpus import Corpus
from layoutgan.training.pictures import draw_curves, draw_samples
from layoutgan.training.run import encoded, networks_of, run
from layoutgan.training.weights import load_trained, read_tensors


def experiment(out: Path, **changes: Any) -> Experiment:
    values: dict[str, Any] = {
        "layoutgan": 1,
        "name": "tiny",
        "domain": "floorplan",
        "model": "small32",
        "out": out,
        "device": "cpu",
        "datasets": (DatasetChoice(name="procedural", options={"count": 40, "seed": 5}, limit=12),),
        "schedule": Schedule(
            pretraining_steps=2,
            adversarial_steps=1,
            judging_steps=0,
            batch=4,
            monitor_every=3,
            checkpoint_every=2,
        ),
    }
    return Experiment(**(values | changes))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs")
    assert [step.number for step in run(experiment(out))] == [1, 2, 3]
    return out


def test_a_run_leaves_log_checkpoints_and_weights(trained: Path) -> None:
    folder = trained / "tiny"
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [line["stage"] for line in log] == ["pretraining", "pretraining", "adversarial"]
    assert "diversity" in log[-1]["figures"]
    assert sorted(p.name for p in folder.glob("step-*.safetensors")) == [
        "step-0000002.safetensors",
        "step-0000003.safetensors",
    ]
    assert not list(folder.glob("*.part")) + list(folder.glob(".*"))
    for name in ("curves.png", "samples.png"):
        assert (folder / name).read_bytes().startswith(b"\x89PNG")


def test_a_finished_run_has_nothing_left_to_do(trained: Path) -> None:
    assert list(run(experiment(trained))) == []


def test_a_folder_of_another_experiment_is_refused(trained: Path) -> None:
    with pytest.raises(InputError, match="another experiment"):
        next(run(experiment(trained, seed=9)))


def test_the_cache_is_read_again(trained: Path) -> None:
    choice = experiment(trained).datasets[0]
    said: list[str] = []
    records = encoded(choice, FLOORPLAN, 32, trained / "cache", said.append)
    assert len(records) == 12
    assert said == []


def test_weights_come_back_and_answer(trained: Path) -> None:
    loaded = load_trained(trained / "tiny" / "tiny.safetensors")
    assert (loaded.name, loaded.domain, loaded.kinds) == ("tiny", "floorplan", FLOORPLAN.kinds)
    records = encoded(experiment(trained).datasets[0], FLOORPLAN, 32, trained / "cache")
    batch = Corpus.of(records).batch(torch.arange(3))
    config = loaded.config
    made = loaded.generator(
        batch, torch.zeros(*batch.kinds.shape, config.node_noise), torch.zeros(3, config.graph_noise)
    )
    assert bool(made.boxes.isfinite().all())
    assert loaded.graph_discriminator(batch, made).whole.shape == (3,)
    code = loaded.encoder(batch, Proposal(batch.boxes, batch.gates, batch.one_hot_turns()))
    assert code.graph.shape == (3, config.graph_noise)
    assert not any(p.requires_grad for p in loaded.generator.parameters())


def test_a_training_begins_with_given_weights(trained: Path, tmp_path: Path) -> None:
    weights = trained / "tiny" / "tiny.safetensors"
    networks = networks_of(experiment(tmp_path, begin=str(weights)), FLOORPLAN)
    begun = load_trained(str(weights))
    for name in ("generator", "graph_discriminator", "encoder"):
        wanted = getattr(begun, name).state_dict()
        assert all(torch.equal(v, wanted[k]) for k, v in getattr(networks, name).state_dict().items())
    with pytest.raises(InputError, match="other sizes"):
        networks_of(experiment(tmp_path, begin=str(weights), model="base32"), FLOORPLAN)


def test_bad_weights_are_named(trained: Path, tmp_path: Path) -> None:
    good = trained / "tiny" / "tiny.safetensors"
    path = tmp_path / "copy.safetensors"
    with pytest.raises(InputError, match=r"description copy\.json is missing"):
        load_trained(path)
    card = json.loads(good.with_suffix(".json").read_text())
    path.with_suffix(".json").write_text(json.dumps(card))
    with pytest.raises(InputError, match="no such file"):
        load_trained(path)
    path.write_bytes(good.read_bytes()[:-1000])
    with pytest.raises(InputError, match="safetensors"):
        load_trained(path)
    path.write_bytes(good.read_bytes())
    card["config"]["width"] = 32
    path.with_suffix(".json").write_text(json.dumps(card))
    with pytest.raises(InputError, match="do not fit"):
        load_trained(path)
    path.with_suffix(".json").write_text("{")
    with pytest.raises(InputError, match="not JSON"):
        load_trained(path)
    with pytest.raises(UnknownName, match="no weights called"):
        load_trained("nothing-like-it")


def test_unknown_names_and_fields_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        next(run(experiment(tmp_path, model="huge999")))
    with pytest.raises(ValueError, match=r"extra_forbidden|Extra inputs"):
        Experiment.model_validate({**experiment(tmp_path).model_dump(), "optimizer": "sgd"})
    with pytest.raises(ValueError, match="no cost called 'overlaps'"):
        experiment(tmp_path, costs={"overlaps": 1.0})


def test_pictures_are_written(trained: Path, tmp_path: Path) -> None:
    records = encoded(experiment(trained).datasets[0], FLOORPLAN, 32, trained / "cache")
    batch = Corpus.of(records).batch(torch.arange(2))
    draw_samples(batch, [Proposal(batch.boxes, batch.gates, batch.one_hot_turns())], tmp_path / "samples.png")
    draw_curves(trained / "tiny" / "log.jsonl", tmp_path / "curves.png")
    for name in ("samples.png", "curves.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_two_processes_train_one_network(trained: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for file in (trained / "cache").iterdir():
        (cache / file.name).write_bytes(file.read_bytes())
    steps = list(run(experiment(tmp_path, processes=2, threads=1)))
    assert [step.number for step in steps] == [1, 2, 3]
    folder = tmp_path / "tiny"
    assert len((folder / "log.jsonl").read_text().splitlines()) == 3
    one = read_tensors(trained / "tiny" / "step-0000003.safetensors", "one")
    two = read_tensors(folder / "step-0000003.safetensors", "two")
    assert one.keys() == two.keys()  # noise differs by process, so the numbers may
    assert all(bool(t.isfinite().all()) for t in two.values() if t.is_floating_point())


def test_the_models_are_registered() -> None:
    assert {"small32", "base32", "large64"} <= set(registry.names("model"))


def test_inference_imports_little() -> None:
    code = "import layoutgan.training.weights, layoutgan.encoding.records, sys; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = answer.stdout.split()
    assert "torch" in loaded
    assert {"torch_geometric", "lightning_fabric", "matplotlib", "tensorboard"}.isdisjoint(loaded)
