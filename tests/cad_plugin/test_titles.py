"""An office's title block, revisions, plot styles and grid lines."""

from __future__ import annotations

import io

import pytest
import shapely
from shapely.geometry import LineString, Polygon

from cad_plugin.draw import draw, draw_sheets
from cad_plugin.dxf import dxf_bytes
from cad_plugin.lint import lint
from cad_plugin.placing import bounds, text_box
from cad_plugin.primitives import Circle, Line, Text
from cad_plugin.title_template import template_block
from cad_plugin.titles import FIELDS, Titles, titles_from
from layoutgan.domains.floorplan.elements import Wall
from layoutgan.errors import InputError


def office(path, *, units: int = 4, unit: float = 1.0, tall: float = 40.0, nested: bool = False):
    """An office's template: a block with lines, texts and attributes, perhaps drawn in another unit."""
    from ezdxf.filemanagement import new

    doc = new("R2010")
    doc.header["$INSUNITS"] = units
    block = doc.blocks.new("TITLE_A3")
    at = [(0, 0), (180, 0), (180, tall), (0, tall)]
    block.add_lwpolyline([(x / unit, y / unit) for x, y in at], close=True)
    block.add_line((0, 20 / unit), (180 / unit, 20 / unit))
    block.add_circle((170 / unit, 30 / unit), 5 / unit)
    block.add_lwpolyline([(10 / unit, 25 / unit, 0.5), (20 / unit, 25 / unit, 0)], format="xyb")
    block.add_text("BÜRO 王", height=4 / unit).set_placement((5 / unit, 30 / unit))
    block.add_mtext(
        "Street 1\nTown", dxfattribs={"insert": (90 / unit, 38 / unit), "char_height": 2.5 / unit}
    )
    for tag, x, y, text in (
        ("DRAWING_TITLE", 5, 12, ""),
        ("DWG-NO", 95, 12, ""),
        ("SCALE", 95, 5, ""),
        ("DRAWN_BY", 5, 5, "nobody"),
        ("OFFICE", 140, 5, "Zürich"),
    ):
        block.add_attdef(tag, (x / unit, y / unit), text=text, height=2.5 / unit)
    if nested:
        doc.blocks.new("OUTER").add_blockref("TITLE_A3", (0, 0))
    doc.blocks.new("DOOR").add_attdef("WIDTH", (0, 0))
    doc.saveas(path)
    return path


@pytest.mark.parametrize(("units", "unit"), [(4, 1.0), (6, 1000.0), (6, 1.0), (0, 1.0), (1, 25.4)])
def test_a_template_in_any_unit(tmp_path, units, unit):
    block, texts = template_block(office(tmp_path / "office.dxf", units=units, unit=unit))
    assert bounds(block.primitives, {}) == pytest.approx((-180, 0, 0, 40), abs=1e-6)
    assert [a.tag for a in block.attributes] == ["DRAWING_TITLE", "DWG-NO", "SCALE", "DRAWN_BY", "OFFICE"]
    assert texts["OFFICE"] == "Zürich"
    assert {t.text for t in block.primitives if isinstance(t, Text)} == {"BÜRO 王", "Street 1", "Town"}


def test_its_attributes_are_filled(flat, tmp_path):
    office(tmp_path / "office.dxf")
    options = {
        "template": str(tmp_path / "office.dxf"),
        "title": "Ground floor",
        "number": "A-101",
        "author": "A. Meier",
        "revisions": "A|2026-11-01|First issue; B|2026-11-20|Kitchen moved",
    }
    data = dxf_bytes(flat, options={"paper": "A3", "plot_style": "monochrome.ctb", "grid": True, **options})
    assert lint(data) == []
    from ezdxf.filemanagement import read

    doc = read(io.StringIO(data.decode()))
    page = doc.layouts.get("Plan")
    title = next(i for i in page.query("INSERT") if i.dxf.name == "LG_OFFICE_TITLE_BLOCK")
    assert {a.dxf.tag: a.dxf.text for a in title.attribs} == {
        "DRAWING_TITLE": "Ground floor",
        "DWG-NO": "A-101",
        "SCALE": "1:100",
        "DRAWN_BY": "A. Meier",
        "OFFICE": "Zürich",
    }
    assert page.get_plot_style_filename() == "monochrome.ctb"
    assert doc.header["$PSTYLEMODE"] == 1
    texts = {t.dxf.text for t in page.query("TEXT")}
    assert {"Revisions", "Kitchen moved", "2026-11-20"} <= texts
    windows = [v for v in page.query("VIEWPORT") if v.dxf.id != 1]
    assert windows[0].dxf.center[1] - windows[0].dxf.height / 2 >= 10 + 40  # above the taller strip


