"""The optimised half: no hard finding, distinct, near the brief's best."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from layoutgan_datasets.piping.expert import WITHIN, distinct, solutions

from layoutgan.core.schema import dump_json
from layoutgan.domains.piping.domain import PIPING
from layoutgan.domains.piping.elements import Equipment, Pipe
from layoutgan.domains.piping.sketches import unit_brief
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.rule import Severity


@pytest.fixture(scope="module")
def found():
    return solutions(unit_brief(), 1, 2, 0.05)


def test_solutions_have_no_hard_finding(found):
    assert found
    for layout in found:
        report = check(layout, rules_of(PIPING.packs), packs=PIPING.packs)
        assert not [f.message for f in report.findings if f.severity is Severity.ERROR]
        assert layout.of(Pipe)
        assert layout.scores["warnings"] == len(report.findings)
        assert layout.scores["pipe_length"] == pytest.approx(sum(p.length for p in layout.of(Pipe)), abs=1e-3)


def test_solutions_are_distinct_and_near_the_best(found):
    costs = [layout.scores["placement_cost"] for layout in found]
    assert max(costs) <= WITHIN * 1.02 * min(costs)
    centres = [np.asarray([e.shape.centroid.coords[0] for e in lay.of(Equipment)]) for lay in found]
    for k, one in enumerate(centres):
        for two in centres[k + 1 :]:
            assert distinct(one, two, found[0].boundary)


def test_same_seed_same_bytes(found):
    again = solutions(unit_brief(), 1, 2, 0.05)
    assert [dump_json(a) for a in again] == [dump_json(b) for b in found]


def test_a_mirrored_arrangement_is_not_distinct():
    plot = shapely.box(0, 0, 40, 30)
    rng = np.random.default_rng(1)
    one = rng.uniform((0, 0), (40, 30), (9, 2))
    mirrored = one * (-1, 1) + (40, 0)
    assert not distinct(one, mirrored, plot)
    assert not distinct(one, one + 0.5, plot)
    assert distinct(one, rng.uniform((0, 0), (40, 30), (9, 2)), plot)
    square = shapely.box(0, 0, 30, 30)
    inside = rng.uniform(0, 30, (9, 2))
    assert not distinct(inside, inside[:, ::-1], square)
