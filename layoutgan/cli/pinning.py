"""What a person has locked, carried into a brief: the next layouts keep it where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layoutgan.core.brief import Brief
from layoutgan.core.layout import Element, Layout
from layoutgan.core.schema import validate

__all__ = ["locked_where_moved", "pinned"]

_MOVED = 1e-3
"""A shape that differs by less has not been moved [m]."""
_FOLLOW = {"wall"}
"""Types that stand where others leave them."""


def locked_where_moved(before: Layout, now: Layout) -> tuple[Layout, tuple[str, ...]]:
    """The edited layout with everything that a person moved or drew locked, and the ids of that.

    Args:
        before: as it was written.
        now: as it was read back.
    """
    old = {e.id: e for e in before.elements}
    free = [e for e in now.elements if not (e.locked or e.tag in _FOLLOW)]
    moved = tuple(e.id for e in free if _differs(old.get(e.id), e))
    chosen = set(moved)
    elements = tuple(
        type(e).model_validate({**_fields(e), "locked": True}) if e.id in chosen or _was_locked(old, e) else e
        for e in now.elements
    )
    return now.replaced(elements=elements), moved


def _fields(element: Element) -> dict[str, Any]:
    return {name: getattr(element, name) for name in type(element).model_fields}


def _was_locked(old: Mapping[str, Element], element: Element) -> bool:
    return element.id in old and old[element.id].locked


def _differs(old: Element | None, new: Element) -> bool:
    if old is None or old.tag != new.tag:
        return True
    if old.shape.geom_type != new.shape.geom_type:
        return True
    return bool(old.shape.hausdorff_distance(new.shape) > _MOVED)


def pinned(brief: Brief, layout: Layout) -> tuple[Brief, tuple[str, ...]]:
    """The brief with the places of locked elements, and their ids.

    Rooms keep their shape, equipment its place and turn. What the brief does not ask for any more is left
    alone, and so is what it fixes itself.

    Args:
        brief: what is asked.
        layout: an earlier answer, with locked elements.
    """
    held = {e.id: e for e in layout.elements if e.locked}
    fields = {"floorplan": ("spaces", "id", "shape"), "piping": ("equipment", "tag", "fixed")}
    if not held or brief.domain not in fields or brief.domain != layout.domain:
        return brief, ()
    many, name, place = fields[brief.domain]
    tree = brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    done = []
    for row in tree[many]:
        element = held.get(row[name])
        if element is not None and row.get(place) is None:
            row[place] = _place(element)
            done.append(element.id)
    return validate(type(brief), tree), tuple(done)


def _place(element: Element) -> Any:
    """Where an element is, as briefs say it."""
    if element.tag == "equipment":
        middle = element.shape.envelope.centroid
        return {"at": [round(middle.x, 6), round(middle.y, 6)], "turn": getattr(element, "turn", 0)}
    return element.model_dump(mode="json")["shape"]
