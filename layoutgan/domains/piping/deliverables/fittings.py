"""Parts by kind, with their words in PCF, their codes and masses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layoutgan.domains.piping.deliverables.parts import Part, Point
from layoutgan.domains.piping.derived import size_of
from layoutgan.domains.piping.elements import Component
from layoutgan.domains.piping.fitting_data import (
    reducer_mass,
    tee_height,
    tee_mass,
    valve_mass,
)
from layoutgan.domains.piping.pipe_data import elbow_mass, flange_mass, size_steps

__all__ = [
    "corner_branch",
    "elbow_part",
    "flange",
    "olet",
    "pipe",
    "reducer",
    "size_text",
    "support",
    "tee",
    "uses_tee",
    "valve",
]

TEE_STEPS = 3
"""A branch up to this many sizes smaller than its header takes a tee, a smaller one a welded fitting [-]."""
_SKEYS = {
    "gate": "VTFL",
    "globe": "VGFL",
    "ball": "VBFL",
    "check": "VCFL",
    "butterfly": "VYFL",
    "control": "CVFL",
    "relief": "RAFL",
    "strainer": "FIFL",
    "flow_element": "OPFL",
    "spade": "SPFL",
}
_INSTRUMENTS = {"control", "relief", "flow_element"}
_FLAT = {"+z": "UP", "-z": "DOWN", "+y": "NORTH", "-y": "SOUTH", "+x": "EAST", "-x": "WEST"}


def size_text(nps: float) -> str:
    """A size as item codes write it: 4, 1.5, 0.75."""
    return f"{nps:g}"


def uses_tee(header: float, branch: float) -> bool:
    """Whether a branch takes a tee rather than a welded fitting."""
    return branch <= header and size_steps(header, branch) <= TEE_STEPS


def pipe(start: Point, end: Point, nps: float, each: float) -> Part:
    """Straight pipe between two points [m]; ``each`` is its mass [kg/m]."""
    length = float(np.linalg.norm(end - start))
    text = f"Pipe, NPS {size_text(nps)}, schedule 40, carbon steel"
    return Part(
        "PIPE",
        f"PIPE-{size_text(nps)}-S40",
        text,
        ((start, nps), (end, nps)),
        mass=each * length,
        nps=nps,
        length=length,
    )


def elbow_part(start: Point, end: Point, centre: Point, nps: float, radius: float) -> Part:
    """A long-radius elbow of 90°."""
    text = f"Elbow 90°, long radius, NPS {size_text(nps)}, butt weld, schedule 40"
    return Part(
        "ELBOW",
        f"ELL90-{size_text(nps)}-S40",
        text,
        ((start, nps), (end, nps)),
        centre=centre,
        skey="ELBW",
        mass=elbow_mass(nps),
        nps=nps,
        radius=radius,
    )


def flange(face: Point, weld: Point, nps: float, rating: int, *, first: bool = True) -> Part:
    """A weld-neck flange from its face to its weld; in order of flow when ``first``, else against it."""
    text = f"Flange, weld neck, NPS {size_text(nps)}, class {rating}, raised face"
    ends = ((face, nps), (weld, nps)) if first else ((weld, nps), (face, nps))
    return Part(
        "FLANGE",
        f"FLWN-{size_text(nps)}-{rating}",
        text,
        ends,
        skey="FLWN",
        mass=flange_mass(nps, rating),
        nps=nps,
        rating=rating,
    )


def tee(centre: Point, way: Point, nps: float, branch: tuple[Point, float], take: float) -> Part:
    """A butt-welding tee; ``way`` is the direction of its run [3]."""
    reduced = "" if branch[1] == nps else f" x {size_text(branch[1])}"
    code = f"TEE-{size_text(nps)}" + (f"x{size_text(branch[1])}" if reduced else "") + "-S40"
    text = f"Tee, NPS {size_text(nps)}{reduced}, butt weld, schedule 40"
    ends = ((centre - way * take, nps), (centre + way * take, nps))
    return Part("TEE", code, text, ends, centre, branch, "TEBW", tee_mass(nps), nps)


def olet(centre: Point, header: float, branch: tuple[Point, float]) -> Part:
    """A welded branch fitting that sits on the pipe."""
    small = branch[1]
    text = f"Branch fitting, welded, NPS {size_text(small)} on {size_text(header)}"
    return Part(
        "OLET",
        f"OLET-{size_text(header)}x{size_text(small)}",
        text,
        (),
        centre,
        branch,
        "OLWL",
        0.5 * tee_mass(small),
        small,
    )


def corner_branch(centre: Point, arms: Sequence[tuple[Point, float]], reach: float) -> Part:
    """Where a branch joins at a corner of its header.

    Args:
        centre: the corner [m].
        arms: directions [3] and sizes: towards the header's start, its end, and along the branch.
        reach: length of the branch's arm [m].
    """
    (back, nps), (on, _), (side, branch) = arms
    take = tee_height(nps)
    ends = ((centre + back * take, nps), (centre + on * take, nps))
    end = (centre + side * reach, branch)
    if abs(float(back @ side)) < 0.999 and abs(float(on @ side)) < 0.999:
        text = f"Elbow with branch, NPS {size_text(nps)} x {size_text(branch)}, butt weld, schedule 40"
        return Part(
            "BEND-TEED",
            f"ELLTEE-{size_text(nps)}x{size_text(branch)}-S40",
            text,
            ends,
            centre,
            end,
            "TEBW",
            tee_mass(nps),
            nps,
        )
    # The branch goes straight on from one arm of the header: that arm and the branch are the run of the tee.
    text = f"Tee, NPS {size_text(nps)}, butt weld, schedule 40"
    code = f"TEE-{size_text(nps)}" + ("" if branch == nps else f"x{size_text(branch)}") + "-S40"
    straight = 0 if float(back @ side) < -0.999 else 1
    run = (ends[straight], (centre + side * reach, branch))
    return Part("TEE", code, text, run, centre, ends[1 - straight], "TEBW", tee_mass(nps), nps)


def reducer(centre: Point, way: Point, part: Component) -> Part:
    """A reducer, concentric or eccentric."""
    first, second = size_of(part.nps), size_of(part.nps_out or part.nps)
    large, small = max(first, second), min(first, second)
    # The pipe's own direction may be against the flow that the component names.
    ends = ((centre - way * part.length / 2, first), (centre + way * part.length / 2, second))
    eccentric = part.kind == "eccentric_reducer"
    word = "eccentric" if eccentric else "concentric"
    code = f"RED{'E' if eccentric else 'C'}-{size_text(large)}x{size_text(small)}-S40"
    text = f"Reducer, {word}, NPS {size_text(large)} x {size_text(small)}, butt weld, schedule 40"
    return Part(
        f"REDUCER-{word.upper()}",
        code,
        text,
        ends,
        skey="REBW" if eccentric else "RCBW",
        mass=reducer_mass(large, small),
        nps=large,
        flat=_FLAT.get(part.stem or "", "") if eccentric else "",
        name=part.id,
    )


def valve(start: Point, end: Point, part: Component) -> Part:
    """A flanged valve or another inline item."""
    nps = size_of(part.nps)
    word = part.kind.replace("_", " ")
    title = (
        f"{word.capitalize()} valve"
        if part.kind in {"gate", "globe", "ball", "butterfly", "check", "control", "relief"}
        else word.capitalize()
    )
    chain = ", chain operated" if part.operated == "chain" else ""
    code = f"{part.kind.upper().replace('_', '')}-{size_text(nps)}-{part.rating}" + ("-CH" if chain else "")
    text = f"{title}, NPS {size_text(nps)}, class {part.rating}, flanged{chain}"
    keyword = "INSTRUMENT" if part.kind in _INSTRUMENTS else "FILTER" if part.kind == "strainer" else "VALVE"
    return Part(
        keyword,
        code,
        text,
        ((start, nps), (end, nps)),
        skey=_SKEYS.get(part.kind, "VVFL"),
        mass=valve_mass(part.kind, nps, part.rating),
        nps=nps,
        name=part.id,
        rating=part.rating,
    )


def support(point: Point, nps: float, name: str) -> Part:
    """A pipe support."""
    return Part(
        "SUPPORT",
        f"SUPP-{size_text(nps)}",
        f"Support for NPS {size_text(nps)}",
        ((point, nps),),
        skey="SKID",
        mass=2.0,
        nps=nps,
        name=name,
    )
