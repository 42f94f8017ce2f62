"""Networks in files: safetensors beside a JSON of the same name. Light enough for inference."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from layoutgan.errors import InputError
from layoutgan.models.config import Config
from layoutgan.models.encoder import Encoder
from layoutgan.models.generator import Generator
from layoutgan.models.graph_discriminator import Discriminator
from layoutgan.training.files import FORMAT, located, read_card, shipped

__all__ = ["FORMAT", "Trained", "load_trained", "read_tensors", "save_trained", "shipped", "write_tensors"]


@dataclass(frozen=True)
class Trained:
    """What `generate` needs of a training, in evaluation mode and without gradients."""

    name: str
    domain: str
    kinds: tuple[str, ...]
    """The domain's kinds when the networks were trained; new ones may only have been added at the end."""
    config: Config
    generator: Generator
    graph_discriminator: Discriminator
    encoder: Encoder
    card: dict[str, Any]
    """Data, steps, licence and figures."""


def load_trained(name_or_path: str | Path) -> Trained:
    """The networks of shipped weights, by name, or of a `.safetensors` file with its `.json` beside it.

    Raises:
        UnknownName: no weights of that name are in the package.
        InputError: a file is missing, damaged, or does not fit its description.
    """
    shown = str(name_or_path)
    with located(shown) as path:
        return _load(path, shown)


def _load(path: Path, shown: str) -> Trained:
    document = read_card(path.with_suffix(".json"), shown)
    tensors = read_tensors(path, shown)
    try:
        config = Config.parse(document["config"])
        parts: dict[str, nn.Module] = {
            "generator": Generator(config),
            "graph_discriminator": Discriminator(config),
            "encoder": Encoder(config),
        }
        for name, module in parts.items():
            own = {
                k.removeprefix(name + "."): v.float() for k, v in tensors.items() if k.startswith(name + ".")
            }
            module.load_state_dict(own)
            module.eval().requires_grad_(False)
        return Trained(
            name=str(document["name"]),
            domain=str(document["domain"]),
            kinds=tuple(document["kinds"]),
            config=config,
            card=dict(document.get("card", {})),
            **parts,  # type: ignore[arg-type]  # each is of its own class
        )
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            f"the weights do not fit their description: {reason}; export them anew", file=shown
        ) from error


def save_trained(
    path: Path,
    modules: dict[str, nn.Module],
    config: Config,
    *,
    domain: str,
    kinds: tuple[str, ...],
    card: dict[str, Any],
    half: bool = True,
) -> None:
    """Writes `path` (.safetensors) and the JSON beside it.

    Args:
        path: of the tensors.
        modules: generator, graph_discriminator and encoder.
        config: to build them anew.
        domain: name of the field of design.
        kinds: the domain's kinds, in order.
        card: data, steps, licence and figures; JSON types only.
        half: 16-bit numbers, half the size.
    """
    tensors = {f"{name}.{key}": value for name, m in modules.items() for key, value in m.state_dict().items()}
    if half:
        tensors = {key: v.half() if v.is_floating_point() else v for key, v in tensors.items()}
    write_tensors(tensors, path)
    document = {
        "format": FORMAT,
        "name": path.stem,
        "domain": domain,
        "kinds": list(kinds),
        "config": config.document(),
        "card": card,
    }
    beside = path.with_name(f".{path.stem}.{os.getpid()}.json.part")
    beside.write_text(
        json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    beside.replace(path.with_suffix(".json"))


def write_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    """Writes a safetensors file; it appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    save_file({key: value.detach().cpu().contiguous().clone() for key, value in tensors.items()}, beside)
    beside.replace(path)


def read_tensors(path: Path, shown: str) -> dict[str, Tensor]:
    """The tensors of a safetensors file.

    Raises:
        InputError: the file is missing or damaged.
    """
    try:
        return load_file(path)
    except FileNotFoundError as error:
        raise InputError("no such file; give the .safetensors file of an export", file=shown) from error
    except (SafetensorError, OSError, ValueError) as error:
        raise InputError(f"not a readable safetensors file: {error}; export it anew", file=shown) from error
