"""Drawings that people changed in CAD, and drawings without our data inside."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import shapely
from ezdxf.filemanagement import read as read_text

from cad_plugin.draw import draw
from cad_plugin.dxf import dxf_bytes
from cad_plugin.dxf_document import document_of, fixed_metadata, saved
from cad_plugin.dxf_metadata import ENTRY, marked
from cad_plugin.dxf_read import layout_in
from cad_plugin.layers import layers_of
from cad_plugin.reading.edited import differences, kind_named
from cad_plugin.reading.found import found_in_drawing, role_of
from cad_plugin.reading.room_shapes import room_shapes
from layoutgan.domains.floorplan.elements import Door, Room, Wall, Window
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies
from layoutgan.errors import InputError


def opened(layout, **options):
    return read_text(io.StringIO(dxf_bytes(layout, options=options).decode()))


def reread(doc, tmp_path):
    path = tmp_path / "edited.dxf"
    path.write_bytes(saved(doc))
    return layout_in(path)


def alike(a, b, tolerance=1e-4):
    """The same rooms, doors and windows within a tolerance [m]."""
    assert [(r.id, r.kind, r.name) for r in a.of(Room)] == [(r.id, r.kind, r.name) for r in b.of(Room)]
    for one, two in zip(a.of(Room), b.of(Room), strict=True):
        assert one.shape.symmetric_difference(two.shape).area < tolerance * one.shape.length, one.id
    clear = clear_shapes(a), clear_shapes(b)
    for name in clear[0]:
        assert clear[0][name].area == pytest.approx(clear[1][name].area, abs=tolerance), name
    for kind in (Door, Window):
        assert [e.id for e in a.of(kind)] == [e.id for e in b.of(kind)]
        for one, two in zip(a.of(kind), b.of(kind), strict=True):
            assert shapely.hausdorff_distance(one.shape, two.shape) < tolerance, one.id
    for one, two in zip(a.of(Door), b.of(Door), strict=True):
        assert (one.kind, set(one.between), one.opens_into) == (two.kind, set(two.between), two.opens_into)
    for one, two in zip(a.of(Window), b.of(Window), strict=True):
        assert one.room == two.room


def test_room_shapes_are_the_inverse_of_clear_shapes(layout):
    clear = clear_shapes(layout)
    walls = shapely.union_all([p for found in wall_bodies(layout, openings=False).values() for p in found])
    shapes, met = room_shapes(list(clear.values()), walls)
    for room, shape in zip(layout.of(Room), shapes, strict=True):
        assert room.shape.symmetric_difference(shape).area < 1e-5 * room.shape.length, room.id
    assert met.usual("exterior", 0.0) == pytest.approx(0.3, abs=0.001)


def test_nothing_changed(layout):
    drawing = draw(layout)
    assert differences(found_in_drawing(drawing), found_in_drawing(drawing)) == []


def test_our_data_removed(layout, tmp_path):
    """Shapes and names come back from outlines, stamps and symbols alone."""
    doc = opened(layout)
    doc.rootdict.discard(ENTRY)
    found = reread(doc, tmp_path)
    named = layout.replaced(elements=tuple(
        Room(id=e.id, kind=e.kind, shape=e.shape, name=next(t.name for t in found.of(Room) if t.id == e.id))
        if isinstance(e, Room) else e for e in layout.elements))
    alike(found, named)
    assert found.brief is None
    assert len(found.of(Wall)) == len(layout.of(Wall))
    assert {(c.kind, frozenset(c.between)) for c in found.connections} == {
        (c.kind, frozenset(c.between)) for c in layout.connections}


def test_all_our_marks_removed(layout, tmp_path):
    """Not even the ids are left; rooms are recognised by their stamps."""
    doc = opened(layout)
    doc.rootdict.discard(ENTRY)
    for entity in doc.modelspace():
        if entity.has_xdata("LAYOUTGAN"):
            entity.discard_xdata("LAYOUTGAN")
    found = reread(doc, tmp_path)
    assert len(found.of(Room)) == len(layout.of(Room))
    assert [r.kind for r in found.of(Room)] == [r.kind for r in layout.of(Room)]
    for one, two in zip(found.of(Room), layout.of(Room), strict=True):
        assert one.shape.symmetric_difference(two.shape).area < 1e-3
    assert len(found.of(Door)) == len(layout.of(Door))
    assert len(found.of(Window)) == len(layout.of(Window))


def moved_wall(flat):
    """The flat with the wall between bedroom and bathroom 0.3 m farther east, everything completed anew."""
    from layoutgan.domains.floorplan.complete import complete

    step = 0.3
    east = max(flat["b"].shape.bounds[2], 0)

    def move(points):
        points = points.copy()
        points[abs(points[:, 0] - east) < 1e-9, 0] += step
        return points

    rooms = tuple(
        Room(
            id=r.id,
            kind=r.kind,
            name=r.name,
            shape=shapely.transform(r.shape, move) if r.id in "bc" else r.shape,
        )
        for r in flat.of(Room)
    )
    rest = tuple(e for e in flat.elements if not isinstance(e, Room | Wall | Door | Window))
    return complete(flat.replaced(elements=(*rooms, *rest), connections=()))


@pytest.mark.parametrize("what", ["everything", "walls only", "rooms only"])
def test_a_wall_was_moved(flat, tmp_path, what):
    """As if somebody had stretched the wall: the drawing of the new plan with the old plan inside."""
    new = moved_wall(flat)
    before, after = draw(flat), draw(new)
    kept = {"everything": (), "walls only": ("room",), "rooms only": ("wall", "wall_fill")}[what]
    mixed = (
        *(p for p in after.primitives if p.role not in kept),
        *(p for p in before.primitives if p.role in kept),
    )
    drawing = replace(after, primitives=mixed, document=before.document)
    with fixed_metadata():
        (tmp_path / "edited.dxf").write_bytes(saved(document_of(drawing, layers_of("aia"), "R2010")))
    found = layout_in(tmp_path / "edited.dxf")
    assert found != flat
    alike(found, new.replaced())
    assert found.brief == flat.brief
    assert "Read from the drawing edited.dxf." in found.notes
    assert [w.kind for w in found.of(Wall)] == [w.kind for w in new.of(Wall)]


def test_a_door_was_moved_copied_mirrored_and_removed(flat, tmp_path):
    doc = opened(flat)
    inserts = {
        marked(i).id: i for i in doc.modelspace().query("INSERT") if marked(i) and marked(i).type == "door"
    }
    first, second, third = sorted(k for k in inserts if flat[k].kind == "door")[:3]
    inserts[first].translate(100.0, 0.0, 0.0)
    inserts[second].destroy()
    inserts[third].dxf.yscale = -1.0
    found = reread(doc, tmp_path)
    assert {d.id for d in found.of(Door)} == {d.id for d in flat.of(Door)} - {second}
    assert found[first].shape.centroid.x == pytest.approx(flat[first].shape.centroid.x + 0.1, abs=1e-6)
    assert found[third].opens_into == next(r for r in flat[third].between if r != flat[third].opens_into)
    assert found.of(Room) == flat.of(Room)
    assert found.of(Window) == flat.of(Window)


def test_drawing_of_another_office(tmp_path):
    """Two rooms on layers with German names, no stamps, in centimetres, names as texts."""
    import ezdxf.filemanagement
    from ezdxf import units

    doc = ezdxf.filemanagement.new("R2010", units=units.CM)
    space = doc.modelspace()
    for x0, x1, name in ((0, 400, "Schlafzimmer"), (410, 800, "Bathroom")):
        space.add_lwpolyline(
            [(x0, 0), (x1, 0), (x1, 300), (x0, 300)], close=True, dxfattribs={"layer": "Raum-Flaechen"}
        )
        space.add_text(name, dxfattribs={"layer": "TEXT"}).set_placement((x0 + 50, 150))
    walls = shapely.box(-30, -30, 830, 330) - shapely.box(0, 0, 400, 300) - shapely.box(410, 0, 800, 300)
    for ring in (walls.exterior, *walls.interiors):
        space.add_lwpolyline(list(ring.coords)[:-1], close=True, dxfattribs={"layer": "WAND"})
    found = reread(doc, tmp_path)
    said = [(r.name, r.kind) for r in found.of(Room)]
    assert said == [("Schlafzimmer", "bedroom"), ("Bathroom", "bathroom")]
    assert [r.shape.bounds for r in found.of(Room)] == [
        pytest.approx((0, 0, 4.05, 3.0)), pytest.approx((4.05, 0, 8.0, 3.0))]
    assert {round(w.thickness, 3) for w in found.of(Wall)} == {0.1, 0.3}


def test_only_walls(tmp_path, flat):
    """Rooms are what walls enclose."""
    doc = opened(flat)
    doc.rootdict.discard(ENTRY)
    for entity in list(doc.modelspace()):
        if role_of(entity.dxf.layer) in ("room", "tag"):
            entity.destroy()
    found = reread(doc, tmp_path)
    assert len(found.of(Room)) == len(flat.of(Room))
    areas = sorted(r.shape.area for r in found.of(Room))
    assert areas == pytest.approx(sorted(r.shape.area for r in flat.of(Room)), abs=1e-3)


def test_nothing_to_read(tmp_path):
    import ezdxf.filemanagement

    doc = ezdxf.filemanagement.new("R2010")
    doc.modelspace().add_line((0, 0), (1, 1))
    with pytest.raises(InputError, match="shows no rooms"):
        reread(doc, tmp_path)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Living room", "living_room"),
        ("BEDROOM 2", "bedroom"),
        ("Master bedroom", "bedroom"),
        ("wc", "toilet"),
        ("", "other"),
        ("Hall", "corridor"),
        ("Zzz", "other"),
        ("Kitchen / dining", "kitchen"),
    ],
)
def test_kind_named(word, kind):
    assert kind_named(word) == kind
