"""Spoilt inputs of plants by category: tables, P&IDs and flowsheets that have to be refused in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from layoutgan.domains.domain import read_brief
from layoutgan.domains.piping.inputs.dexpi import brief_from_dexpi
from layoutgan.domains.piping.inputs.flowsheet import brief_from_flowsheet
from layoutgan.domains.piping.inputs.sfiles import read_flowsheet

sys.path += [str(Path(__file__).parent / "domains" / "piping"),
             str(Path(__file__).parent / "domains" / "piping" / "inputs")]

from bad_inputs import EQUIPMENT, FILES, LINES, NOZZLES
from proteus import SHEET

__all__ = ["CATEGORIES", "FLOWSHEET", "FLOWSHEET_JSON", "SHEET", "TABLES", "Spoilt", "reader_of",
           "spoilt_inputs", "write_good"]

FLOWSHEET = (
    "(raw)(pp)<1(splt)[(hex)(flash)<&|(raw)&|[{bout}(v)(dist)[{bout}(prod)]{tout}(prod)]{tout}(comp)1](prod)"
)
FLOWSHEET_JSON = ('{"nodes": ["raw-1", "pp-1", "r-1", "prod-1"], '
                  '"edges": [["raw-1", "pp-1"], ["pp-1", "r-1"], ["r-1", "prod-1"]]}')
TABLES = {"equipment.csv": EQUIPMENT, "nozzles.csv": NOZZLES, "lines.csv": LINES}
HUGE = ("NaN", "-inf", "1e300", "1e999", "9" * 400)
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+HYPERLINK(1)", "#DIV/0!")


class Spoilt(NamedTuple):
    """One spoilt input."""

    category: str
    """Key of CATEGORIES."""
    kind: str
    """csv, dexpi or sfiles."""
    name: str
    files: dict[str, bytes]
    """All files by name; the brief of tables is ``brief.yaml``, others are ``input.xml`` and so on."""

    @property
    def spoilt_file(self) -> str:
        """The file that a reader begins with."""
        return "brief.yaml" if self.kind == "csv" else next(iter(self.files))

    @property
    def command(self) -> list[str]:
        """What a user would type."""
        if self.kind == "csv":
            return ["generate", "brief.yaml", "-o", "out", "--start", "random", "--formats", "json"]
        return ["brief", f"from-{self.kind}", next(iter(self.files)), "-o", "out.yaml"]


CATEGORIES = {
    "missing nozzle": ("csv", "dexpi", "sfiles"), "unknown class": ("csv",),
    "duplicate tag": ("csv", "dexpi", "sfiles"), "loop": ("csv", "dexpi", "sfiles"),
    "negative size": ("csv", "dexpi"), "no number": ("csv", "dexpi"), "XML bomb": ("dexpi",),
    "deep nesting": ("csv", "dexpi", "sfiles"), "too much": ("csv", "dexpi", "sfiles"),
    "wrong encoding": ("csv", "dexpi", "sfiles"), "byte-order mark": ("csv", "dexpi", "sfiles"),
    "NUL": ("csv", "dexpi", "sfiles"), "cut off": ("csv", "dexpi", "sfiles"), "delimiter": ("csv",),
    "open quote": ("csv", "dexpi", "sfiles"), "formula": ("csv", "sfiles"),
    "duplicate column": ("csv", "dexpi", "sfiles"),
    "unknown column": ("csv", "sfiles"), "another file": ("csv", "dexpi", "sfiles"),
}  # fmt: skip
"""What can be wrong with an input, and in which kinds of input it can."""


def reader_of(name: str, folder: Path) -> Callable[[], object]:
    """What reads an input as a brief, told by its name."""
    if name.endswith((".csv", ".yaml")):
        return lambda: read_brief(folder / "brief.yaml")
    if name.endswith(".xml"):
        return lambda: brief_from_dexpi(folder / name)
    return lambda: brief_from_flowsheet(read_flowsheet(folder / name))


def write_good(folder: Path) -> None:
    """A brief with its three tables, all sound."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


def spoilt_inputs() -> list[Spoilt]:
    """All of them; names differ."""
    return [*_tables(), *_sheets(), *_flowsheets()]


def _cell(table: str, row: int, column: str, value: str) -> str:
    lines = table.splitlines()
    names, cells = lines[0].split(","), lines[row].split(",")
    cells[names.index(column)] = value
    lines[row] = ",".join(cells)
    return "\n".join(lines) + "\n"


