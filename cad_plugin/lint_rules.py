"""The rules of the DXF linter: each one looks at a parsed file and yields line and message of every fault."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from cad_plugin.lint import Dxf, Record, Tag

__all__ = ["RULES"]

Faults = Iterator[tuple[int, str]]
_FORBIDDEN = re.compile(r"[<>/\\\":;?*|=`]")
_BAD = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def _codes(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(code for low, high in ranges for code in range(low, high + 1))


_REALS = _codes((10, 59), (110, 149), (210, 239), (460, 469), (1010, 1059))
_INTEGERS = _codes(
    (60, 79), (90, 99), (160, 179), (270, 289), (370, 389), (400, 409), (420, 429), (440, 459), (1060, 1071)
)
_HANDLES = _codes((105, 105), (320, 369), (390, 399), (480, 481), (1005, 1005))
_STRINGS = _codes((0, 9), (100, 102), (300, 309), (410, 419), (430, 439), (470, 479), (1000, 1009))


def _every_tag(dxf: Dxf) -> Iterator[Tag]:
    for tags in dxf.header.values():
        yield from tags
    for records in dxf.records.values():
        for record in records:
            yield from record.tags


def numbers(dxf: Dxf) -> Faults:
    """Coordinates, reals, integers and handles parse, and reals are finite."""
    for code, value, line in _every_tag(dxf):
        try:
            if code in _REALS:
                if not math.isfinite(float(value)):
                    yield line, f"group {code} is not a finite number: {value[:40]!r}"
            elif code in _INTEGERS:
                int(value)
            elif code in _HANDLES:
                int(value.strip() or "0", 16)
        except ValueError:
            yield line, f"group {code} is not a number: {value[:40]!r}"


def strings(dxf: Dxf) -> Faults:
    """No control characters and no lone surrogates."""
    for tag in _every_tag(dxf):
        if tag.code in _STRINGS and _BAD.search(tag.value):
            yield tag.line, f"control character in a string: {tag.value[:40]!r}"


def points(dxf: Dxf) -> Faults:
    """Every x is followed by its y."""
    for record in (
        *dxf.records.get("TABLES", ()),
        *dxf.records.get("BLOCKS", ()),
        *dxf.records.get("ENTITIES", ()),
    ):
        tags = list(record.plain())
        for tag, after in zip(tags, [*tags[1:], None], strict=True):
            if 10 <= tag.code <= 18 and (after is None or after.code != tag.code + 10):
                yield tag.line, f"{record.type}: group {tag.code} without its {tag.code + 10}"


def handles(dxf: Dxf) -> Faults:
    """Every record has a handle, all differ, and the seed for new ones lies above them."""
    needed = not dxf.r12 or (dxf.variable("$HANDLING") or "0").strip() == "1"
    seen: dict[str, int] = {}
    highest = 0
    for record in dxf.all_records():
        handle = (record.handle or "").strip().upper()
        if not handle:
            if needed and record.type != "TABLE":
                yield record.line, f"{record.type} has no handle"
            continue
        if handle in seen:
            yield record.line, f"{record.type}: handle {handle} is already used in line {seen[handle]}"
        seen[handle] = record.line
        if handle.strip("0") == "":
            yield record.line, f"{record.type}: handle is zero"
        if re.fullmatch("[0-9A-F]{1,16}", handle):
            highest = max(highest, int(handle, 16))
    seed = (dxf.variable("$HANDSEED") or "").strip()
    if seen and needed and (not re.fullmatch("[0-9A-Fa-f]{1,16}", seed) or int(seed, 16) <= highest):
        yield 1, f"$HANDSEED {seed or 'is missing'}: must lie above every handle (the highest is {highest:X})"


def owners(dxf: Dxf) -> Faults:
    """Entities say who owns them, and pointers are not empty."""
    known = {(r.handle or "").strip().upper() for r in dxf.all_records()}
    for record in dxf.all_records():
        for tag in record.plain():
            if tag.code in (330, 340, 350, 360) and not tag.value.strip():
                yield tag.line, f"{record.type}: group {tag.code} is empty"
    if dxf.r12:
        return
    for record in dxf.entities():
        owner = _owner(record)
        if owner is None:
            yield record.line, f"{record.type} has no owner (330)"
        elif owner.strip("0") == "" or owner not in known:
            yield record.line, f"{record.type}: owner {owner or 'empty'} does not exist"


def _owner(record: Record) -> str | None:
    """The first 330 outside of ``{…}`` groups."""
    inside = False
    for tag in record.plain():
        if tag.code == 102:
            inside = tag.value.startswith("{")
        elif tag.code == 330 and not inside:
            return tag.value.strip().upper()
        elif tag.code == 100:
            return None
    return None


def names(dxf: Dxf) -> Faults:
    """Names of layers and blocks can be read by every program."""
    found = [(r.line, "layer", r.first(2)) for r in dxf.entries("LAYER")]
    found += [(r.line, "block", r.first(2)) for r in dxf.records.get("BLOCKS", ()) if r.type == "BLOCK"]
    for line, what, name in found:
        text = (name or "").removeprefix("*") if what == "block" else name or ""
        if not text.strip():
            yield line, f"{what} without a name"
        elif _FORBIDDEN.search(text):
            yield line, f"{what} {text!r}: forbidden character"
        elif len(text) > 255 or (dxf.r12 and len(text) > 31):
            yield line, f"{what} {text[:40]!r}: name of {len(text)} characters"
        elif dxf.r12 and " " in text:
            yield line, f"{what} {text!r}: R12 names have no blanks"


def references(dxf: Dxf) -> Faults:
    """Layers, line types, text styles, dimension styles and blocks that are named exist."""
    layers, linetypes = dxf.names("LAYER"), dxf.names("LTYPE") | {"BYLAYER", "BYBLOCK", "CONTINUOUS"}
    styles, dimstyles = dxf.names("STYLE"), dxf.names("DIMSTYLE")
    blocks = {(r.first(2) or "").upper() for r in dxf.records.get("BLOCKS", ()) if r.type == "BLOCK"}
    for record in dxf.entities():
        checks = [("layer", 8, layers), ("line type", 6, linetypes)]
        if record.type in ("TEXT", "ATTRIB", "ATTDEF", "MTEXT"):
            checks.append(("text style", 7, styles))
        if record.type == "DIMENSION":
            checks += [("dimension style", 3, dimstyles), ("block", 2, blocks)]
        if record.type == "INSERT":
            checks.append(("block", 2, blocks))
            if record.first(2) is None:
                yield record.line, "INSERT without the name of a block"
        for what, code, known in checks:
            name = record.first(code)
            if name is not None and name.upper() not in known:
                yield record.line, f"{record.type}: {what} {name[:60]!r} is not defined"
    for record in dxf.entries("LAYER"):
        if (record.first(6) or "CONTINUOUS").upper() not in linetypes:
            yield record.line, f"layer {record.first(2)!r}: line type {record.first(6)!r} is not defined"


def header_names(dxf: Dxf) -> Faults:
    """What the header names exists in its table."""
    tables = {
        "$CLAYER": "LAYER",
        "$TEXTSTYLE": "STYLE",
        "$DIMSTYLE": "DIMSTYLE",
        "$DIMTXSTY": "STYLE",
        "$CELTYPE": "LTYPE",
    }
    for variable, table in tables.items():
        tag = next(iter(dxf.header.get(variable, ())), None)
        if tag is None or (table == "LTYPE" and tag.value.upper() in ("BYLAYER", "BYBLOCK", "CONTINUOUS")):
            continue
        if tag.value.upper() not in dxf.names(table):
            yield tag.line, f"{variable} names {tag.value!r}, and table {table} does not hold it"


def counts(dxf: Dxf) -> Faults:
    """Counts equal what they count."""
    for record in dxf.entities():
        codes = [t.code for t in record.plain()]
        if record.type == "LWPOLYLINE":
            said, real = _integer(record.first(90)), codes.count(10)
            if said != real or real < 2:
                yield record.line, f"LWPOLYLINE says {said} vertices and has {real} (at least 2)"
        elif record.type == "HATCH":
            said, real = _integer(record.first(91)), codes.count(92)
            if said != real:
                yield record.line, f"HATCH says {said} boundary paths and has {real}"
        elif record.type == "SPLINE" and codes.count(10) < 2:
            yield record.line, "SPLINE without control points: many programs draw nothing"


def _integer(text: str | None) -> int | None:
    try:
        return int((text or "").strip())
    except ValueError:
        return None


def hatch_rings(dxf: Dxf) -> Faults:
    """Each ring of a hatch has at least three different points."""
    for record in dxf.entities():
        if record.type != "HATCH":
            continue
        for path in _paths(record):
            flag = _integer(path[0].value) or 0
            if flag & 2 and len({(x, y) for x, y in _pairs(path)}) < 3:
                yield path[0].line, "HATCH: a ring has fewer than three different points"


def _paths(record: Record) -> Iterator[list[Tag]]:
    """Tags of each boundary path, from its 92 to the next one or the end of all paths (75)."""
    path: list[Tag] = []
    for tag in record.plain():
        if tag.code == 92 or (tag.code == 75 and path):
            if path:
                yield path
            path = [tag] if tag.code == 92 else []
            if tag.code == 75:
                return
        elif path:
            path.append(tag)
    if path:
        yield path


def _pairs(tags: list[Tag]) -> Iterator[tuple[str, str]]:
    for tag, after in pairwise(tags):
        if tag.code == 10 and after.code == 20:
            yield tag.value.strip(), after.value.strip()


def sizes(dxf: Dxf) -> Faults:
    """Texts have a height and inserts a scale."""
    for record in dxf.entities():
        if record.type in ("TEXT", "MTEXT", "ATTRIB", "ATTDEF"):
            if not (_real(record.first(40)) or 0.0) > 0.0:
                yield record.line, f"{record.type}: height {record.first(40)} is not above 0"
        elif record.type == "INSERT":
            for code in (41, 42, 43):
                if record.first(code) is not None and _real(record.first(code)) == 0.0:
                    yield record.line, f"INSERT: scale {code} is 0"


def _real(text: str | None) -> float | None:
    try:
        return float((text or "").strip())
    except ValueError:
        return None


def subclasses(dxf: Dxf) -> Faults:
    """From R2000 on every entity says of which classes it is."""
    if dxf.r12:
        return
    for record in dxf.entities():
        markers = [t.value for t in record.plain() if t.code == 100]
        if "AcDbEntity" not in markers or (len(markers) < 2 and record.type != "SEQEND"):
            yield record.line, f"{record.type}: subclass markers are missing, found {markers}"


def extended_data(dxf: Dxf) -> Faults:
    """XDATA belongs to a registered application and its strings are short."""
    known = dxf.names("APPID")
    for record in dxf.all_records():
        for tag in record.tags:
            if tag.code == 1001 and tag.value.upper() not in known:
                yield tag.line, f"{record.type}: application {tag.value!r} is not in the APPID table"
            elif tag.code == 1000 and len(tag.value.encode("utf-8", "replace")) > 255:
                yield tag.line, f"{record.type}: XDATA string of more than 255 bytes"


def sequences(dxf: Dxf) -> Faults:
    """POLYLINE and INSERT with attributes end with SEQEND."""
    parts = {"POLYLINE": "VERTEX", "INSERT": "ATTRIB"}
    for section in ("BLOCKS", "ENTITIES"):
        head: Record | None = None
        for record in dxf.records.get(section, ()):
            if head is not None:
                if record.type == parts[head.type]:
                    continue
                if record.type != "SEQEND":
                    yield head.line, f"{head.type} without SEQEND"
                head = None
                if record.type == "SEQEND":
                    continue
            if record.type == "POLYLINE" or (
                record.type == "INSERT" and (record.first(66) or "0").strip() == "1"
            ):
                head = record
        if head is not None:
            yield head.line, f"{head.type} without SEQEND"


RULES: tuple[Callable[[Dxf], Faults], ...] = (
    numbers,
    strings,
    points,
    handles,
    owners,
    names,
    references,
    header_names,
    counts,
    hatch_rings,
    sizes,
    subclasses,
    extended_data,
    sequences,
)
