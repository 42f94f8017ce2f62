"""The benchmark's metrics against cases worked out by hand."""

import numpy as np
import pytest
import shapely

from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.metrics.descriptors import NAMES, describe, wall_lines
from layoutgan.metrics.distances import (
    Scaler,
    frechet,
    kernel_distance,
    precision_recall,
    realism,
    two_sample_auc,
)
from layoutgan.metrics.fpeval import (
    adjacency_f1,
    broken_rules,
    geometry,
    new_violation,
    room_figures,
    type_iou,
)
from layoutgan.metrics.plan import Plan

FLAT = """
aaaabb
aaaabb
aaaacc
aaaacc
"""


def plan(text: str, scale: float = 1.0, **kinds: str) -> Plan:
    return Plan.of(sketch(text, make=Room, scale=scale, **kinds))


@pytest.fixture
def flat() -> Plan:
    return plan(FLAT, a="living_room", b="bathroom", c="kitchen")


def test_an_exact_tiling_has_no_overlap_no_hole_and_covers_its_outline(flat: Plan) -> None:
    judged = geometry(flat)
    assert judged.overlap == pytest.approx(0, abs=1e-12)
    assert judged.holes == pytest.approx(0, abs=1e-9)
    assert judged.components == 1
    assert judged.coverage == pytest.approx(1)
    assert judged.outside == 0
    assert not judged.any_violation


def test_overlap_is_what_counts_twice_over_the_union() -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(3, 0, 7, 4))
    judged = geometry(Plan(("a", "b"), ("living_room", "living_room"), rooms))
    assert judged.overlap == pytest.approx(4 / 28)
    assert judged.any_violation


def test_a_gap_of_less_than_two_h_is_no_hole_and_a_wide_one_is() -> None:
    ring = shapely.box(0, 0, 10, 10)
    for size, hole in ((0.5, 0.0), (2.0, 4.0 / 100)):
        whole = ring.difference(shapely.box(4, 4, 4 + size, 4 + size))
        judged = geometry(Plan(("a",), ("living_room",), (whole,)))
        assert judged.holes == pytest.approx(hole, abs=1e-9)


def test_rooms_far_apart_are_two_components_and_isolated() -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(6, 0, 10, 4))
    judged = geometry(Plan(("a", "b"), ("living_room", "living_room"), rooms))
    assert (judged.components, judged.adjacency_components, judged.isolated) == (2, 2, 1.0)


def test_corner_contact_counts_as_the_reference_says_and_not_strictly() -> None:
    rooms = (shapely.box(0, 0, 4, 4), shapely.box(4, 4, 8, 8))
    touching = Plan(("a", "b"), ("bedroom", "bedroom"), rooms)
    assert touching.contacts[0, 1] == pytest.approx(0.535, abs=0.01)
    assert touching.strict_contacts[0, 1] == 0


@pytest.mark.parametrize(("width", "broken"), [(2.0, False), (1.99, True)])
def test_a_bedroom_exactly_at_the_limit_passes(width: float, broken: bool) -> None:
    bedroom = Plan(("a",), ("bedroom",), (shapely.box(0, 0, width, 5.0),))
    assert geometry(bedroom).any_violation is broken


def test_room_figures_of_an_l_shape() -> None:
    shape = plan("aab\naa.\n", a="living_room", b="bathroom")
    figures = room_figures(plan("aaa\naa.", a="living_room"))
    assert shape.areas.sum() == pytest.approx(5)
    assert figures.corners.tolist() == [6]
    assert figures.convexity[0] == pytest.approx(5 / 5.5)
    assert figures.rectilinear[0] == pytest.approx(1)
    assert figures.aspect[0] == pytest.approx(1.5)


def test_adjacency_f1_compares_multisets_of_type_pairs(flat: Plan) -> None:
    other = plan("aabb\naabb\naacc\naacc", a="living_room", b="kitchen", c="bathroom")
    assert adjacency_f1(flat, flat) == 1
    assert adjacency_f1(flat, other) == 1  # the same pairs of types touch
    strip = plan("aabbcc\naabbcc", a="living_room", b="bathroom", c="kitchen")
    assert adjacency_f1(flat, strip) == pytest.approx(2 * 2 / (3 + 2))


def test_type_iou_is_exact(flat: Plan) -> None:
    assert type_iou(flat, flat) == pytest.approx(1)
    swapped = plan(FLAT, a="living_room", b="kitchen", c="bathroom")
    assert type_iou(flat, swapped) == pytest.approx(1 / 3)


def test_wall_lines_are_counted_once_per_place(flat: Plan) -> None:
    assert wall_lines(flat) == 6  # x = 0, 4, 6 and y = 0, 2, 4


def test_descriptions_do_not_change_under_the_symmetries_of_the_square(flat: Plan) -> None:
    first = describe(flat)
    assert len(first) == len(NAMES)
    for angle in (90, 180, 270):
        turned = Plan(
            flat.ids,
            flat.kinds,
            tuple(shapely.affinity.rotate(r, angle, origin=(0, 0)) for r in flat.rooms),
            shapely.affinity.rotate(flat.boundary, angle, origin=(0, 0)),
        )
        np.testing.assert_allclose(describe(turned), first, atol=1e-6)


def test_distances_are_zero_for_equal_sets_and_grow_with_a_shift() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(400, 6)), rng.normal(size=(400, 6))
    assert abs(kernel_distance(a, b)) < 0.05 < kernel_distance(a, b + 1)
    assert frechet(a, a) == pytest.approx(0, abs=1e-8)
    assert frechet(a, a + 2) == pytest.approx(24, rel=1e-6)


