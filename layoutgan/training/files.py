"""Where weights lie and what stands beside them; needs neither torch nor numpy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from layoutgan.errors import InputError, UnknownName

__all__ = ["FORMAT", "located", "read_card", "shipped"]

FORMAT = "layoutgan-weights-1"


def shipped() -> tuple[str, ...]:
    """Names of the weights in the package, sorted."""
    folder = files("layoutgan.weights")
    return tuple(
        sorted(
            f.name.removesuffix(".safetensors") for f in folder.iterdir() if f.name.endswith(".safetensors")
        )
    )


@contextmanager
def located(name_or_path: str) -> Iterator[Path]:
    """The `.safetensors` file of shipped weights, by name, or of a path.

    Raises:
        UnknownName: no weights of that name are in the package.
    """
    if name_or_path.endswith(".safetensors"):
        yield Path(name_or_path)
        return
    if name_or_path not in shipped():
        raise UnknownName("weights", name_or_path, shipped())
    with as_file(files("layoutgan.weights")) as folder:
        yield folder / f"{name_or_path}.safetensors"


def read_card(path: Path, shown: str) -> dict[str, Any]:
    """The description beside weights.

    Raises:
        InputError: the file is missing, damaged or of another format.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            f"the description {path.name} is missing; it belongs beside the weights", file=shown
        ) from error
    except (ValueError, OSError) as error:
        raise InputError(f"the description {path.name} is not JSON: {error}", file=shown) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError(
            f"the description {path.name} is not of format {FORMAT}; export the weights anew", file=shown
        )
    return document
