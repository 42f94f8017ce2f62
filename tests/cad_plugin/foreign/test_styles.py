"""Drawings in other offices' styles: rooms, names, doors and windows found, or the failure said."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import pytest
from drawing_styles import STYLES, Style
from foreign_pen import drawn, floors

from cad_plugin.dxf_read import document_in
from cad_plugin.reading.floors import lost_area
from cad_plugin.reading.foreign import understood
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes

PLANS = ("flat", "one_room", "corner_flat", "courtyard")
CASES = [
    (style, plan) for i, style in enumerate(STYLES) for plan in (PLANS[i % 4], PLANS[(i + 2) % 4])
]
"""Two plans in each style here; ``benchmarks/reading.py`` draws all plans in all styles."""


class Limit(NamedTuple):
    """What a drawing cannot tell, and the remark that says so."""

    says: str
    rooms: bool = True
    """Rooms are found all the same."""


LIMITS: dict[tuple[str, str], Limit] = {
    **{("one layer", plan): Limit("no layer is known to hold walls") for plan in PLANS},
    ("one layer", "corner_flat"): Limit("no layer is known to hold walls", rooms=False),
    ("tarch", "corner_flat"): Limit(""),  # its sliding door stands on the layer of windows, without a swing
    # Without walls or ends of walls nothing shows where an opening without a door ends.
    ("single lines", "flat"): Limit("several names in one room", rooms=False),
    ("single lines exploded", "flat"): Limit("several names in one room", rooms=False),
    ("room outlines only", "flat"): Limit("no walls are drawn"),
    ("outlines and walls", "flat"): Limit(""),
}


def read(style: Style, layout: Any) -> Any:
    doc, stream = drawn(layout, style), io.StringIO()
    doc.write(stream)
    return understood(document_in(doc.encode(stream.getvalue()), "plan.dxf"), "plan.dxf")


def test_there_are_enough_drawings():
    assert len(CASES) >= 40
    assert len({style.name for style in STYLES}) == len(STYLES)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("style", "plan"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_drawing_is_understood(style, plan, corpus):
    layout = corpus[plan]()
    found = read(style, layout)
    limit = LIMITS.get((style.name, plan))
    if limit is not None:
        assert any(limit.says in r.text for r in found.remarks) or not limit.says
    if limit is None or limit.rooms:
        rooms = {r.id: r for r in found.layout.of(Room)}
        shapes = (
            {k: r.shape for k, r in rooms.items()} if style.walls == "axis" else clear_shapes(found.layout)
        )
        truth = floors(layout, style)
        assert len(rooms) == len(truth)
        for key, shape in truth.items():
            lost, best = min((lost_area(shape, other), name) for name, other in shapes.items())
            assert lost <= 0.02, f"{key}: IoU {1 - lost:.4f}"
            assert rooms[best].kind == layout[key].kind
    if limit is None:
        assert len(found.layout.of(Door)) == len(layout.of(Door))
        assert len(found.layout.of(Window)) == len(layout.of(Window))
        swings = [sum(d.opens_into is not None for d in one.of(Door)) for one in (layout, found.layout)]
        assert swings[0] == swings[1]
    assert found.unit.name == style.unit


def test_doors_open_as_drawn(corpus):
    """Hinge and side of every leaf, in mirrored blocks, mirrored as a whole, and turned."""
    layout = corpus["corner_flat"]()
    for name in ("aia lines", "chinese", "one mirrored block"):
        style = next(s for s in STYLES if s.name == name)
        found = read(style, layout).layout
        into = sorted(str(layout[d.opens_into].kind) for d in layout.of(Door) if d.opens_into)
        assert sorted(str(found[d.opens_into].kind) for d in found.of(Door) if d.opens_into) == into
