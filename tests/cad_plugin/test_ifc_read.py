"""Floor plans read back from IFC models, by their solids alone: nothing of ours is hidden in the file."""

from __future__ import annotations

import pytest

from cad_plugin.ifc_read import understood_in_ifc
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.errors import InputError

pytest.importorskip("ifcopenshell", reason="ifcopenshell is not installed")


@pytest.fixture(scope="module")
def plan():
    return drawn(
        "aabb\naabb\naacc", scale=2.0, a="living_room", b="bedroom", c="bathroom", done=True,
        doors=[{"between": "ab"}, {"between": "ac"}, {"between": ["a", "outside"], "kind": "entrance"}],
        windows=[{"room": "a"}, {"room": "b"}],
    )


@pytest.fixture(scope="module")
def file(plan, tmp_path_factory):
    from cad_plugin.ifc import ifc_bytes

    path = tmp_path_factory.mktemp("ifc") / "plan.ifc"
    path.write_bytes(ifc_bytes(plan))
    return path


def test_rooms_come_back_by_shape_and_kind(plan, file):
    found = understood_in_ifc(file).layout
    assert len(found.of(Room)) == len(plan.of(Room))
    for room in plan.of(Room):
        near = max(found.of(Room), key=lambda r: r.shape.intersection(room.shape).area)
        shared = near.shape.intersection(room.shape).area / near.shape.union(room.shape).area
        assert shared >= 0.95, room.id
        assert near.kind == room.kind


def test_doors_and_windows_come_back(plan, file):
    found = understood_in_ifc(file)
    assert len(found.layout.of(Door)) == len(plan.of(Door))
    assert len(found.layout.of(Window)) == len(plan.of(Window))
    assert any("cut" in remark.text for remark in found.remarks)


def test_the_command_judges_a_model(file, capsys):
    from layoutgan.cli.main import run

    assert run(["check", str(file), "--format", "json"]) in (0, 1)
    assert '"findings"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("empty.ifc", b"", "is no IFC file"),
        ("other.ifc", b"PK\x03\x04 a zip", "is no IFC file"),
        ("cut.ifc", b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\nENDSEC;\n"
                    b"END-ISO-10303-21;\n", "cannot be read as IFC"),
    ],
)  # fmt: skip
def test_what_is_no_model_is_one_line(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_bytes(text)
    with pytest.raises(InputError, match=said):
        understood_in_ifc(path)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        understood_in_ifc(tmp_path / "none.ifc")