def test_a_classifier_cannot_tell_equal_sets_apart_but_shifted_ones() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(300, 5)), rng.normal(size=(300, 5))
    auc, interval = two_sample_auc(a, b)
    assert abs(auc - 0.5) < interval + 0.05
    assert two_sample_auc(a, b + 3)[0] > 0.95


def test_precision_and_recall_see_collapse() -> None:
    rng = np.random.default_rng(2)
    real = rng.normal(size=(300, 3))
    same = precision_recall(real, rng.normal(size=(300, 3)))
    collapsed = precision_recall(real, rng.normal(scale=0.05, size=(300, 3)))
    assert same.precision > 0.9
    assert same.recall > 0.9
    assert collapsed.precision > 0.9
    assert collapsed.recall < 0.2
    assert collapsed.coverage < same.coverage


def test_a_missing_number_counts_as_the_reference_mean() -> None:
    scale = Scaler.of(np.array([[1.0, np.nan], [3.0, 2.0]]))
    np.testing.assert_allclose(scale(np.array([[2.0, np.nan]])), [[0.0, 0.0]])


def test_which_rules_a_plan_breaks() -> None:
    bath, bedroom = shapely.box(0, 0, 0.9, 1.5), shapely.box(0.9, 0, 6.9, 1.9)
    broken = Plan(("a", "b"), ("bathroom", "bedroom"), (bath, bedroom))
    assert broken_rules(broken) == ("area bathroom", "width bathroom", "width bedroom", "aspect bedroom")
    judged = geometry(broken)
    assert (judged.any_violation, judged.any_violation_unscaled) == (True, True)  # 6 : 1.9 is over 3
    small = Plan(("a",), ("bathroom",), (bath,))
    assert (geometry(small).any_violation, geometry(small).any_violation_unscaled) == (True, False)
    apart = Plan(("a", "b"), ("other", "other"), (shapely.box(0, 0, 4, 4), shapely.box(5, 0, 9, 4)))
    assert broken_rules(apart) == ("disconnected",)
    over = Plan(("a", "b"), ("other", "other"), (shapely.box(0, 0, 4, 4), shapely.box(1, 0, 5, 4)))
    assert broken_rules(over) == ("overlap",)
    hollow = shapely.box(0, 0, 6, 6).difference(shapely.box(2, 2, 4, 4))
    assert broken_rules(Plan(("a",), ("other",), (hollow,))) == ("holes",)
    assert broken_rules(Plan((), (), ())) == ("empty",)


def test_any_violation_is_whether_some_rule_is_broken(flat: Plan) -> None:
    for scale in (0.2, 0.5, 0.7, 1.0):
        drawn = plan(FLAT, scale=scale, a="living_room", b="bathroom", c="kitchen")
        assert geometry(drawn).any_violation is bool(broken_rules(drawn))


def test_realism_of_twins_is_the_floor_and_of_others_is_not() -> None:
    rng = np.random.default_rng(3)
    real = rng.normal(size=(120, 4))
    briefs = np.arange(120)
    twins = realism(real, real, (briefs, briefs))
    assert twins.distance == pytest.approx(twins.floor)
    assert twins.size == 60
    far = realism(real, real + 1, (briefs, briefs))
    assert far.distance == pytest.approx(4, abs=1.0)  # |m1 - m2|² = 4 · 1²
    assert far.floor == pytest.approx(twins.floor)
    assert np.isnan(realism(real[:4], real[:4]).distance)


def test_twins_in_training_do_not_help_the_classifier() -> None:
    rng = np.random.default_rng(4)
    real = rng.normal(size=(150, 6))
    twins = real + rng.normal(scale=0.01, size=real.shape)
    briefs = np.arange(150)
    apart, interval = two_sample_auc(real, twins, groups=(briefs, briefs))
    assert abs(apart - 0.5) < interval + 0.02
    assert two_sample_auc(real, twins + 3, groups=(briefs, briefs))[0] > 0.95


def test_precision_recall_density_coverage_by_hand() -> None:
    real = np.array([[0.0], [1.0], [2.0], [10.0]])
    made = np.array([[0.5], [1.5], [30.0]])
    # k = 1: balls around real points have radii 1, 1, 1, 8; around made ones 1, 1, 28.5.
    found = precision_recall(real, made, k=1)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(4 / 4)
    assert found.density == pytest.approx((2 + 2) / 3)  # 0.5 and 1.5 lie in two balls each
    assert found.coverage == pytest.approx(3 / 4)


def test_what_the_truth_breaks_too_is_no_new_violation() -> None:
    def pair(bath: float, depth: float = 4.0) -> Plan:
        rooms = (shapely.box(0, 0, bath, 4), shapely.box(bath, 0, 6, depth))
        return Plan(("a", "b"), ("bathroom", "bedroom"), rooms)

    truth = pair(0.9)  # a bathroom under 1.0 m and over 3.5 : 1
    assert not new_violation(truth, truth)
    assert not new_violation(pair(0.8), truth)
    assert new_violation(pair(0.9), pair(1.5))
    assert new_violation(pair(0.9, depth=1.9), truth)  # the bedroom is under 2.0 m, and the truth's is not
    assert new_violation(Plan((), (), ()), truth)
    assert not new_violation(pair(1.5), truth)
