"""What each reader makes of its format, and what it says when files are wrong."""

from __future__ import annotations

import json

import pytest
from data.r2v import make as r2v
from data.resplan import make as resplan
from data.rplan import make as rplan

from layoutgan.core import registry
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.errors import DatasetError


def kinds(layout):
    return sorted(room.kind for room in layout.of(Room))


def links(layout):
    return {frozenset(d.between): d.kind for d in layout.of(Door)}


def test_r2v_flat(datasets):
    layout = datasets["r2v"].read("00/0001")
    assert kinds(layout) == ["balcony", "bathroom", "bedroom", "corridor", "kitchen", "toilet"]
    assert links(layout)[frozenset(("corridor", "outside"))] == "entrance"
    assert links(layout)[frozenset(("bedroom", "balcony"))] == "sliding"
    assert [window.room for window in layout.of(Window)] == ["bedroom"]
    assert layout["bathroom"].shape.area == pytest.approx(2.6, rel=0.05)


def test_r2v_scale_is_the_door(datasets):
    layout = datasets["r2v"].read("00/0001")
    door = next(d for d in layout.of(Door) if set(d.between) == {"corridor", "bathroom"})
    assert door.shape.length == pytest.approx(0.7, abs=0.05)


def test_r2v_large_kitchen_is_a_living_room(datasets):
    layouts = [datasets["r2v"].read(plan) for plan in ("05/0001", "00/0001")]
    assert ["living_room" in kinds(layout) for layout in layouts] == [True, False]


def test_r2v_rejects_slanted_walls(datasets):
    list(datasets["r2v"].split("all"))
    assert datasets["r2v"].rejected["slanted"].reason == "slanted walls"


def test_near_duplicates_share_a_split(datasets):
    data = datasets["r2v"]
    _, leaders = data._clean
    assert leaders["copy"] == leaders["00/0001"]
    assert leaders["01/0001"] != leaders["00/0001"]


def test_resplan_both_forms_and_scales(datasets):
    data = datasets["resplan"]
    metric, framed = data.read("plan_00000"), data.read("plan_00001")
    original = data.read("original#7")
    for layout in (metric, framed, original):
        assert kinds(layout) == [
            "balcony",
            "bathroom",
            "bedroom",
            "bedroom",
            "kitchen",
            "living_room",
            "storage",
        ]
        assert links(layout)[frozenset(("living_room", "kitchen"))] == "opening"
        assert links(layout)[frozenset(("living_room", "outside"))] == "entrance"
    assert framed.boundary.area == pytest.approx(metric.boundary.area, rel=0.1)
    assert original.boundary.area == pytest.approx(metric.boundary.area, rel=0.15)


def test_resplan_walls_are_split_in_the_middle(datasets):
    layout = datasets["resplan"].read("plan_00000")
    assert layout["bedroom1"].shape.bounds[3] - layout["bedroom1"].shape.bounds[1] == pytest.approx(
        3.5, abs=0.02
    )
    assert layout["living_room"].shape.area == pytest.approx(5.0 * 4.1 - 1.2 * 1.0, abs=0.7)


def test_resplan_rejects_overlap(datasets):
    list(datasets["resplan"].split("all"))
    assert datasets["resplan"].rejected["plan_99999"].reason == "rooms overlap"


def test_rplan_apartment(datasets):
    layout = datasets["rplan"].read("0")
    assert kinds(layout) == ["balcony", "bathroom", "bedroom", "bedroom", "kitchen", "living_room"]
    assert links(layout)[frozenset(("living_room", "balcony"))] == "sliding"
    assert layout["living_room"].shape.area == pytest.approx(56 * 130 * (18 / 256) ** 2, rel=0.06)


def test_rplan_rejects_open_rings(datasets):
    list(datasets["rplan"].split("all"))
    assert datasets["rplan"].rejected["broken"].reason == "a room is not a ring"


@pytest.mark.parametrize("name", ["r2v", "resplan", "rplan"])
def test_missing_folder_is_explained(name, tmp_path, monkeypatch):
    monkeypatch.setenv("LAYOUTGAN_DATA", str(tmp_path))
    with pytest.raises(DatasetError, match="LAYOUTGAN_DATA"):
        registry.find("dataset", name)().ids()
    monkeypatch.setenv("LAYOUTGAN_DATA", str(tmp_path / "nothing"))
    with pytest.raises(DatasetError, match="no such folder"):
        registry.find("dataset", name)().ids()


@pytest.mark.parametrize("name", ["r2v", "resplan", "rplan"])
def test_empty_folder_is_explained(name, tmp_path):
    with pytest.raises(DatasetError, match="no \\*"):
        registry.find("dataset", name)(tmp_path).ids()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"instances": {"room": 3}}', "\x00", "[" * 99999])
@pytest.mark.parametrize("name", ["resplan", "rplan"])
def test_damaged_json_is_explained(name, text, tmp_path):
    (tmp_path / "plan_1.json").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError):
        registry.find("dataset", name)(tmp_path).read("plan_1")


@pytest.mark.parametrize("text", ["1 2 3", "a b c d wall 1 1", "1 2 nan 4 wall 1 1", "\x00"])
def test_damaged_rows_are_explained(text, tmp_path):
    folder = tmp_path / r2v.FOLDER
    folder.mkdir()
    (folder / "x.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"line 1|no walls"):
        registry.find("dataset", "r2v")(tmp_path).read("x")


def test_resplan_without_doors_is_rejected(tmp_path):
    polygons = resplan.drawn()
    polygons["door"] = []
    (tmp_path / "plan_1.json").write_text(json.dumps(resplan.subset(polygons, 60, 0)), encoding="utf-8")
    with pytest.raises(DatasetError, match="no doors"):
        registry.find("dataset", "resplan")(tmp_path).read("plan_1")


def test_rplan_unknown_type_is_rejected(tmp_path):
    document = rplan.document()
    document["room_type"][1] = 9
    (tmp_path / "1.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DatasetError, match="unknown room type"):
        registry.find("dataset", "rplan")(tmp_path).read("1")


@pytest.mark.parametrize(("name", "least"), [("r2v", 650), ("resplan", 60), ("rplan_research_only", 150)])
@pytest.mark.slow
def test_real_files(shared, name, least):
    reader = registry.find("dataset", name.partition("_")[0])(shared / "data" / name)
    assert len(list(reader.split("all"))) >= least
