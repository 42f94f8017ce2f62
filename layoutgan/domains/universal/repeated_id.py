"""Elements that share an id."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["repeated_id"]


@rule("LG001", each=Layout)
def repeated_id(layout: Layout, context: Context) -> Judgement:
    """Id that several elements have.

    Connections, findings and drawings name elements by their id, so it must say which one is meant.

    Example:
        >>> room = Room(id="a", kind="bedroom", shape=[[0, 0], [3, 0], [3, 3], [0, 3]])
        >>> twice = Layout.model_construct(domain="floorplan", name="p", elements=(room, room), brief=None)
        >>> [f.elements for f in check(twice, [repeated_id]).findings]
        [('a',)]
    """
    counts: dict[str, int] = {}
    for name in layout.ids():
        counts[name] = counts.get(name, 0) + 1
    return [
        found(
            f"{count} elements are called {name}.",
            name,
            measured=count,
            limit=1,
            remedy=f"Rename all but one of the {count}.",
        )
        for name, count in counts.items()
        if count > 1
    ]
