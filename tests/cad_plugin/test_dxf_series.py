"""Series of drawings: their files hold what ezdxf would have written, and every one passes the full audit."""

from __future__ import annotations

import pytest
from sample_plants import small_plant
from shapely.geometry import Polygon

from cad_plugin.drawing import Drawing, Sheet
from cad_plugin.dxf import audited
from cad_plugin.dxf_document import document_of, fixed_metadata, saved
from cad_plugin.dxf_series import DxfSeries
from cad_plugin.layers import layers_of
from cad_plugin.lint import parsed
from cad_plugin.plant.isometric import draw_isometric
from cad_plugin.plant.plan import draw_plant
from cad_plugin.primitives import (
    Arc,
    Attribute,
    Block,
    Circle,
    Dimension,
    Insert,
    Key,
    Line,
    Polyline,
    Region,
    Text,
)
from cad_plugin.sheet import Titles, sheeted
from cad_plugin.tables import tabled
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.errors import ExportError

LAYERS = layers_of("aia")
HOLE = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(2, 2), (2, 4), (4, 4)]])
EVERYTHING = (
    Line("line", (0.0, 1e-7), (3.0, 4.5), Key("pipe", "L-1")), Line("unheard_of", (0.0, 0.0), (1.0, 1.0)),
    Polyline("line", ((0, 0), (1, 0), (1, 1)), True, Key("pipe", "L 2 · ü^%")),
    Polyline("note", ((0.0, 0.0), (1.0, 5.0))), Region("equipment_fill", HOLE, key=Key("equipment", "E")),
    Arc("line", (1.0, 2.0), 3.0, 0.0, 90.0), Circle("nozzle", (1.0, 2.0), 3),
    Text("note", (0.0, 0.0), "left %%d ^J \\U+0041", 2, "left"),
    Text("note", (0.0, 0.0), "right", 2.5, "right"),
    Text("tag", (5.0, 5.0), "进料", 2.5, rotation=90.0, key=Key("equipment", "T-1")),
    Insert("equipment", "B", (7.0, 8.0), 90.0, (("TAG", "P-1"), ("OTHER", "x"))),
    Insert("equipment", "B", (1.0, 1.0), key=Key("equipment", "P-2")),
    Dimension("dimension", (0.0, 0.0), (50.0, 0.0), -9.0, 2.5),
)  # fmt: skip
BLOCK = Block("B", (Line("", (0.0, 0.0), (1.0, 1.0)),),
              (Attribute("TAG", (1.0, 2.0), 2.0), Attribute("REST", (0.0, 0.0), 2, True, "right")))


def everything() -> Drawing:
    sheets = tuple(Sheet(name, "A3", (420.0, 297.0), EVERYTHING[:9] + EVERYTHING[10:12])
                   for name in ("Plan", "Schedules", "More"))
    return Drawing("Every type", EVERYTHING, 50, {"B": BLOCK}, {"seed": "3"}, sheets=sheets)


def drawings() -> dict[str, Drawing]:
    plant = small_plant()
    made = {f"isometric {line.number}": sheeted(draw_isometric(plant, line), "A3", Titles({}, measured=False))
            for line in lines_of(plant)}
    made["plot plan"] = sheeted(draw_plant(plant, scale=200, schedules=True), "A3", Titles({}), plant.north)
    return {"every type": everything(), **{name: tabled(drawing) for name, drawing in made.items()}}


def content(data: bytes) -> dict[str, list[str]]:
    """By section and table, every record without handles; owners by what they are, numbers to 1e-9."""
    dxf = parsed(data)
    assert dxf.issues == []
    blocks = {record.handle: record.first(2) for record in dxf.entries("BLOCK_RECORD")}
    found: dict[str, list[str]] = {"header": [], "order": []}
    for name, tags in dxf.header.items():
        if name != "$HANDSEED":
            found["header"].append(f"{name} {[value_of(tag) for tag in tags]}")
    for section, records in dxf.records.items():
        for record in records:
            shown = (tag for tag in record.tags if tag.code != 5 and not 320 <= tag.code <= 369)
            tags = [(tag.code, value_of(tag)) for tag in shown]
            owner = next((blocks.get(tag.value, "other") for tag in record.tags if tag.code == 330), "")
            found.setdefault(section, []).append(f"{record.type} in {owner}: {tags}")
            if section == "ENTITIES" and record.type != "DIMENSION":
                found["order"].append(record.type)
    return {name: sorted(rows) if name != "order" else rows for name, rows in found.items()}


def value_of(tag) -> str:
    try:
        return f"{float(tag.value):.9g}" if tag.code != 1 else tag.value
    except ValueError:
        return tag.value


@pytest.mark.parametrize("name", drawings())
def test_the_file_holds_what_ezdxf_would_have_written(name):
    drawing = drawings()[name]
    with fixed_metadata():
        slow = content(saved(document_of(drawing, LAYERS, "R2010"), drawing.document))
    fast = content(DxfSeries(LAYERS).data(drawing))
    assert set(fast) == set(slow)
    for section, rows in slow.items():
        if section != "order" or name != "every type":  # ezdxf draws dimensions amid the others
            assert fast[section] == rows


def test_every_file_passes_the_full_audit_and_is_the_same_in_every_order():
    made = drawings()
    series, back = DxfSeries(LAYERS), DxfSeries(LAYERS)
    files = {name: series.data(drawing) for name, drawing in made.items()}
    series.audit()
    for data in files.values():
        audited(data)
    assert {name: back.data(made[name]) for name in reversed(made)} == files


def test_drawings_that_differ_in_lines_and_texts_share_a_template(monkeypatch):
    made = []
    whole = DxfSeries._template
    monkeypatch.setattr(DxfSeries, "_template", lambda self, d: made.append(d) or whole(self, d))
    series = DxfSeries(LAYERS)
    for name, drawing in drawings().items():
        if name.startswith("isometric"):
            series.data(drawing)
    assert len(made) == 1


@pytest.mark.parametrize("bad", [
    Line("line", (float("nan"), 0.0), (1.0, 1.0)), Text("note", (0.0, 0.0), "a\nb", 2.0),
    Text("note", (0.0, 0.0), "flat", 0.0), Polyline("line", ((0.0, 0.0),)),
    Insert("equipment", "B", (0.0, 0.0), attributes=(("TAG", "\x07"),))])  # fmt: skip
def test_a_faulty_drawing_is_refused_at_once(bad):
    drawing = everything()
    series = DxfSeries(LAYERS)
    with pytest.raises(ExportError, match="would be faulty"):
        series.data(Drawing("Bad", (bad,), 50, drawing.blocks, sheets=drawing.sheets))


def test_the_audit_finds_what_only_ezdxf_sees():
    """A block that inserts itself passes the linter; ezdxf refuses it."""
    itself = Block("B", (Insert("", "B", (0.0, 0.0)),))
    series = DxfSeries(LAYERS)
    series.data(Drawing("Bad", (Line("line", (0.0, 0.0), (1.0, 1.0)),), 50, {"B": itself}))
    with pytest.raises(ExportError, match="would be faulty"):
        series.audit()
