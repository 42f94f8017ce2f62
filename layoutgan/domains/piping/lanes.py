"""What lies on the tiers of racks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layoutgan.domains.piping.derived import legs, size_of
from layoutgan.domains.piping.elements import Pipe, Rack
from layoutgan.domains.piping.pipe_data import pitch
from layoutgan.validation.rule import Context

__all__ = ["BEAM", "Lane", "Tier", "tiers"]

BEAM = 0.3
"""Depth of a beam: the underside of a tier lies this much below its top of steel [m]: a project default."""
_ON = 0.7
"""A pipe whose underside lies within this much above top of steel runs on the tier [m]."""


@dataclass(frozen=True)
class Lane:
    """A piece of pipe that runs along a tier."""

    pipe: Pipe
    across: float
    """Distance from the rack's centre-line, signed [m]."""
    start: float
    """Along the rack [m]."""
    end: float


@dataclass(frozen=True)
class Tier:
    """One level of a rack and what runs along it."""

    rack: Rack
    elevation: float
    lanes: tuple[Lane, ...]

    def used(self) -> float:
        """Width that the lines take in the fullest bay: their pitches side by side and the edges [m]."""
        widths = [0.0]
        for place in sorted({lane.start for lane in self.lanes}):
            here = sorted(
                (lane for lane in self.lanes if lane.start <= place < lane.end), key=lambda lane: lane.across
            )
            sizes = [size_of(lane.pipe.nps) for lane in here]
            spaced = sum(
                pitch(a, b, insulation=(one.pipe.insulation, two.pipe.insulation), flanged=False)
                for (a, one), (b, two) in zip(
                    zip(sizes, here, strict=True), list(zip(sizes, here, strict=True))[1:], strict=False
                )
            )
            if here:
                widths.append(spaced + here[0].pipe.radius + here[-1].pipe.radius)
        return max(widths)


def tiers(context: Context) -> tuple[Tier, ...]:
    """All tiers of all racks with the lines on them."""
    all_legs = context.once(legs)
    found = []
    for rack in context.layout.of(Rack):
        axis = rack.axis
        other = 1 - axis
        centre = rack.line.coords[0][other]
        middle = (all_legs.start + all_legs.end) / 2
        along = np.abs(all_legs.direction[:, axis]) > 0.999
        over = shapely.contains_xy(rack.shape, middle[:, 0], middle[:, 1]) if len(middle) else along
        for elevation in rack.tiers:
            lanes = []
            for k in np.flatnonzero(along & over):
                pipe = all_legs.pipes[all_legs.pipe[k]]
                above = middle[k, 2] - pipe.od / 2 - elevation
                if -1e-3 <= above <= _ON:
                    low, high = sorted((all_legs.start[k, axis], all_legs.end[k, axis]))
                    lanes.append(Lane(pipe, float(middle[k, other] - centre), float(low), float(high)))
            found.append(Tier(rack, elevation, tuple(lanes)))
    return tuple(found)
