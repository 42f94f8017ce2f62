"""Our own data inside DXF files: the layout, and for each entity which element it shows."""

from __future__ import annotations

import json
from typing import Any

from cad_plugin.primitives import Key

__all__ = ["APPID", "COMMENT", "ENTRY", "mark", "marked", "packed", "pieces_in", "unpacked"]

APPID = "LAYOUTGAN"
"""Name under which our data stands in the file."""
ENTRY = "LAYOUTGAN_LAYOUT"
"""Name of the record that holds the layout."""
COMMENT = "LAYOUTGAN-LAYOUT "
"""Begins the comments that hold the layout in R12, which has no records."""
CHUNK = 240
"""Longest piece of our data in one tag [characters]; old programs read at most 255."""


def packed(text: str) -> list[str]:
    r"""JSON text in pieces that survive every program: plain ASCII, no blanks, no ``\U+`` sequences."""
    safe = json.dumps(json.loads(text), separators=(",", ":"), sort_keys=False)
    safe = (
        safe.replace("\\\\", "\\u005c")
        .replace(" ", "\\u0020")
        .replace("^", "\\u005e")
        .replace("%", "\\u0025")
    )
    return [safe[i:i + CHUNK] for i in range(0, len(safe), CHUNK)]


def unpacked(pieces: list[str]) -> Any:
    """Plain data from the pieces.

    Raises:
        ValueError: they are not JSON.
    """
    return json.loads("".join(pieces))


def mark(entity: Any, key: Key | None) -> None:
    """Says in the entity which element it shows."""
    if key is not None:
        name = packed(json.dumps(key.id))
        entity.set_xdata(APPID, [(1000, key.type), *((1000, piece) for piece in name)])


def marked(entity: Any) -> Key | None:
    """Which element an entity shows, if it says so."""
    if not entity.has_xdata(APPID):
        return None
    values = [str(tag.value) for tag in entity.get_xdata(APPID) if tag.code == 1000]
    try:
        return Key(values[0], str(unpacked(values[1:])))
    except (IndexError, ValueError):
        return None


def pieces_in(doc: Any, data: bytes) -> list[str]:
    """The pieces of the layout in a document or in the comments of its file; none without a layout."""
    if doc.dxfversion > "AC1009":
        record = doc.rootdict.get(ENTRY)
        return (
            [str(t.value) for t in record.tags if t.code == 1]
            if record is not None and record.dxftype() == "XRECORD"
            else []
        )
    mark = COMMENT.encode()
    return [
        line.removeprefix(mark).decode("ascii", "replace").strip()
        for line in data.splitlines()
        if line.startswith(mark)
    ]
