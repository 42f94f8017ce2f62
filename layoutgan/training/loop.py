"""The one training loop: a generator of steps, so that bars, logs and saving belong to the caller."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from layoutgan.encoding.batch import Batch
from layoutgan.encoding.symmetry import random_symmetries, transform
from layoutgan.errors import TrainingError
from layoutgan.training.config import Experiment
from layoutgan.training.corpus import Corpus, plan_batch, seed_of
from layoutgan.training.stages import convince, cosine, discriminate, draw_noise, paired, pretrain
from layoutgan.training.state import WARM_UP, Stage, State, parameters_of, set_rate

if TYPE_CHECKING:
    from lightning_fabric import Fabric

__all__ = ["Source", "Step", "train"]

_STEEPEST = 1.0  # gradients are scaled down to this norm in the first stage


@dataclass(frozen=True)
class Step:
    """What one step did."""

    number: int
    """Steps done, this one included."""
    stage: Stage
    losses: dict[str, float]
    seconds: float
    """Wall time of the step [s]."""
    rate: float = 0.0
    """Learning rate [-]."""
    figures: dict[str, float] = field(default_factory=dict)
    """Diversity and other figures of the averaged generator, in steps that were looked at."""


@dataclass
class Source:
    """Corpora joined into one, with their weights in each stage."""

    corpus: Corpus
    counts: list[Tensor]
    """Elements of each layout, per corpus [M]."""
    weights: dict[Stage, list[float]]

    def batch(self, experiment: Experiment, stage: Stage, step: int, rank: int, processes: int) -> Batch:
        """This process's part of the layouts of a step, mirrored and turned at random."""
        schedule = experiment.schedule
        index = plan_batch(self.counts, self.weights[stage], schedule.batch, experiment.seed, step)
        batch = self.corpus.batch(index[rank::processes])
        if not experiment.symmetries:
            return batch
        own = torch.Generator().manual_seed(seed_of(experiment.seed, "symmetry", step, rank))
        return transform(batch, random_symmetries(len(batch), own))


Look = Callable[[State], dict[str, float]]


def train(
    state: State, source: Source, experiment: Experiment, fabric: Fabric, look: Look | None = None
) -> Iterator[Step]:
    """Trains from the state's step to the experiment's end and yields each step.

    Args:
        state: networks on the fabric's device; changed in place, so that the caller may save it between
            steps.
        source: the layouts.
        experiment: what to do.
        fabric: device, precision and processes, launched.
        look: figures of the state, called every `monitor_every` steps.

    Yields:
        One `Step` after another.

    Raises:
        TrainingError: a loss is not finite.
    """
    schedule = experiment.schedule
    while state.step < experiment.steps:
        begun = time.perf_counter()
        stage = Stage.PRETRAINING if state.step < schedule.pretraining_steps else Stage.ADVERSARIAL
        state.enter(stage)
        batch = source.batch(experiment, stage, state.step, fabric.global_rank, fabric.world_size)
        batch = batch.to(fabric.device)
        rate = rate_at(experiment, state.step)
        set_rate(state.optimisers["makers"], rate)
        if "judges" in state.optimisers:
            set_rate(state.optimisers["judges"], rate * schedule.judging_rate / schedule.adversarial_rate)
        run = _pretraining_step if stage is Stage.PRETRAINING else _adversarial_step
        losses = run(state, batch, experiment, fabric)
        state.step += 1
        state.update_average(schedule.batch, schedule.average_half_life)
        seen = look is not None and (
            state.step % schedule.monitor_every == 0 or state.step == experiment.steps
        )
        figures = look(state) if look is not None and seen else {}
        yield Step(state.step, stage, losses, time.perf_counter() - begun, rate, figures)


def rate_at(experiment: Experiment, step: int) -> float:
    """Generator's learning rate at a step: rises at first in a stage, then falls on a cosine to a tenth."""
    schedule = experiment.schedule
    if step < schedule.pretraining_steps:
        (first, length), top, rise = schedule.cycle(step), schedule.pretraining_rate, WARM_UP
    else:
        first, length = schedule.pretraining_steps, schedule.adversarial_steps
        top, rise = schedule.adversarial_rate, WARM_UP // 10
    done = step - first
    return min(1.0, (done + 1) / rise) * cosine(top, top / 10, done / max(length, 1))


