"""What words, units, gaps and layers mean in drawings made elsewhere, one at a time."""

from __future__ import annotations

import ezdxf.filemanagement
import pytest
import shapely

from cad_plugin.dxf_read import layout_in, understood_in
from cad_plugin.reading.foreign import Options
from cad_plugin.reading.gaps import holes_in
from cad_plugin.reading.names import LayerMapping, Names, read_mapping
from cad_plugin.reading.network import walls_from
from cad_plugin.reading.outline import areas_in, outline_in
from cad_plugin.reading.units import unit_from
from layoutgan.domains.domain import read_brief
from layoutgan.domains.floorplan.elements import Obstacle, Room
from layoutgan.errors import InputError

LAYERS = {
    "wall": [
        "A-WALL",
        "A-WALL-EXTR",
        "0-WAND",
        "WAND_TRAGEND",
        "MURS",
        "墙体",
        "xref$0$A-WALL",
        "arch|A-WALL",
    ],
    "wall_fill": ["A-WALL-PATT", "WAND-SCHRAFFUR", "墙体填充"],
    "door": ["A-DOOR", "TUEREN", "PORTES", "门"],
    "window": ["A-GLAZ", "FENSTER", "FENETRES", "窗"],
    "opening": ["门窗", "Menuiseries"],
    "room": ["A-AREA", "Raum-Flaechen", "房间"],
    "text": ["TEXT", "RAUMTEXT", "PUB_TEXT"],
    "ignore": ["Bemassung", "A-FLOR-STRS", "Mobilier", "家具", "A-ANNO-DIMS", "轴线", "PUB_DIM"],
    "": ["XYZ", "Layer1"],
}
KINDS = {
    "living_room": ["LIVING ROOM", "Wohnen/Essen", "Séjour", "客厅", "Wohnküche", "Sala"],
    "kitchen": ["Küche 1", "KITCHEN", "Cuisine", "厨房", "Cocina"],
    "bedroom": ["Bedroom 2", "Schlafzimmer", "主卧室", "Chambre 1", "Zimmer 3", "Kinderzimmer", "Master"],
    "bathroom": ["Bad / WC", "Master Bath", "Elternbad", "Salle de bain", "卫生间", "S.D.B.", "Kinderbad"],
    "toilet": ["WC", "Guest WC", "Gäste-WC"],
    "corridor": ["HALL", "Flur", "走廊", "Dégagement"],
    "storage": ["Abstellraum", "AR", "储藏室"],
    "closet": ["W.I.C."],
    "shaft": ["Shaft", "管井"],
    "": ["12.4 m2", "R01", "xyzzy"],
}


@pytest.mark.parametrize(("role", "name"), [(r, n) for r, names in LAYERS.items() for n in names])
def test_layers(role, name):
    assert Names().layer(name).role == role


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in KINDS.items() for t in texts])
def test_rooms(kind, text):
    assert Names().kind(text) == kind


@pytest.mark.parametrize(
    ("name", "role"),
    [("M0921", "door"), ("C1515", "window"), ("Tür90", "door"), ("Fenster 120", "window"),
     ("BED_1", "ignore"), ("X", "")],
)  # fmt: skip
def test_blocks(name, role):
    assert Names().block(name) == role


@pytest.mark.parametrize(
    ("header", "leaves", "size", "unit"),
    [("mm", [900], 12_000, "mm"), ("", [900], 12_000, "mm"), ("", [0.9], 12, "m"), ("", [36], 480, "in"),
     ("", [3], 40, "ft"), ("", [90], 1_200, "cm"), ("m", [], 12, "m"), ("", [], 12_000, "mm")],
)  # fmt: skip
def test_units(header, leaves, size, unit):
    assert unit_from(header, leaves, size, said=None, scale=1.0, file="x.dxf").name == unit


@pytest.mark.parametrize(
    ("header", "leaves", "size", "says"),
    [("in", [900], 12_000, "its header says in, but then doors are 22.9 m wide.*mm would fit"),
     ("", [], 12, "does not say its unit; say it with --units"),
     ("", [18], 240, "--scale 50")],
)  # fmt: skip
def test_units_that_nobody_knows_are_asked_for(header, leaves, size, says):
    with pytest.raises(InputError, match=says):
        unit_from(header, leaves, size, said=None, scale=1.0, file="x.dxf")


