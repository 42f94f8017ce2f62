"""Nothing is dropped: what cannot be routed is drawn, named and counted, and found without a long search."""

from __future__ import annotations

import numpy as np
import pytest
from domains.piping.routing.sketched_routes import boxes, end, line, small_plant, space

from layoutgan.domains.piping.connect import Net, pipes_of
from layoutgan.domains.piping.routing.compiled import SOURCES
from layoutgan.domains.piping.routing.problem import Line, RoutingProblem, Status, Terminal
from layoutgan.domains.piping.routing.route import compile_ahead, route
from layoutgan.domains.piping.rules.unrouted_line import unrouted_line
from layoutgan.errors import InputError


def test_a_nozzle_inside_a_solid_is_buried():
    asked = line("L", end((5, 5, 5), "+x", 0.3), end((20, 5, 5), "-x", 0.3))
    found = route(space(asked, solids=boxes((4, 4, 4, 8, 6, 6)))).routes[0]
    assert found.status is Status.EXCEPTION
    assert found.reason == "buried in solid 0"


def test_a_closed_box_is_unreachable():
    walls = [
        (4, 4, 4, 4.2, 8, 8), (7.8, 4, 4, 8, 8, 8), (4, 4, 4, 8, 4.2, 8),
        (4, 7.8, 4, 8, 8, 8), (4, 4, 4, 8, 8, 4.2), (4, 4, 7.8, 8, 8, 8),
    ]  # fmt: skip
    asked = line("L", end((6, 6, 6), "+x", 0.3), end((20, 6, 6), "-x", 0.3))
    found = route(space(asked, solids=boxes(*walls))).routes[0]
    assert (found.status, found.reason) == (Status.EXCEPTION, "unreachable")
    # Drawn all the same, Manhattan from nozzle to nozzle.
    assert found.paths[0][0] == pytest.approx([6, 6, 6])
    assert found.paths[0][-1] == pytest.approx([20, 6, 6])
    assert found.length == pytest.approx(14.0)


def test_a_slot_for_one_leaves_the_other_an_exception():
    # A wall across everything with a hole that one pipe fills.
    wall = [
        (10, 0, 0, 11, 40, 5),
        (10, 0, 5.3, 11, 40, 40),
        (10, 0, 5, 11, 10, 5.3),
        (10, 10.3, 5, 11, 40, 5.3),
    ]
    lines = [line(f"L{y}", end((1, y, 5.15), "+x"), end((20, y, 5.15), "-x"), radius=0.1) for y in (5, 15)]
    routing = route(space(*lines, solids=boxes(*wall)))
    assert sorted(r.reason for r in routing.routes) == ["", "congested"]
    assert len(routing.routes) == 2
    assert len(routing.exceptions) == 1


def test_exceptions_do_not_enter_the_ratio():
    bad = line("bad", end((5, 5, 5), "+x"), end((20, 5, 5), "-x"))
    good = line("good", end((5, 20, 5)), end((15, 20, 5)))
    routing = route(space(bad, good, solids=boxes((4, 4, 4, 8, 6, 6))))
    assert routing.ratio == pytest.approx(1.0)


def test_one_end_is_refused():
    with pytest.raises(InputError, match="line L: needs two terminals"):
        route(RoutingProblem(((0, 0, 0), (9, 9, 9)), (Line("L", (Terminal((1, 1, 1)),), 0.1),)))


def test_an_exception_becomes_a_pipe_with_a_finding():
    assert unrouted_line.code  # the rule that names it; its own cases are with the rules
    assert pipes_of([], route(space()), []) == ()
    assert Net("empty", []).ends == []


def test_compiling_ahead_routes_something():
    compile_ahead()


def test_every_module_with_kernels_is_watched(root):
    folder = root / "layoutgan/domains/piping/routing"
    marks = ("@kernel", "@entry")
    found = {p.stem for p in folder.glob("*.py") if any(m in p.read_text(encoding="utf-8") for m in marks)}
    assert found <= set(SOURCES)


def test_no_lines_no_routes():
    assert route(space()).routes == ()
    assert np.isclose(route(space()).ratio, 1.0)
    assert len(small_plant(0).lines) == 6
