"""Title blocks: what they say, ours as it is drawn, and what an office's own has instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cad_plugin.annotation import clean
from cad_plugin.placing import bounds
from cad_plugin.primitives import Attribute, Block, Line, Primitive, Text
from cad_plugin.typeface import text_width
from layoutgan.errors import InputError

__all__ = [
    "ALIASES",
    "CELLS",
    "FIELDS",
    "SHEET_DEFAULTS",
    "STRIP",
    "TITLE_WIDTH",
    "Titles",
    "shortened",
    "title_block",
    "titles_from",
]

TITLE_WIDTH, STRIP = 150.0, 32.0
"""Width of our title block, and height of the strip in which it stands [mm]."""
ALIASES: Mapping[str, str] = {
    "PROJECT_NAME": "PROJECT",
    "JOB": "PROJECT",
    "DRAWING_TITLE": "TITLE",
    "TITLE1": "TITLE",
    "DWG_TITLE": "TITLE",
    "DRAWING_NUMBER": "NUMBER",
    "DRAWING_NO": "NUMBER",
    "DWG_NO": "NUMBER",
    "DWGNO": "NUMBER",
    "REV": "REVISION",
    "REV_NO": "REVISION",
    "SHEET_NO": "SHEET",
    "SHEET_NUMBER": "SHEET",
    "SIZE": "PAPER",
    "PAPER_SIZE": "PAPER",
    "DRAWN": "AUTHOR",
    "DRAWN_BY": "AUTHOR",
    "DESIGNED_BY": "AUTHOR",
    "CHECKED_BY": "CHECKED",
    "CHK": "CHECKED",
    "REMARKS": "NOTE",
}
"""Tags of offices' title blocks and the field that each shows."""
FIELDS = (
    "PROJECT",
    "TITLE",
    "SCALE",
    "PAPER",
    "SHEET",
    "NUMBER",
    "REVISION",
    "DATE",
    "AUTHOR",
    "CHECKED",
    "BRIEF",
    "SEED",
    "PROGRAM",
    "NOTE",
)
"""What a title block says; an office's own block may have some of them."""


@dataclass(frozen=True)
class Titles:
    """What stands in the title block beside what the layout itself says."""

    values: Mapping[str, str]
    """By field, see FIELDS."""
    revisions: tuple[tuple[str, str, str], ...] = ()
    """Mark, date and text of each revision, the newest last."""
    measured: bool = True
    """The drawing is to scale and has a north: bar and arrow stand beside the title block."""
    block: Block | None = None
    """An office's own title block, with attributes; its base point is the lower right corner of the frame."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """What the office's block says by itself, by tag."""

    @property
    def width(self) -> float:
        """Of the title block [mm]."""
        return TITLE_WIDTH if self.block is None else -bounds(self.block.primitives, {})[0]

    @property
    def strip(self) -> float:
        """Height of the strip at the lower edge of the sheet in which it stands [mm]."""
        return STRIP if self.block is None else max(STRIP, bounds(self.block.primitives, {})[3])

    def for_block(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values by field as values by the tags of the office's block; other tags keep what they say."""
        tags = [a.tag for a in self.block.attributes] if self.block is not None else []
        found = {
            tag: ALIASES.get(tag.upper().replace("-", "_").replace(" ", "_"), tag.upper()) for tag in tags
        }
        return {tag: values.get(name) or self.defaults.get(tag, "") for tag, name in found.items()}


SHEET_DEFAULTS: Mapping[str, str | int] = {
    "scale": 0,
    "title": "",
    "number": "",
    "revision": "",
    "date": "",
    "author": "",
    "checked": "",
    "note": "",
    "revisions": "",
    "template": "",
    "template_block": "",
}
"""Options that exporters with sheets have in common."""


def titles_from(options: Mapping[str, Any]) -> Titles:
    """The title block that options of an exporter ask for.

    Raises:
        InputError: the revisions cannot be understood, or the template holds no title block.
    """
    own = {key: str(options[key]) for key in SHEET_DEFAULTS if options.get(key) and key not in _OTHERS}
    block, defaults = None, dict[str, str]()
    if options.get("template"):
        from cad_plugin.title_template import template_block

        block, defaults = template_block(Path(options["template"]), str(options.get("template_block", "")))
    return Titles(
        {key.upper(): value for key, value in own.items()},
        _revisions(str(options.get("revisions", ""))),
        block=block,
        defaults=defaults,
    )


_OTHERS = {"scale", "revisions", "template", "template_block"}


def _revisions(text: str) -> tuple[tuple[str, str, str], ...]:
    """Rows from a text such as ``A|2026-11-01|First issue; B|2026-11-20|Kitchen moved``."""
    rows = []
    for part in (p for p in text.split(";") if p.strip()):
        cells = [clean(cell, 60) for cell in part.split("|")]
        if len(cells) != 3:
            raise InputError(
                f"write a revision as mark|date|what, several with ';' between, found '{part.strip()}'",
                place="revisions",
            )
        rows.append((cells[0], cells[1], cells[2]))
    return tuple(rows)


CELLS = (
    (9.0, (("PROJECT", 0.0, 1.0, 3.6),)),
    (8.6, (("TITLE", 0.0, 0.55, 3.0), ("NUMBER", 0.55, 0.3, 3.0), ("REVISION", 0.85, 0.15, 3.0))),
    (7.2, (("SCALE", 0.0, 0.18, 2.0), ("PAPER", 0.18, 0.12, 2.0), ("SHEET", 0.3, 0.15, 2.0),
           ("DATE", 0.45, 0.2, 2.0), ("AUTHOR", 0.65, 0.35, 2.0))),
    (7.2, (("PROGRAM", 0.0, 0.3, 2.0), ("BRIEF", 0.3, 0.33, 2.0), ("SEED", 0.63, 0.12, 2.0),
           ("CHECKED", 0.75, 0.25, 2.0))),
)  # fmt: skip
"""Rows of the title block: height [mm]; field, start and share of the width [-], height of its text [mm]."""


def shortened(text: str, width: float, height: float) -> str:
    """The text, cut so that it fits a width [mm]."""
    if text_width(text, height, bold=height > 2.5) <= width:
        return text
    while text and text_width(text + "…", height, bold=height > 2.5) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def title_block(width: float) -> Block:
    """Our own title block: fields with captions; its base point is the lower right corner."""
    lines, attributes = list[Primitive](), list[Attribute]()
    y = sum(height for height, _ in CELLS)
    for height, row in CELLS:
        for tag, start, _, size in row:
            x = -width + start * width
            caption = {"PROGRAM": "Drawn by", "PAPER": "Size"}.get(tag, tag.capitalize())
            lines.append(Text("note", (x + 1.2, y - 1.7), caption, 1.2, "left"))
            if start:
                lines.append(Line("", (x, y), (x, y - height)))
            at = (x + 1.2, y - height + 0.8 + 0.7 * size)
            attributes.append(Attribute(tag, at, size, True, "left", size > 2.5))
        y -= height
        if y > 0:
            lines.append(Line("", (-width, y), (0.0, y)))
    attributes.append(Attribute("NOTE", (-width, -4.0), 2.0, False, "left"))
    return Block("LG_TITLE_BLOCK", tuple(lines), tuple(attributes))