def _noise(state: State, batch: Batch, experiment: Experiment, fabric: Fabric) -> torch.Generator:
    return torch.Generator().manual_seed(seed_of(experiment.seed, "noise", state.step, fabric.global_rank))


def _pretraining_step(state: State, batch: Batch, experiment: Experiment, fabric: Fabric) -> dict[str, float]:
    random = _noise(state, batch, experiment, fabric)
    config = state.networks.config
    noise = draw_noise(batch, config, random), draw_noise(paired(batch), config, random), random
    progress = state.step / experiment.schedule.first_cycle
    makers = state.optimisers["makers"]
    makers.zero_grad()
    with fabric.autocast():
        losses = pretrain(state.networks, batch, noise, experiment, progress, _backward_at(state.step))
    _share_gradients(fabric, makers)
    torch.nn.utils.clip_grad_norm_(parameters_of(makers), _STEEPEST)
    makers.step()
    return losses


def _adversarial_step(state: State, batch: Batch, experiment: Experiment, fabric: Fabric) -> dict[str, float]:
    random = _noise(state, batch, experiment, fabric)
    noise = tuple(draw_noise(batch, state.networks.config, random) for _ in range(3))
    makers, judges = state.optimisers["makers"], state.optimisers["judges"]
    with fabric.autocast():
        fake = state.networks.generator(batch, noise[1].nodes, noise[1].graph)
        judges.zero_grad()
        losses = discriminate(
            state.networks,
            batch,
            fake,
            random,
            experiment,
            _penalty(experiment, state.step),
            _backward_at(state.step),
        )
    _share_gradients(fabric, judges)
    # A penalty comes every few steps and is steep: unclipped, Adam would remember it and hardly move between.
    torch.nn.utils.clip_grad_norm_(parameters_of(judges), 5 * _STEEPEST)
    judges.step()
    if state.step < experiment.schedule.pretraining_steps + experiment.schedule.judging_steps:
        return losses
    with fabric.autocast():
        makers.zero_grad()
        losses |= convince(
            state.networks,
            batch,
            fake,
            (noise[0], noise[1], noise[2], random),
            experiment,
            _backward_at(state.step),
        )
    _share_gradients(fabric, makers)
    torch.nn.utils.clip_grad_norm_(parameters_of(makers), 10 * _STEEPEST)
    makers.step()
    return losses


def _penalty(experiment: Experiment, step: int) -> tuple[float, float]:
    """Weights of the penalties at a step: between them zero, at them multiplied by their interval."""
    penalties, schedule = experiment.penalties, experiment.schedule
    done = step - schedule.pretraining_steps
    if done % penalties.interval:
        return 0.0, 0.0
    progress = done / max(schedule.adversarial_steps, 1)
    return (
        penalties.interval * cosine(*penalties.graph, progress),
        penalties.interval * cosine(*penalties.raster, progress),
    )


def _backward_at(step: int) -> Callable[[Tensor], None]:
    """Backward pass of a step, refused where it would only spread what is not a number."""

    def backward(loss: Tensor) -> None:
        value = float(loss.detach())
        if not math.isfinite(value):
            raise TrainingError(
                f"the loss is {value}; resume from an earlier checkpoint with a lower rate", step=step
            )
        loss.backward()  # type: ignore[no-untyped-call]

    return backward


def _share_gradients(fabric: Fabric, optimiser: torch.optim.Adam) -> None:
    """Means the gradients over all processes.

    Done by hand, in one message: the usual wrapper counts forward and backward passes, and a step here has
    several of both, some of them differentiated twice.
    """
    if fabric.world_size == 1:
        return
    parameters = parameters_of(optimiser)
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in parameters])
    mean = fabric.all_reduce(flat, reduce_op="mean")
    place = 0
    for parameter in parameters:
        parameter.grad = mean[place : place + parameter.numel()].view_as(parameter).clone()
        place += parameter.numel()
