"""Flowsheets of synthetic plants: valid, connected, repeatable, and known by their topology alone."""

from __future__ import annotations

import random

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layoutgan_datasets.piping.briefs import make_brief, template_of
from layoutgan_datasets.piping.figures import TARGETS, statistics_of
from layoutgan_datasets.piping.growth import grown
from layoutgan_datasets.piping.patterns import FOLLOWS, PATTERNS
from layoutgan_datasets.piping.plots import draw_site
from layoutgan_datasets.piping.sizes import (
    RANGES,
    SHARES,
    STOCKED,
    draw_insulation,
    draw_nps,
    draw_size,
    rating_for,
    stocked,
)
from layoutgan_datasets.piping.topology import Sheet, Stream

from layoutgan.core.schema import dump_json
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.classes import CLASSES
from layoutgan.domains.piping.pipe_data import SIZES

SEEDS = st.integers(0, 10**6)


def written(items, lines, terminals, seed=0):
    """A brief from rows, on a plot of its own."""
    rng = random.Random(seed)
    site = draw_site(rng, items, len(lines), terminals)
    tree = {"layoutgan": 1, "domain": "piping", "site": site, "equipment": items, "lines": lines}
    return PipingBrief.model_validate(tree)


def small():
    """A tank, a pump and a vessel in a row, with battery-limit points at both ends."""
    sizes = {"tank": (6.0, 6.0, 6.0), "pump": (2.0, 1.0, 1.4), "vessel": (2.0, 2.0, 6.0)}
    items = [{"tag": kind.upper(), "class": kind, "size": size} for kind, size in sizes.items()]
    ways = [
        ("FEED", "TANK.inlet"),
        ("TANK.outlet", "PUMP.suction"),
        ("PUMP.discharge", "VESSEL.inlet"),
        ("VESSEL.bottom", "PROD"),
    ]
    lines = [{"number": f"L-{i}", "from": a, "to": b} for i, (a, b) in enumerate(ways)]
    return items, lines, ["FEED", "PROD"]


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(3, 40), st.integers(0, 12))
def test_any_seed_gives_a_valid_connected_unit_of_the_asked_size(seed, low, more):
    brief = make_brief(seed, items=(low, low + more))
    assert low <= len(brief.equipment) <= low + more
    programme = brief.programme()
    graph = networkx.Graph((r.first, r.second) for r in programme.relations)
    assert set(graph) == {node.id for node in programme.nodes}, "something hangs on no line"
    assert networkx.is_connected(graph)
    assert {item.kind for item in brief.equipment} <= set(RANGES)
    assert all(line.nps in STOCKED for line in brief.lines)


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_the_seed_decides(seed):
    again = dump_json(make_brief(seed, items=(6, 30)))
    assert dump_json(make_brief(seed, items=(6, 30))) == again
    assert dump_json(make_brief(seed + 1, items=(6, 30))) != again


@pytest.mark.parametrize("items", [(0, 5), (9, 4), (10, 100_000)])
def test_senseless_bounds_are_refused(items):
    with pytest.raises(ValueError, match="items must be two numbers"):
        make_brief(1, items=items)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_names_order_sizes_and_plot_do_not_change_the_template(seed):
    sheet = grown(random.Random(seed), 6, 30)
    before = template_of(written(sheet.items, sheet.lines, sheet.terminals))
    rng = random.Random(seed + 1)
    words = [row["tag"] for row in sheet.items] + sheet.terminals + [row["number"] for row in sheet.lines]
    names = dict(zip(words, rng.sample([f"X{i}" for i in range(len(words))], len(words)), strict=True))
    sets = {row["set"]: f"S{i}" for i, row in enumerate(sheet.items) if row.get("set")}

    def end(text):
        tag, dot, nozzle = text.rpartition(".")
        return f"{names[tag]}.{nozzle}" if dot else names[text]

    items = [
        {"tag": names[row["tag"]], "class": row["class"], "set": sets.get(row.get("set", ""), ""),
         "size": draw_size(rng, row["class"]).size}
        for row in sheet.items
    ]  # fmt: skip
    lines = [
        {"number": names[row["number"]], "from": end(row["from"]), "to": end(row["to"]), "nps": 2.0,
         "branches": [end(text) for text in row.get("branches", ())]}
        for row in sheet.lines
    ]  # fmt: skip
    for rows in (items, lines):
        rng.shuffle(rows)
    terminals = [names[word] for word in sheet.terminals]
    rng.shuffle(terminals)
    assert template_of(written(items, lines, terminals, seed=5)) == before


