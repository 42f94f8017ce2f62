"""DXF: audited, right in content, and the layout inside."""

from __future__ import annotations

import io
import json
import math

import pytest
from ezdxf.filemanagement import read as read_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from cad_plugin import dxf as dxf_module
from cad_plugin.draw import draw
from cad_plugin.dxf import VERSIONS, audited, dxf_bytes
from cad_plugin.dxf_metadata import marked, packed, unpacked
from cad_plugin.dxf_read import layout_in
from cad_plugin.layers import layers_of
from cad_plugin.lint import encoding_of, lint
from cad_plugin.primitives import Line
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes
from layoutgan.errors import ExportError, InputError, UnknownName
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding


def document(data: bytes):
    return read_text(io.StringIO(data.decode(encoding_of(data))))


@pytest.fixture(scope="module")
def doc(flat):
    return document(dxf_bytes(flat))


def test_units_and_header(doc):
    assert doc.header["$INSUNITS"] == 4
    assert doc.header["$MEASUREMENT"] == 1
    assert doc.header["$DIMSTYLE"] == "LG-50"
    assert (doc.header["$DIMLFAC"], doc.header["$DIMTXT"], doc.header["$DIMSCALE"]) == (1.0, 2.5, 50.0)
    low, high = doc.header["$EXTMIN"], doc.header["$EXTMAX"]
    assert -10_000 < low[0] < 0 < 12_000 < high[0] < 20_000


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version(flat, version, tmp_path):
    data = dxf_bytes(flat, options={"version": version})
    assert lint(data) == []
    audit = document(data).audit()
    assert (audit.errors, audit.fixes) == ([], [])
    (tmp_path / "a.dxf").write_bytes(data)
    assert layout_in(tmp_path / "a.dxf") == flat


def test_rooms(doc, flat):
    space = doc.modelspace()
    clear = clear_shapes(flat)
    outlines = {marked(p).id: Polygon(p.get_points("xy")) for p in space.query("LWPOLYLINE[layer=='A-AREA']")}
    assert set(outlines) == set(clear)
    for name, shape in outlines.items():
        assert shape.area / 1e6 == pytest.approx(clear[name].area, abs=1e-6)
    stamps = [i for i in space.query("INSERT") if i.dxf.name == "LG_ROOM_STAMP"]
    assert len(stamps) == len(flat.of(Room))
    for stamp in stamps:
        holders = [name for name, shape in outlines.items() if shape.contains(Point(stamp.dxf.insert.vec2))]
        assert holders == [marked(stamp).id]
        values = {a.dxf.tag: a.dxf.text for a in stamp.attribs}
        assert float(values["AREA"]) == pytest.approx(clear[holders[0]].area, abs=0.0051)
        assert all(a.is_invisible for a in stamp.attribs)
    texts = [t.dxf.text for t in space.query("TEXT[layer=='A-AREA-IDEN']")]
    assert {"Living room", "Kitchen", "Bathroom", "Corridor", "Storage"} <= set(texts)


def test_doors_and_windows(doc, flat):
    inserts = {marked(i).id: i for i in doc.modelspace().query("INSERT") if marked(i)}
    for door in flat.of(Door):
        insert = inserts[door.id]
        hinge = door.shape.coords[0 if door.hinge == "start" else -1]
        assert math.dist(insert.dxf.insert.vec2, (hinge[0] * 1000, hinge[1] * 1000)) < 1e-6
        values = {a.dxf.tag: a.dxf.text for a in insert.attribs}
        assert values["WIDTH"] == f"{door.shape.length * 1000:.0f}"
        assert values["TYPE"] == door.kind
        if door.opens_into:  # the leaf stands in the room that the door opens into
            leaf = max((e for e in insert.virtual_entities() if e.dxftype() == "LWPOLYLINE"),
                       key=lambda e: Polygon(e.get_points("xy")).area)
            middle = Polygon(leaf.get_points("xy")).centroid
            room = flat[door.opens_into]
            assert room.shape.contains(Point(middle.x / 1000, middle.y / 1000))
    for window in flat.of(Window):
        values = {a.dxf.tag: a.dxf.text for a in inserts[window.id].attribs}
        assert values["WIDTH"] == f"{window.shape.length * 1000:.0f}"
        assert values["ROOM"] == window.room


def test_dimensions_measure_what_they_say(doc):
    dimensions = doc.modelspace().query("DIMENSION")
    assert len(dimensions) > 15
    for one in dimensions:
        texts = [e.dxf.text for e in doc.blocks[one.dxf.geometry] if e.dxftype() == "TEXT"]
        axis = 1 if one.dxf.angle else 0
        assert texts == [f"{abs(one.dxf.defpoint3[axis] - one.dxf.defpoint2[axis]):.0f}"]


def test_facts_inside(doc, flat):
    facts = dict(doc.header.custom_vars.properties)
    assert facts["layoutgan.brief"] == flat.provenance.brief
    assert facts["layoutgan.seed"] == "7"
    assert facts["layoutgan.rules"] == "general"


def test_layers_follow_the_table(doc):
    for layer in layers_of("aia").values():
        entry = doc.layers.get(layer.name)
        assert (entry.dxf.color, entry.dxf.lineweight, bool(entry.dxf.plot)) == (
            layer.colour,
            layer.weight,
            layer.printed,
        )
    assert all(e.dxf.color == 256 for e in doc.modelspace())  # by layer


