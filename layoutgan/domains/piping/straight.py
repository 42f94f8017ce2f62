"""How far pipe runs straight out of a nozzle before its first elbow."""

from __future__ import annotations

from layoutgan.domains.piping.fitting_data import reducer_length
from layoutgan.domains.piping.pipe_data import elbow, flange_thickness, outside
from layoutgan.domains.piping.plant import Run

__all__ = ["SUCTION_STRAIGHT", "straight_run"]

SUCTION_STRAIGHT = 5.0
"""Straight run before a pump's suction nozzle [pipe diameters]."""
_HAIR = 1e-3
"""Added so that rounding never makes a run too short [m]."""


def straight_run(kind: str, role: str, run: Run, nozzle: float, *, first: bool, rating: int = 0) -> float:
    """Distance from a nozzle's face to the first elbow's intersection [m].

    Args:
        kind: class of the equipment.
        role: of the nozzle.
        run: its line.
        nozzle: its nominal size [in].
        first: the line starts here, so that its straight run at the start counts.
        rating: flange class of the nozzle; 0: that of the line.
    """
    size = run.nps
    found = elbow(size) + flange_thickness(nozzle, rating or run.rating)
    if abs(nozzle - size) > 1e-9:
        found += reducer_length(max(nozzle, size)) + _HAIR
    needs = [run.source.straight_start if first else run.source.straight_end]
    if kind == "pump" and role == "suction":
        needs.append(SUCTION_STRAIGHT)
    if max(needs) > 0:
        found = max(found, elbow(size) + max(needs) * outside(size) + _HAIR)
    return found
