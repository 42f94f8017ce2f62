"""``layoutgan generate``: layouts that answer a brief, as drawings and one report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layoutgan.cli.terminal import FormatOption, columns, progress, remark, result

if TYPE_CHECKING:
    from layoutgan.core.brief import Brief
    from layoutgan.generation.generate import Generated

__all__ = ["Start", "generate"]


class Start(StrEnum):
    """Where proposals come from."""

    network = "network"
    random = "random"
    graph = "graph"
    greedy = "greedy"
    """Rows along the rack; plants only."""
    analytic = "analytic"
    """Descents on smooth costs; plants only, needs torch."""


def generate(
    brief: Annotated[Path, typer.Argument(help="Brief: YAML or JSON (see: layoutgan init).")],
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=200, help="Layouts wanted.")] = 8,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")] = Path("out"),
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Same seed, same layouts.")] = 0,
    start: Annotated[
        Start | None, typer.Option(help="Where proposals come from; the network if it has weights.")] = None,
    weights: Annotated[str | None, typer.Option(help="Name or file of a trained generator.")] = None,
    candidates: Annotated[int | None, typer.Option(min=1, max=10_000, help="Proposals to realise.")] = None,
    quality: Annotated[
        bool | None, typer.Option("--quality/--fast", help="Work longer for form, or stop early.")] = None,
    formats: Annotated[str, typer.Option(help="Files for each layout, by suffix.")] = "dxf,svg,png,json",
    form: Annotated[FormatOption, typer.Option("--format", help="How to print it.")] = FormatOption.text,
) -> int:
    """Generate layouts for a brief.

    Writes drawings, documents and one report.html, best first; exit 1 when the best one breaks a rule.
    """
    import os

    # Before numpy loads: the networks' matrices are so small that a second thread only waits for the first.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from layoutgan.cli.drawers import cores, drawers
    from layoutgan.cli.folder import exporters_of, write_folder
    from layoutgan.cli.judging import check_brief
    from layoutgan.domains.domain import read_brief

    wanted = exporters_of(formats)
    asked = read_brief(brief)
    check_brief(asked, file=str(brief))
    with drawers(min(cores(), count, 8)) as hands:
        begin = str(start) if start else _start(asked.domain, weights)
        made = _made(asked, count=count, seed=seed, start=begin, weights=weights, candidates=candidates,
                     quality=quality)
        facts = _facts(asked, made, seed, begin)
        written = write_folder(output, asked, made, wanted, facts=facts, hands=hands)
    _print(form, made, output)
    remark(f"wrote {len(written)} files to {output}; open {output / 'report.html'}")
    return int(bool(made.explanation or made.misfit) or not made.reports or not made.reports[0].clean)


def _start(domain: str, weights: str | None) -> str:
    from layoutgan.generation.sample import usual_start

    if weights or usual_start(domain) == "network":
        return "network"
    remark(f"no network is shipped for {domain}; starting from random boxes")
    return usual_start(domain)


def _made(brief: Brief, *, quality: bool | None, **options: Any) -> Generated:
    from layoutgan.domains.domain import Effort
    from layoutgan.generation.generate import generate as make

    effort = {None: Effort(), True: Effort(quality=True), False: Effort(scale=0.25)}[quality]
    with progress("realising") as show:
        return make(brief, effort=effort, progress=show, **options)


def _facts(brief: Brief, made: Generated, seed: int, start: str) -> dict[str, str]:
    """How the layouts were made; no clock, so that the same seed gives the same page."""
    from layoutgan import __version__

    facts = {"brief": brief.digest(), "seed": str(seed), "start": start}
    if "candidates" in made.figures:
        facts["candidates"] = f"{made.figures['candidates']:.0f}"
    if "satisfied" in made.figures:
        facts["meet the brief"] = f"{100 * made.figures['satisfied']:.0f} %"
    if made.misfit:
        facts["does not fit"] = made.misfit
    if made.reports:
        facts["rule packs"] = ", ".join(made.reports[0].packs) or "none"
    return facts | {"layoutgan": __version__}


def _print(form: FormatOption, made: Generated, output: Path) -> None:
    from layoutgan.cli.folder import stem

    files = [str(output / f"{stem(i, len(made.layouts))}.json") for i in range(len(made.layouts))]
    if form is FormatOption.json:
        _print_json(made, files)
    elif form is FormatOption.sarif:
        from layoutgan.cli.reporting import sarif_of

        result(sarif_of(list(zip(files, made.reports, strict=True))))
    else:
        _print_text(made)


def _print_json(made: Generated, files: list[str]) -> None:
    import json

    from layoutgan.core.schema import dump

    layouts = [{"file": file, "name": layout.name, "scores": layout.scores, "report": dump(report)}
               for file, layout, report in zip(files, made.layouts, made.reports, strict=True)]
    figures = {name: value for name, value in made.figures.items() if not name.startswith("seconds")}
    result(json.dumps({"layoutgan": 1, "layouts": layouts, "explanation": list(made.explanation),
                       "misfit": made.misfit, "figures": figures}, ensure_ascii=False, indent=1))


def _print_text(made: Generated) -> None:
    if made.misfit:
        result(f"The programme does not fit: {made.misfit}.")
    if made.explanation:
        result("The brief cannot be met as it stands. These demands fight each other:")
        for line in made.explanation:
            result(f"  - {line}")
    rows = [("", "errors", "warnings", "name")]
    rows += [(f"{i:02d}", str(report.errors), str(report.warnings), layout.name)
             for i, (layout, report) in enumerate(zip(made.layouts, made.reports, strict=True), start=1)]
    result(columns(rows))
    if made.reports and not made.reports[0].clean:
        from layoutgan.validation.text import plain

        result("\nthe best one:\n" + plain(made.reports[0]))