def test_what_is_no_template(tmp_path):
    with pytest.raises(InputError, match="no block 'X'"):
        template_block(office(tmp_path / "a.dxf"), "X")
    with pytest.raises(InputError, match="template_block"):
        template_block(office(tmp_path / "b.dxf", tall=900.0))
    with pytest.raises(InputError, match="no lines"):
        template_block(office(tmp_path / "c.dxf"), "DOOR")
    from ezdxf.filemanagement import new

    doc = new("R2010")
    doc.saveas(tmp_path / "d.dxf")
    with pytest.raises(InputError, match="no title block"):
        template_block(tmp_path / "d.dxf")
    doc.modelspace().add_line((0, 0), (100, 30))
    doc.modelspace().add_attdef("TITLE", (1, 1), height=3)
    doc.saveas(tmp_path / "e.dxf")  # a block that was written out as a drawing of its own
    assert template_block(tmp_path / "e.dxf")[0].attributes[0].tag == "TITLE"
    with pytest.raises(InputError):
        template_block(tmp_path / "none.dxf")


def test_revisions():
    made = titles_from({"revisions": "A|2026-11-01|First; B | 2026-11-20 | 厨房 ", "title": "T"})
    assert made.revisions == (("A", "2026-11-01", "First"), ("B", "2026-11-20", "厨房"))
    assert made.values == {"TITLE": "T"}
    with pytest.raises(InputError, match="write a revision"):
        titles_from({"revisions": "A, first"})
    assert set(Titles({}).for_block({})) == set()
    assert "TITLE" in FIELDS


@pytest.mark.parametrize("name", ["../evil.ctb", "a.txt", "x" * 200 + ".ctb"])
def test_a_plot_style_is_the_name_of_a_file(flat, name):
    with pytest.raises(InputError, match="plot_style"):
        dxf_bytes(flat, options={"plot_style": name})
    assert lint(dxf_bytes(flat, options={"plot_style": "office.stb", "version": "R2018"})) == []


def test_grid_lines_run_through_axes_and_break_at_texts(layout):
    drawing = draw(layout, grid=True)
    lines = list(drawing.of(Line, "grid"))
    axes = {round(p[0] * 1000, 3) for w in layout.of(Wall) if w.kind == "exterior" for p in w.shape.coords}
    upright = {round(line.start[0], 3) for line in lines if line.start[0] == line.end[0]}
    assert upright
    assert upright <= axes
    bubbles = list(drawing.of(Circle, "grid"))
    for i, a in enumerate(bubbles):
        for b in bubbles[i + 1 :]:
            apart = ((a.centre[0] - b.centre[0]) ** 2 + (a.centre[1] - b.centre[1]) ** 2) ** 0.5
            assert apart >= a.radius + b.radius
    texts = shapely.STRtree([Polygon(text_box(t)) for t in drawing.of(Text) if t.text])
    for line in lines:
        assert not len(texts.query(LineString([line.start, line.end]), predicate="crosses"))
    assert lint(dxf_bytes(layout, options={"grid": True})) == []
    assert draw_sheets(layout, grid=True, paper="A1").sheets


def test_grid_letters_leave_out_i_and_o():
    from cad_plugin.axes_grid import _letter

    names = [_letter(n) for n in range(60)]
    assert len(set(names)) == 60
    assert not any(c in "IO" for name in names for c in name)
