"""The record of a training: one JSON line per step."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

from layoutgan.errors import InputError
from layoutgan.training.loop import Step
from layoutgan.training.state import Stage

__all__ = ["Log", "read_log"]

NAME = "log.jsonl"


class Log:
    """One JSON line per step, and TensorBoard if wanted."""

    def __init__(self, folder: Path, tensorboard: bool = False) -> None:
        """Appends to `log.jsonl` in the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / NAME
        self.board: Any = None
        if tensorboard:
            try:
                from torch.utils.tensorboard import SummaryWriter
            except ImportError as error:
                raise InputError(
                    "needs the package 'tensorboard'; install layoutgan[tensorboard]", place="tensorboard"
                ) from error
            self.board = SummaryWriter(os.fspath(folder))

    def write(self, step: Step) -> None:
        """Appends a step."""
        record = dataclasses.asdict(step) | {"stage": step.stage.value}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, sort_keys=True) + "\n")
        if self.board is not None:
            for name, value in (step.losses | step.figures).items():
                self.board.add_scalar(name, value, step.number)


def read_log(folder: Path, until: int) -> list[Step]:
    """The steps of a run up to one, in order; of a step that was done twice, the later record.

    A line that a stopped process left half written is passed over.
    """
    steps: dict[int, Step] = {}
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            record = json.loads(line)
            step = Step(**(record | {"stage": Stage(record["stage"])}))
        except (ValueError, TypeError, KeyError):
            continue
        if step.number <= until:
            steps[step.number] = step
    return [steps[number] for number in sorted(steps)]