def _csv(category: str, name: str, file: str, content: str | bytes) -> Spoilt:
    files = {key: value.encode() for key, value in FILES.items()}
    files[file] = content if isinstance(content, bytes) else content.encode()
    return Spoilt(category, "csv", f"{file}: {name}", files)


def _tables() -> Iterator[Spoilt]:
    yield from _line_ends()
    for file, table in TABLES.items():
        yield from _damaged_table(file, table)
    yield from _cells()


def _line_ends() -> Iterator[Spoilt]:
    for row, number in ((1, "L-1"), (3, "L-3")):
        for column in ("from", "to"):
            for end in ("T-1.N99", "P-9.N1", "E-1.tube_under", f"{number}.N1", number):
                category = "loop" if end == number else "missing nozzle"
                yield _csv(category, f"{number} {column} {end}", "lines.csv", _cell(LINES, row, column, end))
    circle = LINES + "L-8,L-9,C-1.top,,4,150,liquid,,,,,,\nL-9,L-8,T-1.vent,,4,150,liquid,,,,,,\n"
    yield _csv("loop", "two lines start at each other", "lines.csv", circle)
    for name in ("branches", "to"):
        yield _csv("loop", f"{name} is its own start", "lines.csv", _cell(LINES, 2, name, "T-1.outlet"))


def _cells() -> Iterator[Spoilt]:
    for row in (1, 5):
        for word in ("rocket", "pupm", "Pump;", "泵", "=class", "1"):
            changed = _cell(EQUIPMENT, row, "class", word)
            yield _csv("unknown class", f"row {row} {word}", "equipment.csv", changed)
    for column in ("length", "width", "height"):
        for value in ("-1", "-0.5", "-1e-9", "0", "-0"):
            changed = _cell(EQUIPMENT, 3, column, value)
            yield _csv("negative size", f"{column} {value}", "equipment.csv", changed)
    yield from _numbers()


def _numbers() -> Iterator[Spoilt]:
    numbers = {"equipment.csv": ("length", "base", "x", "temperature"), "nozzles.csv": ("x", "z", "nps"),
               "lines.csv": ("nps", "insulation", "flow")}  # fmt: skip
    for file, column in (("equipment.csv", "tag"), ("equipment.csv", "set"), ("lines.csv", "number"),
                         ("lines.csv", "branches")):  # fmt: skip
        for value in FORMULAS:
            if value[0] != "+":  # it may be a name
                yield _csv("formula", f"{column} {value}", file, _cell(TABLES[file], 2, column, value))
    rows = {"equipment.csv": 2, "nozzles.csv": 1, "lines.csv": 2}
    for file, columns in numbers.items():
        for column in columns:
            for value in HUGE[::2]:
                changed = _cell(TABLES[file], rows[file], column, value)
                yield _csv("no number", f"{column} {value[:9]}", file, changed)
            for value in FORMULAS[::4]:
                changed = _cell(TABLES[file], rows[file], column, value)
                yield _csv("formula", f"{column} {value}", file, changed)


def _damaged_table(file: str, table: str) -> Iterator[Spoilt]:
    head, *rows = table.splitlines()
    names = head.split(",")
    yield _csv("duplicate tag", "first row twice", file, table + rows[0] + "\n")
    wider = "\n".join(f"{line},{line.split(',')[0]}" for line in [head, *rows])
    yield _csv("duplicate column", names[0], file, wider)
    for name in ("colour", "Tag No.", "x y", "=A1", " ", "tags"):
        yield _csv("unknown column", repr(name), file, table.replace(names[-1], name, 1))
    for mark in ("|", ":", " ", "~"):
        yield _csv("delimiter", f"mark {mark!r}", file, table.replace(",", mark))
    yield _csv("delimiter", "header and rows differ", file, head + "\n" + "\n".join(rows).replace(",", ";"))
    for place in ("first", "last"):
        lines = [head, *rows]
        index = 1 if place == "first" else len(lines) - 1
        lines[index] = '"' + lines[index]
        yield _csv("open quote", f"in the {place} row", file, "\n".join(lines))
    yield _csv("open quote", "text after a quote", file, head + "\n" + '"a"b' + rows[0])
    yield from _damaged_bytes(file, table)


