"""``layoutgan repair``: a layout solved again so that it keeps what it breaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.terminal import FormatOption, columns, remark, result

if TYPE_CHECKING:
    from layoutgan.generation.repair import Repaired

__all__ = ["repair"]


def repair(
    file: Annotated[Path, typer.Argument(help="Layout: JSON of ours, or a drawing that can be read.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File for the mended layout.")],
    brief: Annotated[Path | None, typer.Option(help="Brief to answer; else the one inside.")] = None,
    pack: Annotated[list[str] | None, typer.Option(help="Rule pack; may be given several times.")] = None,
    assign: Annotated[list[str] | None, typer.Option("--set", help="A limit: FP009.factor=1.1.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Same seed, same result.")] = 0,
    form: Annotated[FormatOption, typer.Option("--format", help="How to print it.")] = FormatOption.text,
) -> int:
    """Mend a layout that breaks rules.

    Solves it again from where it is and shows what changed; exit 1 when errors remain.
    """
    import layoutgan
    from layoutgan.cli.judging import check_brief, read_any_layout, settings_of
    from layoutgan.domains.domain import read_brief

    settings = settings_of(pack or (), None, assign or ())
    layout = read_any_layout(file)
    asked = read_brief(brief) if brief else None
    if asked is not None:
        check_brief(asked, file=str(brief))
    mended = layoutgan.repair(layout, asked, seed=seed, packs=settings.packs or None, limits=settings.limits)
    if mended.better:
        layoutgan.write(mended.layout, output, report=mended.after)
        remark(f"wrote {output}")
    else:
        remark("nothing better was found, so nothing was written"
               if mended.before.findings else "there is nothing to mend, so nothing was written")
    _print(form, mended, str(output))
    return int(not mended.after.clean)


def _print(form: FormatOption, mended: Repaired, file: str) -> None:
    if form is FormatOption.sarif:
        from layoutgan.cli.reporting import sarif_of

        result(sarif_of([(file, mended.after)]))
    elif form is FormatOption.json:
        import json
        from dataclasses import asdict

        from layoutgan.core.schema import dump

        result(json.dumps({
            "layoutgan": 1, "better": mended.better,
            "before": dump(mended.before), "after": dump(mended.after),
            "changes": [asdict(change) for change in mended.changes]}, ensure_ascii=False, indent=1))
    else:
        from layoutgan.validation.text import plain

        result(f"before  {mended.before.summary()}\nafter   {mended.after.summary()}")
        if mended.changes:
            rows = [("", "moved", "area before", "area after")]
            rows += [(c.element, f"{c.moved:.2f} m", f"{c.before:.2f} m²", f"{c.after:.2f} m²")
                     for c in mended.changes]
            result(columns(rows))
        if mended.after.findings:
            result(plain(mended.after))
