"""``layoutgan evaluate``: many floor plans measured, beside others and beside real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.terminal import ResultFormat, progress, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layoutgan.metrics.sample import Sample

__all__ = ["evaluate"]

MOST_FOLDERS = 4


def evaluate(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER [OTHER]",
            help="Folders with plans as JSON, ours or of House-GAN++, searched to the bottom; "
            "several are set side by side.",
        ),
    ],
    real: Annotated[
        str | None,
        typer.Option(
            help="Real plans to measure against: a folder, or data sets and a split, such as r2v:val or "
            "r2v,resplan:test."
        ),
    ] = None,
    form: Annotated[ResultFormat, typer.Option("--format", help="How to print it.")] = ResultFormat.text,
) -> int:
    """Measure many floor plans.

    Prints a table: geometry by the rules of an independent benchmark and which rules are broken, how far the
    plans meet their briefs, how different the answers to one brief are; with --real also how like real plans
    they are, beside what real plans reach among themselves, and each plan beside the real one of its brief.
    """
    from layoutgan.errors import InputError
    from layoutgan.metrics.evaluate import compare

    if len(folders) > MOST_FOLDERS:
        raise InputError(f"{len(folders)} folders; at most {MOST_FOLDERS} stand side by side")
    sets = {name: _read(folder) for name, folder in zip(_names(folders), folders, strict=True)}
    truths = _real(real) if real is not None else []
    table = compare(sets, truths, real_name="real" if "real" not in sets else "real (reference)")
    if form is ResultFormat.json:
        result(json.dumps(table.document(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        result(table.text())
    return 0


def _names(folders: Sequence[Path]) -> list[str]:
    """Names of columns: of the folders, with their parents where they would be alike."""
    names = [folder.stem if folder.suffix == ".json" else folder.name or str(folder) for folder in folders]
    if len(set(names)) < len(names):
        names = [folder.as_posix() for folder in folders]
    return names if len(set(names)) == len(names) else [f"{n} ({i})" for i, n in enumerate(names, start=1)]


def _read(folder: Path) -> list[Sample]:
    from layoutgan.metrics.sample import read_samples

    with progress(f"reading {folder.name}") as show:
        return read_samples(folder, show)


def _real(reference: str) -> list[Sample]:
    """Real plans of a folder, or of splits of data sets."""
    import layoutgan
    from layoutgan.core import registry
    from layoutgan.errors import InputError
    from layoutgan.metrics.sample import samples_of

    if Path(reference).exists():
        return _read(Path(reference))
    listed, _, split = reference.partition(":")
    names, known = listed.split(","), registry.names("dataset")
    if not set(names) <= set(known):
        raise InputError(
            f"'{reference}' is no folder, and not every data set of it is known: {', '.join(known)}",
            place="--real",
        )
    found = []
    for name in names:
        plans = list(layoutgan.dataset(name).split(split or "val"))
        if not plans:
            raise InputError(f"the split '{split or 'val'}' of '{name}' holds no plans", place="--real")
        found += plans
    return samples_of(found)
