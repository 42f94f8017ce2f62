"""Turning, mirroring or shifting a plan changes no verdict."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import affine_transform

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.check import check

from .casebook import cases, rules

MOVES = {
    "turned by 90°": [0, -1, 1, 0, 0, 0],
    "turned by 180°": [-1, 0, 0, -1, 0, 0],
    "mirrored": [-1, 0, 0, 1, 0, 0],
    "shifted": [1, 0, 0, 1, 13.7, -4.2],
    "turned by 27°": [math.cos(0.47), -math.sin(0.47), math.sin(0.47), math.cos(0.47), 3.0, 1.0],
}


def moved_brief(brief, matrix):
    """The brief with every shape moved."""
    def move(value):
        if isinstance(value, shapely.Geometry):
            return affine_transform(value, matrix)
        if isinstance(value, tuple):
            return tuple(move(v) for v in value)
        if hasattr(value, "model_fields_set"):
            fields = {name: move(getattr(value, name)) for name in type(value).model_fields}
            return type(value).model_construct(**fields)
        return value
    return move(brief)


def moved(layout, matrix):
    """The layout with every shape moved; doors of a mirrored plan keep their hinge and side."""
    elements = []
    for one in layout.elements:
        fields = {n: getattr(one, n) for n in type(one).model_fields}
        elements.append(type(one).model_construct(**fields | {"shape": affine_transform(one.shape, matrix)}))
    values = {n: getattr(layout, n) for n in Layout.model_fields}
    boundary = affine_transform(layout.boundary, matrix) if layout.boundary is not None else None
    brief = moved_brief(layout.brief, matrix) if layout.brief is not None else None
    changes = {"elements": tuple(elements), "boundary": boundary, "brief": brief}
    return Layout.model_construct(**values | changes)


def assert_same_verdict(one, two, what):
    """Both reports find the same faults, by as much."""
    found = [sorted((f.rule, *sorted(f.elements), f.measured or 0.0) for f in r.findings) for r in (one, two)]
    assert [f[:-1] for f in found[0]] == [f[:-1] for f in found[1]], f"{what}: {one.text()} {two.text()}"
    assert [f[-1] for f in found[0]] == pytest.approx([f[-1] for f in found[1]], abs=1e-3)
    assert [(t.judged, t.failed) for t in one.tallies] == [(t.judged, t.failed) for t in two.tallies]


ROWS = [c for c in cases("pass", "fail") if not c.code.startswith("LG")]


@pytest.mark.parametrize("move", MOVES)
def test_no_verdict_changes(move):
    for case in ROWS:
        plan = case.layout()
        assert_same_verdict(case.report(plan), case.report(moved(plan, MOVES[move])), f"{case}, {move}")


KINDS = st.sampled_from(["bedroom", "living_room", "kitchen", "bathroom", "corridor", "closet", "balcony"])


@st.composite
def plans(draw):
    """Random sketches of up to five letters, completed."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    rows = [[draw(st.sampled_from("abcde")) for _ in range(width)] for _ in range(height)]
    scale = draw(st.sampled_from([0.9, 1.3, 2.0]))
    letters = sorted({letter for row in rows for letter in row})
    text = "\n".join("".join(row) for row in rows)
    return text, scale, {letter: draw(KINDS) for letter in letters}


@settings(max_examples=25, deadline=None)
@given(plan=plans(), move=st.sampled_from(sorted(MOVES)))
def test_no_verdict_changes_on_random_plans(plan, move):
    text, scale, kinds = plan
    layout = drawn(text, scale=scale, done=True, **kinds)
    geometry = [r for code, r in rules().items() if code < "FP041"]
    after = check(moved(layout, MOVES[move]), geometry)
    assert_same_verdict(check(layout, geometry), after, f"{text}, {move}")
    assert {d.id for d in layout.of(Door)} == {d.id for d in moved(layout, MOVES[move]).of(Door)}
