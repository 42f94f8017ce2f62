from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from layoutgan.core import registry
from layoutgan.core.brief import RuleSettings
from layoutgan.core.layout import Connection, Layout
from layoutgan.core.schema import dump_json, validate
from layoutgan.core.sketch import sketch
from layoutgan.domains.domain import domain_of, read_brief, read_layout
from layoutgan.domains.floorplan.elements import ELEMENTS, Door, Obstacle, Room, Wall, Window
from layoutgan.errors import InputError, LayoutError, UnknownName

SQUARE = [[0, 0], [4, 0], [4, 3], [0, 3]]
SAMPLES = {
    "room": Room(id="a", kind="bedroom", shape=SQUARE, name="Anna"),
    "wall": Wall(id="w", kind="interior", shape=[[0, 0], [4, 0]], thickness=0.1),
    "door": Door(
        id="d", kind="door", shape=[[1, 0], [1.8, 0]], between=("a", "b"), thickness=0.1, opens_into="a"
    ),
    "window": Window(id="f", shape=[[1, 3], [2, 3]], room="a", thickness=0.3),
    "obstacle": Obstacle(id="o", kind="shaft", shape={"outer": SQUARE, "holes": [[[1, 1], [2, 1], [2, 2]]]}),
}


def test_every_type_of_element_has_a_sample():
    assert set(SAMPLES) == set(ELEMENTS)


@pytest.mark.parametrize("tag", SAMPLES)
def test_every_type_of_element_survives_a_file(tag, tmp_path):
    layout = Layout(domain="floorplan", elements=(SAMPLES[tag],))
    path = tmp_path / "layout.json"
    path.write_text(dump_json(layout), encoding="utf-8")
    again = read_layout(path)
    assert again == layout
    assert type(again.elements[0]) is type(SAMPLES[tag])
    assert dump_json(again) == dump_json(layout)


def test_a_brief_inside_survives(tmp_path, example_text):
    (tmp_path / "flat.yaml").write_text(example_text, encoding="utf-8")
    brief = read_brief(tmp_path / "flat.yaml")
    layout = Layout(domain="floorplan", brief=brief, elements=(SAMPLES["room"],))
    (tmp_path / "layout.json").write_text(dump_json(layout), encoding="utf-8")
    again = read_layout(tmp_path / "layout.json")
    assert again.brief == brief
    assert again.brief.digest() == brief.digest()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"elements": [{"type": "room", "id": "a", "kind": "x"}]}, "elements[0].shape: is missing"),
        (
            {"elements": [{"type": "room", "id": "a", "kind": "x", "shape": [[0, 0]]}]},
            "elements[0].shape: a polygon needs",
        ),
        ({"elements": [{"type": "castle"}]}, "elements[0]: type must be one of"),
        ({"elements": [{"type": ["room"]}]}, "elements[0]: type must be one of"),
        ({"elements": {}}, "elements: must be a list"),
        (
            {"connections": [{"kind": "door", "between": ["a", "b"]}]},
            "names 'a', and no element is called so",
        ),
        ({"domain": "ships", "elements": [{}]}, "no domain called 'ships'"),
        ({"domain": 5}, "domain"),
        ({"brief": {"layoutgan": 1, "domain": "floorplan"}}, "brief.spaces: is missing"),
        ({"name": "x" * 300}, "name: has more than 200 characters"),
        ({"scores": {"realism": float("nan")}}, "scores.realism"),
    ],
)
def test_what_a_layout_cannot_be(changes, says):
    with pytest.raises(InputError) as caught:
        validate(Layout, {"layoutgan": 1, "domain": "floorplan"} | changes, file="x.json")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_many_elements_are_refused_before_they_are_read():
    with pytest.raises(InputError, match="at most 50000"):
        validate(Layout, {"layoutgan": 1, "domain": "floorplan", "elements": [{}] * 50_001})


def test_ids_are_unique():
    room = SAMPLES["room"]
    with pytest.raises(ValidationError, match="two elements are called 'a'"):
        Layout(domain="floorplan", elements=(room, room))


def test_finding_elements():
    layout = Layout(domain="floorplan", elements=(SAMPLES["room"], SAMPLES["obstacle"]))
    assert layout["a"] is layout.of(Room)[0]
    assert list(layout.ids()) == ["a", "o"]
    with pytest.raises(KeyError):
        layout["z"]
    assert layout.replaced(name="other").elements == layout.elements


def test_the_graph_of_a_layout():
    layout = sketch("ab", make=Room, a="bedroom", b="bathroom").replaced(
        connections=(
            Connection(kind="door", between=("a", "b")),
            Connection(kind="door", between=("a", "outside")),
        )
    )
    graph = layout.graph()
    assert graph.nodes["a"]["kind"] == "bedroom"
    assert graph.number_of_edges() == 2


def test_rule_settings_take_codes_only():
    settings = RuleSettings(packs=("general",), FP101={"min_width": 2})
    assert settings.limits() == {"FP101": {"min_width": 2.0}}
    for wrong in (
        {"packs": "general"},
        {"fp101": {}},
        {"FP101": 2},
        {"FP101": {"a": "b"}},
        {"FP101": {"a": True}},
    ):
        with pytest.raises(ValidationError):
            RuleSettings(**wrong)
    assert json.loads(settings.model_dump_json())["FP101"] == {"min_width": 2.0}


def test_the_registry_names_what_it_knows(monkeypatch):
    assert "floorplan" in registry.names("domain")
    with pytest.raises(UnknownName, match="did you mean 'floorplan'"):
        registry.find("domain", "floorplans")
    with pytest.raises(UnknownName):
        domain_of("ships")
    assert domain_of("floorplan").name == "floorplan"


def test_a_broken_entry_is_named_and_stops_nobody(monkeypatch):
    from importlib.metadata import EntryPoint

    group = registry.GROUPS["exporter"]
    broken = EntryPoint("broken", "layoutgan.nothing:Nothing", group)
    second = EntryPoint("json", "elsewhere:Json", group)
    real = registry.entry_points

    def with_broken(**options: str):
        found = list(real(**options))
        return [*found, broken, second] if options.get("group") == group else found

    monkeypatch.setattr(registry, "entry_points", with_broken)
    for cached in (registry._entries, registry.find):
        cached.cache_clear()
    try:
        with pytest.raises(LayoutError, match="cannot be loaded: ModuleNotFoundError"):
            registry.find("exporter", "broken")
        reasons = registry.broken("exporter")
        assert "ModuleNotFoundError" in reasons["layoutgan.nothing:Nothing"]
        assert "is taken by" in reasons["elsewhere:Json"]
        assert registry.find("exporter", "json").__name__ == "JsonExporter"
    finally:
        registry._failures.clear()
        for cached in (registry._entries, registry.find):
            cached.cache_clear()
