"""Graph edit distance, compatibility, topology and diversity against cases worked out by hand."""

import networkx
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Door, Room
from layoutgan.metrics.compatibility import Asked, compatibility, estimated_connections, unasked_doors
from layoutgan.metrics.diversity import diversity
from layoutgan.metrics.edit_distance import edit_distance
from layoutgan.metrics.graphs import RoomGraph, asked_graph, contact_graph, door_graph, topology
from layoutgan.metrics.paired import area_mape, paired
from layoutgan.metrics.plan import Opening, Plan

ROW = "aabbcc\naabbcc\naabbcc"
KINDS = {"a": "living_room", "b": "bathroom", "c": "kitchen"}


def graph(kinds: str, *pairs: str) -> RoomGraph:
    """``graph("abc", "01", "12")``: kinds by letter, edges by two digits."""
    return RoomGraph.of(kinds, ((int(a), int(b)) for a, b in pairs))


EDITS = {
    "equal": (graph("abc", "01", "12"), graph("abc", "01", "12"), 0),
    "in another order": (graph("abc", "01", "12"), graph("cab", "12", "02"), 0),
    "a type": (graph("abc", "01", "12"), graph("abd", "01", "12"), 1),
    "an edge": (graph("abc", "01", "12"), graph("abc", "01", "12", "02"), 1),
    "an edge moved": (graph("abc", "01", "12"), graph("abc", "01", "02"), 2),
    "two types exchanged": (graph("abcc", "01", "12", "13"), graph("bacc", "01", "12", "13"), 2),
    "a loose room": (graph("abc", "01", "12"), graph("abcd", "01", "12"), 1),
    "a room and its two edges": (graph("abc", "01", "12"), graph("abcd", "01", "12", "03", "13"), 3),
    "nothing and something": (graph(""), graph("ab", "01"), 3),
    "a triangle and a path": (graph("aaa", "01", "12", "02"), graph("aaa", "01", "12"), 1),
}


@pytest.mark.parametrize("case", EDITS)
def test_edit_distances_by_hand(case: str) -> None:
    first, second, edits = EDITS[case]
    for found in (edit_distance(first, second), edit_distance(second, first)):
        assert (found.value, found.exact) == (edits, True)


@st.composite
def graphs(draw: st.DrawFn) -> RoomGraph:
    kinds = draw(st.text("abc", max_size=5))
    pairs = [(i, j) for i in range(len(kinds)) for j in range(i)]
    return RoomGraph.of(kinds, [pair for pair in pairs if draw(st.booleans())])


@settings(max_examples=40, deadline=None)
@given(graphs(), graphs())
def test_edit_distance_is_what_networkx_finds(first: RoomGraph, second: RoomGraph) -> None:
    def build(drawn: RoomGraph) -> networkx.Graph:
        made: networkx.Graph = networkx.Graph()
        made.add_nodes_from((i, {"kind": kind}) for i, kind in enumerate(drawn.kinds))
        made.add_edges_from(drawn.edges)
        return made

    truth = networkx.graph_edit_distance(
        build(first), build(second), node_match=lambda a, b: a["kind"] == b["kind"]
    )
    found = edit_distance(first, second, steps=10**6)
    assert (found.value, found.exact) == (truth, True)
    hasty = edit_distance(first, second, steps=1)
    assert hasty.bound <= truth <= hasty.value


def door(number: int, x: float, *between: str, y: float = 1.0) -> Door:
    return Door(
        id=f"d{number}",
        kind="entrance" if "outside" in between else "door",
        between=between,
        thickness=0.2,
        shape=[[x, y], [x, y + 0.9]],
    )


def row(*doors: Door) -> Plan:
    made = sketch(ROW, make=Room, **KINDS)
    return Plan.of(made.replaced(elements=(*made.elements, *doors)))


FRONT = door(0, -0.1, "outside", "a")
AB, BC = door(1, 2.0, "a", "b"), door(2, 4.0, "b", "c")


def asked(*pairs: str, anywhere: int = 0) -> Asked:
    named = {"o": "outside"}
    return Asked(frozenset(frozenset(named.get(c, c) for c in pair) for pair in pairs), anywhere)


COMPATIBILITY = {
    "all as asked": ((FRONT, AB, BC), asked("oa", "ab", "bc"), 0),
    "nothing there": ((), asked("oa", "ab", "bc"), 3),
    "one missing": ((FRONT, AB), asked("oa", "ab", "bc"), 1),
    "one too many": ((FRONT, AB, BC), asked("oa", "ab"), 1),
    "another one": ((FRONT, AB), asked("oa", "ac"), 2),
    "two doors, one pair": ((FRONT, AB, door(3, 2.0, "a", "b", y=2.0)), asked("oa", "ab"), 0),
    "front door in another room": ((door(0, 6.1, "outside", "c"), AB, BC), asked("oa", "ab", "bc"), 2),
    "front door anywhere": ((door(0, 6.1, "outside", "c"), AB, BC), asked("ab", "bc", anywhere=1), 0),
    "no front door": ((AB, BC), asked("ab", "bc", anywhere=1), 1),
}


@pytest.mark.parametrize("case", COMPATIBILITY)
def test_compatibility_by_hand(case: str) -> None:
    doors, wanted, errors = COMPATIBILITY[case]
    assert compatibility(row(*doors), wanted) == errors


def test_a_door_that_covers_much_of_a_room_does_not_connect_it() -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(4, 0, 4.6, 1))
    wide, slim = shapely.box(3.7, 0, 4.3, 1), shapely.box(3.95, 0, 4.05, 1)
    for shape, pairs in ((wide, set()), (slim, {frozenset("ab")})):  # 0.3/0.9 is over the limit of 0.2
        plan = Plan(("a", "b"), ("living_room", "closet"), rooms, doors=(Opening(shape),))
        assert estimated_connections(plan) == pairs