def two_rooms(path, *, wall="A-WALL", unit=4, names=("Bedroom", "Bath"), gap=0.0, layer="A-AREA-IDEN"):
    """Two rooms of 4 × 3 m and 2 × 3 m [mm] with walls of 0.1 and 0.3 m; the inner wall ends too early."""
    doc = ezdxf.filemanagement.new("R2010")
    doc.header["$INSUNITS"] = unit
    space, attributes = doc.modelspace(), {"layer": wall}
    outer = shapely.box(-300, -300, 6400, 3300)
    for ring in (outer, shapely.box(0, 0, 6100, 3000)):
        space.add_lwpolyline(list(ring.exterior.coords)[:-1], close=True, dxfattribs=attributes)
    for x in (4000, 4100):
        space.add_line((x, gap), (x, 3000 - gap), dxfattribs=attributes)
    for x, name in zip((2000, 5000), names, strict=True):
        space.add_text(name, height=150, dxfattribs={"layer": layer}).set_placement((x, 1500))
    doc.saveas(path)
    return path


def test_a_scale_or_unit_that_is_said_wins(tmp_path):
    file = two_rooms(tmp_path / "a.dxf", unit=1)
    found = understood_in(file, Options(units="mm"))
    assert [round(r.shape.area, 2) for r in found.layout.of(Room)] == [12.15, 6.15]
    assert [r.kind for r in found.layout.of(Room)] == ["bedroom", "bathroom"]
    larger = understood_in(file, Options(units="mm", scale=1.2))
    assert round(larger.layout.of(Room)[0].shape.area, 2) == 17.5


@pytest.mark.parametrize(("gap", "rooms"), [(20, 2), (45, 2), (200, 1)])
def test_gaps_are_closed_up_to_the_tolerance(tmp_path, gap, rooms):
    found = understood_in(two_rooms(tmp_path / "a.dxf", gap=gap))
    assert len(found.layout.of(Room)) == rooms
    says = "gaps of up to 0.05 m" if rooms == 2 else "several names in one room"
    assert any(says in r.text for r in found.remarks)


def test_a_mapping_names_layers_blocks_and_rooms(tmp_path):
    file = two_rooms(tmp_path / "a.dxf", wall="Q7", names=("Nest", "Lagune"), layer="Q8")
    (tmp_path / "m.yaml").write_text("layers: {wall: ['Q7']}\nkinds: {bedroom: [nest], bathroom: [Lagune]}\n")
    found = understood_in(file, Options(read_mapping(tmp_path / "m.yaml")))
    assert [r.kind for r in found.layout.of(Room)] == ["bedroom", "bathroom"]
    assert [(u.name, u.role, u.why) for u in found.layers if u.role] == [("Q7", "wall", "mapping")]


def test_what_is_guessed_or_unknown_is_said(tmp_path):
    found = understood_in(two_rooms(tmp_path / "a.dxf", wall="Q7", names=("Nest", "Bath"), layer="Q8"))
    said = [str(r) for r in found.remarks]
    assert any("no layer is known to hold walls; the lines on 'Q7'" in text for text in said)
    assert any("the name 'Nest' is no known kind of room" in text for text in said)
    assert any("layer 'Q8' with 2 entities was not understood" in text for text in said)
    assert set(said[:1]) <= set(found.layout.notes)
    assert any("not understood" in line for line in found.lines())


@pytest.mark.parametrize(
    ("text", "says"),
    [("layers: {wals: [a]}", "layers.wals: must be one of wall"), ("kinds: {x: [a]}", "kinds.x"),
     ("gap: 5", "gap"), ("units: 3", "units"), ("a: 1", "no such field")],
)  # fmt: skip
def test_mappings_that_are_none(tmp_path, text, says):
    (tmp_path / "m.yaml").write_text(text)
    with pytest.raises(InputError, match=says):
        read_mapping(tmp_path / "m.yaml")


def test_nothing_closed(tmp_path):
    doc = ezdxf.filemanagement.new("R2010")
    doc.header["$INSUNITS"] = 6
    doc.modelspace().add_line((0, 0), (9, 0), dxfattribs={"layer": "WALL"})
    doc.saveas(tmp_path / "a.dxf")
    with pytest.raises(InputError, match=r"shows no rooms.*WALL \(wall, 1\).*--layers"):
        layout_in(tmp_path / "a.dxf")


