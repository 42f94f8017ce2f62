"""The whole state of a training in files, so that a resumed run equals an uninterrupted one.

Noise and data order are functions of (seed, step), so tensors and the step say everything.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch

from layoutgan.errors import InputError
from layoutgan.training.state import Stage, State, parameters_of, tensors_of
from layoutgan.training.weights import read_tensors, write_tensors

__all__ = ["HEALTHY", "latest", "load_checkpoint", "save_checkpoint"]

HEALTHY = "healthy"
"""Name of the checkpoint at the last look that showed no sign of a collapse."""

_FORMAT = "layoutgan-checkpoint-1"


def save_checkpoint(state: State, folder: Path, identity: str, name: str | None = None) -> Path:
    """Writes the state and returns the file of tensors.

    Args:
        state: to keep.
        folder: of the run.
        identity: digest of what must not change between runs: experiment and data.
        name: of the file; left open, the step's, under which `latest` finds it.
    """
    path = folder / f"{name or f'step-{state.step:07d}'}.safetensors"
    write_tensors(tensors_of(state), path)
    document = {
        "format": _FORMAT,
        "step": state.step,
        "seen": state.seen,
        "stage": state.stage.value,
        "identity": identity,
        "config": state.networks.config.document(),
    }
    beside = path.with_name(f".{path.stem}.{os.getpid()}.json.part")
    beside.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(path.with_suffix(".json"))  # last: a checkpoint counts once its description is there
    return path


def latest(folder: Path) -> Path | None:
    """The checkpoint of the most steps in a folder, if there is one."""
    found = sorted(p for p in folder.glob("step-*.safetensors") if p.with_suffix(".json").exists())
    return found[-1] if found else None


def load_checkpoint(state: State, path: Path, identity: str | None) -> None:
    """Fills the state from a checkpoint.

    Args:
        state: of the same experiment.
        path: file of tensors.
        identity: as given when saving; None to take weights from another experiment.

    Raises:
        InputError: the files are damaged, or belong to another experiment.
    """
    document = _document(path)
    if identity is not None and document["identity"] != identity:
        raise InputError(
            "belongs to another experiment or other data; choose another 'out' folder, or delete this one",
            file=str(path),
        )
    tensors = read_tensors(path, str(path))
    try:
        state.enter(Stage(document["stage"]))
        for name, module in {**state.networks.modules(), "average": state.average}.items():
            prefix = name + "."
            module.load_state_dict(
                {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
            )
        for name, optimiser in state.optimisers.items():
            _fill(optimiser, f"optimiser.{name}.", tensors)
        state.step, state.seen = int(document["step"]), int(document["seen"])
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            f"does not fit the experiment: {reason}; delete it to start anew", file=str(path)
        ) from error


def _fill(optimiser: torch.optim.Adam, prefix: str, tensors: dict[str, torch.Tensor]) -> None:
    for place, parameter in enumerate(parameters_of(optimiser)):
        own = f"{prefix}{place}."
        values = {k.removeprefix(own): v for k, v in tensors.items() if k.startswith(own)}
        if values:
            optimiser.state[parameter] = {k: v.to(parameter.device, copy=True) for k, v in values.items()}


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"its description is missing or not JSON: {error}", file=str(path)) from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise InputError(f"is not a checkpoint of format {_FORMAT}", file=str(path))
    return document
