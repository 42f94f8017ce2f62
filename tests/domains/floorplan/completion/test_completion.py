"""What completion promises: closed walls, doors in their walls, leaves that clear, rooms to be reached."""

import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate

from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.openings import sector, swing
from layoutgan.domains.floorplan.rules.general import GENERAL
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.domains.floorplan.tags import room_tags
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies
from layoutgan.errors import InputError
from layoutgan.validation.check import check

FLAT = """
    llllkkk
    llllkkk
    llllhhh
    bbbbhtt
    bbbbhss
    ccccccc
"""
KINDS = {"l": "living_room", "k": "kitchen", "h": "corridor", "b": "bedroom", "t": "bathroom", "s": "shaft",
         "c": "balcony"}
BRIEF = {
    "entrance": [{"at": [7, 3.5], "space": "h"}], "party": [[[0, 1], [0, 6]]],
    "adjacencies": [{"between": ["h", "b"]}, {"between": ["h", "t"]}, {"between": ["l", "k"], "kind": "open"},
                    {"between": ["h", "l"]}]}


@pytest.fixture(scope="module")
def flat():
    return drawn(FLAT, scale=1.0, brief=BRIEF, done=True, **KINDS)


def exact(layout):
    """Clear floor and walls inside the outline make up the outline, obstacles apart."""
    bodies = wall_bodies(layout, openings=False)
    solid = shapely.union_all([*bodies["wall"], *bodies["railing"]])
    clear = clear_shapes(layout)
    inside = layout.boundary.difference(shapely.union_all([o.shape for o in layout.of(Obstacle)]))
    within = solid.intersection(inside).area
    assert sum(c.area for c in clear.values()) + within == pytest.approx(inside.area, abs=1e-6)
    return solid


def test_the_flat_is_clean(flat):
    report = check(flat, GENERAL.rules)
    assert not [f for f in report.findings if f.rule != "FP009"], report.text()
    assert not flat.notes


def test_walls_by_kind(flat):
    thickness = {w.kind: w.thickness for w in flat.of(Wall)}
    assert thickness == {"exterior": 0.3, "interior": 0.1, "party": 0.2, "railing": 0.1} | thickness
    exact(flat)


def test_exterior_walls_stand_outside(flat):
    for wall in flat.of(Wall):
        if wall.kind in ("party", "railing"):
            assert wall.shape.distance(flat.boundary) == pytest.approx(wall.thickness / 2)


def test_openings_are_cut_out_of_the_walls(flat):
    solid = shapely.union_all(wall_bodies(flat)["wall"])
    for opening in (*flat.of(Door), *flat.of(Window)):
        assert solid.intersection(opening.shape).length < 1e-9
        assert opening.shape.buffer(0.05).intersects(solid), "it stands in a wall"


def test_no_window_to_the_neighbour(flat):
    assert all(w.shape.centroid.x > 0 for w in flat.of(Window))


def test_balcony_has_a_glass_door_and_a_railing(flat):
    door = next(d for d in flat.of(Door) if "c" in d.between)
    assert door.kind == "sliding"
    assert door.opens_into is None
    assert any(w.kind == "railing" for w in flat.of(Wall))


def test_leaf_opens_into_the_room_not_the_corridor(flat):
    leaves = [d for d in flat.of(Door) if d.kind == "door"]
    assert {d.id: d.opens_into for d in leaves} == {
        "door-b-h": "b", "door-h-t": "t", "door-h-l": "l"}


def test_hinge_side_and_drawing_agree(flat):
    for door in flat.of(Door):
        if door.opens_into in ("b", "t", "l", "h"):
            room = flat[door.opens_into].shape
            leaf = swing(door, room)
            assert room.buffer(1e-6).covers(sector(leaf))
            start, end = door.shape.coords
            (ax, ay), (bx, by), (ox, oy) = start, end, leaf.open
            assert (bx - ax) * (oy - ay) > (by - ay) * (ox - ax), "leaves open to the left of start to end"


def test_connections_name_doors_and_walls(flat):
    kinds = {frozenset(c.between): c.kind for c in flat.connections}
    assert kinds[frozenset("lk")] == "open"
    assert kinds[frozenset("hb")] == "door"
    assert kinds[frozenset("kh")] == "adjacent"
    assert any("outside" in c.between for c in flat.connections)


def test_tags(flat):
    tags = {t.room: t for t in room_tags(flat)}
    assert [t.number for t in room_tags(flat)] == [1, 2, 3, 4, 5, 6]
    assert tags["b"].name == "Bedroom"
    assert tags["b"].area == pytest.approx(clear_shapes(flat)["b"].area)
    assert all(flat[name].shape.contains(t.at) for name, t in tags.items())


def test_the_document_round_trips(flat):
    text = dump_json(flat)
    again = Layout.model_validate(json.loads(text))
    assert dump_json(again) == text


def test_the_same_rooms_give_the_same_plan(flat):
    assert dump_json(complete(flat)) == dump_json(complete(complete(flat)))


