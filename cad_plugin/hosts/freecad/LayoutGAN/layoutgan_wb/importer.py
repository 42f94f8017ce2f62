"""What FreeCAD calls for ``.lgjson`` files; its names for the three functions are fixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import FreeCAD

from .building import insert as add
from .building import layout_of

__all__ = ["export", "insert", "open"]


def open(filename: str) -> Any:
    """A new document with the layout of a file."""
    document = FreeCAD.newDocument(Path(filename).stem)
    insert(filename, document.Name)
    return document


def insert(filename: str, docname: str) -> None:
    """Adds the layout of a file to a document."""
    layout = json.loads(Path(filename).read_text(encoding="utf-8"))
    if not isinstance(layout, dict) or "elements" not in layout:
        raise RuntimeError(f"{filename}: not a layout of layoutgan; a brief has to be generated first")
    add(FreeCAD.getDocument(docname), layout)


def export(objects: list[Any], filename: str) -> None:
    """Writes the layout of the document that the objects belong to."""
    document = objects[0].Document if objects else FreeCAD.ActiveDocument
    text = json.dumps(layout_of(document), ensure_ascii=False, indent=1)
    Path(filename).write_text(text + "\n", encoding="utf-8")
