"""Plans as rasters and as learned features; the distance sees what was spoiled."""

import numpy as np
import pytest
import shapely
from shapely import affinity

from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.metrics import features
from layoutgan.metrics.descriptors import GROUPS
from layoutgan.metrics.feature_network import FEATURES
from layoutgan.metrics.features import PLANES, SIZE, embed, labelled, planes
from layoutgan.metrics.likeness import Described, likeness, likeness_floor
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.sample import Sample, partners

FLAT = "aaaabb\naaaabb\naaaacc\nddddcc"
KINDS = {"a": "living_room", "b": "bathroom", "c": "kitchen", "d": "bedroom"}


def flat(**kinds: str) -> Plan:
    return Plan.of(sketch(FLAT, make=Room, scale=1.5, **(KINDS | kinds)))


def changed(plan: Plan, change) -> Plan:
    return Plan(plan.ids, plan.kinds, tuple(change(room) for room in plan.rooms), change(plan.boundary))


def test_a_raster_shows_types_walls_and_the_outside() -> None:
    square = Plan(("a", "b"), ("bedroom", "kitchen"), (shapely.box(0, 0, 4, 8), shapely.box(4, 0, 8, 8)))
    labels, groups = labelled(square)
    assert labels.shape == (2 * SIZE, 2 * SIZE)
    assert sorted(np.unique(labels)) == [-1, 0, 1]
    raster = planes(labels, groups)
    assert raster.shape == (len(PLANES), SIZE, SIZE)
    shares = dict(zip(PLANES, raster.mean((1, 2)).tolist(), strict=True))
    assert shares["bedroom"] == pytest.approx(0.5 / 1.06**2, rel=0.05)  # a margin of 6 %
    assert shares["bedroom"] == pytest.approx(shares["kitchen"], rel=0.05)
    assert sum(v for k, v in shares.items() if k in GROUPS or k == "outside") == pytest.approx(1)
    assert raster[PLANES.index("wall"), SIZE // 2, SIZE // 2 - 1 : SIZE // 2 + 1].max() > 0


def test_walls_of_foreign_plans_are_filled() -> None:
    rooms = (shapely.box(0, 0, 3.9, 8), shapely.box(4.1, 0, 8, 8))
    apart = Plan(("a", "b"), ("bedroom", "kitchen"), rooms, gap=0.4)
    tiled = Plan(("a", "b"), apart.kinds, (shapely.box(0, 0, 4, 8), shapely.box(4, 0, 8, 8)))
    assert (labelled(apart)[0] == labelled(tiled)[0]).mean() > 0.99
    assert labelled(Plan((), (), ()))[0].max() == -1


def test_features_know_no_turn_no_mirror_and_no_size() -> None:
    plan = flat()
    found = embed(
        [
            plan,
            changed(plan, lambda s: affinity.rotate(s, 90, origin=(0, 0))),
            changed(plan, lambda s: affinity.scale(s, -1, 1, origin=(0, 0))),
            changed(plan, lambda s: affinity.scale(s, 2, 2, origin=(0, 0))),
            flat(a="bathroom", b="living_room"),
        ]
    )
    assert found.shape == (5, FEATURES)
    for same in (1, 2, 3):
        np.testing.assert_allclose(found[same], found[0], atol=0.2)
    assert np.abs(found[4] - found[0]).max() > 0.5


def test_damaged_weights_are_said_in_a_sentence(monkeypatch) -> None:
    features._shipped.cache_clear()
    monkeypatch.setattr(features, "VERSION", "nothing")
    with pytest.raises(InputError, match="install the package anew"):
        embed([flat()])
    features._shipped.cache_clear()


def test_copies_of_real_plans_are_at_the_floor_and_spoiled_ones_are_not() -> None:
    rng = np.random.default_rng(0)
    wide = [float(w) for w in rng.uniform(0.8, 1.4, 40)]
    real = [
        Sample(str(i), changed(flat(), lambda s, w=w: affinity.scale(s, w, 1, origin=(0, 0))))
        for i, w in enumerate(wide)
    ]
    spoiled = [
        Sample(s.name, Plan(s.plan.ids, s.plan.kinds[1:] + s.plan.kinds[:1], s.plan.rooms, s.plan.boundary))
        for s in real
    ]
    reference = Described.of(real)
    floor, copies, others = likeness_floor(reference), likeness(real, reference), likeness(spoiled, reference)
    assert copies["frechet"] == pytest.approx(copies["frechet_floor"], rel=0.3)
    assert floor["frechet"] == copies["frechet_floor"]
    assert others["frechet"] > 10 * copies["frechet"]
    assert others["frechet_floor"] == copies["frechet_floor"]
    assert others["two_sample_auc"] > 0.95
    assert (copies["precision"], copies["recall"]) == (1, 1)
    assert (others["precision"], others["coverage_of_real"]) == (0, 0)
    assert all(np.isnan(v) for v in likeness(real, real[:3]).values())


def test_partners_have_one_name_and_one_outline() -> None:
    first = [Sample(str(i), flat()) for i in range(3)]
    assert partners(first, first[::-1]) == first
    assert partners(first, first[:2]) is None
    larger = [
        Sample(s.name, changed(s.plan, lambda g: affinity.scale(g, 2, 1, origin=(0, 0)))) for s in first
    ]
    assert partners(first, larger) is None
