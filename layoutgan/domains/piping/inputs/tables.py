"""Equipment, nozzle and line lists as CSV files: one row is one item, and an error names the row.

Columns may stand in any order; a column that nobody knows is refused with the nearest known one. Comma,
semicolon and tab are understood as separators, and a byte-order mark is skipped.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from layoutgan.core.plain import MAX_BYTES
from layoutgan.core.schema import validate
from layoutgan.domains.piping.items import EquipmentItem, LineItem, NozzleItem
from layoutgan.errors import InputError

__all__ = [
    "EQUIPMENT_COLUMNS",
    "LINE_COLUMNS",
    "NOZZLE_COLUMNS",
    "read_equipment",
    "read_lines",
    "read_nozzles",
]

MAX_NOZZLES = 5000
"""Most rows of a nozzle table [-]."""
MAX_CELL = 2000
"""Longest cell [characters]."""

Cell = Callable[[str], Any]
Row = dict[str, Any]


def _text(value: str) -> str:
    if value.startswith(("=", "@")) or value in _SHEET_ERRORS:
        raise ValueError(f"{value[:40]!r} is a formula or its error; save the values of the cells")
    return value


_SHEET_ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"}
"""What spreadsheets show in cells whose formula failed."""


def _number(value: str) -> float:
    text = value.replace(",", ".") if value.count(",") == 1 and "." not in value else value
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"expected a number, found {value[:40]!r}") from None
    if not math.isfinite(number):
        raise ValueError(f"expected a finite number, found {value[:40]!r}")
    return number


def _whole(value: str) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError(f"expected a whole number, found {value[:40]!r}")
    return int(number)


def _yes(value: str) -> bool:
    word = value.strip().lower()
    if word in {"yes", "y", "true", "1", "x"}:
        return True
    if word in {"no", "n", "false", "0", "-"}:
        return False
    raise ValueError(f"expected yes or no, found {value[:40]!r}")


def _list(value: str) -> list[str]:
    return [_text(part.strip()) for part in value.split(";") if part.strip()]


def _size(value: str) -> Any:
    """A nominal size: a plain number stays one, words such as DN 80 are read by the document."""
    try:
        return _number(value)
    except ValueError:
        return value


EQUIPMENT_COLUMNS: dict[str, Cell] = {
    "tag": _text,
    "class": _text,
    "service": _text,
    "length": _number,
    "width": _number,
    "height": _number,
    "base": _number,
    "x": _number,
    "y": _number,
    "turn": _whole,
    "set": _text,
    "row": _text,
    "group": _text,
    "near_rack": _yes,
    "hazardous": _yes,
    "temperature": _number,
    "tube_length": _number,
    "npsh_available": _number,
    "npsh_required": _number,
    "flare_height": _number,
}
"""Columns of an equipment list; x and y are the centre of a fixed place."""
NOZZLE_COLUMNS: dict[str, Cell] = {
    "tag": _text,
    "nozzle": _text,
    "x": _number,
    "y": _number,
    "z": _number,
    "direction": _text,
    "nps": _size,
    "rating": _whole,
    "role": _text,
}
"""Columns of a nozzle list."""
LINE_COLUMNS: dict[str, Cell] = {
    "number": _text,
    "from": _text,
    "to": _text,
    "branches": _list,
    "nps": _size,
    "rating": _whole,
    "spec": _text,
    "fluid": _text,
    "service": _text,
    "insulation": _number,
    "insulation_type": _text,
    "traced": _yes,
    "slope": _number,
    "no_pocket": _yes,
    "straight_start": _number,
    "straight_end": _number,
    "max_length": _number,
    "priority": _whole,
    "flow": _number,
    "temperature": _number,
    "pressure": _number,
    "design_temperature": _number,
    "design_pressure": _number,
    "inline": _list,
    "pid": _text,
}
"""Columns of a line list; ``branches`` and ``inline`` hold several values with semicolons between them."""


def read_equipment(path: Path, *, most: int = 400) -> tuple[EquipmentItem, ...]:
    """The items of an equipment list.

    Raises:
        InputError: the file is not one; names the line and the column.
    """
    items: list[EquipmentItem] = []
    seen: dict[str, int] = {}
    for line, row in _rows(path, EQUIPMENT_COLUMNS, ("tag", "class"), most):
        tag = row["tag"]
        if tag in seen:
            raise InputError(
                f"'{tag}' stands in line {seen[tag]} already; tags must differ",
                file=str(path),
                place=f"line {line}, tag",
            )
        seen[tag] = line
        items.append(_document(EquipmentItem, _equipment(row, path, line), path, line))
    return tuple(items)


def _equipment(row: dict[str, Any], path: Path, line: int) -> dict[str, Any]:
    size = [row.pop(name, None) for name in ("length", "width", "height")]
    if any(part is not None for part in size):
        if any(part is None for part in size):
            raise InputError(
                "length, width and height belong together; fill all three or none",
                file=str(path),
                place=f"line {line}",
            )
        row["size"] = size
    at = [row.pop(name, None) for name in ("x", "y")]
    turn = row.pop("turn", None)
    if any(part is not None for part in at):
        if any(part is None for part in at):
            raise InputError(
                "x and y belong together; fill both or none", file=str(path), place=f"line {line}"
            )
        row["fixed"] = {"at": at, "turn": turn or 0}
    elif turn is not None:
        raise InputError("a turn needs x and y as well", file=str(path), place=f"line {line}, turn")
    return row


def read_nozzles(path: Path, items: Sequence[EquipmentItem]) -> tuple[EquipmentItem, ...]:
    """The items with the nozzles of a nozzle list.

    Raises:
        InputError: the file is not one, or names equipment that does not exist.
    """
    found: dict[str, list[NozzleItem]] = {item.tag: list(item.nozzles) for item in items}
    for line, row in _rows(path, NOZZLE_COLUMNS, ("tag", "nozzle"), MAX_NOZZLES):
        tag, at = row.pop("tag"), [row.pop(name, None) for name in ("x", "y", "z")]
        if tag not in found:
            near = get_close_matches(tag, found, n=1)
            raise InputError(
                f"no equipment is called '{tag}'" + (f"; did you mean '{near[0]}'?" if near else ""),
                file=str(path),
                place=f"line {line}, tag",
            )
        if any(part is not None for part in at):
            if any(part is None for part in at):
                raise InputError(
                    "x, y and z belong together; fill all three or none", file=str(path), place=f"line {line}"
                )
            row["at"] = at
        row["id"] = row.pop("nozzle")
        if any(nozzle.id == row["id"] for nozzle in found[tag]):
            raise InputError(
                f"{tag} has a nozzle called '{row['id']}' already; ids must differ",
                file=str(path),
                place=f"line {line}, nozzle",
            )
        found[tag].append(_document(NozzleItem, row, path, line))
    return tuple(
        EquipmentItem.model_validate(_plain(item) | {"nozzles": tuple(found[item.tag])}) for item in items
    )


def _plain(item: EquipmentItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in type(item).model_fields}


def read_lines(path: Path, *, most: int = 1500) -> tuple[LineItem, ...]:
    """The lines of a line list.

    Raises:
        InputError: the file is not one; names the line and the column.
    """
    lines: list[LineItem] = []
    seen: dict[str, int] = {}
    for line, row in _rows(path, LINE_COLUMNS, ("number", "from", "to"), most):
        number = row["number"]
        if number in seen:
            raise InputError(
                f"'{number}' stands in line {seen[number]} already; line numbers must differ",
                file=str(path),
                place=f"line {line}, number",
            )
        seen[number] = line
        lines.append(_document(LineItem, row, path, line))
    return tuple(lines)


def _document(model: type[Any], row: Mapping[str, Any], path: Path, line: int) -> Any:
    try:
        return validate(model, row)
    except InputError as error:
        place = f"line {line}" + (f", {error.place}" if error.place else "")
        raise InputError(error.problem, file=str(path), place=place) from error


def _rows(
    path: Path, columns: Mapping[str, Cell], needed: Sequence[str], most: int
) -> Iterator[tuple[int, Row]]:
    """Rows with a value in at least one cell, as (line in the file, values by column)."""
    text = _read(path)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(MAX_CELL * 100)
    reader = csv.reader(text.splitlines(), delimiter=separator, strict=True)
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        _check_header(header, columns, needed, path)
        count = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > most:
                raise InputError(
                    f"more than {most} rows; split the plant into units",
                    file=str(path),
                    place=f"line {reader.line_num}",
                )
            yield reader.line_num, _values(header, cells, columns, needed, path, reader.line_num)
    except csv.Error as error:
        raise InputError(
            f"not a CSV table: {error}", file=str(path), place=f"line {reader.line_num}"
        ) from error
    if not count:
        raise InputError("holds no rows; write at least one below the header", file=str(path))


def _read(path: Path) -> str:
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB; not a list of one unit", file=name)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text (byte {error.start}); save it as UTF-8", file=name) from error
    except FileNotFoundError as error:
        raise InputError("no such file; check the name in the brief", file=name) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name) from error
    if "\0" in text:
        raise InputError("holds NUL characters; save the table as CSV text", file=name)
    return text


def _check_header(header: list[str], columns: Mapping[str, Cell], needed: Sequence[str], path: Path) -> None:
    for name in header:
        if name not in columns:
            near = get_close_matches(name, columns, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(columns)}"
            raise InputError(f"no such column '{name[:60]}'; {hint}", file=str(path), place="line 1")
        if header.count(name) > 1:
            raise InputError(f"column '{name}' stands twice; keep one", file=str(path), place="line 1")
    for name in needed:
        if name not in header:
            raise InputError(f"column '{name}' is missing; add it", file=str(path), place="line 1")


def _values(
    header: list[str],
    cells: list[str],
    columns: Mapping[str, Cell],
    needed: Sequence[str],
    path: Path,
    line: int,
) -> dict[str, Any]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise InputError(
            f"{len(cells)} cells, and the header has {len(header)} columns; quote cells that hold the "
            "separator",
            file=str(path),
            place=f"line {line}",
        )
    values: dict[str, Any] = {}
    for name, cell in islice(zip(header, cells, strict=False), len(header)):
        text = cell.strip()
        if len(text) > MAX_CELL:
            raise InputError(
                f"a cell of {len(text)} characters; at most {MAX_CELL}",
                file=str(path),
                place=f"line {line}, {name}",
            )
        if not text:
            continue
        try:
            values[name] = columns[name](text)
        except ValueError as error:
            raise InputError(str(error), file=str(path), place=f"line {line}, {name}") from error
    for name in needed:
        if name not in values:
            raise InputError("is empty; fill it", file=str(path), place=f"line {line}, {name}")
    return values
