"""Sheets, title block, schedules, and the PDF that they become."""

from __future__ import annotations

import itertools
import re
import subprocess
import zlib

import pytest
import shapely
from shapely.geometry import Polygon

from cad_plugin import exporter
from cad_plugin.draw import draw, draw_sheets
from cad_plugin.drawing import Drawing, Table
from cad_plugin.dxf import dxf_bytes
from cad_plugin.lint import lint
from cad_plugin.pdf import pdf_bytes
from cad_plugin.placing import bounds, placed, text_box
from cad_plugin.primitives import Insert, Text
from cad_plugin.sheet import PAPERS, Titles
from cad_plugin.tables import drawn_table, first_rows, size_of
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding


def texts_of(drawing, sheet) -> list[Text]:
    flat = []
    for p in sheet.primitives:
        flat += placed(p, drawing.blocks) if isinstance(p, Insert) else [p]
    return [p for p in flat if isinstance(p, Text) and p.text]


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_leaves_the_sheet_or_overlaps(layout, paper):
    try:
        drawing = draw_sheets(
            layout, paper=paper, titles=Titles({"NUMBER": "A-101"}, (("A", "2026-11-22", "First issue"),))
        )
    except ExportError:
        assert paper == "A4"
        return
    assert drawing.scale in (20, 50, 100, 200, 250, 500)
    for sheet in drawing.sheets:
        width, height = sheet.size
        x0, y0, x1, y1 = bounds(sheet.primitives, drawing.blocks)
        assert x0 >= 10
        assert y0 >= 5
        assert x1 <= width - 9
        assert y1 <= height - 9
        boxes = [Polygon(text_box(t)).buffer(-0.3) for t in texts_of(drawing, sheet)]
        tree = shapely.STRtree(boxes)
        pairs = tree.query(boxes, predicate="intersects")
        assert all(a == b for a, b in zip(*pairs, strict=True))
        for view in sheet.views:
            window = shapely.box(*view.box)
            assert not any(window.buffer(-1).intersects(b) for b in boxes)
            assert view.box[0] >= 20 - 1e-6
            assert view.box[3] <= height - 10 + 1e-6


def test_schedules_say_everything(layout):
    drawing = draw(layout, schedules=True)
    tables = {t.title: t for t in drawing.tables}
    assert len(tables["Rooms"].rows) == len(layout.of(Room)) + 1
    assert len(tables["Doors"].rows) == len(layout.of(Door))
    assert len(tables["Windows"].rows) == len(layout.of(Window))
    tags = [t.text for t in drawing.of(Text, "door_tag", "window_tag")]
    assert sorted(tags) == sorted(row[0] for name in ("Doors", "Windows") for row in tables[name].rows)
    shown = [t.text for s in draw_sheets(layout, paper="A3").sheets for t in texts_of(draw_sheets(layout), s)]
    for table in tables.values():
        assert {row[0] for row in table.rows} <= set(shown) | {""}


def test_title_block(flat):
    report = Report(layout="x", findings=(Finding(rule="FP101", message="narrow", elements=("e",)),))
    drawing = draw_sheets(
        flat, report, titles=Titles({"NUMBER": "A-101", "NOTE": "x" * 300, "AUTHOR": "y" * 300})
    )
    shown = [t.text for t in texts_of(drawing, drawing.sheets[0])]
    assert {"Test flat", "A-101", "A3", f"1:{drawing.scale}", "Plan", "1 errors, 0 warnings"} <= set(shown)
    assert any(t.endswith("…") for t in shown)
    assert any("FP101" in t.text for s in drawing.sheets for t in texts_of(drawing, s))


def test_given_scale(flat, tmp_path):
    assert draw_sheets(flat, scale=200).scale == 200
    with pytest.raises(ExportError, match="does not fit on A4 at 1:20"):
        draw_sheets(flat, paper="A4", scale=20)
    with pytest.raises(InputError, match="must be one of A4"):
        exporter.write(flat, tmp_path / "a.pdf", paper="A9")
    with pytest.raises(InputError, match="R12 has no sheets"):
        exporter.write(flat, tmp_path / "a.dxf", paper="A3", version="R12")


