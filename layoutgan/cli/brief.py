"""``layoutgan brief``: briefs of plants from P&IDs and flowsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from layoutgan.domains.piping.brief import PipingBrief

__all__ = ["app"]

app = typer.Typer(
    help="Write a brief from a P&ID or a flowsheet.", rich_markup_mode=None, no_args_is_help=True
)

Output = Annotated[Path | None, typer.Option("--output", "-o", help="File; by default stdout.")]
Name = Annotated[str, typer.Option("--name", help="Name of the project.")]


@app.command("from-dexpi")
def from_dexpi(
    file: Annotated[Path, typer.Argument(help="P&ID: DEXPI 1.3, Proteus XML.")],
    output: Output = None,
    name: Name = "",
) -> int:
    """Write a brief from a P&ID; sizes and nozzle positions take defaults, listed in the brief's head."""
    from layoutgan.domains.piping.inputs.dexpi import brief_from_dexpi

    return _write(brief_from_dexpi(file, name=name), output, f"from {file.name}, DEXPI")


@app.command("from-sfiles")
def from_sfiles(
    text: Annotated[str, typer.Argument(help="SFILES 2.0 string, or a file with one, or JSON.")],
    output: Output = None,
    name: Name = "",
    expand: Annotated[
        bool, typer.Option("--expand", help="Give columns condenser, drum, reflux pumps and reboiler.")
    ] = False,
) -> int:
    """Write a brief from a flowsheet; sizes and nozzle positions take defaults, listed in its head."""
    from layoutgan.domains.piping.inputs.flowsheet import brief_from_flowsheet
    from layoutgan.domains.piping.inputs.sfiles import parse_sfiles, read_flowsheet

    is_text = text.lstrip().startswith("(")
    sheet = parse_sfiles(text) if is_text else read_flowsheet(Path(text))
    title = name or ("Flowsheet" if is_text else Path(text).stem)
    return _write(brief_from_flowsheet(sheet, name=title, expand=expand), output, "from SFILES 2.0")


def _write(brief: PipingBrief, output: Path | None, origin: str) -> int:
    from layoutgan.cli.terminal import target
    from layoutgan.domains.piping.inputs.write import brief_yaml
    from layoutgan.errors import InputError

    if output is not None and output.exists():
        raise InputError("exists already; choose another name", file=str(output))
    assumed = brief.plant().assumptions
    head = f"A brief {origin}. What it leaves open takes these defaults:"
    comments = [head, *(f"  {line}" for line in assumed)]
    target(output, brief_yaml(brief, comments=comments))
    return 0
