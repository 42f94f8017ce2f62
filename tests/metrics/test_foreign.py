"""House-GAN++ JSON as it comes: good plans, bad plans and things that are none."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.errors import InputError
from layoutgan.metrics.compatibility import compatibility, estimated_connections
from layoutgan.metrics.foreign import METRES_PER_PIXEL, is_foreign, plan_of, read_foreign
from layoutgan.metrics.fpeval import geometry
from layoutgan.metrics.graphs import contact_graph

M = METRES_PER_PIXEL


def document(*boxes: tuple[int, tuple[int, int, int, int]], links: Any = ()) -> dict[str, Any]:
    """Elements as boxes; ``links`` are pairs of elements that are connected."""
    edges, owners = [], []
    for i, (kind, (a, b, c, d)) in enumerate(boxes):
        for k, side in enumerate(((a, b, a, d), (a, d, c, d), (c, d, c, b), (c, b, a, b))):
            edges.append([*map(float, side), kind, 0])
            owners.append([i, *[j for first, j in links if first == i and k == 0]][:2])
    return {"room_type": [kind for kind, _ in boxes], "boxes": [list(b) for _, b in boxes], "edges": edges,
            "ed_rm": owners}  # fmt: skip


LIVING, BATH = (1, (60, 60, 110, 110)), (4, (114, 60, 150, 110))
DOOR, FRONT = (17, (111, 70, 113, 82)), (15, (57, 70, 59, 82))


def test_two_rooms_a_door_and_a_front_door() -> None:
    found = plan_of(document(LIVING, BATH, DOOR, FRONT, links=[(0, 1), (3, 0)]))
    plan = found.plan
    assert plan.kinds == ("living_room", "bathroom")
    np.testing.assert_allclose(plan.areas, [(50 * M) ** 2, 36 * 50 * M**2])
    assert plan.rooms[0].bounds == pytest.approx((60 * M, -110 * M, 110 * M, -60 * M))  # y is turned
    assert found.asked.connections == {frozenset("01"), frozenset(("outside", "0"))}
    assert estimated_connections(plan) == found.asked.connections
    assert compatibility(plan, found.asked) == 0
    assert contact_graph(plan).edges == {(0, 1)}
    assert not geometry(plan).overlap


@pytest.mark.parametrize(
    ("boxes", "errors"), [((LIVING, BATH, FRONT), 1), ((LIVING, BATH, DOOR), 1), ((LIVING, BATH), 2)]
)
def test_missing_doors_are_counted(boxes: Any, errors: int) -> None:
    asked = plan_of(document(LIVING, BATH, DOOR, FRONT, links=[(0, 1), (3, 0)])).asked
    assert compatibility(plan_of(document(*boxes)).plan, asked) == errors


def test_codes_of_house_diffusion() -> None:
    raw = plan_of(document(LIVING, BATH, DOOR, FRONT, (16, (60, 114, 80, 140)), links=[(3, 0)]))
    own = plan_of(
        document(LIVING, BATH, (12, DOOR[1]), (11, FRONT[1]), (13, (60, 114, 80, 140)), links=[(3, 0)])
    )
    assert raw == own


def test_bad_plans_are_measured_and_not_refused() -> None:
    overlapping = plan_of(document(LIVING, (4, (100, 60, 150, 110)))).plan
    assert geometry(overlapping).overlap == pytest.approx(500 / (50 * 50 + 50 * 50 - 500))
    bow = document(LIVING, BATH)
    bow["edges"][0:4] = [[60, 60, 110, 110, 1, 0], [110, 110, 110, 60, 1, 0], [110, 60, 60, 110, 1, 0],
                         [60, 110, 60, 60, 1, 0]]  # fmt: skip
    repaired = plan_of(bow).plan
    assert repaired.invalid == 1
    assert repaired.areas[0] == pytest.approx(50 * 25 * M**2 / 2)
    loose = document(LIVING, BATH)
    del loose["edges"][3], loose["ed_rm"][3]  # no ring: its box stands in
    assert plan_of(loose).plan.areas[0] == pytest.approx((50 * M) ** 2)
    shuffled = document(LIVING, BATH)
    shuffled["edges"][0], shuffled["edges"][2] = shuffled["edges"][2], shuffled["edges"][0]
    del shuffled["boxes"]
    assert plan_of(shuffled).plan.areas[0] == pytest.approx((50 * M) ** 2)
    empty = plan_of({"room_type": [1], "edges": [], "ed_rm": []}).plan
    assert empty.rooms == ()
    assert geometry(empty).any_violation


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"room_type": "x"}, "room_type: must be a list"),
        ({"room_type": [1, 4, 99, 15]}, "room_type[2]: no such type: 99"),
        ({"room_type": [1, 4, None, 15]}, "room_type[2]: must be a number"),
        ({"room_type": [1] * 201}, "room_type: has 201 entries"),
        ({"edges": {}}, "edges: must be a list"),
        ({"ed_rm": []}, "ed_rm: has 0 entries and 'edges' has 16"),
        ({"ed_rm": [[7]] * 16}, "ed_rm[0]: names element 7"),
        ({"ed_rm": [[-1]] * 16}, "ed_rm[0]: names element -1"),
        ({"ed_rm": [[]] * 16}, "ed_rm[0]: must name one or two"),
        ({"edges": [[0, 0, 1, 1]] * 401, "ed_rm": [[2]] * 401}, "ed_rm[400]: element 2 has more than 400"),
        ({"edges": [[0, 0]] * 16}, "edges[0]: must be x0, y0, x1, y1"),
        ({"edges": [[0, 0, 1, 1e9]] * 16}, "edges[0]: must be a number within"),
        ({"edges": [[0, 0, 1, True]] * 16}, "edges[0]: must be a number within"),
    ],
)
def test_what_is_no_plan(change: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as caught:
        plan_of(document(LIVING, BATH, DOOR, FRONT) | change)
    assert says in str(caught.value)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"layoutgan": 1, "room_type": []}')
    with pytest.raises(InputError, match=r"x\.json: must be House-GAN"):
        read_foreign(path)
    assert not is_foreign([])


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["room_type", "edges", "ed_rm", "boxes"]), st.integers(0, 15), plain)
def test_mutated_files_are_read_or_refused(field: str, place: int, value: Any) -> None:
    tree = document(LIVING, BATH, DOOR, FRONT)
    tree[field][place % len(tree[field])] = value
    with suppress(InputError):
        geometry(plan_of(tree).plan)
