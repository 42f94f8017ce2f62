"""Starts of the placement: greedy rows, descents, proposals and back; racks that the brief leaves open."""

from __future__ import annotations

import numpy as np
import pytest

from layoutgan.core.brief import Brief
from layoutgan.domains.domain import domain_of
from layoutgan.domains.floorplan.domain import FLOORPLAN
from layoutgan.domains.piping.arrange import start_of
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.domain import PIPING
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.greedy import greedy_start
from layoutgan.domains.piping.settle import settle
from layoutgan.domains.piping.site import RackWish
from layoutgan.domains.piping.sketches import unit_brief
from layoutgan.domains.piping.starts import problem_of, proposal_of
from layoutgan.encoding.record import Attribute, SiteChannel
from layoutgan.encoding.records import encode_brief
from layoutgan.errors import UnknownName
from layoutgan.generation.sample import sample


@pytest.fixture(scope="module")
def brief() -> PipingBrief:
    version = settle(unit_brief(), 1, 0)[0].brief
    assert isinstance(version, PipingBrief)
    return version


def test_greedy_rows_keep_off_racks_and_each_other(brief: PipingBrief) -> None:
    problem = problem_of(brief)
    start = greedy_start(problem, seed=0)
    broken = evaluate(problem, start.centres, start.turns, bound=0.0).violations
    assert not [v for v in broken if v.kind in {"outline", "turn", "fixed"}]
    half = np.where((start.turns % 2 == 0)[:, None], problem.sizes, problem.sizes[:, ::-1]) / 2
    gaps = np.abs(start.centres[:, None] - start.centres[None]) - half[:, None] - half[None]
    np.fill_diagonal(gaps[..., 0], 1.0)
    assert (gaps.max(axis=-1) >= -1e-9).all(), "two items overlap"


def test_greedy_starts_repeat_and_differ(brief: PipingBrief) -> None:
    problem = problem_of(brief)
    again = [greedy_start(problem, seed=k).centres.tolist() for k in (0, 0, 1, 2, 3, 4)]
    assert again[0] == again[1]
    assert any(other != again[0] for other in again[2:])


def test_connected_items_stand_nearer_than_anywhere(brief: PipingBrief) -> None:
    problem = problem_of(brief)
    start = greedy_start(problem, seed=0)
    greedy = evaluate(problem, start.centres, start.turns, bound=0.0)
    rng = np.random.default_rng(0)
    low, high = problem.outline.min(axis=0), problem.outline.max(axis=0)
    others = [evaluate(problem, rng.uniform(low, high, (problem.count, 2)), start.turns, bound=0.0).wire
              for _ in range(20)]  # fmt: skip
    assert greedy.wire < np.median(others)


@pytest.mark.parametrize("name", sorted(PIPING.starts))
def test_starts_become_proposals_and_back(name: str, brief: PipingBrief) -> None:
    proposals = sample(brief, 2, 3, start=name)
    assert [p.source for p in proposals] == [name, name]
    start = start_of(proposals[0], brief.plant(), brief)
    back = proposal_of(brief, problem_of(brief, seed=3), start)
    places = {n: i for i, n in enumerate(back.ids)}
    for tag in brief.plant().items:
        assert np.allclose(back.rectangles[places[tag]], proposals[0].rectangles[places[tag]])


def test_other_domains_do_not_know_them() -> None:
    class Rooms(Brief):
        domain: str = "floorplan"

    with pytest.raises(UnknownName, match="greedy"):
        sample(Rooms(layoutgan=1), 1, start="greedy")
    assert not FLOORPLAN.starts


def test_an_open_rack_gets_each_of_its_places() -> None:
    asked = unit_brief()
    assert isinstance(asked.site.racks, RackWish)
    versions = settle(asked, 8, 0)
    lines = {v.brief.site.racks[0].line.wkt for v in versions}  # type: ignore[attr-defined]
    assert 2 <= len(versions) == len(lines)
    assert all(v.asked is asked for v in versions)
    assert settle(versions[0].brief, 8, 0)[0].asked is None  # type: ignore[arg-type]


def test_networks_see_racks_heights_and_terminals(brief: PipingBrief) -> None:
    record = encode_brief(brief, domain_of("piping"))
    plain = encode_brief(unit_brief(), domain_of("piping"))
    assert record.site[SiteChannel.RACK].max() == 1.0
    assert plain.site[SiteChannel.RACK].max() == 0.0
    kinds = [node.kind for node in brief.programme().nodes]
    equipment = [i for i, kind in enumerate(kinds) if kind != "terminal"]
    assert (record.attributes[equipment, Attribute.HEIGHT] > 0).all()
    fixed = record.attributes[:, Attribute.FIXED] > 0.5
    assert fixed.tolist() == [kind == "terminal" for kind in kinds]
