"""``layoutgan export``: a layout in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["export"]


def export(
    layout: Annotated[Path, typer.Argument(help="Layout: JSON of ours, or a drawing that can be read.")],
    target: Annotated[Path, typer.Argument(help="File to write; its suffix says the format.")],
    to: Annotated[str | None, typer.Option(help="Format, when the suffix does not say it.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="Setting of the format: key=value; may be repeated.")] = None,
    findings: Annotated[bool, typer.Option(help="Judge it and mark findings in the drawing.")] = False,
) -> int:
    """Write a layout in another format.

    Any that is installed: see layoutgan list exporters.
    """
    import layoutgan
    from layoutgan.cli.judging import read_any_layout
    from layoutgan.cli.terminal import remark

    options = dict(_option(text) for text in option or ())
    read = read_any_layout(layout)
    report = layoutgan.check(read) if findings else None
    layoutgan.write(read, target, to=to, report=report, **options)
    remark(f"wrote {target}")
    return 0


def _option(text: str) -> tuple[str, Any]:
    """A setting; true, false and numbers become what they look like, everything else stays text."""
    from layoutgan.errors import InputError

    key, equals, value = text.partition("=")
    if not equals or not key.isidentifier():
        raise InputError(f"write a setting as key=value, found '{text}'", place="--option")
    if value.lower() in {"true", "false"}:
        return key, value.lower() == "true"
    for kind in (int, float):
        try:
            return key, kind(value)
        except ValueError:
            continue
    return key, value
