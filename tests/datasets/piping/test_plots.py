"""Plots of synthetic plants: racks, roads and keep-outs that leave room for the equipment."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from layoutgan_datasets.piping.briefs import make_brief
from layoutgan_datasets.piping.plots import ASPECTS, BUCKETS, WIDTHS, inflated

from layoutgan.domains.piping.arrange import placement_problem, start_of
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.racks import racks_for
from layoutgan.domains.piping.site import RackWish
from layoutgan.domains.piping.terminals import placed_terminals
from layoutgan.generation.baselines import random_boxes

SEEDS = st.integers(0, 10**6)


def plans(brief):
    """Plans of the racks that stand."""
    if isinstance(brief.site.racks, RackWish):
        return []
    return [rack.line.buffer(rack.width / 2, cap_style="flat") for rack in brief.site.racks]


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from([(4, 8), (8, 25), (30, 45)]))
def test_racks_stand_inside_off_roads_and_keep_outs(seed, items):
    brief = make_brief(seed, items=items)
    site = brief.site
    racks = plans(brief)
    taken = [road.shape for road in site.roads] + [area.shape for area in site.keep_outs]
    for plan in racks:
        assert site.outline.buffer(1e-6).covers(plan)
        assert all(plan.distance(other) >= 0.99 for other in taken)
    for one, two in combinations(racks, 2):
        assert one.intersection(two).area < 1e-6
    for rack in () if isinstance(site.racks, RackWish) else site.racks:
        assert rack.width in WIDTHS
        assert rack.line.length / rack.bent == pytest.approx(round(rack.line.length / rack.bent), abs=1e-6)
        assert 2 <= len(rack.tiers) <= 4
        assert 4.5 <= rack.tiers[0] <= 6.0
    assert all(area.shape.within(site.outline.buffer(1e-6)) for area in site.keep_outs)
    assert 1 <= len(site.access) <= 4


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_the_plot_holds_what_it_has_to(seed):
    brief = make_brief(seed, items=(10, 30))
    rows = [{"class": item.kind, "size": item.size} for item in brief.equipment]
    assert brief.site.outline.area >= 1.9 * inflated(rows)
    x0, y0, x1, y1 = brief.site.outline.bounds
    assert max(x1 - x0, y1 - y0) / min(x1 - x0, y1 - y0) <= ASPECTS[1] + 0.5
    assert brief.site.outline.area > 0.7 * (x1 - x0) * (y1 - y0)
    assert all(terminal.side is not None for terminal in brief.site.terminals)


def test_fixed_items_stand_free():
    found = 0
    for seed in range(120):
        brief = make_brief(seed, items=(6, 12))
        for item in brief.equipment:
            if item.fixed is None:
                continue
            found += 1
            along, across = item.size[:2] if item.fixed.turn % 2 == 0 else item.size[1::-1]
            x, y = item.fixed.at.x, item.fixed.at.y
            box = shapely.box(x - along / 2, y - across / 2, x + along / 2, y + across / 2)
            assert box.within(brief.site.outline)
            others = [
                *plans(brief),
                *(k.shape for k in brief.site.keep_outs),
                *(r.shape for r in brief.site.roads),
            ]
            assert all(box.distance(other) > 0.9 for other in others)
    assert found > 1


def test_all_forms_occur():
    briefs = [make_brief(seed, items=(10, 16)) for seed in range(90)]
    numbers = {len(plans(brief)) for brief in briefs}
    assert numbers == {0, 1, 2}
    assert any(brief.site.roads for brief in briefs)
    assert any(brief.site.keep_outs for brief in briefs)
    assert any(len(brief.site.outline.exterior.coords) > 5 for brief in briefs)
    upright = [b.site.outline.bounds[3] > b.site.outline.bounds[2] for b in briefs]
    assert 0.2 < np.mean(upright) < 0.8


def test_sizes_follow_the_buckets():
    assert math.isclose(sum(share for _, share in BUCKETS), 1.0)
    counts = [len(make_brief(seed).equipment) for seed in range(30)]
    assert min(counts) >= 6
    assert max(counts) <= 150
    assert 16 <= np.median(counts) <= 45


@pytest.mark.parametrize("seed", [1, 2])
def test_the_exact_step_finds_legal_places(seed):
    brief = make_brief(seed, items=(8, 14))
    plant = brief.plant()
    start = start_of(random_boxes(brief.programme(), seed), plant, brief)
    racks = racks_for(brief, plant, {}, seed, free=True)
    problem = placement_problem(brief, plant, racks, placed_terminals(brief, plant, racks, {}), factor=1.0)
    assert place(problem, start, seed=seed, effort=0.3).feasible