def test_doors_that_nobody_asked_for_are_told_by_whether_the_brief_says_anything() -> None:
    plan = row(FRONT, AB, BC)
    assert unasked_doors(plan, asked("oa", "ab")) == {"needed": 1, "spare": 0}  # c is named nowhere
    assert unasked_doors(plan, asked("oa", "ab", "ac")) == {"needed": 0, "spare": 1}


def test_what_a_brief_and_a_plan_ask_for() -> None:
    brief = FloorplanBrief.model_validate(
        {
            "layoutgan": 1,
            "domain": "floorplan",
            "boundary": [[0, 0], [6, 0], [6, 3], [0, 3]],
            "entrance": [{"at": [0, 1], "space": "a"}, {"at": [6, 1]}],
            "spaces": [{"id": i, "kind": k} for i, k in KINDS.items()],
            "adjacencies": [
                {"between": ["a", "b"]},
                {"between": ["b", "c"], "kind": "open"},
                {"between": ["a", "c"], "kind": "never"},
            ],
        }
    )
    assert Asked.by(brief) == asked("oa", "ab", "bc", anywhere=1)
    assert asked_graph(brief) == RoomGraph.of(KINDS.values(), [(0, 1), (1, 2)])
    plan = row(FRONT, AB)
    assert Asked.shown_by(plan) == asked("oa", "ab")
    nameless = tuple(Opening(d.shape, d.front) for d in plan.doors)
    unnamed = Plan(plan.ids, plan.kinds, plan.rooms, doors=nameless)
    assert Asked.shown_by(unnamed) == asked("oa", "ab")
    assert door_graph(unnamed).edges == door_graph(plan).edges == {(0, 1)}


def test_contact_graph_counts_walls_and_no_corners() -> None:
    plan = Plan.of(sketch("ab\ncd", make=Room, scale=2, a="kitchen", b="closet", c="bedroom", d="bathroom"))
    assert contact_graph(plan).edges == {(0, 1), (0, 2), (1, 3), (2, 3)}


@pytest.mark.parametrize(("gap", "edges"), [(0.3, {(0, 1), (0, 2), (1, 2)}), (0.1, set())])
def test_rooms_between_walls_face_each_other(gap: float, edges: set[tuple[int, int]]) -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(4.2, 0, 6, 1.8), shapely.box(4.2, 2, 6, 4))
    plan = Plan(("a", "b", "c"), ("living_room",) * 3, rooms, gap=gap)
    assert contact_graph(plan).edges == edges
    if edges:
        assert plan.strict_contacts[0, 1] == pytest.approx(1.8)
        assert plan.outline.area == pytest.approx(24)


def test_rooms_at_a_crossing_of_walls_are_no_neighbours() -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(4.2, 4.2, 8, 8))
    assert Plan(("a", "b"), ("bedroom",) * 2, rooms, gap=0.4).strict_contacts[0, 1] == 0


def test_topology_knows_no_order_and_no_mirror() -> None:
    mirrored = Plan.of(sketch("ccbbaa\nccbbaa", make=Room, **KINDS))
    assert topology(contact_graph(row())) == topology(contact_graph(mirrored))
    other = Plan.of(sketch("bbaacc\nbbaacc", make=Room, **KINDS))
    assert topology(contact_graph(row())) != topology(contact_graph(other))


def test_diversity_of_copies_mirrors_and_others() -> None:
    copy = diversity([row(), row()])
    assert (copy.score, copy.topologies, copy.topology_share) == (pytest.approx(0), 1, 0.5)
    mirrored = Plan.of(sketch("ccbbaa\nccbbaa\nccbbaa", make=Room, **KINDS))
    turned = diversity([row(), mirrored])  # the middle stays, the ends change places
    assert (turned.score, turned.topologies) == (pytest.approx(2 / 3), 1)
    other = Plan.of(sketch("bbaacc\nbbaacc\nbbaacc", make=Room, **KINDS))
    three = diversity([row(), mirrored, other])
    assert three.score == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert three.topologies == 2
    assert diversity([row(), row(), other], most=2).score == pytest.approx(0)
    with pytest.raises(ValueError, match="at least two"):
        diversity([row()])


def test_a_plan_beside_the_truth() -> None:
    truth = Plan.of(sketch("aabbcc\naabbcc", make=Room, **KINDS))
    moved = Plan.of(sketch("aaabcc\naaabcc", make=Room, **KINDS))
    same, other = paired(truth, truth), paired(moved, truth)
    assert same == (1, 1, 1, 1, 0, 0, 0, 1, 0, 0)
    assert (other.count_right, other.types_right, other.adjacency_f1, other.edit_distance) == (1, 1, 1, 0)
    assert other.type_iou == pytest.approx((4 / 6 + 2 / 4 + 1) / 3)
    assert other.area_mape == pytest.approx((0.5 + 0.5 + 0) / 3)
    two = Plan.of(sketch("aabb\naabb", make=Room, a="living_room", b="bathroom"))
    less = paired(two, truth)
    assert (less.count_right, less.types_right, less.edit_distance) == (0, 0, 2)
    assert less.edit_distance_per_room == pytest.approx(2 / 3)
    assert area_mape(two, truth) == pytest.approx(1 / 3)
    renamed = Plan(("x",), ("kitchen",), (shapely.box(0, 0, 1, 1),))
    assert area_mape(renamed, truth) != area_mape(renamed, truth)  # NaN
