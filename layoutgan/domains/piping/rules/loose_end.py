"""Pipes that end in the air."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Pipe,
    Terminal,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.domains.piping.ways import plan_point
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["loose_end"]


@rule("PI450", each=Pipe, unit="m")
def loose_end(pipe: Pipe, context: Context, *, gap: Metres = 0.0005) -> Judgement:
    """Pipe whose end is not at its nozzle, its battery-limit point or on the pipe that it branches from.

    Args:
        gap: most distance [m].

    Example:
        >>> nozzle = {"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[2.1, 0.5, 1], [5, 0.5, 1]], "start": "P-1.N1"})
        >>> [round(f.measured, 3) for f in check(plan, [loose_end]).findings]
        [0.1]
    """
    places = context.once(_places)
    findings = []
    judged = False
    for text, point in ((pipe.start, pipe.points[0]), (pipe.end, pipe.points[-1])):
        if not text:
            continue
        judged = True
        if text not in places:
            remedy = "Name a nozzle, a battery-limit point or a pipe that exists."
            message = f"{pipe.id} ends at {text}, and nothing is called so."
            findings.append(found(message, pipe.id, where=plan_point(point), limit=gap, remedy=remedy))
            continue
        measured = _away(point, places[text])
        if above(measured, gap):
            findings.append(
                found(
                    f"{pipe.id} ends {1000 * measured:.1f} mm away from {text}.",
                    pipe.id,
                    where=plan_point(point),
                    measured=measured,
                    limit=gap,
                    remedy="Route the line to its end.",
                )
            )
    return findings if judged else SKIP


def _places(context: Context) -> dict[str, np.ndarray]:
    """Points [V, 3] of everything that a pipe can end at, by name."""
    places = {
        f"{item.id}.{nozzle.id}": coordinates(nozzle.at)[None, :]
        for item in context.once(equipment)
        for nozzle in item.nozzles
    }
    places |= {t.id: coordinates(t.shape)[None, :] for t in context.layout.of(Terminal)}
    return places | {p.id: p.points for p in context.layout.of(Pipe)}


def _away(point: np.ndarray, points: np.ndarray) -> float:
    """Distance of a point to a polyline, or to a single point [m]."""
    if len(points) == 1:
        return float(np.linalg.norm(point - points[0]))
    a, b = points[:-1], points[1:]
    way = b - a
    square = (way * way).sum(1)
    part = np.clip(((point - a) * way).sum(1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    return float(np.linalg.norm(a + part[:, None] * way - point, axis=1).min())
