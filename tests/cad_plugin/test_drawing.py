"""Drawings: what they hold, and that nothing in them collides."""

from __future__ import annotations

import itertools

import pytest
import shapely
from shapely.geometry import Polygon

from cad_plugin.annotation import clean, finding_marks, scale_for
from cad_plugin.draw import draw
from cad_plugin.paint import painted
from cad_plugin.placing import bounds, dimension_parts, placed, text_box
from cad_plugin.primitives import (
    Arc,
    Block,
    Circle,
    Dimension,
    Insert,
    Line,
    Polyline,
    Region,
    Text,
)
from layoutgan.core.geometry import LineShape, PointShape, PolygonShape
from layoutgan.core.layout import Element, Layout
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding, Severity


def boxes(texts) -> list[Polygon]:
    return [Polygon(text_box(t)) for t in texts]


def test_counts(layout):
    drawing = draw(layout)
    inserts = list(drawing.of(Insert))
    assert sum(i.role == "door" for i in inserts) == len(layout.of(Door))
    assert sum(i.role == "window" for i in inserts) == len(layout.of(Window))
    assert sum(i.block == "LG_ROOM_STAMP" for i in inserts) == len(layout.of(Room))
    assert all(i.block in drawing.blocks for i in inserts)
    assert {"wall", "wall_fill", "room", "tag", "dimension", "title", "note", "symbol"} <= set(
        drawing.roles()
    )


def test_walls_leave_rooms_and_openings_free(layout):
    drawing = draw(layout)
    walls = shapely.union_all([r.shape for r in drawing.of(Region, "wall_fill")])
    for room, shape in clear_shapes(layout).items():
        assert shapely.transform(shape, lambda p: p * 1000).intersection(walls).area < 10.0, room
    for opening in (*layout.of(Door), *layout.of(Window)):
        hole = shapely.transform(
            opening.shape.buffer(opening.thickness / 2, cap_style="flat"), lambda p: p * 1000
        )
        assert hole.buffer(-1.0).intersection(walls).area < 1.0, opening.id


def test_tags_stand_in_their_rooms_off_walls_and_each_other(layout):
    drawing = draw(layout)
    clear = {k: shapely.transform(v, lambda p: p * 1000) for k, v in clear_shapes(layout).items()}
    tags = list(drawing.of(Text, "tag"))
    assert tags
    for tag, box in zip(tags, boxes(tags), strict=True):
        assert clear[tag.key.id].buffer(1.0).contains(box), tag.text
    for a, b in itertools.combinations(boxes(tags), 2):
        assert a.intersection(b).area < 0.2 * min(a.area, b.area)


def test_dimensions_do_not_collide(layout):
    drawing = draw(layout)
    dimensions = list(drawing.of(Dimension))
    texts = [p for d in dimensions for p in dimension_parts(d) if isinstance(p, Text)]
    for (a, s), (b, t) in itertools.combinations(zip(boxes(texts), texts, strict=True), 2):
        assert a.intersection(b).area < 0.05 * a.area, (s.text, t.text)
    plan = shapely.union_all([r.shape for r in drawing.of(Region, "wall_fill", "room_fill")])
    hull = shapely.box(*plan.bounds)
    for box in boxes(texts):
        assert not box.intersects(hull)


def test_chains_add_up(layout):
    """All dimensions on one line together measure the whole."""
    drawing = draw(layout)
    plan = shapely.union_all([r.shape for r in drawing.of(Region, "wall_fill", "room_fill")])
    x0, y0, x1, y1 = plan.bounds
    rows: dict[tuple[bool, float], float] = {}
    for d in drawing.of(Dimension):
        rows[d.vertical, d.line] = rows.get((d.vertical, d.line), 0.0) + d.length
    for (vertical, _), total in rows.items():
        assert total == pytest.approx(y1 - y0 if vertical else x1 - x0, abs=250.0)  # a railing may stand out
    assert any(v for v, _ in rows)
    assert any(not v for v, _ in rows)


def test_scale():
    assert scale_for(10_000, 8_000) == 50
    assert scale_for(30_000, 8_000) == 100
    assert scale_for(9e9, 1.0) == 5000


def test_clean():
    assert clean("a\nb\x00c\u2028d\ud800") == "a b c d"
    assert clean("x" * 300) == "x" * 199 + "…"


def test_bounds_and_placing():
    block = Block(
        "B",
        (
            Line("", (0, 0), (10, 0)),
            Arc("", (0, 0), 10, 0, 90),
            Circle("", (0, 0), 2),
            Polyline("", ((0, 0), (5, 5)), closed=False),
            Region("", Polygon([(0, 0), (3, 0), (3, 3)])),
            Text("", (1, 1), "x", 1.0),
        ),
    )
    insert = Insert("door", "B", (100, 0), 90.0)
    parts = list(placed(insert, {"B": block}))
    assert {p.role for p in parts} == {"door"}
    assert bounds([insert], {"B": block}) == pytest.approx((90.0, -2.0, 102.0, 10.0))
    assert bounds([], {}) == (0, 0, 0, 0)
    assert bounds([Insert("x", "E", (1, 2))], {"E": Block("E", ())}) == (1, 2, 1, 2)
    with pytest.raises(TypeError):
        list(placed(insert, {"B": Block("B", (insert,))}))


def test_painting_order_and_findings(flat):
    finding = Finding(rule="FP1", message="m", elements=("a",), where=None, severity=Severity.WARNING)
    drawing = draw(flat, Report(layout="x", findings=(finding,)))
    shown = [p for p in painted(drawing) if getattr(p, "role", "") == "finding"]
    assert shown
    assert not [p for p in painted(drawing, findings=False) if getattr(p, "role", "") == "finding"]
    assert getattr(painted(drawing)[0], "role", "") == "room_fill"


def test_finding_marks():
    shapes = {"a": shapely.box(0, 0, 5000, 4000), "small": shapely.box(0, 0, 100, 100)}
    line = shapely.LineString([(0, 0), (1, 1)])
    findings = (
        Finding(rule="A", message="x", elements=("a",)),
        Finding(rule="B", message="x", elements=("small",)),
        Finding(rule="C", message="x", where=line),
        Finding(rule="D", message="x", where=shapely.Point(1, 1)),
        Finding(rule="E", message="x", elements=("nobody",)),
        Finding(rule="F", message="x", elements=("a",)),
    )
    marks = list(finding_marks(Report(layout="x", findings=findings), 50, (0.0, 0.0), shapes))
    numbers = [m for m in marks if isinstance(m, Circle)]
    assert len(numbers) == 5  # E shows no place
    for a, b in itertools.combinations(numbers, 2):
        assert abs(a.centre[0] - b.centre[0]) > 200 or abs(a.centre[1] - b.centre[1]) > 200
    assert sum(isinstance(m, Text) and m.align == "left" for m in marks) == 6


class Box(Element):
    shape: PolygonShape


class Wire(Element):
    shape: LineShape


class Dot(Element):
    shape: PointShape


def test_empty_and_strange_layouts():
    drawing = draw(Layout(domain="floorplan", name="Empty"))
    assert drawing.bounds()[2] > drawing.bounds()[0]
    strange = Layout(domain="something", name="Other", elements=(
        Box(id="box", kind="thing", shape=shapely.box(0, 0, 1, 1)),
        Wire(id="wire", kind="w", shape=shapely.LineString([(0, 0), (2, 2)])),
        Dot(id="dot", kind="d", shape=shapely.Point(1, 2))))
    assert {"equipment", "line", "note"} <= set(draw(strange).roles())
    assert draw(Layout(domain="something", name="None")).primitives
