"""``layoutgan watch``: a brief that changes, a drawing that a person edits, and what stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

import layoutgan
from cad_plugin.draw import draw
from cad_plugin.dxf_document import document_of, fixed_metadata, saved
from cad_plugin.layers import layers_of
from layoutgan.cli.main import run
from layoutgan.cli.pinning import locked_where_moved, pinned
from layoutgan.cli.watch import Watch, Work
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import read_brief, read_layout
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.piping.sketches import drawn, unit_brief
from layoutgan.generation.generate import Generated

BRIEF = """
layoutgan: 1
domain: floorplan
name: One bedroom
boundary: [[0, 0], [7, 0], [7, 5], [0, 5]]
entrance: [0.0, 1.2]
spaces: [{id: living, kind: living_room}, {id: bed, kind: bedroom}]
adjacencies: [{between: [living, bed], kind: door}]
"""


def plan_of(brief, at: float = 4.0) -> Layout:
    """The brief answered without a solver: living room to the left, bedroom to the right."""
    fixed = {s.id: s.shape for s in brief.spaces}
    left = fixed["living"] or (
        brief.boundary.difference(fixed["bed"]) if fixed["bed"] else shapely.box(0, 0, at, 5)
    )
    shapes = {"living": left, "bed": brief.boundary.difference(left)}
    rooms = tuple(
        Room(id=s.id, kind=s.kind, shape=shapes[s.id], locked=s.shape is not None) for s in brief.spaces
    )
    return complete(
        Layout(domain="floorplan", name="01", boundary=brief.boundary, elements=rooms, brief=brief)
    )


def make(brief, count, seed):
    layout = plan_of(brief)
    return Generated((layout,), (layoutgan.check(layout),))


@pytest.fixture
def watched(tmp_path):
    (tmp_path / "brief.yaml").write_text(BRIEF)
    work = Work(1, 0, "network", ("dxf", "json", "svg"))
    return Watch(tmp_path / "brief.yaml", tmp_path / "out", work, make)


def edit(folder, layout: Layout, before: Layout) -> None:
    """Writes the drawing of one plan with another one inside, as if a person had moved things in CAD."""
    drawing = replace(draw(layout), document=draw(before).document)
    with fixed_metadata():
        (folder / "01.dxf").write_bytes(saved(document_of(drawing, layers_of("aia"), "R2010")))


def test_a_brief_that_changes(watched):
    said = list(watched.look())
    assert "brief.yaml changed: 1 layouts" in said[0]
    assert {p.name for p in watched.output.iterdir()} == {"01.dxf", "01.json", "01.svg", "report.html"}
    assert list(watched.look()) == []
    watched.brief.write_text(BRIEF.replace("One bedroom", "A bedroom"))
    assert "changed" in next(iter(watched.look()))
    assert read_layout(watched.output / "01.json").brief.name == "A bedroom"


def test_a_brief_that_is_wrong_for_a_moment(watched):
    list(watched.look())
    before = (watched.output / "01.json").read_bytes()
    for text in (BRIEF.replace("kind: bedroom", "kind: bedrom"), "{", ""):
        watched.brief.write_text(text)
        said = list(watched.look())
        assert len(said) == 1
        assert "brief.yaml" in said[0]
        assert list(watched.look()) == []  # said once
        assert (watched.output / "01.json").read_bytes() == before


def test_what_a_person_moved_stays(watched):
    list(watched.look())
    first = read_layout(watched.output / "01.json")
    edit(watched.output, plan_of(first.brief, at=3.2), first)
    drawing = (watched.output / "01.dxf").read_bytes()
    said = list(watched.look())
    assert said[0].startswith("01.dxf edited")
    assert "living" in said[0]
    assert (watched.output / "01.dxf").read_bytes() == drawing  # open in somebody's CAD: left alone
    now = read_layout(watched.output / "01.json")
    assert now["living"].locked
    assert now["living"].shape.bounds[2] == pytest.approx(3.2, abs=1e-3)
    assert (watched.output / "01.txt").is_file()
    assert list(watched.look()) == []
    # The brief changes: the same ids, the moved rooms where they were put, the drawing of before kept.
    watched.brief.write_text(BRIEF.replace("One bedroom", "Bedroom flat"))
    said = list(watched.look())
    assert "kept" in said[0]
    again = read_layout(watched.output / "01.json")
    assert again.brief.name == "Bedroom flat"
    assert again["living"].shape.bounds[2] == pytest.approx(3.2, abs=1e-3)
    assert {r.id for r in again.of(Room)} == {r.id for r in first.of(Room)}
    assert (watched.output / "01.edited.dxf").read_bytes() == drawing


def test_an_edit_while_nobody_watched(watched):
    list(watched.look())
    first = read_layout(watched.output / "01.json")
    edit(watched.output, plan_of(first.brief, at=3.2), first)
    later = Watch(watched.brief, watched.output, watched.work, make)
    said = list(later.look())
    assert said[0].startswith("01.dxf edited")
    assert (watched.output / "01.edited.dxf").is_file()
    assert list(later.look()) == []
    assert not any(
        "edited" in line for line in Watch(watched.brief, watched.output, watched.work, make).look()
    )


def test_a_drawing_that_is_half_written(watched):
    list(watched.look())
    (watched.output / "01.dxf").write_bytes((watched.output / "01.dxf").read_bytes()[:5000])
    (said,) = watched.look()
    assert "EOF" in said


def test_files_that_the_brief_names(watched, tmp_path):
    (tmp_path / "beside.csv").write_text("a")
    watched.brief.write_text(BRIEF.replace("name: One bedroom", "name: beside.csv"))
    list(watched.look())
    (tmp_path / "beside.csv").write_text("b")
    assert "changed" in next(iter(watched.look()))


def test_a_plant_keeps_its_equipment(tmp_path):
    brief = unit_brief()
    before = drawn({"tank": "T-1", "box": [10, 10, 16, 16]}, {"pump": "P-1A", "box": [20, 20, 22, 21]})
    now = drawn({"tank": "T-1", "box": [12, 10, 18, 16]}, {"pump": "P-1A", "box": [20, 20, 22, 21]})
    locked, moved = locked_where_moved(before, now)
    assert moved == ("T-1",)
    asked, kept = pinned(brief, locked)
    assert kept == ("T-1",)
    fixed = {item.tag: item.fixed for item in asked.equipment}
    assert (fixed["T-1"].at.x, fixed["T-1"].at.y) == (15.0, 13.0)
    assert fixed["P-1A"] is None
    assert pinned(asked, locked)[1] == ()  # what the brief fixes itself is left alone
    assert pinned(brief, now) == (brief, ())


def test_the_command(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(
        "layoutgan.generation.generate.generate", lambda brief, count, seed, start: make(brief, count, seed)
    )
    (tmp_path / "brief.yaml").write_text(BRIEF)
    code = run(
        [
            "watch",
            str(tmp_path / "brief.yaml"),
            "-o",
            str(tmp_path / "out"),
            "--formats",
            "dxf",
            "--interval",
            "0.05",
            "--looks",
            "2",
        ]
    )
    assert code == int(layoutgan.check(plan_of(read_brief(tmp_path / "brief.yaml"))).errors > 0)
    assert (tmp_path / "out" / "01.dxf").is_file()
    assert (tmp_path / "out" / "01.json").is_file()
    assert "changed" in capsys.readouterr().err
    assert run(["watch", str(tmp_path / "no.yaml"), "--looks", "1"]) == 2
    assert "no such file" in capsys.readouterr().err
