"""Plant drawings: everything is in them, at its place, off other text, the same every time."""

from __future__ import annotations

import base64
import io
import json
import re
from itertools import combinations

import numpy as np
import pytest
from sample_plants import small_plant

from cad_plugin.annotation import MM
from cad_plugin.dxf import audited
from cad_plugin.plant.elevation import draw_arrangement, elevation
from cad_plugin.plant.files import plant_files
from cad_plugin.plant.isometric import draw_isometric, parts_list
from cad_plugin.plant.labels import Labels
from cad_plugin.plant.model_dxf import model_dxf
from cad_plugin.plant.plan import draw_plant
from cad_plugin.plant.viewer import model_page
from cad_plugin.primitives import Insert, Polyline, Text
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.elements import Equipment, Pipe, Rack


@pytest.fixture(scope="module")
def plant():
    return small_plant()


@pytest.fixture(scope="module")
def files(plant):
    return dict(plant_files(plant))


def test_every_item_is_a_block_with_its_facts_at_its_place(plant):
    drawing = draw_plant(plant)
    inserts = {dict(p.attributes)["TAG"]: p for p in drawing.of(Insert, "equipment")}
    assert set(inserts) == {item.id for item in plant.of(Equipment)}
    for item in plant.of(Equipment):
        x0, y0, x1, y1 = item.shape.bounds
        assert inserts[item.id].at == pytest.approx(((x0 + x1) / 2 * MM, (y0 + y1) / 2 * MM))
        assert inserts[item.id].block in drawing.blocks


def test_every_pipe_is_drawn_and_named_or_listed(plant):
    drawing = draw_plant(plant, schedules=True)
    drawn = {p.key.id for p in drawing.of(Polyline, "line", "exception") if p.key and p.key.type == "pipe"}
    level = {pipe.id for pipe in plant.of(Pipe) if np.ptp(pipe.points[:, :2], axis=0).max() > 0.01}
    assert drawn == level
    rows = {row[0] for table in drawing.tables if table.title == "Lines" for row in table.rows}
    assert rows == {pipe.line for pipe in plant.of(Pipe)}


def test_an_arrangement_of_equipment_has_no_pipes(plant):
    drawing = draw_plant(plant, pipes=False)
    assert not [p for p in drawing.of(Polyline, "line") if p.key and p.key.type == "pipe"]
    assert list(drawing.of(Insert, "equipment"))


@pytest.mark.parametrize("axis", [0, 1])
def test_an_elevation_shows_heights_to_scale(plant, axis):
    made = elevation(plant, axis, (0.0, 0.0), 100)
    tops = [y for p in made if isinstance(p, Polyline) and p.role == "equipment" for _, y in p.points]
    assert max(tops) == pytest.approx(max(i.top for i in plant.of(Equipment)) * MM, rel=1e-6)
    for rack in plant.of(Rack):
        ends = [p.end[1] for p in made if p.role == "rack" and hasattr(p, "end")]
        assert max(ends) == pytest.approx(max(rack.tiers) * MM)


def test_the_arrangement_holds_a_plan_and_two_views(plant):
    drawing = draw_arrangement(plant)
    said = [p.text for p in drawing.of(Text)]
    assert "Elevation, seen from the south" in said
    assert "Elevation, seen from the east" in said
    assert drawing.focus == drawing.bounds()


def test_an_isometric_says_every_length_and_every_end(plant):
    for line in lines_of(plant):
        drawing = draw_isometric(plant, line)
        said = [p.text for p in drawing.of(Text)]
        for pipe in line.pipes:
            for length in np.linalg.norm(np.diff(pipe.points, axis=0), axis=1) * MM:
                assert length < 1.0 or f"{length:.0f}" in said
        assert all(reference in said for reference in line.nozzles)


def test_the_parts_list_counts_what_the_take_off_counts(plant):
    for line in lines_of(plant):
        metres = sum(part.length for part in line.parts if part.keyword == "PIPE")
        listed = [float(row[1].removesuffix(" m")) for row in parts_list(line).rows if row[1].endswith("m")]
        assert sum(listed) == pytest.approx(metres, abs=0.01 * max(len(listed), 1))


def test_labels_keep_off_each_other_while_there_is_room():
    labels = Labels()
    places = [((0.0, 10.0 * i), 0.0) for i in range(6)]
    for i in range(6):
        labels.put("note", f"Text {i}", places, 3.0)
    assert len({text.at for text in labels.texts}) == 6
    for one, two in combinations(labels.texts, 2):
        assert abs(one.at[1] - two.at[1]) >= 3.0
    labels.put("note", "seventh", places, 3.0, must=False)
    assert len(labels.texts) == 6


def test_all_files_are_there_and_the_same_every_time(plant, files):
    lines = {line.number for line in lines_of(plant)}
    for name in ("plot_plan", "equipment_arrangement", "piping_arrangement"):
        assert {f"{name}.dxf", f"{name}.pdf"} <= set(files)
    assert sum(name.startswith("isometrics/") and name.endswith(".dxf") for name in files) == len(lines)
    assert sum(name.startswith("pcf/") for name in files) == len(lines)
    assert {"model.glb", "model.dxf", "model.html", "lists.xlsx", "equipment_list.csv"} <= set(files)
    again = dict(plant_files(plant))
    assert {n for n in files if files[n] != again[n]} == set()


def test_every_dxf_passes_the_audit(files):
    for name, data in files.items():
        if name.endswith(".dxf") and name != "model.dxf":
            audited(data)


def test_the_model_has_a_mesh_for_every_item_and_a_line_for_every_pipe(plant):
    import ezdxf

    doc = ezdxf.filemanagement.read(io.StringIO(model_dxf(plant).decode()))
    assert not doc.audit().errors
    space = doc.modelspace()
    assert len(space.query('MESH[layer=="M-EQPM-3D"]')) == len(plant.of(Equipment))
    assert len(space.query("POLYLINE")) == len(plant.of(Pipe))
    highest = max(v[2] for mesh in space.query('MESH[layer=="M-EQPM-3D"]') for v in mesh.vertices)
    assert highest == pytest.approx(max(i.top for i in plant.of(Equipment)) * MM, rel=0.02)


def test_the_page_needs_nothing_beside_it_and_no_name_ends_its_script(plant):
    evil = plant.model_copy(update={"name": "</script><img src=x onerror=alert(1)>"})
    page = model_page(evil)
    assert "<img" not in page
    assert not re.search(r"<[a-z]+[^>]*(src|href)\s*=", page)
    data = json.loads(re.search(r'type="application/json">(.*?)</script>', page, re.DOTALL)[1])
    corners = np.frombuffer(base64.b64decode(data["corners"]), "<f4")
    assert len(corners) % 9 == 0
    assert len(data["things"]) >= len(plant.of(Equipment))
