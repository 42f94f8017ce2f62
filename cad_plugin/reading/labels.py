"""Names of rooms from the texts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon

from cad_plugin.reading.content import Content, Label
from cad_plugin.reading.marks import signs_of
from cad_plugin.reading.names import Names

__all__ = ["Named", "labels_of_rooms", "named"]

_FIGURES = re.compile(
    r"^[\s\d.,:;=~≈±+*/x×()\-–°%#'\"]*(m2|m²|qm|sqm|sq\.?\s*ft|sf|m|mm|cm|㎡|平米|кв\.?\s*м)?[\s.]*$",
    re.IGNORECASE,
)
"""Areas, sizes and numbers."""
_MEASURE = re.compile(
    r"^\W*(a|f|fl|area|fläche|surf|surface|su|u|rh|h|lh|ch|fb|okff|ok|uk)\W*[:=]", re.IGNORECASE
)
"""Areas and heights that say what they are."""


@dataclass(frozen=True)
class Named:
    """What the texts in a room say."""

    name: str = ""
    kind: str = ""
    """Kind of room, ``shaft``, or nothing."""
    others: tuple[str, ...] = ()
    """Names of further rooms that stand in the same floor."""


def labels_of_rooms(content: Content, names: Names) -> list[Label]:
    """Texts that can name rooms: not those of dimensions, furniture, doors and windows."""
    signs = signs_of(content, names)
    wrong = {
        i
        for i, one in enumerate(content.inserts)
        if signs[i] == i
        and (names.block(one.name) or names.layer(one.layer).role in ("door", "window", "opening", "ignore"))
    }
    return [
        t
        for t in content.labels
        if (t.insert < 0 or signs[t.insert] not in wrong)
        and names.layer(t.layer).role not in ("ignore", "door", "window", "opening")
    ]


def named(
    floors: Sequence[Polygon], labels: Sequence[Label], names: Names
) -> tuple[list[Named], list[Label]]:
    """What stands in each floor, and names of rooms that stand in none.

    Args:
        floors: of rooms [m].
        labels: texts that can name rooms.
        names: what words mean.
    """
    inside: list[list[Label]] = [[] for _ in floors]
    stray: list[Label] = []
    tree = shapely.STRtree(list(floors))
    for label in labels:
        hits = tree.query(shapely.Point(label.at), predicate="intersects")
        if len(hits):
            inside[int(min(hits, key=lambda i: floors[i].area))].append(label)
        elif names.kind(label.text):
            stray.append(label)
    return [_named(texts, names) for texts in inside], stray


def _named(labels: Sequence[Label], names: Names) -> Named:
    lines = [
        line.strip()
        for label in sorted(labels, key=lambda t: (-round(t.at[1], 1), t.at[0]))
        for line in label.text.splitlines()
    ]
    words = [line for line in lines if line and not _FIGURES.match(line) and not _MEASURE.match(line)]
    known = [(line, names.kind(line)) for line in words]
    telling = [(line, kind) for line, kind in known if kind]
    if not telling:
        return Named(words[0][:120] if words else "")
    line, kind = next((pair for pair in telling if pair[1] != "other"), telling[0])
    # "Bedroom" twice is a stamp beside a text; "Bedroom 1" and "Bedroom 2" are two rooms.
    others = {
        other
        for other, sort in telling
        if other.casefold() != line.casefold()
        and (sort != kind or re.sub(r"\D", "", other) != re.sub(r"\D", "", line))
        and sort != "other"
    }
    return Named(line[:120], kind, tuple(sorted(others)))
