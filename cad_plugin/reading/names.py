"""What names mean in drawings made elsewhere: layers, blocks, and the words that stand in rooms.

The words are data (``layer_names.yaml``, ``room_words.yaml``); a mapping of the user's own overrules them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, model_validator

from cad_plugin.layers import layers_of, standards
from layoutgan.core.plain import parse, read_tree
from layoutgan.core.schema import Document, FieldError, validate
from layoutgan.domains.floorplan.kinds import NAMES

__all__ = ["LAYER_ROLES", "LayerMapping", "Meaning", "Names", "read_mapping"]

Role = Literal[
    "wall", "wall_fill", "railing", "door", "window", "opening", "room", "text", "obstacle", "ignore"
]
LAYER_ROLES: tuple[Role, ...] = (
    "wall",
    "wall_fill",
    "railing",
    "door",
    "window",
    "opening",
    "room",
    "text",
    "obstacle",
    "ignore",
)
"""What a layer can hold, as written in a mapping."""
_OURS = {
    "wall": "wall",
    "wall_fill": "wall_fill",
    "railing": "railing",
    "door": "door",
    "window": "window",
    "room": "room",
    "tag": "text",
    "obstacle": "obstacle",
}
"""Roles of our own layer standards; all others of them are no part of a plan."""
_SPLIT = re.compile(r"[-_ .,;:$|/\\()\[\]+&]+")
Patterns = tuple[str, ...]


class LayerMapping(Document):
    """How an office names things in its drawings; what it leaves out is guessed."""

    layers: dict[str, Patterns] = Field(default_factory=dict)
    """Names of layers by what they hold, such as ``wall: [W-*, MAUERWERK]``; ``*`` stands for letters."""
    blocks: dict[str, Patterns] = Field(default_factory=dict)
    """Names of blocks that are a ``door``, a ``window`` or to be left out (``ignore``)."""
    kinds: dict[str, Patterns] = Field(default_factory=dict)
    """Words in rooms by the kind of room that they mean, such as ``bedroom: [Nest]``."""
    units: str | None = None
    """In which unit the drawings are: mm, cm, dm, m, in, ft."""
    scale: float | None = Field(default=None, gt=0, le=10_000)
    """1 to this, when the drawing is not in full size, as on a sheet."""
    gap: float = Field(default=0.05, ge=0.001, le=0.3)
    """Lines of walls that end this near to each other are meant to meet [m]."""

    @model_validator(mode="after")
    def _known(self) -> LayerMapping:
        for name, given, known in (
            ("layers", self.layers, LAYER_ROLES),
            ("kinds", self.kinds, NAMES),
            ("blocks", self.blocks, ("door", "window", "ignore")),
        ):
            for key in given:
                if key not in known:
                    raise FieldError(f"must be one of {', '.join(known)}", name, key[:60])
        return self


def read_mapping(path: Path) -> LayerMapping:
    """The mapping in a YAML file.

    Raises:
        InputError: it is none.
    """
    tree, node = read_tree(path)
    return validate(LayerMapping, tree, file=str(path), node=node)


class Meaning(NamedTuple):
    """What a layer holds, and how we know."""

    role: str
    """One of LAYER_ROLES; empty when nothing is known."""
    why: str
    """``mapping``, ``standard``, or the word in its name."""


@cache
def _data(name: str) -> dict[str, Any]:
    tree, _ = parse(files("cad_plugin.reading").joinpath(name).read_text(encoding="utf-8"))
    return dict(tree)


@cache
def _standard() -> dict[str, str]:
    found: dict[str, str] = {}
    for standard in standards():
        for role, layer in layers_of(standard).items():
            found.setdefault(layer.name.casefold(), _OURS.get(role, "ignore"))
    return found


def _said(word: str, name: str, words: Iterable[str]) -> int:
    """Where a word of our data stands in a name, or -1.

    Args:
        word: perhaps with a star at its beginning or end, for any letters there.
        name: in small letters, its parts separated by single blanks.
        words: the parts.
    """
    stem = word.strip("*?")
    if not stem.isascii() and not re.search(r"[a-zà-žα-ωа-я]", stem):
        return name.find(stem)  # Chinese and Japanese are written without blanks
    if _SPLIT.search(stem):
        whole = _SPLIT.sub(" ", stem).strip()
        return f" {name} ".find(f" {whole}" + ("" if word.endswith("*") else " "))
    place = 0
    for part in words:
        bare = part.strip("0123456789.'’")
        if (
            stem in (part, bare)
            or (word.endswith("*") and part.startswith(stem))
            or (word.startswith("*") and bare.endswith(stem))
        ):
            return place
        place += len(part) + 1
    return -1


def _parts(name: str) -> tuple[str, list[str]]:
    words = [w for w in _SPLIT.split(name.casefold()) if w]
    return " ".join(words), words


@lru_cache(maxsize=4096)
def _layer_by_words(name: str, table: str) -> Meaning:
    own = re.split(r"[|$]", name)[-1] if re.search(r"\||\$\d+\$", name) else name  # bound from another file
    text, words = _parts(own)
    for role, rule in _data("layer_names.yaml")[table].items():
        if any(re.search(pattern, own.casefold()) for pattern in rule.get("like", ())):
            return Meaning(role, "its name")
        if "all" in rule:
            hits = [next((w for w in rule[key] if _said(w, text, words) >= 0), "") for key in ("all", "with")]
            if all(hits):
                return Meaning(role, " ".join(hits).replace("*", ""))
            continue
        hit = next((w for w in rule["any"] if _said(w, text, words) >= 0), None)
        if hit is not None:
            return Meaning(role, hit.replace("*", ""))
    return Meaning("", "")


@lru_cache(maxsize=4096)
def _kind_by_words(text: str) -> tuple[str, int]:
    """The kind whose word stands first, and where; the longest of several words at one place."""
    name, words = _parts(text)
    found = [
        (word.endswith("?"), at, -len(word), kind)
        for kind, known in _data("room_words.yaml").items()
        for word in known
        if (at := _said(word, name, words)) >= 0
    ]
    return (min(found)[3], min(found)[1]) if found else ("", -1)


@dataclass(frozen=True)
class Names:
    """Meanings of names for one drawing."""

    mapping: LayerMapping = field(default_factory=LayerMapping)

    def layer(self, name: str) -> Meaning:
        """What a layer holds."""
        role = _by_pattern(self.mapping.layers, name)
        if role:
            return Meaning(role, "mapping")
        standard = _standard().get(name.casefold())
        return Meaning(standard, "standard") if standard else _layer_by_words(name[:255], "roles")

    def block(self, name: str) -> str:
        """``door``, ``window``, ``ignore``, or nothing."""
        return _by_pattern(self.mapping.blocks, name) or _layer_by_words(name[:255], "blocks").role

    def kind(self, text: str) -> str:
        """The kind of room that a text means, ``shaft``, or nothing."""
        name, words = _parts(text[:200])
        for kind, known in self.mapping.kinds.items():
            if any(_said(word.casefold(), name, words) >= 0 for word in known):
                return kind
        return _kind_by_words(text[:200])[0]


def _by_pattern(table: Mapping[str, Patterns], name: str) -> str:
    folded = name.casefold()
    return next(
        (
            role
            for role, patterns in table.items()
            if any(fnmatchcase(folded, p.casefold()) for p in patterns)
        ),
        "",
    )
