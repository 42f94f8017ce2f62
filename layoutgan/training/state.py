"""What a training carries from step to step."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from enum import StrEnum

import torch
from torch import Tensor, nn

from layoutgan.models.generator import Generator
from layoutgan.models.networks import Networks

WARM_UP = 100
"""Steps over which a stage's rate rises."""


class Stage(StrEnum):
    """Part of a training."""

    PRETRAINING = "pretraining"
    ADVERSARIAL = "adversarial"


@dataclass
class State:
    """Networks, the averaged generator, and the optimisers of the current stage."""

    networks: Networks
    average: Generator
    """The generator that is shipped: an exponential average over steps."""
    optimisers: dict[str, torch.optim.Adam]
    stage: Stage
    step: int = 0
    """Steps done."""
    seen: int = 0
    """Layouts seen."""

    @classmethod
    def fresh(cls, networks: Networks) -> State:
        """The state before the first step."""
        average = copy.deepcopy(networks.generator).requires_grad_(False)
        return cls(networks, average, optimisers_of(networks, Stage.PRETRAINING), Stage.PRETRAINING)

    def enter(self, stage: Stage) -> None:
        """Starts a stage with new optimisers, unless it is the current one."""
        if stage is not self.stage:
            self.stage = stage
            self.optimisers = optimisers_of(self.networks, stage)

    def update_average(self, layouts: int, half_life: float) -> None:
        """Moves the average towards the generator.

        Args:
            layouts: layouts seen in this step.
            half_life: layouts after which a generator counts half; shorter at the start of a run.
        """
        self.seen += layouts
        decay = 0.5 ** (layouts / min(half_life, max(0.1 * self.seen, 1.0)))
        averaged = [p.data for p in self.average.parameters()]
        torch._foreach_lerp_(averaged, [p.data for p in self.networks.generator.parameters()], 1 - decay)


def optimisers_of(networks: Networks, stage: Stage) -> dict[str, torch.optim.Adam]:
    """Adam for makers and judges; without momentum against an opponent, as R3GAN has it."""
    makers = [*networks.generator.parameters(), *networks.encoder.parameters()]
    if stage is Stage.PRETRAINING:
        return {"makers": torch.optim.Adam(makers, betas=(0.9, 0.99), eps=1e-8, fused=True)}
    judges = [*networks.graph_discriminator.parameters(), *networks.raster_discriminator.parameters()]
    return {
        "makers": torch.optim.Adam(makers, betas=(0.0, 0.99), eps=1e-8, fused=True),
        "judges": torch.optim.Adam(judges, betas=(0.0, 0.99), eps=1e-8, fused=True),
    }


def parameters_of(optimiser: torch.optim.Adam) -> list[Tensor]:
    """The parameters that an optimiser moves."""
    return [p for group in optimiser.param_groups for p in group["params"]]


def set_rate(optimiser: torch.optim.Adam, rate: float) -> None:
    """Sets the learning rate of all groups."""
    for group in optimiser.param_groups:
        group["lr"] = rate


def tensors_of(state: State) -> dict[str, Tensor]:
    """Every tensor of the state by a stable name."""
    modules: dict[str, nn.Module] = {**state.networks.modules(), "average": state.average}
    tensors = {f"{name}.{key}": value for name, m in modules.items() for key, value in m.state_dict().items()}
    for name, optimiser in state.optimisers.items():
        for place, parameter in enumerate(parameters_of(optimiser)):
            for key, value in optimiser.state.get(parameter, {}).items():
                tensors[f"optimiser.{name}.{place}.{key}"] = value
    return tensors
