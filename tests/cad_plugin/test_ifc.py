"""IFC models: judged by the schema and its own rules, measured by another library's geometry kernel."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from sample_plants import rows_of, small_plant

from cad_plugin import exporter
from cad_plugin.solids import wall_shares
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room, Wall, Window
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies
from layoutgan.domains.piping.elements import Equipment, Pipe
from layoutgan.errors import ExportError, InputError

ifcopenshell = pytest.importorskip("ifcopenshell", reason="layoutgan[ifc] is not installed")


@pytest.fixture(autouse=True)
def _warnings():
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ifcopenshell's own
        yield


def model_of(layout, **options):
    from cad_plugin.ifc import ifc_bytes

    return ifcopenshell.file.from_string(ifc_bytes(layout, **options).decode())


@pytest.fixture(scope="module")
def plant():
    return small_plant()


def test_floor_plans_pass_the_schema(layout):
    model = model_of(layout)
    assert len(model.by_type("IfcSpace")) == len(layout.of(Room))
    assert len(model.by_type("IfcWindow")) == len(layout.of(Window))
    assert len(model.by_type("IfcDoor")) == sum(d.kind != "opening" for d in layout.of(Door))
    assert len(model.by_type("IfcRelVoidsElement")) >= len(layout.of(Window)) + len(layout.of(Door))
    clear = clear_shapes(layout)
    areas = sorted(q.AreaValue for q in model.by_type("IfcQuantityArea") if q.Name == "NetFloorArea")
    assert areas == pytest.approx(sorted(c.area for c in clear.values()), abs=1e-6)


def test_the_schemas_own_rules(corpus, plant):
    """The strict check; the plain one accepts lengths below zero. One file: loading the rules is slow."""
    from cad_plugin.ifc import build, faults_of
    from cad_plugin.ifc_model import Model
    from cad_plugin.ifc_plant import build_plant

    model = Model("both")
    storey = build(model, corpus["chinese"](), 2.7)
    model.related("IfcRelContainedInSpatialStructure", "plant", one=("RelatingStructure", storey),
                  many=("RelatedElements", build_plant(model, plant, storey)))
    assert faults_of(model.file, rules=True) == []


def test_walls_are_shared_out_exactly(layout):
    shares = wall_shares(layout)
    pieces = [p for found in shares.values() for p in found]
    bodies = [p for found in wall_bodies(layout, openings=False).values() for p in found]
    assert sum(p.area for p in pieces) == pytest.approx(sum(b.area for b in bodies), abs=2e-3)
    assert set(shares) == {w.id for w in layout.of(Wall)}


def shapes_of(model):
    import ifcopenshell.geom

    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    for product in model.by_type("IfcProduct"):
        if product.Representation is not None and not product.is_a("IfcOpeningElement"):
            made = ifcopenshell.geom.create_shape(settings, product)
            yield product, np.asarray(made.geometry.verts).reshape(-1, 3), np.asarray(
                made.geometry.faces).reshape(-1, 3)


def volume(corners, faces) -> float:
    a, b, c = (corners[faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def test_sizes_as_another_kernel_builds_them(corpus):
    layout = corpus["corner_flat"]()
    model = model_of(layout, height=2.5)
    bodies = wall_bodies(layout)
    walls = 0.0
    clear = clear_shapes(layout)
    for product, corners, faces in shapes_of(model):
        if product.is_a("IfcWall"):
            walls += volume(corners, faces)
        elif product.is_a("IfcSpace"):
            room = next(r.id for r in layout.of(Room) if clear[r.id].bounds == pytest.approx(
                (*corners[:, :2].min(axis=0), *corners[:, :2].max(axis=0)), abs=1e-6))
            assert volume(corners, faces) == pytest.approx(clear[room].area * 2.5, rel=1e-6)
        elif product.is_a("IfcDoor"):
            door = layout[product.Tag]
            assert corners[:, 2].max() == pytest.approx(min(door.height, 2.5), abs=1e-6)
            assert door.shape.buffer(0.3).contains(door.shape.centroid)
            middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
            assert middle[:2] == pytest.approx(door.shape.centroid.coords[0], abs=1e-3)
        elif product.is_a("IfcWindow"):
            window = layout[product.Tag]
            assert corners[:, 2].min() == pytest.approx(window.sill, abs=1e-6)
            assert corners[:, 2].max() == pytest.approx(window.head, abs=1e-6)
    # Walls less their openings: the plan's bodies, plus what stands above doors and around windows.
    heavy = {w.id for w in layout.of(Wall) if w.kind != "railing"}
    assert heavy
    over = sum(d.shape.length * d.thickness * (2.5 - min(d.height, 2.5)) for d in layout.of(Door))
    over += sum(w.shape.length * w.thickness * (2.5 - w.head + w.sill) for w in layout.of(Window))
    assert walls == pytest.approx(sum(b.area for b in bodies["wall"]) * 2.5 + over, rel=0.01)


def test_a_door_swings_as_in_the_plan(flat):
    model = model_of(flat)
    kinds = {d.OperationType for d in model.by_type("IfcDoor")}
    assert kinds <= {"SINGLE_SWING_LEFT", "SINGLE_SWING_RIGHT", "DOUBLE_DOOR_SLIDING"}
    clear = clear_shapes(flat)
    from ifcopenshell.util.placement import get_local_placement

    for thing in model.by_type("IfcDoor"):
        door = flat[thing.Tag]
        if door.opens_into not in clear:
            continue
        matrix = get_local_placement(thing.ObjectPlacement)
        into = matrix[:2, 3] + 0.5 * matrix[:2, 1]  # where its own y axis points
        import shapely

        assert clear[door.opens_into].contains(shapely.Point(into))
        left = thing.OperationType.endswith("LEFT")
        hinge = np.asarray(door.shape.coords[0 if door.hinge == "start" else -1][:2])
        assert ((hinge - matrix[:2, 3]) @ matrix[:2, 0] < 0) == left


def test_plants(plant):
    model = model_of(plant)
    assert {e.Name for e in model.by_type("IfcDistributionSystem")} == {"L-1", "L-2"}
    assert [e.Name for e in model.by_type("IfcPump")] == ["P-1"]
    assert len(model.by_type("IfcTank")) == 2
    assert [v.PredefinedType for v in model.by_type("IfcValve")] == ["ISOLATING"]
    routed = sum(p.length for p in plant.of(Pipe) if p.status == "routed")
    cut = sum(q.LengthValue for q in model.by_type("IfcQuantityLength") if q.Name == "Length")
    assert 0.7 * routed < cut < routed
    assert any("not routed" in p.Name for p in model.by_type("IfcBuildingElementProxy"))
    joined = {p for r in model.by_type("IfcRelConnectsPorts") for p in (r.RelatingPort, r.RelatedPort)}
    ports = set(model.by_type("IfcDistributionPort"))
    assert len(ports - joined) <= 3  # the battery limit and the sides of the branch
    tags = {e.Name for e in model.by_type("IfcProduct")}
    assert {e.id for e in plant.of(Equipment)} <= tags


def test_pipes_meet_where_they_are_joined(plant):
    boxes = {p.Name: (v.min(axis=0), v.max(axis=0)) for p, v, _ in shapes_of(model_of(plant))}
    low, high = np.min([b[0] for b in boxes.values()], 0), np.max([b[1] for b in boxes.values()], 0)
    assert low == pytest.approx([0, -8, -0.05], abs=0.3)
    assert high[2] == pytest.approx(20.0)
    elbow = boxes["L-2 ELBOW 1"]
    assert (elbow[1] - elbow[0])[[0, 2]] == pytest.approx([0.152 + 0.0572] * 2, abs=0.01)


def test_identifiers_stay_when_something_else_changes(flat):
    def found(layout):
        return {e.GlobalId: e.Name for e in model_of(layout, validate="none").by_type("IfcRoot")}

    before = found(flat)
    assert len(before) == len(model_of(flat, validate="none").by_type("IfcRoot"))
    window = flat.of(Window)[0].id
    after = found(flat.replaced(elements=tuple(e for e in flat.elements if e.id != window)))
    assert set(after) < set(before)
    assert len(before) - len(after) < 12


def test_the_same_bytes_in_another_process(tmp_path, flat):
    path = exporter.write(flat, tmp_path / "a.ifc", validate="none")
    exporter.write(flat, tmp_path / "a.json")
    code = ("import sys, pathlib; from cad_plugin import exporter\n"
            "f = pathlib.Path(sys.argv[1]); exporter.write(exporter.read(f / 'a.json'), f / 'b.ifc', "
            "validate='none')")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env={"PYTHONHASHSEED": "77"},
                   timeout=120)
    assert (tmp_path / "b.ifc").read_bytes() == path.read_bytes()
    assert ifcopenshell.open(str(path)).by_type("IfcProject")[0].Name == flat.name


def test_what_cannot_be_built(tmp_path, flat):
    for domain in ("floorplan", "piping"):
        with pytest.raises(ExportError, match="nothing to build"):
            exporter.write(Layout(domain=domain), tmp_path / "a.ifc")
    with pytest.raises(ExportError, match="does not know"):
        exporter.write(Layout(domain="something"), tmp_path / "a.ifc")
    with pytest.raises(InputError, match="height"):
        exporter.write(flat, tmp_path / "a.ifc", height=99)
    assert not list(tmp_path.iterdir())


def test_equal_ids_get_different_identifiers():
    from cad_plugin.ifc_model import Model

    model = Model("x")
    assert model.root("IfcWall", "a").GlobalId != model.root("IfcWall", "a").GlobalId


def test_many_items():
    model = model_of(rows_of(12, 20), validate="none")
    assert len(model.by_type("IfcDistributionSystem")) == 20