def test_locked_openings_stay():
    wide = {"between": "ab", "at": [3, 2.0], "width": 1.1}
    plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", doors=[wide])
    kept = plan.replaced(
        elements=[e.model_copy(update={"locked": isinstance(e, Door)}) for e in plan.elements])
    doors = {d.id: d for d in complete(kept).of(Door)}
    assert doors["door-a-b"].shape.length == pytest.approx(1.1)
    assert len([d for d in doors.values() if "b" in d.between and "a" in d.between]) == 1


def test_a_room_may_be_called_like_a_wall():
    plan = drawn("ab", scale=3.0, a="corridor", b="bedroom")
    named = plan.replaced(elements=[plan["a"].model_copy(update={"id": "wall-001"}),
                                    plan["b"].model_copy(update={"id": "entrance"})])
    ids = [e.id for e in complete(named).elements]
    assert len(ids) == len(set(ids))


def test_a_crowded_corner_gets_a_sliding_door():
    places = [shapely.box(x, 0.4, x + 0.22, 0.8) for x in (0.5, 1.68)]
    columns = [Obstacle(id=f"column-{i}", kind="column", shape=place) for i, place in enumerate(places)]
    plan = drawn("ab", scale=1.2, a="toilet", b="closet", done=True, also=columns,
                 brief={"adjacencies": [{"between": ["a", "b"]}]})
    assert [d.kind for d in plan.of(Door) if "b" in d.between] == ["sliding"]


def test_what_cannot_be_placed_is_said():
    plan = drawn("""
        aab
        ccb
    """, scale=0.3, a="corridor", b="bedroom", c="bathroom", done=True,
                 brief={"adjacencies": [{"between": ["a", "b"]}]})
    assert any("no place for the door between a and b" in note for note in plan.notes)


def test_extra_doors_never_lead_through_a_bedroom():
    plan = drawn("""
        aabbcc
        aabbcc
    """, scale=1.5, a="living_room", b="bedroom", c="kitchen", done=True)
    assert any("c cannot be reached" in note for note in plan.notes)


def test_no_rooms_is_an_error():
    with pytest.raises(InputError, match="no rooms"):
        complete(Layout(domain="floorplan"))


def test_slanted_outline_and_courtyard():
    boundary = shapely.Polygon([(0, 0), (10, 0), (12, 6), (0, 6)], [[(4, 2), (6, 2), (6, 4), (4, 4)]])
    west = boundary.intersection(shapely.box(-1, -1, 5, 9))
    east = boundary.intersection(shapely.box(5, -1, 20, 9))
    rooms = (Room(id="w", kind="living_room", shape=west), Room(id="e", kind="bedroom", shape=east))
    plan = complete(Layout(domain="floorplan", boundary=boundary, elements=rooms))
    solid = exact(plan)
    assert solid.is_valid
    # Outer walls: a mitred ring of 0.3 m around the outline, and within the courtyard.
    ring = boundary.buffer(0.3, join_style="mitre").difference(boundary)
    assert solid.difference(boundary).symmetric_difference(ring).area < 1e-6


def test_turned_plans_have_turned_walls():
    plan = drawn(FLAT, scale=1.0, **KINDS)
    elements = [e.model_copy(update={"shape": rotate(e.shape, 33, origin=(0, 0))}) for e in plan.elements]
    turned = plan.replaced(boundary=rotate(plan.boundary, 33, origin=(0, 0)), elements=elements)
    one, two = exact(complete(plan)), exact(complete(turned))
    assert one.area == pytest.approx(two.area, abs=1e-4)
    assert rotate(one, 33, origin=(0, 0)).symmetric_difference(two).area < 1e-3


@st.composite
def tilings(draw):
    """Rooms on a random grid, from merged cells."""
    width, height = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    xs = [0.0]
    for _ in range(width):
        xs.append(xs[-1] + draw(st.sampled_from([0.6, 1.0, 1.75, 2.4, 3.1])))
    ys = [0.0]
    for _ in range(height):
        ys.append(ys[-1] + draw(st.sampled_from([0.6, 1.2, 2.0, 2.9])))
    kinds = ["corridor", "living_room", "kitchen", "bedroom", "bathroom", "toilet", "closet", "balcony"]
    cells: dict[int, list] = {}
    for j in range(height):
        for i in range(width):
            box = shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1])
            cells.setdefault(draw(st.integers(0, 6)), []).append(box)
    rooms = []
    for number, boxes in sorted(cells.items()):
        for part in shapely.get_parts(shapely.union_all(boxes)):
            shape = part.simplify(1e-9)
            name = kinds[(number + len(rooms)) % len(kinds)]
            rooms.append(Room(id=f"r{len(rooms)}", kind=name, shape=shape))
    return Layout(domain="floorplan", boundary=shapely.box(0, 0, xs[-1], ys[-1]), elements=tuple(rooms))


@settings(max_examples=40, deadline=None)
@given(bare=tilings())
def test_invariants(bare):
    plan = complete(bare)
    exact(plan)
    unreached = {n.split(" ")[0] for n in plan.notes if "cannot be reached" in n}
    codes = {
        "FP021", "FP023", "FP026", "FP027", "FP029", "FP030", "FP032", "FP033", "FP035", "FP038", "FP039"}
    report = check(plan, [r for r in GENERAL.rules if r.code in codes])
    findings = [f for f in report.findings if not (f.rule == "FP023" and f.elements[0] in unreached)]
    assert not findings, report.text()