def test_another_topology_is_another_template():
    items, lines, terminals = small()
    found = {template_of(written(items, lines, terminals))}
    other = [dict(row, **{"class": "filter"}) if row["class"] == "vessel" else row for row in items]
    drained = [*lines[:-1], {"number": "L-3", "from": "VESSEL.outlet", "to": "PROD"}]
    found.add(template_of(written(other, drained, terminals)))
    recycle = {"number": "L-9", "from": "VESSEL.top", "to": "TANK.return"}
    found.add(template_of(written(items, [*lines, recycle], terminals)))
    vent = {"number": "L-9", "from": "VESSEL.top", "to": "L-0"}
    found.add(template_of(written(items, [*lines, vent], terminals)))
    found.add(template_of(written(items, lines[:-1], terminals)))
    assert len(found) == 5


def test_templates_of_different_seeds_differ():
    assert len({template_of(make_brief(seed, items=(12, 20))) for seed in range(25)}) == 25


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_each_pattern_adds_what_it_says(pattern):
    """A pattern starts from one stream and leaves streams; the mean of what it adds is as written."""
    runs = 120
    totals: dict[str, int] = {}
    for seed in range(runs):
        sheet = Sheet(random.Random(f"{pattern.name} {seed}"))
        stream = Stream((sheet.terminal("FEED"),), sorted(pattern.phases)[0], head=True)
        left = pattern.make(sheet, stream)
        assert left
        assert len(sheet.items) <= pattern.most
        assert all(stream.size > 0 and stream.sources for stream in left)
        for kind, count in sheet.counts.items():
            totals[kind] = totals.get(kind, 0) + count
    assert set(totals) == set(pattern.contents)
    for kind, count in pattern.contents.items():
        assert totals[kind] / runs == pytest.approx(count, abs=0.25 + 0.1 * count), kind


def test_words_of_the_grammar_are_known():
    names = {pattern.name for pattern in PATTERNS}
    assert {name for row in FOLLOWS.values() for name in row} <= names
    assert {kind for pattern in PATTERNS for kind in pattern.contents} == set(SHARES)
    assert set(RANGES) <= set(CLASSES)
    assert abs(sum(SHARES.values()) - 1.0) < 0.06


def test_a_collection_has_the_usual_mix():
    figures = statistics_of(make_brief(seed, items=(16, 40)) for seed in range(60))
    for kind, share in SHARES.items():
        assert figures["classes"][kind] == pytest.approx(share, abs=0.04), kind
    for kind in ("exchanger", "pump", "splitter", "storage", "compressor"):
        assert figures["units"][kind] == pytest.approx(TARGETS["units"][kind], abs=0.07), kind
    assert 3.0 <= figures["nps"][1] <= 6.0
    assert 0.3 <= figures["insulated"] <= 0.5
    with pytest.raises(ValueError, match="at least one"):
        statistics_of([])


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(sorted(RANGES)), st.none() | st.floats(0, 1))
def test_sizes_stay_in_their_ranges(seed, kind, duty):
    sized = draw_size(random.Random(seed), kind, duty)
    row = RANGES[kind]
    width = row.width or row.length
    for value, (low, high) in zip(sized.size[:2], (row.length, width), strict=True):
        assert low - 0.026 <= value <= high + 0.026
    assert row.base[0] - 0.026 <= sized.base <= row.base[1] + 0.026
    if row.width is None:
        assert sized.size[0] == sized.size[1]
    if kind == "exchanger":
        assert 2.0 <= sized.base + sized.size[2] <= 6.0
    if kind == "drum":
        assert 5.0 <= sized.base + sized.size[2] <= 8.0


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.floats(0.01, 200))
def test_lines_have_sizes_that_are_made(seed, wanted):
    rng = random.Random(seed)
    assert stocked(wanted) in SIZES
    assert stocked(wanted, most=6.0) <= 6.0
    assert abs(stocked(wanted) - wanted) <= min(abs(size - wanted) for size in (1.0, 4.0, 24.0)) + 1e-9
    assert draw_nps(rng) in STOCKED
    assert 0.0 <= draw_insulation(rng, 4.0, temperature=wanted) <= 0.15


def test_hot_lines_under_pressure_take_a_higher_class():
    assert [rating_for(40.0, bar) for bar in (5.0, 30.0, 80.0)] == [150, 300, 600]
    assert rating_for(350.0, 8.0) == 300