def _damaged_bytes(file: str, table: str) -> Iterator[Spoilt]:
    head, names, data = table.split("\n", 1)[0], table.split("\n", 1)[0].split(","), table.encode()
    for code in ("utf-16", "utf-16-le", "utf-32", "cp037"):
        yield _csv("wrong encoding", code, file, table.encode(code))
    yield _csv("wrong encoding", "Latin letters", file, table.replace("-1", "-\u00e9", 1).encode("latin-1"))
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xef\xbb"):
        yield _csv("byte-order mark", mark.hex(), file, mark + data)
    for place in (0, len(head), len(data) // 2, len(data)):
        yield _csv("NUL", f"at {place}", file, data[:place] + b"\0" + data[place:])
    for share in (0, 4, len(head) // 2, len(head)):
        yield _csv("cut off", f"after {share} bytes", file, data[:share])
    more = "".join(f"X{i}{',' * (len(names) - 1)}\n" for i in range(6000))
    yield _csv("too much", "6,000 rows", file, table + more)
    yield _csv("too much", "a cell of 300,000 letters", file, table + "x" * 300_000 + "\n")
    yield _csv("too much", "4,000 columns", file, ",".join(f"c{i}" for i in range(4000)) + "\n" + table)
    yield _csv("deep nesting", "brackets", file, "[" * 5000 + "\n" + "]" * 5000)
    yield _csv("another file", "PNG", file, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    yield _csv("another file", "zip", file, b"PK\x03\x04" + bytes(300))
    yield _csv("another file", "JSON", file, '[{"tag": "T-1", "class": "tank"}]')
    yield _csv("another file", "HTML", file, "<html><table><tr><td>tag</td></tr></table></html>")


def _xml(category: str, name: str, content: str | bytes) -> Spoilt:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
    return Spoilt(category, "dexpi", f"xml: {name}", {"input.xml": data})


def _sheets() -> Iterator[Spoilt]:
    yield from _bombs(*SHEET.split("\n", 1))
    yield from _wrong_names()
    yield from _wrong_sizes()
    yield from _wrong_bytes()
    for old, new in (('ID="Tank-1"', 'ID="Tank-1'), ('ID="Pump-1"', 'ID=Pump-1"'), ('"1001"', "'1001\""),
                     ('ToID="N-3"', 'ToID="N-3')):  # fmt: skip
        yield _xml("open quote", f"{old} becomes {new}", SHEET.replace(old, new))
    for name in ("ID", "ComponentClass"):
        changed = SHEET.replace('<Equipment ID="Pump-1"', f'<Equipment ID="Pump-1" {name}="a" {name}="b"')
        yield _xml("duplicate column", name, changed)
    for name, text in {"empty": "", "text": "a plant", "JSON": "{}", "HTML": "<html/>", "DEXPI 2": "<Model/>",
                       "no equipment": "<PlantModel/>", "CSV": EQUIPMENT}.items():  # fmt: skip
        yield _xml("another file", name, text)
    yield _xml("another file", "PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def _wrong_names() -> Iterator[Spoilt]:
    for old, new in (('"N-3"', '"N-33"'), ('"N-4"', '"Nowhere"'), ('"N-5"', '"Template-N1"'),
                     ('"N-2"', '"Line-1"'), ('"Tee-1" ToID', '"Tee-9" ToID'), ('"N-6"', '"Segment-1"'),
                     ('"N-1"', '"Chamber-1"')):  # fmt: skip
        changed = SHEET.replace(f"ToID={old}", f"ToID={new}").replace(f"FromID={old}", f"FromID={new}")
        yield _xml("missing nozzle", f"{old} becomes {new}", changed)
    for one, two in (("Pump-1", "Tank-1"), ("Hex-1", "Pump-1"), ("N-4", "N-3"), ("Tee-1", "Valve-1"),
                     ("Check-1", "Tee-1"), ("Line-2", "Line-1")):  # fmt: skip
        yield _xml("duplicate tag", f"{one} is called {two}", SHEET.replace(f'ID="{one}"', f'ID="{two}"', 1))
    for one, two in (("P100", "T100"), ("E100", "P100")):
        yield _xml("duplicate tag", f"{one} becomes {two}", SHEET.replace(f'"{one}"', f'"{two}"'))
    for node in ("N-2", "N-3", "Valve-1"):
        changed = SHEET.replace('FromID="N-2"', f'FromID="{node}"').replace('ToID="N-3"', f'ToID="{node}"')
        yield _xml("loop", f"{node} to itself", changed)
    for node in ("N-4", "N-5"):
        changed = SHEET.replace('FromID="N-4" ToID="N-5"', f'FromID="{node}" ToID="{node}"')
        yield _xml("loop", f"{node} to itself", changed)


def _wrong_sizes() -> Iterator[Spoilt]:
    for value in ("-5", "-0.001", "-1e9"):
        yield _xml("negative size", f"length {value}", SHEET.replace('Value="5"', f'Value="{value}"'))
        yield _xml("negative size", f"diameter {value}", SHEET.replace('Value="5000"', f'Value="{value}"'))
        yield _xml("negative size", f"insulation {value}", SHEET.replace('Value="50"', f'Value="{value}"'))
        yield _xml("negative size", f"DN {value}", SHEET.replace('"DN 100"', f'"DN {value}"'))
    for value in HUGE:
        yield _xml("no number", f"length {value[:9]}", SHEET.replace('Value="5"', f'Value="{value}"'))
        yield _xml("no number", f"diameter {value[:9]}", SHEET.replace('Value="5000"', f'Value="{value}"'))
        yield _xml("no number", f"insulation {value[:9]}", SHEET.replace('Value="50"', f'Value="{value}"'))
        yield _xml("no number", f"DN {value[:9]}", SHEET.replace('"DN 100"', f'"DN {value}"'))


def _wrong_bytes() -> Iterator[Spoilt]:
    data = SHEET.encode()
    for share in (0, 1, 30, 200, 1000, 2000, len(data) // 2, len(data) - 20):
        yield _xml("cut off", f"after {share} bytes", data[:share])
    for place in (0, 40, 300, len(data) // 2, len(data) - 1):
        yield _xml("NUL", f"at {place}", data[:place] + b"\0" + data[place:])
    for code in ("utf-16-le", "utf-32", "cp037"):
        yield _xml("wrong encoding", code, SHEET.encode(code))
    yield _xml("wrong encoding", "Latin letters", SHEET.replace("T100", "T\u00e9").encode("latin-1"))
    for word in ("klingon", "", "utf-99", "x" * 500):
        yield _xml("wrong encoding", f"declared as {word[:9]!r}", SHEET.replace("utf-8", word))
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xef\xbb"):
        yield _xml("byte-order mark", mark.hex(), mark + data)


def _bombs(head: str, body: str) -> Iterator[Spoilt]:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    yield _xml("XML bomb", "a billion laughs", f"{head}\n{laughs}]>\n<PlantModel>&j;</PlantModel>")
    yield _xml("XML bomb", "in an attribute", f"{head}\n{laughs}]>\n<PlantModel ID='&j;'/>")
    wide = f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>'
    yield _xml("XML bomb", "quadratic", f"{head}\n{wide}<PlantModel>{'&a;' * 5000}</PlantModel>")
    for name, entity in {
        "a file": '<!ENTITY a SYSTEM "file:///etc/passwd">', "nothing": "",
        "the net": '<!ENTITY a SYSTEM "http://x.invalid/">', "a public one": '<!ENTITY a PUBLIC "x" "y">',
        "a parameter": '<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;',
        "itself": '<!ENTITY a "&a;">', "an attribute list": '<!ATTLIST PlantModel a CDATA "x">',
        "a notation": '<!NOTATION n SYSTEM "x">',
    }.items():  # fmt: skip
        yield _xml("XML bomb", f"an entity from {name}", f"{head}\n<!DOCTYPE x [{entity}]>\n{body}")
    outer = f'{head}\n<!DOCTYPE PlantModel SYSTEM "file:///etc/passwd">\n{body}'
    yield _xml("XML bomb", "an outer document type", outer)
    yield _xml("XML bomb", "an unknown entity", SHEET.replace('Value="T100"', 'Value="&nothing;"'))
    for depth in (81, 200, 20_000):
        inner = "<A>" * depth + "</A>" * depth
        yield _xml("deep nesting", f"{depth} deep", f"{head}\n<PlantModel>{inner}</PlantModel>")
    yield _xml("deep nesting", "never closed", f"{head}\n<PlantModel>" + "<Equipment ID='a'>" * 20_000)
    many = " ".join(f'a{i}="1"' for i in range(1000))
    yield _xml("too much", "a thousand attributes", SHEET.replace("<PlantModel ", f"<PlantModel {many} "))
    endless = "T" * 1_000_000
    yield _xml("too much", "an attribute of a million letters", SHEET.replace("T100", endless))
    items = "".join(f'<Equipment ID="i{i}" ComponentClass="Tank"/>' for i in range(6000))
    yield _xml("too much", "6,000 items", SHEET.replace("<PipingNet", items + "<PipingNet", 1))
    lines = "".join(f'<PipingNetworkSystem ID="l{i}"/>' for i in range(6000))
    yield _xml("too much", "6,000 lines", SHEET.replace("</PlantModel>", lines + "</PlantModel>"))


def _sfiles(category: str, name: str, content: str | bytes) -> Spoilt:
    data = content if isinstance(content, bytes) else content.encode()
    suffix = "json" if data.lstrip()[:1] in (b"{", b"[") and category != "deep nesting" else "txt"
    return Spoilt(category, "sfiles", f"sfiles: {name}", {f"input.{suffix}": data})


def _flowsheets() -> Iterator[Spoilt]:
    for text in ("(raw)(pp)1(prod)", "(raw)(pp)<1(prod)", "(raw)(pp)<%12(prod)1", "(raw)(pp)%99(prod)",
                 "1(raw)(pp)", "<1(raw)(pp)", "(raw)&(prod)", "(raw)|(prod)", "(raw)(mix)<&|(raw)|"):
        yield _sfiles("missing nozzle", text, text)
    for text in ("(raw)(pp-1)(pp-1)(prod)", "(raw-1)(pp-1)(raw-1)", "(hex-3)(pp)(hex-3)"):
        yield _sfiles("duplicate tag", text, text)
    for text in ("(raw)(pp)<11(prod)", "(raw)(pp)<1<11(r)(prod)1", "(pp)<1" + "1"):
        yield _sfiles("loop", text, text)
    for marks in ("(", "[", "{", "<&|", "]", ")", "(raw)["):
        yield _sfiles("deep nesting", f"5,000 times {marks}", marks * 5000)
    yield _sfiles("too much", "700 units", "(raw)" + "(pp)" * 700)
    yield _sfiles("too much", "a long string", "(raw)" * 9000)
    yield _sfiles("too much", "a long name", f"({'p' * 19_000})(prod)")
    many = "".join(f'"n{i}",' for i in range(1000))
    yield _sfiles("too much", "1,000 nodes", FLOWSHEET_JSON.replace('"pp-1",', '"pp-1",' + many, 1))
    yield from _wrong_text(FLOWSHEET.encode())
    yield from _wrong_lists()


def _wrong_text(good: bytes) -> Iterator[Spoilt]:
    for code in ("utf-16", "utf-32", "cp037"):
        yield _sfiles("wrong encoding", code, FLOWSHEET.encode(code))
    for letter in ("\u00e9", "\u2603", "\uff08"):
        yield _sfiles("wrong encoding", f"letter {ord(letter):x}", FLOWSHEET.replace("(pp)", f"({letter})"))
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xef\xbb"):
        yield _sfiles("byte-order mark", mark.hex(), mark + good)
    for place in (0, 5, 40, len(good)):
        yield _sfiles("NUL", f"at {place}", good[:place] + b"\0" + good[place:])
    for share in (0, 3, 8, 20, 30, 50, 70, len(good) - 8):
        yield _sfiles("cut off", f"after {share} bytes", good[:share])
    for text in ('(raw)("pp")(prod)', "(raw)('pp)(prod)", '"(raw)(pp)(prod)"', "(raw){tout(prod)"):
        yield _sfiles("open quote", text, text)
    for text in FORMULAS:
        yield _sfiles("formula", text, f"(raw)({text})(prod)")


def _wrong_lists() -> Iterator[Spoilt]:
    listed = {
        "duplicate tag": ('"pp-1", "r-1"', '"pp-1", "pp-1"'), "loop": ('["pp-1", "r-1"]', '["pp-1", "pp-1"]'),
        "missing nozzle": ('["pp-1", "r-1"]', '["pp-1", "r-7"]'), "unknown column": ('"nodes"', '"knots"'),
        "duplicate column": ('{"nodes"', '{"nodes": [], "nodes"'), "cut off": ("]]}", "]]"),
    }  # fmt: skip
    for category, (old, new) in listed.items():
        yield _sfiles(category, f"list with {new}", FLOWSHEET_JSON.replace(old, new))
    for name, text in {"empty": "", "blank": " \n", "text": "a flowsheet", "HTML": "<html/>", "list": "[]",
                       "number": "[7]", "no edges": '{"nodes": ["a"]}', "CSV": EQUIPMENT,
                       "a script": "(raw)<script>(prod)"}.items():  # fmt: skip
        yield _sfiles("another file", name, text)
    yield _sfiles("another file", "PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
