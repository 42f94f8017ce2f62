"""``layoutgan plugin``: adapters for CAD programs, installed and removed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    help="Use layoutgan from inside a CAD program.", rich_markup_mode=None, no_args_is_help=True
)

Program = Annotated[str, typer.Argument(help="freecad or autocad.")]
Folder = Annotated[
    Path | None, typer.Option("--to", help="Folder for add-ons, when it is not the usual one.")
]


@app.command("install")
def install(program: Program, to: Folder = None) -> int:
    """Copy the adapter to where the program looks for it.

    Says where that is and how to remove it.
    """
    from cad_plugin.hosts.install import HOSTS
    from cad_plugin.hosts.install import install as copy
    from layoutgan.cli.terminal import result

    done = copy(program, to)
    where = f" --to {to}" if to is not None else ""
    result(f"installed {len(done.files)} files in {done.folder}")
    result(f"next: {HOSTS[program].afterwards}")
    result(f"to remove it: layoutgan plugin remove {program}{where}")
    return 0


@app.command("remove")
def remove(program: Program, to: Folder = None) -> int:
    """Take the adapter away; files that others put beside it stay."""
    from cad_plugin.hosts.install import remove as take
    from layoutgan.cli.terminal import result

    result(f"removed {take(program, to)}")
    return 0


@app.command("list")
def listing() -> int:
    """Programs for which there is an adapter, and where it belongs."""
    from cad_plugin.hosts.install import HOSTS, folder_for
    from layoutgan.cli.terminal import columns, result
    from layoutgan.errors import InputError

    rows = [("name", "program", "folder")]
    for name, host in HOSTS.items():
        try:
            place = str(folder_for(name))
        except InputError:
            place = "with --to"
        rows.append((name, host.title, place))
    result(columns(rows))
    return 0
