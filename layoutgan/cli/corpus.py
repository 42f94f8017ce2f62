"""``layoutgan corpus``: layouts made for training, in a folder of shards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(help="Make layouts for training.", rich_markup_mode=None, no_args_is_help=True)


@app.command("synthetic")
def synthetic(
    folder: Annotated[Path, typer.Argument(help="Folder of the corpus; a run that was broken off goes on.")],
    cheap: Annotated[
        int, typer.Option("--cheap", min=0, help="Plants arranged first, connected after.")] = 500,
    expert: Annotated[int, typer.Option("--expert", min=0, help="Briefs that are placed and routed.")] = 100,
    solutions: Annotated[
        int, typer.Option("--solutions", min=1, max=16, help="Most layouts per brief.")] = 4,
    seed: Annotated[int, typer.Option("--seed", min=0, max=1_000_000)] = 0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes.")] = 1,
    items: Annotated[
        tuple[int, int], typer.Option("--items", help="Least and most items of a plant.")] = (6, 150),
    effort: Annotated[
        float, typer.Option("--effort", min=0.01, max=10.0, help="Of each placement.")] = 0.3,
    placed: Annotated[int, typer.Option("--placed", min=0, help="Briefs that are placed, not routed.")] = 0,
) -> int:
    """Make synthetic process plants.

    Seeded: the same order gives the same bytes, whatever the number of processes.
    """
    from layoutgan_datasets.piping.shards import MOST, Order, build

    from layoutgan.cli.terminal import remark, result
    from layoutgan.errors import InputError

    if max(cheap, expert, placed) > MOST:
        raise InputError(f"--cheap, --expert and --placed are at most {MOST}; ask for less")
    if cheap + expert + placed == 0:
        raise InputError("--cheap, --expert and --placed are all 0; nothing to make")
    least, most = items
    if not 4 <= least <= most <= 200:
        raise InputError(f"--items must be two numbers with 4 <= least <= most <= 200, found {least} {most}")
    order = Order(cheap, expert, solutions, seed, (least, most), effort, placed)
    made = build(folder, order, workers=workers, progress=remark)
    result(f"{folder}: {made['cheap']} cheap, {made['placed']} placed and {made['expert']} optimised layouts")
    return 0


@app.command("describe")
def describe(
    folder: Annotated[Path, typer.Argument(help="Folder of shards.")],
    picture: Annotated[Path | None, typer.Option("--picture", help="Contact sheet, PNG.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Layouts read per part.")] = 400,
    each: Annotated[int, typer.Option("--each", min=1, max=24, help="Layouts drawn per part.")] = 6,
) -> int:
    """Print figures of a corpus as JSON, and draw some of it."""
    import json

    from layoutgan_datasets.piping.pictures import contact_sheet, picked
    from layoutgan_datasets.piping.statistics import described
    from layoutgan_datasets.piping.synthetic import Synthetic

    from layoutgan.cli.terminal import result

    rows = list(Synthetic(folder).rows())
    result(json.dumps(described(rows, most=most), indent=1))
    if picture is not None:
        chosen = picked(rows, each)
        captions = [f"{row.part} {row.id.partition('-')[2]} · {row.items} items" for row in chosen]
        contact_sheet([row.layout() for row in chosen], captions, picture)
    return 0
