"""``layoutgan train``: a generator trained as an experiment file says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from layoutgan.cli.terminal import remark, result
from layoutgan.errors import InputError

if TYPE_CHECKING:
    from layoutgan.training.loop import Step

__all__ = ["train"]

EVERY = 50
"""Steps between two lines where there is no terminal [-]."""


class _Watch(Protocol):
    def __call__(self, step: Step, total: int) -> None: ...


def train(
    experiment: Annotated[Path, typer.Argument(help="Experiment: YAML (see benchmarks/experiments).")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder; else as it says.")] = None,
) -> int:
    """Train a generator.

    Resumes where it stopped, and ends with weights for generate --weights.
    """
    from layoutgan.core.schema import read_tree, validate

    tree, node = read_tree(experiment)
    # Torch takes seconds to load: what can be refused without it is refused first.
    if not isinstance(tree, dict) or "datasets" not in tree:
        raise InputError("not an experiment; it has keys such as name, domain and datasets",
                         file=str(experiment))
    from layoutgan.training.config import Experiment
    from layoutgan.training.run import run

    changed = {"out": str(output)} if output else {}
    asked = validate(Experiment, tree | changed, file=str(experiment), node=node)
    with _watch() as show:
        for step in run(asked, progress=remark):
            show(step, asked.steps)
    result(str(asked.out / asked.name / f"{asked.name}.safetensors"))
    return 0


@contextmanager
def _watch() -> Iterator[_Watch]:
    """A bar with the losses on a terminal, else a plain line now and then."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    plain = TextColumn("{task.description}", markup=False)
    with Progress(plain, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                  console=Console(stderr=True, markup=False, emoji=False)) as bar:
        task = bar.add_task("training", total=None)
        yield lambda step, total: bar.update(
            task, completed=step.number, total=total, description=f"{step.stage}  {_losses(step)}")


def _lines(step: Step, total: int) -> None:
    if step.number % EVERY == 0 or step.number in {1, total}:
        remark(f"step {step.number}/{total}  {step.stage}  {step.seconds:.2f} s  {_losses(step)}")


def _losses(step: Step) -> str:
    return "  ".join(f"{name} {value:.3g}" for name, value in {**step.losses, **step.figures}.items())
