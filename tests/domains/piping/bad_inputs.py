"""Tables and briefs of plants that must be refused, made one by one and by rows of bad cells."""

from __future__ import annotations

from dataclasses import dataclass, field

EQUIPMENT = """\
tag,class,length,width,height,base,x,y,turn,set,hazardous,temperature,tube_length,npsh_available
T-1,tank,6,6,6,,,,,,yes,40,,
P-1A,pump,2,0.9,1.4,0,20,10,1,P-1,,,,3.5
P-1B,pump,2,0.9,1.4,0,,,,P-1,no,,,
E-1,exchanger,5,1,1.5,1.5,,,,,,,4.4,
C-1,column,,,,,,,,,,,,
"""
NOZZLES = """tag,nozzle,x,y,z,direction,nps,rating,role
P-1A,N1,-1,0,0.7,-x,6,150,suction
P-1A,N2,-0.6,0,1.4,+z,4,150,discharge
P-1B,N1,,,,,DN 150,,suction
P-1B,N2,,,,,4,,discharge
"""
LINES = """number,from,to,branches,nps,rating,service,insulation,slope,no_pocket,priority,flow,inline
L-1,FEED,T-1.inlet,,4,150,liquid,,,no,5,,
L-2,T-1.outlet,P-1A.suction,P-1B.suction,6,150,liquid,0.05,,yes,7,60,
L-3,P-1A.discharge,E-1.tube_in,P-1B.discharge,4,150,liquid,,,,,,check;gate
L-4,E-1.tube_out,C-1.feed,,4,300,liquid,,0.01,,,,control
"""
BRIEF = """layoutgan: 1
domain: piping
name: Tables
site:
  outline: [[0, 0], [48, 0], [48, 36], [0, 36]]
  terminals: [{id: FEED}]
equipment: {csv: equipment.csv, nozzles: nozzles.csv}
lines: {csv: lines.csv}
"""
FILES = {"brief.yaml": BRIEF, "equipment.csv": EQUIPMENT, "nozzles.csv": NOZZLES, "lines.csv": LINES}


@dataclass(frozen=True)
class Bad:
    """One spoilt set of files."""

    name: str
    file: str
    """The file that the error has to name."""
    files: dict[str, bytes] = field(hash=False)
    says: str = ""
    """A word of the error."""
    place: str = ""
    """The place that it has to name."""


def _cell(table: str, row: int, column: str, value: str) -> str:
    lines = table.splitlines()
    names = lines[0].split(",")
    cells = lines[row].split(",")
    cells[names.index(column)] = value
    lines[row] = ",".join(cells)
    return "\n".join(lines) + "\n"


def _with(name: str, text: str | bytes) -> dict[str, bytes]:
    files = {key: value.encode() for key, value in FILES.items()}
    files[name] = text if isinstance(text, bytes) else text.encode()
    return files


_NUMBERS = {
    "equipment.csv": (
        EQUIPMENT,
        {
            "length": 3,
            "width": 3,
            "height": 3,
            "base": 3,
            "x": 2,
            "y": 2,
            "turn": 2,
            "temperature": 1,
            "tube_length": 4,
            "npsh_available": 2,
        },
    ),
    "nozzles.csv": (NOZZLES, {"x": 1, "y": 1, "z": 1, "rating": 1, "nps": 3}),
    "lines.csv": (LINES, {"nps": 2, "rating": 2, "insulation": 2, "slope": 4, "priority": 2, "flow": 2}),
}
_NO_NUMBERS = ("six", "nan", "inf", "-inf", "1e999", "1.2.3", "0x10", "1 m", "½ inch", "=2+2", "--1", "1;2")
_TOO_FAR = {
    "equipment.csv": {
        "length": ("-2", "0", "1000", "0.01"),
        "width": ("-1", "0", "999"),
        "height": ("-1", "0", "1e6"),
        "base": ("-1", "1000"),
        "x": ("1e9", "1000", "-5"),
        "y": ("999", "-1"),
        "turn": ("4", "-1", "1.5"),
        "temperature": ("-300", "1e5"),
        "tube_length": ("-1", "0", "99"),
        "npsh_available": ("-99", "1e5"),
    },
    "nozzles.csv": {
        "x": ("40", "-40"),
        "y": ("40", "-40"),
        "z": ("40", "-9"),
        "rating": ("0", "-150", "9999", "150.5"),
        "nps": ("0", "-4", "7", "1000", "DN 0", "DN", "1/0"),
    },
    "lines.csv": {
        "nps": ("0", "-6", "7", "5.5", "1000"),
        "rating": ("0", "1.5", "99999"),
        "insulation": ("-1", "50"),
        "slope": ("-0.01", "0", "7"),
        "priority": ("-1", "10", "2.5"),
        "flow": ("-1", "0", "1e9"),
    },
}
_WORDS = {
    ("equipment.csv", "class"): ("", "pmup", "12", "rocket", "pump;pump", "é"),
    ("equipment.csv", "tag"): ("", "T-1", "P.1", "a;b"),
    ("equipment.csv", "hazardous"): ("maybe", "2", "ja"),
    ("nozzles.csv", "tag"): ("", "P-9", "p-1a"),
    ("nozzles.csv", "nozzle"): ("", "N2"),
    ("nozzles.csv", "direction"): ("sideways", "+w", "45", "++x"),
    ("lines.csv", "number"): ("", "L-1", "a;b"),
    ("lines.csv", "from"): ("", "P-9.N1", "T-1.N99", "nothing", "T-1.", ".", "P-1A.suction", "L-2"),
    ("lines.csv", "to"): ("", "P-9", "P-1A.N7", "T-1.outlet", "L-2", "L-99"),
    ("lines.csv", "branches"): ("P-9.N1", "P-1A.suction", "T-1.outlet", "L-2", "P-1B.N9"),
    ("lines.csv", "service"): ("soup", "LIQUID", "1"),
    ("lines.csv", "no_pocket"): ("maybe", "3"),
    ("lines.csv", "inline"): ("tap", "gate;tap", "gate,globe"),
}
_TABLES = {"equipment.csv": EQUIPMENT, "nozzles.csv": NOZZLES, "lines.csv": LINES}
_ROWS = {"equipment.csv": 2, "nozzles.csv": 1, "lines.csv": 2}


