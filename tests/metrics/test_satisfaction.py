"""Brief satisfaction against plans typed as letters."""

import pytest
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Door, Room
from layoutgan.metrics.satisfaction import clear_floor, inscribed_square, satisfaction

PLAN = """
aaaabb
aaaabb
aaaacc
aaaacc
"""


def brief(**changes: object) -> FloorplanBrief:
    values: dict[str, object] = {
        "layoutgan": 1,
        "domain": "floorplan",
        "boundary": [[0, 0], [6, 0], [6, 4], [0, 4]],
        "entrance": [0, 2],
        "spaces": [
            {"id": "a", "kind": "living_room", "area": [15, 16]},
            {"id": "b", "kind": "bathroom", "area": [3.5, 4.0], "min_width": 1.8, "exterior": True},
            {"id": "c", "kind": "kitchen"},
        ],
        "adjacencies": [{"between": ["a", "b"]}, {"between": ["b", "c"], "kind": "adjacent"}],
    }
    return FloorplanBrief.model_validate(values | changes)


def layout(*doors: Door) -> Layout:
    plan = sketch(PLAN, make=Room, a="living_room", b="bathroom", c="kitchen")
    return plan.replaced(elements=(*plan.elements, *doors))


def door(number: int, *between: str) -> Door:
    return Door(
        id=f"d{number}",
        kind="entrance" if "outside" in between else "door",
        between=between,
        thickness=0.1,
        shape=[[0, 1.5], [0, 2.5]] if "outside" in between else [[4, 2.6], [4, 3.4]],
    )


def test_everything_met() -> None:
    met = satisfaction(layout(door(1, "a", "b"), door(2, "outside", "a")), brief())
    assert met.all_met, met.counts
    assert met.connections_f1 == 1


def test_a_missing_door_is_seen() -> None:
    met = satisfaction(layout(door(2, "outside", "a")), brief())
    assert met.counts["neighbour"] == (1, 2)
    assert not met.all_met
    assert met.connections_f1 == 0


@pytest.mark.parametrize(
    ("changes", "sort"),
    [
        ({"adjacencies": [{"between": ["b", "c"], "kind": "never"}]}, "never"),
        (
            {
                "spaces": [
                    {"id": "a", "kind": "living_room", "area": [16, 17]},
                    {"id": "b", "kind": "bathroom"},
                    {"id": "c", "kind": "kitchen"},
                ],
                "adjacencies": [],
            },
            "area",
        ),
        (
            {
                "spaces": [
                    {"id": "a", "kind": "living_room"},
                    {"id": "b", "kind": "bathroom", "min_width": 2.0},
                    {"id": "c", "kind": "kitchen"},
                ],
                "adjacencies": [],
            },
            "width",
        ),
        (
            {
                "spaces": [
                    {"id": "a", "kind": "living_room"},
                    {"id": "b", "kind": "toilet"},
                    {"id": "c", "kind": "kitchen"},
                ],
                "adjacencies": [],
            },
            "present",
        ),
        ({"boundary": [[0, 0], [7, 0], [7, 4], [0, 4]]}, "covered"),
    ],
)
def test_each_sort_of_demand_can_fail(changes: dict[str, object], sort: str) -> None:
    met = satisfaction(layout(door(1, "a", "b"), door(2, "outside", "a")), brief(**changes))
    passed, asked = met.counts[sort]
    assert passed < asked


def test_clear_floor_takes_half_a_wall_off_shared_borders_only() -> None:
    rooms = {"a": shapely.box(0, 0, 4, 4), "b": shapely.box(4, 0, 6, 4)}
    clear = clear_floor(rooms, 0.2)
    assert clear["a"].area == pytest.approx(3.9 * 4)
    assert clear["b"].area == pytest.approx(1.9 * 4)


def test_inscribed_square_of_an_l() -> None:
    shape = shapely.box(0, 0, 5, 2).union(shapely.box(0, 0, 1, 5))
    assert inscribed_square(shape) == pytest.approx(2)
    assert inscribed_square(shapely.Polygon([(0, 0), (4, 0), (0, 3)])) == pytest.approx(2.0, abs=0.02)