def test_blocks_without_end_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("cad_plugin.reading.flatten.MAX_INSERTS", 2_000)  # forty thousand take seconds
    doc = ezdxf.filemanagement.new("R2010")
    for number in range(9):
        block = doc.blocks.new(f"B{number}")
        for x in range(20):
            block.add_blockref(f"B{number + 1}", (x, 0)) if number < 8 else block.add_line((0, 0), (1, 1))
    doc.blocks.new("SELF").add_blockref("SELF", (0, 0))
    doc.modelspace().add_blockref("SELF", (0, 0))
    doc.modelspace().add_blockref("B0", (0, 0))
    doc.saveas(tmp_path / "a.dxf")
    with pytest.raises(InputError, match="inserts more than 2000 blocks"):
        layout_in(tmp_path / "a.dxf")


def test_gap_without_a_sign_between_wall_ends():
    walls = walls_from([shapely.box(0, 0, 2, 0.1).exterior, shapely.box(3, 0, 5, 0.1).exterior], [], 0.05)
    (hole,), rest = holes_in(walls, [])
    assert (hole.role, round(hole.line.length, 6), round(hole.thickness, 6), rest) == (
        "opening",
        1.0,
        0.1,
        [],
    )


def test_the_outline_of_a_brief_from_a_drawing(tmp_path):
    file = two_rooms(tmp_path / "shell.dxf", gap=20)
    assert outline_in(file, "A-WALL").equals_exact(shapely.box(0, 0, 6.1, 3).normalize(), 1e-3) or (
        outline_in(file, "A-WALL").symmetric_difference(shapely.box(0, 0, 6.1, 3)).area < 1e-6
    )
    doc = ezdxf.filemanagement.readfile(file)
    for x in (1000, 3000):
        doc.modelspace().add_lwpolyline(
            [(x, 1000), (x + 300, 1000), (x + 300, 1300), (x, 1300)],
            close=True,
            dxfattribs={"layer": "STUETZEN"},
        )
    doc.saveas(file)
    assert len(areas_in(file, "stuetz*")) == 2
    (tmp_path / "brief.yaml").write_text(
        "layoutgan: 1\ndomain: floorplan\nboundary: {dxf: shell.dxf, layer: A-WALL}\n"
        "obstacles: {dxf: shell.dxf, layer: STUETZEN, kind: column}\n"
        "spaces: [{id: a, kind: bedroom}, {id: b, kind: bathroom}]\n"
    )
    brief = read_brief(tmp_path / "brief.yaml")
    assert brief.boundary.area == pytest.approx(18.3)
    assert [(o.kind, round(o.shape.area, 3)) for o in brief.obstacles] == [("column", 0.09)] * 2
    assert [o.kind for o in understood_in(file).layout.of(Obstacle)] == ["column", "column"]


@pytest.mark.parametrize(
    ("said", "says"),
    [("{dxf: none.dxf, layer: A}", "none.dxf cannot be read"), ("{dxf: ../x.dxf}", "must stand beside"),
     ("{dxf: shell.dxf, layer: NONE}", "has no layer 'NONE'; layers: A-WALL"),
     ("{dxf: shell.dxf, lair: A}", "no such field"), ("{dxf: shell.dxf, gap: x}", "must be a number"),
     ("{dxf: shell.dxf, units: ell}", "no unit called 'ell'"),
     ("{png: shell.dxf}", "cannot be read; use dxf")],
)  # fmt: skip
def test_outlines_that_cannot_be_read(tmp_path, said, says):
    two_rooms(tmp_path / "shell.dxf")
    (tmp_path / "brief.yaml").write_text(
        f"layoutgan: 1\ndomain: floorplan\nboundary: {said}\nspaces: [{{id: a, kind: bedroom}}]\n"
    )
    with pytest.raises(InputError, match=says):
        read_brief(tmp_path / "brief.yaml")


def test_a_mapping_is_strict():
    with pytest.raises(ValueError, match="gap"):
        LayerMapping(gap=-1.0)
