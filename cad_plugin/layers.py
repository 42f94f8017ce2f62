"""Layer standards as data: how an office calls what a drawing shows, and how it prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from layoutgan.core.plain import parse, read_tree
from layoutgan.errors import InputError, UnknownName

__all__ = ["Layer", "layers_of", "standards"]

WEIGHTS = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)
"""Line weights that DXF knows [1/100 mm]."""
LINETYPES = ("CONTINUOUS", "CENTER", "DASHED", "HIDDEN", "PHANTOM", "DOT")
_FORBIDDEN = re.compile(r"[<>/\\\":;?*|=`,\x00-\x1f]")


@dataclass(frozen=True)
class Layer:
    """A layer of a drawing."""

    role: str
    name: str
    colour: int
    """AutoCAD colour index 1 to 255."""
    weight: int
    """Line weight [1/100 mm]."""
    linetype: str = "CONTINUOUS"
    printed: bool = True


def _row(role: str, row: Any, file: str) -> Layer:
    def wrong(problem: str) -> InputError:
        return InputError(
            f"{problem}; a row is [name, colour, weight, line type, printed]", file=file, place=role
        )

    if not isinstance(row, list) or len(row) != 5:
        raise wrong(f"expected five entries, found {row!r}")
    name, colour, weight, linetype, printed = row
    if not isinstance(name, str) or not name.strip() or len(name) > 255 or _FORBIDDEN.search(name):
        raise wrong(f"{name!r} cannot be the name of a layer")
    if not isinstance(colour, int) or not 1 <= colour <= 255:
        raise wrong(f"colour {colour!r} is not a number from 1 to 255")
    if weight not in WEIGHTS:
        raise wrong(f"line weight {weight!r} is not one of {', '.join(map(str, WEIGHTS))}")
    if linetype not in LINETYPES:
        raise wrong(f"line type {linetype!r} is not one of {', '.join(LINETYPES)}")
    if not isinstance(printed, bool):
        raise wrong(f"printed must be true or false, found {printed!r}")
    return Layer(role, name.strip(), colour, weight, linetype, printed)


@cache
def _shipped() -> dict[str, dict[str, Layer]]:
    tree, _ = parse(files("cad_plugin").joinpath("layers.yaml").read_text(encoding="utf-8"))
    return {standard: {role: _row(role, row, "layers.yaml") for role, row in rows.items()}
            for standard, rows in tree.items()}


def standards() -> tuple[str, ...]:
    """Names of the layer standards that come with the package."""
    return tuple(sorted(_shipped()))


def layers_of(standard: str = "aia") -> Mapping[str, Layer]:
    """Layers by role.

    Args:
        standard: the name of one that comes with the package, or the path of a YAML file with rows of the
            same form;
            roles that the file leaves out stay as in ``aia``.

    Raises:
        UnknownName: there is no such standard.
        InputError: the file is not a layer standard.
    """
    if standard in _shipped():
        return _shipped()[standard]
    if not standard.lower().endswith((".yaml", ".yml", ".json")):
        raise UnknownName("layer standard", standard, _shipped())
    tree, _ = read_tree(Path(standard))
    base = _shipped()["aia"]
    if not isinstance(tree, dict):
        raise InputError("expected rows such as 'wall: [A-WALL, 7, 50, CONTINUOUS, true]'", file=standard)
    for role in tree:
        if role not in base:
            raise InputError(str(UnknownName("role", str(role), base)), file=standard)
    return {**base, **{role: _row(role, row, standard) for role, row in tree.items()}}
