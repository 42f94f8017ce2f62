"""Connections that end nowhere."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["loose_connection"]


@rule("LG004", each=Layout)
def loose_connection(layout: Layout, context: Context) -> Judgement:
    """Connection whose end, or whose door or pipe, does not exist, or that leads back to where it starts.

    Example:
        >>> link = Connection(kind="door", between=("a", "b"), via="door-9")
        >>> plan = drawn("ab", a="bedroom", b="corridor").replaced(connections=(link,))
        >>> [f.message for f in check(plan, [loose_connection]).findings]
        ['The door between a and b names door-9, and nothing is called so.']
    """
    if not layout.connections:
        return SKIP
    known = {*layout.ids(), "outside"}
    findings = []
    for link in layout.connections:
        one, two = link.between
        findings += [
            found(
                f"The {link.kind} between {one} and {two} names {name}, and nothing is called so.",
                one,
                two,
                remedy=f"Name an element, or remove the {link.kind}.",
            )
            for name in (*link.between, link.via)
            if name is not None and name not in known
        ]
        if one == two:
            findings.append(
                found(
                    f"A {link.kind} leads from {one} to itself.",
                    one,
                    remedy="Name two different elements, or remove it.",
                )
            )
    return findings
