"""Pull and access areas that reach beyond the plot."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["access_beyond_limit"]


@rule("PI102", each=Envelope, severity=Severity.WARNING)
def access_beyond_limit(envelope: Envelope, context: Context, *, strip: Metres = 0.0) -> Judgement:
    """Pull, truck or access area that reaches beyond the battery limit and the strip around it.

    Args:
        strip: depth of the strip that such areas may use; the brief's own strip counts if it is wider [m].

    Example:
        >>> plan = drawn({"envelope": "E-1 pull", "box": [8, 0, 12, 2], "of": "E-1"},
        ...     boundary=[[0, 0], [10, 0], [10, 10], [0, 10]])
        >>> [round(f.measured, 2) for f in check(plan, [access_beyond_limit]).findings]
        [2.0]
    """
    if context.layout.boundary is None:
        return SKIP
    own = context.brief.site.strip if isinstance(context.brief, PipingBrief) else 0.0
    allowed = max(strip, own)
    beyond = shapely.get_coordinates(envelope.shape.difference(context.layout.boundary))
    reach = max((context.layout.boundary.distance(shapely.Point(p)) for p in beyond), default=0.0)
    if not above(reach, allowed):
        return None
    return found(
        f"The {envelope.kind} area of {envelope.of} reaches {reach:.2f} m beyond the battery limit.",
        envelope.id,
        where=envelope.shape.difference(context.layout.boundary),
        measured=reach,
        limit=allowed,
        remedy=f"Turn or move {envelope.of}, or declare a strip that may be used.",
    )
