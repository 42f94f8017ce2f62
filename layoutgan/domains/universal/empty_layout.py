"""Layouts without any element."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["empty_layout"]


@rule("LG006", each=Layout)
def empty_layout(layout: Layout, context: Context) -> Judgement:
    """Layout without any element.

    Nothing can be judged in it, and a clean report would mislead.

    Example:
        >>> [f.message for f in check(Layout(domain="floorplan"), [empty_layout]).findings]
        ['The layout has no elements.']
    """
    if layout.elements:
        return None
    return found("The layout has no elements.", measured=0, limit=1, remedy="Add at least 1 element.")
