"""Briefs as people write them: each gives layouts that tile their outline and say what does not fit."""

from __future__ import annotations

import pytest
import shapely
from generation.briefs import CASES

from layoutgan.core.schema import validate
from layoutgan.domains.domain import Effort
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Room
from layoutgan.generation.generate import Generated, generate


def made(name: str) -> tuple[FloorplanBrief, Generated]:
    brief = validate(FloorplanBrief, CASES[name].brief)
    options = {"start": "random", "candidates": 6, "processes": 0, "effort": Effort(scale=0.15)}
    return brief, generate(brief, count=4, seed=1, **options)


@pytest.mark.parametrize("name", CASES)
def test_every_brief_is_answered(name: str) -> None:
    case = CASES[name]
    brief, answer = made(name)
    assert answer.layouts
    assert answer.misfit.startswith(case.misfit)
    assert bool(answer.misfit) == bool(case.misfit)
    for layout in answer.layouts:
        whole = shapely.union_all([r.shape for r in layout.of(Room)])
        inside = layout.brief.inside
        assert whole.symmetric_difference(inside).area < 1e-6
        assert sum(r.shape.area for r in layout.of(Room)) == pytest.approx(inside.area)
        assert {r.id for r in layout.of(Room)} == {s.id for s in brief.spaces}
    outlines = {shapely.normalize(layout.boundary).wkt for layout in answer.layouts}
    assert len(outlines) >= case.outlines
    best = answer.reports[0]
    if case.misfit:
        assert {f.rule for f in best.findings} >= {"FP013"}
    else:
        assert answer.explanation == ()
        assert best.errors == 0, [f.message for f in best.findings]