def bad_tables() -> list[Bad]:
    """Spoilt tables; each has to be refused."""
    found: list[Bad] = []
    for file, (table, columns) in _NUMBERS.items():
        for column, row in columns.items():
            for value in _NO_NUMBERS:
                name = f"{file} {column}={value!r}"
                found.append(
                    Bad(name, file, _with(file, _cell(table, row, column, value)), place=f"line {row + 1}")
                )
            for value in _TOO_FAR[file].get(column, ()):
                name = f"{file} {column}={value!r}"
                # What a row means together with others is judged when the brief is whole.
                found.append(Bad(name, "", _with(file, _cell(table, row, column, value))))
    for (file, column), values in _WORDS.items():
        for value in values:
            changed = _cell(_TABLES[file], _ROWS[file], column, value)
            found.append(Bad(f"{file} {column}={value!r}", "", _with(file, changed)))
    return found + _whole_tables() + _briefs()


def _whole_tables() -> list[Bad]:
    found = []
    for file, table in _TABLES.items():
        head, *rows = table.splitlines()
        names = head.split(",")
        spoilt = {
            "empty": b"",
            "blank": b"\n\n\n",
            "only a header": head.encode(),
            "no header": "\n".join(rows).encode(),
            "unknown column": table.replace(names[1], "colour", 1).encode(),
            "needed column gone": table.replace(names[0] + ",", "", 1).encode(),
            "column twice": table.replace(names[2], names[1], 1).encode(),
            "too many cells": (table + ",".join(["x"] * 40) + "\n").encode(),
            "not text": b"\xff\xfe\x00\x01" * 50,
            "UTF-16": table.encode("utf-16"),
            "NUL": table.replace("P-1A", "P\x001A").encode(),
            "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
            "open quote": (table + '"never closed,1,2\n').encode(),
            "endless cell": (table + "x" * 300_000 + "\n").encode(),
            "a million rows": (
                head + "\n" + "".join(f"X{i}," + "," * (len(names) - 2) + "\n" for i in range(1_000_000))
            ).encode(),
            "a page": b"<html><body><table><tr><td>tag</td></tr></table></body></html>",
        }
        found += [Bad(f"{file}: {name}", file, _with(file, content)) for name, content in spoilt.items()]
        gone = _with(file, "")
        del gone[file]
        found.append(Bad(f"{file}: missing", file, gone, says="no such file"))
    return found


def _briefs() -> list[Bad]:
    changes = {
        "an absolute path": ("csv: equipment.csv", "csv: /etc/passwd"),
        "a path upwards": ("csv: equipment.csv", "csv: ../equipment.csv"),
        "a number for a file": ("csv: lines.csv", "csv: 7"),
        "no file": ("lines: {csv: lines.csv}", "lines: {}"),
        "another key": ("{csv: lines.csv}", "{xls: lines.xls}"),
        "a key too many": ("{csv: lines.csv}", "{csv: lines.csv, sheet: 2}"),
        "a folder": ("csv: lines.csv", "csv: ."),
        "a flat outline": ("[[0, 0], [48, 0], [48, 36], [0, 36]]", "[[0, 0], [48, 0]]"),
        "an outline in millimetres": (
            "[[0, 0], [48, 0], [48, 36], [0, 36]]",
            "[[0, 0], [48000, 0], [48000, 36000]]",
        ),
        "a crossed outline": ("[[0, 0], [48, 0], [48, 36], [0, 36]]", "[[0, 0], [48, 36], [48, 0], [0, 36]]"),
        "two terminals": ("[{id: FEED}]", "[{id: FEED}, {id: FEED}]"),
        "a terminal called as a tag": ("[{id: FEED}]", "[{id: FEED}, {id: T-1}]"),
        "no terminal": ("[{id: FEED}]", "[]"),
        "a strange side": ("[{id: FEED}]", "[{id: FEED, side: up}]"),
        "a slanted rack": ("  terminals", "  racks: [{line: [[0, 0], [20, 10]]}]\n  terminals"),
        "a rack outside": ("  terminals", "  racks: [{line: [[0, 9], [99, 9]]}]\n  terminals"),
        "tiers upside down": ("  terminals", "  racks: {place: auto, tiers: [6, 4]}\n  terminals"),
        "a strange road": (
            "  terminals",
            "  roads: [{shape: [[0, 0], [9, 0], [9, 5]], kind: river}]\n  terminals",
        ),
        "an unknown field": ("  terminals", "  colour: red\n  terminals"),
        "an unknown field on top": ("name: Tables", "naem: Tables"),
        "spacing of one": ("name: Tables", "name: Tables\nspacing: [{between: [pump], distance: 3}]"),
        "negative spacing": (
            "name: Tables",
            "name: Tables\nspacing: [{between: [pump, pump], distance: -3}]",
        ),
        "another domain": ("domain: piping", "domain: pipnig"),
        "another version": ("layoutgan: 1", "layoutgan: 2"),
    }
    found = [
        Bad(f"brief: {name}", "", _with("brief.yaml", BRIEF.replace(old, new, 1)))
        for name, (old, new) in changes.items()
    ]
    assert all(BRIEF.replace(old, new, 1) != BRIEF for old, new in changes.values())
    return found