def test_tables():
    table = Table("Things", ("No.", "What"), tuple((str(i), "x" * i) for i in range(1, 60)), frozenset({0}))
    first, rest = first_rows(table, 20)
    assert len(first.rows) == 20
    assert rest is not None
    assert rest.title == "Things (continued)"
    assert first_rows(first, 20) == (first, None)
    assert first_rows(rest, 5)[1].title == "Things (continued)"
    width, height = size_of(table, 2.0)
    x0, y0, x1, _ = bounds(list(drawn_table(table, (10.0, 500.0), 2.0)), {})
    assert x0 == 10.0
    assert x1 <= 10.0 + width + 1e-6
    assert 500.0 - y0 <= height + 1e-6
    texts = [
        Polygon(text_box(t)).buffer(-0.2) for t in drawn_table(table, (0.0, 0.0), 2.0) if isinstance(t, Text)
    ]
    assert not any(a.intersects(b) for a, b in itertools.combinations(texts, 2))


@pytest.mark.parametrize("paper", ["A3", "A1"])
def test_dxf_sheets(layout, paper):
    data = dxf_bytes(layout, options={"paper": paper, "number": "A-101"})
    assert lint(data) == []
    import io

    from ezdxf.filemanagement import read

    doc = read(io.StringIO(data.decode()))
    pages = [doc.layouts.get(n) for n in doc.layouts.names_in_taborder() if n != "Model"]
    assert pages[0].name == "Plan"
    windows = [v for v in pages[0].query("VIEWPORT") if v.dxf.id != 1]
    assert len(windows) == 1
    scale = windows[0].dxf.view_height / windows[0].dxf.height
    assert round(scale) in (20, 50, 100, 200)
    title = next(i for i in pages[0].query("INSERT") if i.dxf.name == "LG_TITLE_BLOCK")
    values = {a.dxf.tag: a.dxf.text for a in title.attribs}
    assert values["NUMBER"] == "A-101"
    assert values["SCALE"] == f"1:{round(scale)}"


def test_schedules_in_model_space(flat):
    plain, with_them = dxf_bytes(flat), dxf_bytes(flat, options={"schedules": True})
    assert b"A-DOOR-IDEN" in with_them
    assert b"\nPerimeter m\n" in with_them
    assert b"\nPerimeter m\n" not in plain


def contents(data: bytes) -> list[str]:
    return [zlib.decompress(m.group(1)).decode("latin-1")
            for m in re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL)]


def test_pdf(layout):
    drawing = draw_sheets(layout, paper="A3")
    data = pdf_bytes(drawing)
    assert data == pdf_bytes(drawing)
    assert data.startswith(b"%PDF-1.6")
    assert data.rstrip().endswith(b"%%EOF")
    pages = contents(data)
    assert len(pages) == len(drawing.sheets)
    assert "(1:" in pages[0]
    assert pages[0].count("BDC") == pages[0].count("EMC")
    place = int(re.search(rb"startxref\n(\d+)", data).group(1))
    assert data[place:place + 4] == b"xref"


def test_pdf_is_to_scale(corpus):
    """The room is 4500 mm wide, at 1:20 that is 225 mm of paper."""
    drawing = draw_sheets(corpus["one_room"](), scale=50)
    page = contents(pdf_bytes(drawing))[0]
    fill = next(line for line in page.splitlines() if line.endswith("f*"))
    xs = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]\b", fill)]
    assert max(xs) - min(xs) == pytest.approx(4500 / 50, abs=1e-3)


@pytest.mark.cad
def test_poppler_opens_the_pdf(layout, tmp_path, program):
    path = exporter.write(layout, tmp_path / "plan.pdf")
    done = subprocess.run(
        [program("pdfinfo"), str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "Syntax Error" not in done.stderr
    assert "420" in done.stdout or "1190.55" in done.stdout
    text = subprocess.run(
        [program("pdftotext"), str(path), "-"], capture_output=True, text=True, timeout=60, check=True
    )
    assert "Schedules" in text.stdout or "Rooms" in text.stdout
    assert text.stderr == ""


def test_no_tables_no_problem():
    from cad_plugin.tables import tabled

    drawing = Drawing("x", ())
    assert tabled(drawing) is drawing
