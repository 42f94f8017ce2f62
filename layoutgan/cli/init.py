"""``layoutgan init``: a commented example brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["init"]


def init(
    domain: Annotated[str, typer.Argument(help="Field of design, such as floorplan.")] = "floorplan",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File; by default stdout.")] = None,
) -> int:
    """Print a commented example brief."""
    from layoutgan.cli.terminal import target
    from layoutgan.domains.domain import domain_of
    from layoutgan.errors import InputError

    text = domain_of(domain).example()
    if output is not None and output.exists():
        raise InputError("exists already; choose another name", file=str(output))
    target(output, text)
    return 0
