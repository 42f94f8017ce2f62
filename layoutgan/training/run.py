"""A whole training: data sets to tensors, resume, steps, checkpoints, logs, weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from layoutgan.core import registry
from layoutgan.core.schema import dump
from layoutgan.domains.domain import Domain, domain_of
from layoutgan.encoding.batch import Batch, Record
from layoutgan.encoding.masks import raster_channels
from layoutgan.encoding.records import encode_layout
from layoutgan.errors import InputError
from layoutgan.models.config import Config
from layoutgan.models.networks import Networks
from layoutgan.training.checkpoint import latest, load_checkpoint
from layoutgan.training.config import DatasetChoice, Experiment
from layoutgan.training.corpus import Corpus, cache_key, load_records, save_records, seed_of
from layoutgan.training.distributed import run_distributed
from layoutgan.training.guard import Guard
from layoutgan.training.log import Log
from layoutgan.training.loop import Source, Step, train
from layoutgan.training.monitor import look
from layoutgan.training.pictures import draw_answers, draw_curves
from layoutgan.training.state import Stage, State
from layoutgan.training.weights import load_trained, save_trained

if TYPE_CHECKING:
    from lightning_fabric import Fabric

__all__ = ["encoded", "export_generator", "networks_of", "run", "source_of"]

_WATCHED = 48
"""Validation briefs that the monitor looks at."""

Progress = Callable[[str], None]


def encoded(
    choice: DatasetChoice, domain: Domain, pixels: int, cache: Path, progress: Progress | None = None
) -> list[Record]:
    """The layouts of a data set's split as records, from the cache if they have been encoded before.

    Args:
        choice: data set, split and limit.
        domain: of the layouts.
        pixels: per side of the site raster.
        cache: folder of encoded data sets.
        progress: told once in a while how far it is.

    Raises:
        UnknownName: no data set is registered under that name.
        DatasetError: files are missing.
    """
    reader = registry.find("dataset", choice.name)
    key = cache_key(
        f"{reader.__module__}.{reader.__qualname__}",
        options=dict(choice.options),
        split=choice.split,
        limit=choice.limit,
        pixels=pixels,
        domain=domain.name,
        kinds=domain.kinds,
    )
    path = cache / f"{choice.name}-{choice.split}-{key[:16]}.npz"
    if path.exists():
        return load_records(path)
    records: list[Record] = []
    for layout in reader(**choice.options).split(choice.split):
        if choice.limit is not None and len(records) >= choice.limit:
            break
        records.append(encode_layout(layout, domain, pixels))
        if progress is not None and len(records) % 100 == 0:
            progress(f"{choice.name}: {len(records)} layouts encoded")
    save_records(records, path) if records else None
    return records


def source_of(
    experiment: Experiment, domain: Domain, pixels: int, progress: Progress | None = None
) -> Source:
    """All data sets of an experiment, encoded and joined."""
    cache = experiment.out / "cache"
    corpora = [Corpus.of(encoded(choice, domain, pixels, cache, progress)) for choice in experiment.datasets]
    later = [c.weight if c.adversarial_weight is None else c.adversarial_weight for c in experiment.datasets]
    return Source(
        corpus=Corpus.joined(corpora),
        counts=[corpus.counts for corpus in corpora],
        weights={Stage.PRETRAINING: [c.weight for c in experiment.datasets], Stage.ADVERSARIAL: later},
    )


def networks_of(experiment: Experiment, domain: Domain) -> Networks:
    """The experiment's networks: random weights that depend on its seed alone, or those it begins with.

    Raises:
        UnknownName: no model is registered under that name.
        InputError: the weights to begin with are missing, damaged, or of other networks.
    """
    kinds = len(domain.kinds)
    config = Config(
        kinds=kinds, raster_channels=raster_channels(experiment.renderer, kinds), head=experiment.head
    )
    build = registry.find("model", experiment.model)
    networks: Networks = build(config, seed_of(experiment.seed, "weights"))
    if experiment.begin is not None:
        _begin(networks, experiment.begin, domain)
    return networks


def _begin(networks: Networks, weights: str, domain: Domain) -> None:
    """Puts the weights of an export into networks; only the raster discriminator has none there."""
    trained = load_trained(weights)
    if trained.domain != domain.name or trained.config != networks.config:
        raise InputError(
            f"begin: the weights are of domain {trained.domain} and other sizes than this experiment's; "
            "name weights of the same model", file=weights,
        )  # fmt: skip
    for name in ("generator", "graph_discriminator", "encoder"):
        getattr(networks, name).load_state_dict(getattr(trained, name).state_dict())


def run(experiment: Experiment, progress: Progress | None = None) -> Iterator[Step]:
    """Trains an experiment, resuming at its folder's last checkpoint; yields each step.

    At the end the weights are exported to `out/name/`, beside loss curves and a sheet of samples. A second
    stage whose answers grow alike, or whose discriminators have won, ends early, and the weights are those of
    the last look before.

    Args:
        experiment: what to do.
        progress: told in words what is going on outside the steps.

    Raises:
        InputError: the folder holds checkpoints of another experiment.
        TrainingError: a loss is not finite.
    """
    from lightning_fabric import Fabric

    if experiment.processes > 1:
        yield from run_distributed(experiment, progress)
        return
    if experiment.threads is not None:
        torch.set_num_threads(experiment.threads)
    fabric = Fabric(accelerator=experiment.device, devices=1, precision=experiment.precision)
    fabric.launch()
    yield from run_on(fabric, experiment, progress)


@dataclass
class _Prepared:
    """What a run begins with."""

    state: State
    source: Source
    watched: Batch
    """Validation briefs that are looked at."""
    guard: Guard


def run_on(fabric: Fabric, experiment: Experiment, progress: Progress | None = None) -> Iterator[Step]:
    """As `run`, on a launched fabric, in each of its processes."""
    domain = domain_of(experiment.domain)
    folder = experiment.out / experiment.name
    begun = _prepared(fabric, experiment, domain, progress)
    state, guard = begun.state, begun.guard

    def figures(current: State) -> dict[str, float]:
        return look(current.average, begun.watched, experiment.renderer)

    stopped = guard.catch_up(state.step)
    log = Log(folder, experiment.tensorboard) if fabric.is_global_zero else None
    for step in () if stopped else train(state, begun.source, experiment, fabric, figures):
        # Processes have losses of their own, and must all stop or none.
        reason: str | None = fabric.broadcast(guard.saw(step)) if step.figures else None
        stopped = reason is not None and step.stage is Stage.ADVERSARIAL
        if log is not None:
            log.write(step)
            guard.keep(state, step, stopped or _due(step, experiment))
        yield step
        if reason is not None:
            _say(progress, f"step {step.number}: {reason}")
        if stopped:
            break
    if log is not None:
        if stopped:
            _say(progress, f"stopped early; the weights are those of step {guard.restore(state)}")
        export_generator(state, folder / f"{experiment.name}.safetensors", experiment, domain)
        draw_curves(log.path, folder / "curves.png")
        draw_answers(state.average, begun.watched, folder / "samples.png")
    fabric.barrier()


def _prepared(
    fabric: Fabric, experiment: Experiment, domain: Domain, progress: Progress | None
) -> _Prepared:
    networks = networks_of(experiment, domain)
    for module in networks.modules().values():
        module.to(fabric.device)
    with fabric.rank_zero_first():
        source = source_of(experiment, domain, networks.config.pixels, progress)
        watched = _watched(experiment, domain, networks.config.pixels).to(fabric.device)
    folder = experiment.out / experiment.name
    state = State.fresh(networks)
    identity = identity_of(experiment, source)
    found = latest(folder)
    if found is not None:
        load_checkpoint(state, found, identity)
        _say(progress, f"resumed at step {state.step}")
    return _Prepared(state, source, watched, Guard(folder, identity))


def _due(step: Step, experiment: Experiment) -> bool:
    """Whether a step ends with a checkpoint."""
    return step.number % experiment.schedule.checkpoint_every == 0 or step.number == experiment.steps


def _say(progress: Progress | None, words: str) -> None:
    if progress is not None:
        progress(words)


def export_generator(
    state: State, path: Path, experiment: Experiment, domain: Domain, figures: dict[str, Any] | None = None
) -> None:
    """Writes the averaged generator, the graph discriminator and the encoder as weights for `generate`."""
    modules = {
        "generator": state.average,
        "graph_discriminator": state.networks.graph_discriminator,
        "encoder": state.networks.encoder,
    }
    card = {
        "experiment": {
            k: v for k, v in dump(experiment).items() if k not in ("out", "device", "processes", "threads")
        },
        "steps": state.step,
        "layouts_seen": state.seen,
        "figures": figures or {},
    }
    config = state.networks.config
    save_trained(path, modules, config, domain=domain.name, kinds=domain.kinds, card=card)


def identity_of(experiment: Experiment, source: Source) -> str:
    """Digest of what decides the numbers of a run: the experiment less folder and machine, and data."""
    settings = dump(experiment)
    for name in ("out", "device", "threads", "tensorboard"):
        settings.pop(name, None)
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for tensor in (source.corpus.starts, source.corpus.elements["boxes"], source.corpus.edges):
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()


def _watched(experiment: Experiment, domain: Domain, pixels: int) -> Batch:
    """Validation briefs for the monitor, or training ones where a data set has no others."""
    first = max(
        experiment.datasets, key=lambda c: c.weight if c.adversarial_weight is None else c.adversarial_weight
    )
    choice = DatasetChoice(name=first.name, options=first.options, split="val", limit=_WATCHED)
    records = encoded(choice, domain, pixels, experiment.out / "cache")
    if not records:
        records = encoded(first, domain, pixels, experiment.out / "cache")[:_WATCHED]
    return Corpus.of(records).batch(torch.arange(len(records)))
