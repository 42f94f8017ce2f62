"""The workbench inside the real FreeCAD, without a screen; and its parts that need no FreeCAD."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cad_plugin import exporter
from cad_plugin.hosts.freecad.LayoutGAN.layoutgan_wb.records import records_of, updated
from cad_plugin.hosts.install import install
from layoutgan import __version__
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump, validate
from layoutgan.domains.floorplan.elements import Room

FRAME = '''
import os, sys, traceback
def run():
    import json
    from pathlib import Path
    import FreeCAD, Draft
    from layoutgan_wb import building, findings, importer, program
    folder = Path(os.environ["LG_FOLDER"])
    said = {}
STEPS
    print("LG " + json.dumps(said))
try:
    run()
    code = 0
except BaseException:
    traceback.print_exc()
    code = 7
sys.stdout.flush()
os._exit(code)
'''  # fmt: skip
"""A plain exception would let freecadcmd exit 0."""
SCENARIO = '''
    meta = FreeCAD.Metadata(os.environ["LG_MOD"] + "/package.xml")
    said["version"], said["name"] = meta.Version, meta.Name
    said["types"], said["exports"] = FreeCAD.getImportType("lgjson"), FreeCAD.getExportType("lgjson")
    # The prepared plan: layers, sizes, and back without a change.
    document = FreeCAD.newDocument("Plan")
    importer.insert(str(folder / "plan.lgjson"), document.Name)
    plan = json.loads((folder / "plan.lgjson").read_text(encoding="utf-8"))
    things = [o for o in document.Objects if hasattr(o, "LayoutId")]
    said["layers"] = sorted(g.Label for g in document.Objects if g.Name.startswith("Layer"))
    said["elements"] = len(things) == len(plan["elements"])
    said["wall_volume"] = sum(o.Shape.Volume for o in things if o.LayoutType == "wall") / 1e9
    said["room_area"] = sum(o.Shape.Area for o in things if o.LayoutType == "room") / 1e6
    importer.export(document.Objects, str(folder / "back.lgjson"))
    said["unchanged"] = json.loads((folder / "back.lgjson").read_text(encoding="utf-8")) == plan
    said["clean"] = len(findings.check_document(document)["findings"])
    # A person moves a room and deletes a window; the check sees it and marks it.
    room = next(o for o in things if o.LayoutType == "room")
    room.Placement.Base = FreeCAD.Vector(700, 0, 0)
    window = next(o for o in things if o.LayoutType == "window")
    said["deleted"] = window.LayoutId
    document.removeObject(window.Name)
    document.recompute()
    importer.export(document.Objects, str(folder / "edited.lgjson"))
    report = findings.check_document(document)
    said["rules"] = sorted({f["rule"] for f in report["findings"]})
    group = [o for o in document.Objects if o.Name.startswith("LayoutGANFindings")]
    said["marks"] = [len(g.Group) for g in group]
    findings.check_document(document)
    said["marks_again"] = [len(g.Group) for g in document.Objects if g.Name.startswith("LayoutGANFindings")]
    # A plant.
    plant = FreeCAD.newDocument("Plant")
    importer.insert(str(folder / "plant.lgjson"), plant.Name)
    box = {o.LayoutId: o.Shape.BoundBox for o in plant.Objects if hasattr(o, "LayoutId")}
    said["column"] = [box["C-1"].ZMin, box["C-1"].ZMax]
    said["pipe"] = [box["L-2"].XMin, box["L-2"].XMax, box["L-2"].ZMax]
    importer.export(plant.Objects, str(folder / "plant_back.lgjson"))
    said["plant_unchanged"] = (json.loads((folder / "plant_back.lgjson").read_text(encoding="utf-8"))
                               == json.loads((folder / "plant.lgjson").read_text(encoding="utf-8")))
'''
GENERATION = '''
    # A brief becomes layouts, one of them is inserted.
    made = program.generate(folder / "brief.yaml", folder / "out", 1, "--start", "random", "--fast")
    said["candidates"] = [[c.file.name, c.errors, c.picture.is_file()] for c in made]
    said["browsed"] = [c.name for c in program.candidates_in(folder / "out")]
    first = importer.open(str(made[0].file))
    said["generated"] = len([o for o in first.Objects if hasattr(o, "LayoutId")])
    FreeCAD.closeDocument(first.Name)
    # What goes wrong is said.
    try:
        program.generate(folder / "missing.yaml", folder / "out")
    except RuntimeError as error:
        said["refused"] = str(error)
'''
BRIEF = """
layoutgan: 1
domain: floorplan
name: One bedroom
boundary: [[0, 0], [6, 0], [6, 5], [0, 5]]
entrance: [0.0, 1.2]
spaces: [{id: living, kind: living_room}, {id: bed, kind: bedroom}]
"""


@pytest.fixture(scope="module")
def inside(tmp_path_factory, program):
    """Runs steps inside FreeCAD, with the workbench installed, and returns what they said."""
    freecad = program("freecadcmd")

    def run(steps: str, **layouts: Layout) -> dict:
        folder = tmp_path_factory.mktemp("freecad")
        mod = install("freecad", folder / "home" / "Mod").folder
        (folder / "brief.yaml").write_text(BRIEF)
        for name, layout in layouts.items():
            exporter.write(layout, folder / f"{name}.lgjson")
        script = folder / "lg_scenario.py"
        script.write_text(FRAME.replace("STEPS", steps))
        env = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")}
        env |= {"LC_ALL": "C.UTF-8"}  # without a locale freecadcmd reads no script that is not ASCII
        env |= {"FREECAD_USER_HOME": str(folder / "home"), "LG_FOLDER": str(folder), "LG_MOD": str(mod),
                "LAYOUTGAN_CLI": str(Path(sys.executable).with_name("layoutgan"))}
        done = subprocess.run([freecad, str(script)], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=600)
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        # FreeCAD's progress may stand before it on the same line.
        said = re.search(r"LG (\{.*\})", done.stdout)
        assert said is not None, (done.stdout + done.stderr)[-3000:]
        return json.loads(said[1]) | {"folder": folder}

    return run


@pytest.fixture(scope="module")
def said(inside, flat, plant):
    """What the long scenario found."""
    return inside(SCENARIO, plan=flat, plant=plant)


@pytest.fixture(scope="module")
def plant():
    from sample_plants import small_plant

    return small_plant()


@pytest.mark.cad
def test_the_workbench_is_there(said):
    assert (said["name"], said["version"]) == ("LayoutGAN", __version__)
    assert said["types"] == said["exports"] == ["layoutgan_wb.importer"]


@pytest.mark.cad
def test_it_generates_and_browses(inside):
    said = inside(GENERATION)
    assert said["candidates"] == [["01.json", said["candidates"][0][1], True]]
    assert said["browsed"] == ["One bedroom 01"]
    assert said["generated"] > 5
    assert "missing.yaml" in said["refused"]


@pytest.mark.cad
def test_it_inserts_on_layers_in_true_size(said, flat):
    assert said["layers"] == ["A-AREA", "A-DOOR", "A-FLOR-SHFT", "A-GLAZ", "A-WALL"]
    assert said["elements"]
    assert said["room_area"] == pytest.approx(sum(r.shape.area for r in flat.of(Room)), rel=1e-6)
    from layoutgan.domains.floorplan.elements import Door, Wall, Window

    whole = sum(w.shape.length * w.thickness * 2.7 for w in flat.of(Wall))
    cut = sum(d.shape.length * d.thickness * d.height for d in flat.of(Door))
    cut += sum(w.shape.length * w.thickness * (w.head - w.sill) for w in flat.of(Window))
    assert said["wall_volume"] == pytest.approx(whole - cut, rel=0.01)
    assert said["column"] == pytest.approx([0, 20000], abs=1e-6)
    assert said["pipe"] == pytest.approx([13000, 21000, 5000], abs=60)


@pytest.mark.cad
def test_what_nobody_touched_comes_back_unchanged(said):
    assert said["unchanged"]
    assert said["plant_unchanged"]


@pytest.mark.cad
def test_it_sees_edits_and_marks_findings(said, flat):
    assert said["clean"] == 0
    assert "FP001" in said["rules"]  # the moved room claims floor of its neighbour
    assert said["marks"][0] > 0
    assert said["marks_again"] == said["marks"]
    edited = exporter.read(said["folder"] / "edited.lgjson")
    assert said["deleted"] not in set(edited.ids())
    room, before = edited.of(Room)[0], flat.of(Room)[0]
    assert room.shape.bounds[0] - before.shape.bounds[0] == pytest.approx(0.7)


def test_records_are_millimetres(flat, plant):
    for layout in (flat, plant):
        tree = json.loads(json.dumps(dump(layout)))
        records = {r.id: r for r in records_of(tree)}
        assert set(records) == set(layout.ids())
        back = updated(tree, {name: r.points for name, r in records.items()})
        assert back == tree
    assert records["C-1"].high == 20000.0
    assert len(records["L-2"].points[0]) == 3


def test_moved_and_deleted_records(flat):
    tree = json.loads(json.dumps(dump(flat)))
    places = {r.id: r.points for r in records_of(tree)}
    room = flat.of(Room)[0].id
    places[room] = [(x + 500.0, y, z) for x, y, z in places[room]]
    gone = next(e["id"] for e in tree["elements"] if e["type"] == "door")
    del places[gone]
    back = validate(Layout, updated(copy.deepcopy(tree), places))
    assert back[room].shape.bounds[0] == pytest.approx(flat[room].shape.bounds[0] + 0.5)
    assert gone not in set(back.ids())
    assert all(gone not in (*c.between, c.via) for c in back.connections)


def test_holes_move_with_their_room():
    ring = [[0, 0], [4, 0], [4, 4], [0, 4]]
    hole = [[1, 1], [2, 1], [2, 2]]
    tree = {"elements": [{"type": "room", "id": "a", "shape": {"outer": ring, "holes": [hole]}}]}
    (record,) = records_of(tree)
    assert len(record.holes[0]) == 3
    moved = updated(tree, {"a": [(x + 1000.0, y, z) for x, y, z in record.points]})
    assert moved["elements"][0]["shape"]["holes"] == [[[2.0, 1.0], [3.0, 1.0], [3.0, 2.0]]]


def test_the_program_is_found_where_it_was_said(monkeypatch):
    from cad_plugin.hosts.freecad.LayoutGAN.layoutgan_wb import program as calls

    monkeypatch.setenv("LAYOUTGAN_CLI", str(Path(sys.executable).with_name("layoutgan")))
    assert calls.run("--version").output.strip() == f"layoutgan {__version__}"
    with pytest.raises(RuntimeError, match="no such file"):
        calls.check(Path("missing.json"))
    monkeypatch.setenv("LAYOUTGAN_CLI", "no-such-program-of-ours")
    with pytest.raises(RuntimeError, match="cannot be started"):
        calls.located() and calls.run("--version")
    monkeypatch.delenv("LAYOUTGAN_CLI")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="pip install layoutgan"):
        calls.located()


def test_it_needs_the_standard_library_and_freecad_only():
    import ast

    root = Path(str(importlib.util.find_spec("cad_plugin").origin)).parent / "hosts/freecad/LayoutGAN"
    allowed = {"FreeCAD", "FreeCADGui", "Draft", "Arch", "Part", "PySide", "layoutgan_wb"}
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in (n.split(".")[0] for n in names):
                assert name in allowed or name in sys.stdlib_module_names, (file.name, name)
