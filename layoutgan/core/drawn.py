"""Shapes of a brief that stand in a drawing beside it: ``boundary: {dxf: shell.dxf, layer: A-WALL}``.

An exporter that reads drawings offers ``areas(path, options, whole)``; which one, the key says. So this floor
knows no drawing format, and a stranger's exporter takes part.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layoutgan.core import registry
from layoutgan.core.schema import FieldError, shown
from layoutgan.errors import InputError

__all__ = ["resolved"]

OPTIONS = ("layer", "units", "scale", "gap")
"""What can be said about a drawing."""
WHOLE = frozenset({"boundary", "outline"})
"""Keys whose shape is all that lies inside walls; elsewhere it is a closed line of its own."""
LISTS = frozenset({"obstacles", "keep_outs"})
"""Keys that may stand for all closed lines of a layer, one entry each."""


def resolved(tree: Any, folder: Any) -> Any:
    """Plain data of a brief with shapes in place of the drawings that hold them.

    Args:
        tree: the brief.
        folder: in which it lies; None when it is no file.

    Raises:
        FieldError: a drawing is named wrongly, or cannot be read.
    """
    if not isinstance(tree, dict):
        return tree
    return {key: _value(value, folder, (str(key),)) for key, value in tree.items()}


def _value(value: Any, folder: Any, place: tuple[str | int, ...]) -> Any:
    if isinstance(value, Mapping):
        formats = [name for name in value if isinstance(name, str) and name in registry.names("exporter")]
        if len(formats) == 1 and len(place) <= 4:
            return _drawn(formats[0], dict(value), folder, place)
        return {key: _value(item, folder, (*place, str(key))) for key, item in value.items()}
    if isinstance(value, list) and len(place) <= 3 and any(isinstance(item, Mapping) for item in value):
        return [_value(item, folder, (*place, number)) for number, item in enumerate(value)]
    return value


def _drawn(name: str, said: dict[str, Any], folder: Any, place: tuple[str | int, ...]) -> Any:
    """The shape, or for a list of things the things."""
    path = _beside(said.pop(name), folder, name, place)
    many = place[-1] in LISTS
    rest = {key: said.pop(key) for key in list(said) if key not in OPTIONS} if many else {}
    for key, value in said.items():
        if key not in OPTIONS:
            raise FieldError(f"no such field; known here: {name}, {', '.join(OPTIONS)}", *place, key[:60])
        wanted = str if key in ("layer", "units") else (int, float)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise FieldError(
                f"must be {'text' if wanted is str else 'a number'}, found {shown(value)}", *place, key
            )
    exporter = registry.find("exporter", name)
    made = exporter() if isinstance(exporter, type) else exporter
    if not hasattr(made, "areas"):
        raise FieldError(f"drawings of format '{name}' cannot be read; use dxf", *place)
    try:
        shapes = made.areas(path, said, whole=place[-1] in WHOLE)
    except InputError as error:  # named by its place in the brief, where the mistake can be mended
        raise FieldError(f"the drawing {path.name} {error.problem}", *place) from error
    return [{**rest, "shape": shape} for shape in shapes] if many else shapes[0]


def _beside(value: Any, folder: Any, name: str, place: tuple[str | int, ...]) -> Path:
    if folder is None:
        raise FieldError("drawings are read only for a brief that is a file; write the points out", *place)
    if not isinstance(value, str) or not value:
        raise FieldError(f"must be the name of a drawing, found {shown(value)}", *place, name)
    path = Path(value)
    if path.is_absolute() or ".." in path.parts:
        raise FieldError(
            f"the drawing must stand beside the brief or below it, found {value[:60]!r}", *place, name
        )
    return Path(folder) / path
