"""Lines that the brief asks for and nobody routed."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_line"]


@rule("PI453", each=Layout, unit="-")
def missing_line(layout: Layout, context: Context) -> Judgement:
    """Line of the brief, or an end of one, that the layout lacks: neither routed nor on the exception list.

    Example:
        >>> asked = {"site": {"outline": [[0, 0], [9, 0], [9, 9]]},
        ...     "equipment": [{"tag": "P-1", "class": "pump"}, {"tag": "P-2", "class": "pump"}],
        ...     "lines": [{"number": "L-1", "from": "P-1.discharge", "to": "P-2.suction"}]}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, brief=asked)
        >>> [f.message for f in check(plan, [missing_line]).findings]
        ['The line L-1 is asked for and not routed.']
    """
    if not isinstance(context.brief, PipingBrief) or not context.brief.lines:
        return SKIP
    pipes: dict[str, list[Pipe]] = {}
    for pipe in layout.of(Pipe):
        pipes.setdefault(pipe.line, []).append(pipe)
    ended = {end for pipe in layout.of(Pipe) for end in (pipe.start, pipe.end)}
    findings = []
    for run in context.brief.plant().runs.values():
        if run.number not in pipes:
            remedy = "Route it, or list it as an exception."
            findings.append(found(f"The line {run.number} is asked for and not routed.", remedy=remedy))
            continue
        lost = [str(end) for end in run.ends if end.kind != "line" and str(end) not in ended]
        findings += [
            found(
                f"The line {run.number} does not reach {end}.",
                pipes[run.number][0].id,
                remedy="Route its branch, or list it as an exception.",
            )
            for end in lost
        ]
    return findings