def test_own_layer_standard(flat, tmp_path):
    table = tmp_path / "office.yaml"
    table.write_text("wall: [WAENDE, 5, 70, CONTINUOUS, true]\n")
    doc = document(dxf_bytes(flat, options={"layers": str(table)}))
    assert doc.modelspace().query("LWPOLYLINE[layer=='WAENDE']")
    for bad in (
        "wall: [A*B, 5, 70, CONTINUOUS, true]",
        "wall: [A, 500, 70, CONTINUOUS, true]",
        "wall: 3",
        "wal: []",
        "- 3",
        "wall: [A, 5, 71, CONTINUOUS, true]",
        "wall: [A, 5, 70, WAVY, true]",
        "wall: [A, 5, 70, DOT, 1]",
    ):
        table.write_text(bad + "\n")
        with pytest.raises(InputError, match=r"office\.yaml"):
            dxf_bytes(flat, options={"layers": str(table)})
    with pytest.raises(UnknownName, match="did you mean 'aia'"):
        dxf_bytes(flat, options={"layers": "aja"})
    with pytest.raises(InputError, match="must be one of R12"):
        dxf_bytes(flat, options={"version": "R13"})
    with pytest.raises(InputError, match="must be a bool"):
        dxf_bytes(flat, options={"plain_tags": "yes"})


def test_attributes_instead_of_texts(flat):
    doc = document(dxf_bytes(flat, options={"plain_tags": False}))
    assert not doc.modelspace().query("TEXT[layer=='A-AREA-IDEN']")
    stamp = next(i for i in doc.modelspace().query("INSERT") if i.dxf.name == "LG_ROOM_STAMP")
    assert [a.dxf.tag for a in stamp.attribs if not a.is_invisible] == ["NAME", "NUMBER", "AREA"]


def test_findings_have_their_own_layer(flat):
    finding = Finding(rule="FP101", message="too narrow", elements=("e",), where=Point(1, 1))
    with_it = document(dxf_bytes(flat, Report(layout="x", findings=(finding,))))
    found = with_it.modelspace().query("*[layer=='A-ANNO-FIND']")
    assert any(e.dxftype() == "TEXT" and "FP101" in e.dxf.text for e in found)
    assert with_it.layers.get("A-ANNO-FIND").dxf.color == 1
    assert not document(dxf_bytes(flat, Report(layout="x"))).modelspace().query("*[layer=='A-ANNO-FIND']")


NASTY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120) | st.sampled_from(
    [
        "客厅",
        "a\nb",
        "\x00\x07",
        "{\\P}",
        "%%d%%%%c",
        "^J^M",
        "\\U+0041",
        "\\M+18140",
        "x" * 120,
        " ",
        "\u2028",
        "\"'`|<>/*?;:=,",
    ]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NASTY, identifier=NASTY)
def test_any_name(corpus, tmp_path, name, identifier):
    layout = corpus["one_room"]()
    room = layout.of(Room)[0]
    renamed = Room(id=identifier, kind=room.kind, shape=room.shape, name=name)
    try:
        odd = layout.replaced(
            elements=(
                renamed,
                *(
                    w
                    for w in layout.elements
                    if w.id not in (room.id, identifier) and not isinstance(w, Door | Window)
                ),
            ),
            connections=(),
            name=name,
        )
    except ValueError:
        return  # the document itself refuses the name
    for version in ("R2010", "R12"):
        path = tmp_path / "odd.dxf"
        path.write_bytes(dxf_bytes(odd, options={"version": version}))
        assert layout_in(path) == odd


@given(
    st.recursive(
        st.none() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_packed(tree):
    try:
        text = json.dumps(tree, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        return
    pieces = packed(text)
    assert unpacked(pieces) == tree
    assert all(len(p) <= 240 and p.isascii() and p == p.strip() and "\\U" not in p for p in pieces)


def test_faulty_drawing_is_not_written(flat, tmp_path, monkeypatch):
    from cad_plugin import exporter

    good = dxf_bytes(flat)
    with pytest.raises(ExportError, match=r"is not above 0.*please report"):
        audited(good.replace(b"\n 40\n125.0\n", b"\n 40\nnan\n", 1))
    with pytest.raises(ExportError, match="would be faulty"):
        audited(b"nonsense")
    monkeypatch.setattr(dxf_module, "dxf_bytes", lambda *_: audited(b"nonsense"))
    with pytest.raises(ExportError):
        exporter.write(flat, tmp_path / "a.dxf")
    assert not list(tmp_path.iterdir())


def test_infinite_numbers_never_reach_a_file(flat):
    drawing = draw(flat)
    from cad_plugin.drawing import Drawing
    from cad_plugin.dxf_document import document_of, saved

    for bad in (math.nan, math.inf):
        broken = Drawing(
            "x", (*drawing.primitives, Line("wall", (0.0, 0.0), (bad, 1.0))), blocks=drawing.blocks
        )
        with pytest.raises(ExportError):
            audited(saved(document_of(broken, layers_of("aia"), "R2010")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "does not end with EOF"),
        (b"  0\nEOF\n", "shows no rooms|can be read"),
        (b"\x00\xff" * 40 + b"\nEOF", "can be read"),
        (b"AutoCAD Binary DXF\r\n\x1a\x00" + b"\x07" * 50, "can be read"),
    ],
)
def test_strange_files(tmp_path, content, message):
    path = tmp_path / "strange.dxf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        layout_in(path)


def test_cut_and_missing_files(flat, tmp_path):
    data = dxf_bytes(flat)
    path = tmp_path / "cut.dxf"
    path.write_bytes(data[: len(data) * 9 // 10])
    with pytest.raises(InputError, match="does not end with EOF"):
        layout_in(path)
    with pytest.raises(InputError, match="cannot be read"):
        layout_in(tmp_path / "none.dxf")
    path.write_bytes(data.replace(b'{"layoutgan":1', b'{"layoutgan":;'))
    with pytest.raises(InputError, match="damaged"):
        layout_in(path)
