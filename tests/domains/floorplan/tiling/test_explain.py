"""Explanations name few constraints, and leaving out any one of them makes the rest possible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiling_problems import problem

import layoutgan.domains.floorplan.tiling.explain as explanations
from layoutgan.domains.floorplan.conflict import conflict
from layoutgan.domains.floorplan.tiling import Budget, Kind, Problem, Violation, tile
from layoutgan.domains.floorplan.tiling.explain import explain, impossible, only


def tight() -> Problem:
    """Three rooms in a strip too low for two of them side by side: they cannot all touch."""
    # 2 m high, 12 m long
    free = problem("long and thin", 3, area=24.0, seed=1, width_min=np.zeros(3), neck=np.full(3, 1.1))
    free = replace(free, aspect_hard=np.zeros(3, np.bool_))
    touching = np.array([[0, 1], [1, 2], [0, 2]])
    return replace(free, contact=touching, contact_min=np.full(3, 0.9), area_min=np.full(3, 4.0))


def named(found: tuple[Violation, ...]) -> set[tuple[Kind, int]]:
    """Kinds and places of constraints."""
    return {(v.kind, v.index) for v in found}


def test_provable_conflicts_need_no_search() -> None:
    free = problem("square", 3)
    pair = np.array([[0, 1]])
    both = replace(free, contact=pair, contact_min=np.array([0.9]), never=pair)
    assert named(impossible(both)) == {(Kind.CONTACT, 0), (Kind.NEVER, 0)}
    too_much = replace(free, area_min=np.full(3, 25.0), area_max=np.full(3, 30.0))
    assert named(impossible(too_much)) == {(Kind.AREA, 0), (Kind.AREA, 1), (Kind.AREA, 2)}
    sizes = {"area_min": np.zeros(3), "area_max": np.array([20.0, 60.0, 60.0])}
    wide = replace(free, width_min=np.array([7.0, 0.0, 0.0]), **sizes)
    assert named(impossible(wide)) == {(Kind.WIDTH, 0), (Kind.AREA, 0)}
    long = replace(free, facade_min=np.full(3, 20.0))
    assert named(impossible(long)) == {(Kind.FACADE, 0), (Kind.FACADE, 1), (Kind.FACADE, 2)}
    assert impossible(free) == ()


def test_a_conflict_found_by_leaving_out() -> None:
    asked = tight()
    budget = Budget(total=30_000, tries=3)
    tiling = tile(asked, budget=budget)
    assert not tiling.feasible
    assert impossible(asked) == ()
    found = explain(asked, tiling)
    items = [(v.kind, v.index) for v in found]
    assert {Kind.CONTACT} < {kind for kind, _ in items} <= {Kind.CONTACT, Kind.NECK, Kind.AREA}
    assert 2 <= len(items) <= 6
    assert not tile(only(asked, items), budget=budget).feasible
    for item in items:
        rest = [other for other in items if other != item]
        assert tile(only(asked, rest), budget=Budget(total=60_000, tries=6)).feasible, item


def test_the_domains_conflict_keeps_the_numbers_of_constraints() -> None:
    asked = tight()
    doors = np.array([[0, 1], [1, 2], [0, 2]])
    found = conflict(replace(asked, contact=doors[::-1], facade_min=np.full(3, 0.5)))
    assert found
    for v in found:
        if v.kind is Kind.CONTACT:
            assert set(v.rooms) == set(doors[::-1][v.index].tolist())
        assert v.kind is not Kind.FACADE


def test_nothing_to_explain() -> None:
    asked = problem("square", 3, seed=4)
    assert conflict(asked) == ()
    assert explain(asked, tile(asked)) == ()


def test_explanations_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanations, "TOTAL_STEPS", 60_000)
    asked = tight()
    tiling = tile(asked, budget=Budget(total=20_000, tries=2))
    assert explain(asked, tiling) == explain(asked, tiling)
