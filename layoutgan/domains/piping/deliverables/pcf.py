"""Piping component files: one per line, the input of isometric generators; written, read and checked.

Millimetres with four decimals, ASCII, components in order from the line's start.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from layoutgan.domains.piping.deliverables.parts import Part, Point
from layoutgan.domains.piping.deliverables.takeoff import Line
from layoutgan.domains.piping.pipe_data import SIZES
from layoutgan.errors import InputError

__all__ = ["Block", "Pcf", "check_pcf", "read_pcf", "write_pcf"]

SAME = 0.5
"""Points nearer than this are one point [mm]."""
_HEADER = (
    "ISOGEN-FILES ISOGEN.FLS",
    "UNITS-BORE MM",
    "UNITS-CO-ORDS MM",
    "UNITS-WEIGHT KGS",
    "UNITS-BOLT-DIA MM",
    "UNITS-BOLT-LENGTH MM",
)
_POINTS = ("END-POINT", "CENTRE-POINT", "BRANCH1-POINT", "CO-ORDS")
MAX_BLOCKS = 100_000


def write_pcf(line: Line, *, project: str = "", area: str = "") -> str:
    """The PCF text of a line.

    Args:
        line: taken off.
        project: its name, for the header.
        area: plant area, for the header.
    """
    first = line.pipes[0]
    rows = [*_HEADER, f"PIPELINE-REFERENCE {_ascii(line.number)}"]
    rows += [f"    PIPING-SPEC {_ascii(first.spec)}"] if first.spec else []
    rows += [f"    PROJECT-IDENTIFIER {_ascii(project)}"] if project else []
    rows += [f"    AREA {_ascii(area)}"] if area else []
    rows += [f"    ATTRIBUTE1 {_ascii(first.fluid)}"] if first.fluid else []
    for reference, point in line.nozzles.items():
        rows += ["END-CONNECTION-EQUIPMENT", f"    CO-ORDS {_xyz(point)}",
                 f"    CONNECTION-REFERENCE {_ascii(reference)}"]  # fmt: skip
    for point in line.open_ends:
        rows += ["END-POSITION-OPEN", f"    CO-ORDS {_xyz(point)}"]
    codes: dict[str, str] = {}
    for part in line.parts:
        rows += _block(part)
        codes.setdefault(part.code, part.description)
    rows.append("MATERIALS")
    for code, text in codes.items():
        rows += [f"ITEM-CODE {code}", f"    DESCRIPTION {_ascii(text)}"]
    return "\n".join(rows) + "\n"


def _block(part: Part) -> list[str]:
    rows = [part.keyword]
    if part.keyword == "SUPPORT":
        point, nps = part.ends[0]
        rows += [f"    CO-ORDS {_xyz(point)} {_bore(nps)}", "    SUPPORT-DIRECTION DOWN"]
    else:
        rows += [f"    END-POINT {_xyz(point)} {_bore(nps)}" for point, nps in part.ends]
    if part.centre is not None:
        rows.append(f"    CENTRE-POINT {_xyz(part.centre)}")
    if part.branch is not None:
        rows.append(f"    BRANCH1-POINT {_xyz(part.branch[0])} {_bore(part.branch[1])}")
    if part.keyword == "ELBOW":
        rows.append(f"    ANGLE {round(100 * _angle(part)):d}")
    if part.flat:
        rows.append(f"    FLAT-DIRECTION {part.flat}")
    if part.skey:
        rows.append(f"    SKEY {part.skey}")
    rows.append(f"    ITEM-CODE {part.code}")
    if part.name:
        rows.append(f"    NAME {_ascii(part.name)}")
    rows.append(f"    WEIGHT {part.mass:.3f}")
    return rows


def _angle(part: Part) -> float:
    """How much an elbow turns [°]."""
    assert part.centre is not None
    a, b = (np.asarray(point - part.centre) for point, _ in part.ends)
    cosine = float(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1.0, 1.0))
    return 180.0 - float(np.degrees(np.arccos(cosine)))


def _xyz(point: Point) -> str:
    return " ".join(f"{round(1000 * float(v), 4) + 0.0:.4f}" for v in point)


def _bore(nps: float) -> str:
    """A size as DN, or the outside diameter where it has none [mm]."""
    return f"{SIZES[nps].dn}.0000" if nps in SIZES else f"{25.4 * nps:.4f}"


def _ascii(text: str) -> str:
    """Text without what a line of PCF cannot hold."""
    plain = text.encode("ascii", "replace").decode()
    return " ".join(plain.split())


@dataclass
class Block:
    """One component as it stands in a file."""

    keyword: str
    line: int
    ends: list[tuple[Point, float]] = field(default_factory=list)
    """End points and bores [mm]."""
    centre: Point | None = None
    branches: list[tuple[Point, float]] = field(default_factory=list)
    at: Point | None = None
    """CO-ORDS of supports and end connections [mm]."""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Pcf:
    """A piping component file."""

    reference: str = ""
    header: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    materials: dict[str, str] = field(default_factory=dict)
    """Descriptions by item code."""

    def of(self, *keywords: str) -> list[Block]:
        """Blocks of these keywords."""
        return [b for b in self.blocks if b.keyword in keywords]


def read_pcf(text: str, *, file: str = "") -> Pcf:
    """A piping component file, as other programs write them too.

    A missing header, blank lines between blocks and unknown attributes are accepted.

    Raises:
        InputError: a line cannot be understood; names it.
    """
    pcf = Pcf()
    block: Block | None = None
    code = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        word, _, rest = raw.strip().partition(" ")
        rest = rest.strip()
        if not raw[0].isspace():
            block, code = _keyword(pcf, word, rest, number), rest if word == "ITEM-CODE" else ""
            if len(pcf.blocks) > MAX_BLOCKS:
                raise InputError(f"more than {MAX_BLOCKS} components", file=file or None)
        elif word == "DESCRIPTION" and code:
            pcf.materials[code] = rest
        elif block is None:
            pcf.header.setdefault(word, rest)
        else:
            _attribute(block, word, rest, number, file)
    if not pcf.blocks:
        raise InputError("holds no component; is it a PCF file?", file=file or None)
    return pcf


def _keyword(pcf: Pcf, word: str, rest: str, number: int) -> Block | None:
    if word == "PIPELINE-REFERENCE":
        pcf.reference = rest
        return None
    if word == "ITEM-CODE":
        pcf.materials.setdefault(rest, "")
        return None
    if word == "MATERIALS" or word.startswith(("UNITS-", "ISOGEN-FILES")):
        pcf.header[word] = rest
        return None
    block = Block(word, number)
    pcf.blocks.append(block)
    return block


def _attribute(block: Block, word: str, rest: str, number: int, file: str) -> None:
    if word not in _POINTS and not re.fullmatch(r"BRANCH\d-POINT", word):
        block.attributes[word] = rest
        return
    numbers = []
    for text in rest.split():
        try:
            numbers.append(float(text))
        except ValueError:
            break
    if len(numbers) < 3 or not np.isfinite(numbers).all():
        raise InputError(f"{word} needs x, y and z in mm", file=file or None, place=f"line {number}")
    point, bore = np.asarray(numbers[:3]), numbers[3] if len(numbers) > 3 else 0.0
    if word == "END-POINT":
        block.ends.append((point, bore))
    elif word == "CENTRE-POINT":
        block.centre = point
    elif word == "CO-ORDS":
        block.at = point
    else:
        block.branches.append((point, bore))


def check_pcf(pcf: Pcf) -> list[str]:
    """What is wrong with a line, in sentences: loose ends, sizes that jump, elbows that do not fit.

    Judged: every end point is shared by two components or is an equipment connection or an open end; sizes
    are equal at shared points; elbows are tangent; no pipe is without length; all parts hang together;
    every item code is listed.
    """
    problems: list[str] = []
    solid = [b for b in pcf.blocks if b.ends or b.branches]
    free = [b.at for b in pcf.of("END-CONNECTION-EQUIPMENT", "END-POSITION-OPEN") if b.at is not None]
    joints = _joints(solid)
    for point, members in joints:
        declared = any(np.linalg.norm(point - other) <= SAME for other in free)
        if len(members) != (1 if declared else 2):
            where = " ".join(f"{v:.1f}" for v in point)
            what = ", ".join(solid[i].keyword for i, _ in members)
            problems.append(f"{what} at ({where}): {len(members)} component(s) meet there")
        bores = {bore for _, bore in members if bore > 0}
        if len(bores) > 1:
            problems.append(f"sizes {sorted(bores)} meet at ({' '.join(f'{v:.1f}' for v in point)})")
    for block in solid:
        problems += _shape_problems(block)
        code = block.attributes.get("ITEM-CODE", "")
        if code not in pcf.materials:
            problems.append(f"line {block.line}: item code '{code}' is not listed")
    pieces = _pieces(solid, joints)
    if pieces > 1:
        problems.append(f"the line falls into {pieces} pieces")
    return problems


def _joints(blocks: Sequence[Block]) -> list[tuple[Point, list[tuple[int, float]]]]:
    """Points where components end, with the components and their bores."""
    found: list[tuple[Point, list[tuple[int, float]]]] = []
    cells: dict[tuple[int, ...], list[int]] = {}
    for i, block in enumerate(blocks):
        for point, bore in (*block.ends, *block.branches):
            cell = tuple(int(np.floor(v / 2.0)) for v in point)
            near = [
                k
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for dz in (-1, 0, 1)
                for k in cells.get((cell[0] + dx, cell[1] + dy, cell[2] + dz), ())
                if np.linalg.norm(found[k][0] - point) <= SAME
            ]
            if near:
                found[near[0]][1].append((i, bore))
            else:
                cells.setdefault(cell, []).append(len(found))
                found.append((point, [(i, bore)]))
    return found


def _shape_problems(block: Block) -> list[str]:
    if block.keyword == "PIPE" and len(block.ends) == 2:
        length = float(np.linalg.norm(block.ends[1][0] - block.ends[0][0]))
        return [f"line {block.line}: a pipe of {length:.2f} mm"] if length <= SAME else []
    if block.keyword == "ELBOW" and block.centre is not None and len(block.ends) == 2:
        arms = [point - block.centre for point, _ in block.ends]
        lengths = [float(np.linalg.norm(arm)) for arm in arms]
        if abs(lengths[0] - lengths[1]) > SAME or min(lengths) <= SAME:
            return [f"line {block.line}: an elbow with arms of {lengths[0]:.1f} and {lengths[1]:.1f} mm"]
    return []


def _pieces(blocks: Sequence[Block], joints: Sequence[tuple[Point, list[tuple[int, float]]]]) -> int:
    """How many pieces the components form; a fitting welded onto a pipe hangs on it."""
    parent = list(range(len(blocks)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for _, members in joints:
        for i, _ in members[1:]:
            parent[root(i)] = root(members[0][0])
    for i, block in enumerate(blocks):
        if block.keyword == "OLET" and block.centre is not None:
            for j, other in enumerate(blocks):
                if other.keyword == "PIPE" and len(other.ends) == 2 and _on(block.centre, other):
                    parent[root(i)] = root(j)
                    break
    return len({root(i) for i in range(len(blocks))})


def _on(point: Point, pipe: Block) -> bool:
    a, b = pipe.ends[0][0], pipe.ends[1][0]
    way = b - a
    part = float(np.clip((point - a) @ way / max(float(way @ way), 1e-9), 0.0, 1.0))
    return bool(np.linalg.norm(a + part * way - point) <= SAME)
