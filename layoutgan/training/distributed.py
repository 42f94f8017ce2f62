"""One training in several processes; each sees its part of every batch, gradients are meaned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import torch

from layoutgan.training.config import Experiment
from layoutgan.training.loop import Step

if TYPE_CHECKING:
    from lightning_fabric import Fabric

__all__ = ["run_distributed"]


def run_distributed(experiment: Experiment, progress: Callable[[str], None] | None = None) -> Iterator[Step]:
    """Trains in `experiment.processes` new processes and yields the steps as the first of them reports them.

    Args:
        experiment: what to do.
        progress: told in words what is going on outside the steps.

    Raises:
        LayoutError: as `run`; raised once all processes have ended.
    """
    from lightning_fabric import Fabric

    fabric = Fabric(
        accelerator=experiment.device,
        devices=experiment.processes,
        strategy="ddp_spawn",
        precision=experiment.precision,
    )
    steps: Any = torch.multiprocessing.get_context("spawn").Queue()
    failure: list[BaseException] = []

    def launch() -> None:
        try:
            fabric.launch(_child, experiment, steps)
        except BaseException as error:  # it is raised again in the caller's thread
            failure.append(error)
        steps.put(None)

    thread = threading.Thread(target=launch, daemon=True)
    thread.start()
    while (told := steps.get()) is not None:
        if isinstance(told, Step):
            yield told
        elif progress is not None:
            progress(told)
    thread.join()
    if failure:
        raise failure[0]


def _child(fabric: Fabric, experiment: Experiment, steps: Any) -> None:
    from layoutgan.training.run import run_on

    if experiment.threads is not None:
        torch.set_num_threads(experiment.threads)
    say = steps.put if fabric.is_global_zero else None
    for step in run_on(fabric, experiment, say):
        if fabric.is_global_zero:
            steps.put(step)
