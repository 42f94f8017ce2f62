"""Supports that are too far apart."""

from __future__ import annotations

import itertools

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    above,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Component,
    Pipe,
)
from layoutgan.domains.piping.pipe_data import (
    span,
)
from layoutgan.domains.piping.rules.sources import (
    CODE_B31_1,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["sagging_pipe"]


@rule("PI441", each=Pipe, source=CODE_B31_1, severity=Severity.WARNING, unit="m")
def sagging_pipe(pipe: Pipe, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Pipe with supports farther apart than its size can span.

    Judged where the layout shows at least two supports of the pipe on one level leg.

    Args:
        factor: multiple of the tabled span that is allowed [-].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 5], [20, 0, 5]], "nps": 4},
        ...     {"component": "S-1", "kind": "support", "at": [2, 0, 5], "pipe": "L-1"},
        ...     {"component": "S-2", "kind": "support", "at": [9, 0, 5], "pipe": "L-1"})
        >>> [(f.measured, f.limit) for f in check(plan, [sagging_pipe]).findings]
        [(7.0, 4.3)]
    """
    places = [
        coordinates(c.shape)
        for c in context.layout.of(Component)
        if c.kind == "support" and c.pipe == pipe.id
    ]
    gaps = []
    for a, b in zip(pipe.points[:-1], pipe.points[1:], strict=True):
        run = float(np.linalg.norm(b - a))
        if run < TOLERANCE:
            continue
        along = sorted(
            part
            for p in places
            if 0 <= (part := float((p - a) @ (b - a)) / run) <= run
            and np.linalg.norm(a + (b - a) * part / run - p) < pipe.radius + 0.05
        )
        gaps += [y - x for x, y in itertools.pairwise(along)]
    if not gaps:
        return SKIP
    limit = factor * span(size_of(pipe.nps), gas=pipe.kind in {"gas", "steam", "air"})
    if not above(max(gaps), limit):
        return None
    return found(
        f"{pipe.id} has supports {max(gaps):.2f} m apart; it spans {limit:.2f} m.",
        pipe.id,
        where=pipe.shape,
        measured=max(gaps),
        limit=limit,
        remedy="Add a support.",
    )
