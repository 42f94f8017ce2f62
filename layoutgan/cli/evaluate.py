"""``layoutgan evaluate``: many layouts measured, beside a reference set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.terminal import ResultFormat, progress, result

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout

__all__ = ["evaluate"]


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with layouts as JSON, searched to the bottom.")],
    against: Annotated[Path | None, typer.Option(help="Folder with reference layouts.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Data set as reference, such as r2v.")] = None,
    split: Annotated[str, typer.Option(help="Its split: train, val or test.")] = "val",
    form: Annotated[ResultFormat, typer.Option("--format", help="How to print it.")] = ResultFormat.text,
) -> int:
    """Measure many layouts.

    Prints a table of figures, beside those of a reference set if one is given.
    """
    import layoutgan
    from layoutgan.errors import InputError

    if against is not None and dataset is not None:
        raise InputError("give a folder or a data set as reference, not both", place="--against, --dataset")
    layouts = _layouts(folder)
    reference = _layouts(against) if against else _split(dataset, split) if dataset else []
    table = layoutgan.evaluate(layouts, reference)
    if form is ResultFormat.json:
        result(json.dumps(table.figures(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        result(table.text())
    return 0


def _layouts(folder: Path) -> list[Layout]:
    """All layouts of a folder, by the names of their files."""
    from layoutgan.domains.domain import read_layout
    from layoutgan.errors import InputError

    files = [folder] if folder.is_file() else sorted(folder.rglob("*.json"))
    if not files:
        problem = "holds no layouts (*.json)" if folder.is_dir() else "no such folder; check the name"
        raise InputError(problem, file=str(folder))
    layouts = []
    with progress("reading") as show:
        for number, file in enumerate(files, start=1):
            layouts.append(read_layout(file))
            show(number, len(files))
    return layouts


def _split(name: str, split: str) -> list[Layout]:
    """The layouts of one split of a data set."""
    import layoutgan
    from layoutgan.errors import InputError

    found = list(layoutgan.dataset(name).split(split))
    if not found:
        raise InputError(f"the split '{split}' of '{name}' holds no plans", place="--split")
    return found
