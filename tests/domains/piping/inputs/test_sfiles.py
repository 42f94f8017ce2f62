"""Flowsheets as SFILES 2.0 strings and as lists: read, and refused in one clear line."""

from __future__ import annotations

import contextlib
import json
import random

import pytest

from layoutgan.domains.piping.inputs.flowsheet import brief_from_flowsheet
from layoutgan.domains.piping.inputs.sfiles import parse_sfiles, read_flowsheet
from layoutgan.errors import InputError

GOOD = (
    "(raw)(pp)<1(splt)[(hex)(flash)<&|(raw)&|[{bout}(v)(dist)[{bout}(prod)]{tout}(prod)]{tout}(comp)1](prod)"
)
COUNTS = {
    "106_NaturalGasProcessing": (23, 24, 16),
    "132_Process_Flowsheet_DMF": (23, 22, 15),
    "134_PGMME_Process_Flowsheet_v8_9_08_2017": (15, 14, 8),
    "143_dealkylation_1": (22, 26, 11),
    "202_Flowsheet_PSD": (6, 6, 3),
    "29_braytonflowsheet": (15, 15, 7),
    "48_Ethyleneglycol": (8, 7, 3),
    "51_fluxograma": (27, 27, 14),
    "94_maleic_anhydride": (21, 22, 9),
}
"""Nodes, edges, and placed equipment: mixers, splitters and valves are inline."""


def streams(text):
    return {(s.start, s.end) for s in parse_sfiles(text).streams}


def test_units_in_a_row_are_connected():
    assert streams("(raw)(pp)(prod)") == {("raw-1", "pp-1"), ("pp-1", "prod-1")}


def test_a_branch_starts_at_the_unit_before_it():
    assert streams("(raw)(splt)[(prod)](prod)") >= {("splt-1", "prod-1"), ("splt-1", "prod-2")}


def test_a_cycle_is_closed_by_its_number():
    assert ("flash-1", "pp-1") in streams("(raw)(pp)<1(flash)[(prod)]1")
    assert ("flash-1", "pp-1") in streams("(raw)(pp)<%12(flash)[(prod)]%12")


def test_a_branch_that_joins_ends_in_the_unit_before_it():
    found = streams("(raw)(mix)<&|(raw)(pp)&|(r)(prod)")
    assert ("pp-1", "mix-1") in found
    assert ("mix-1", "r-1") in found


def test_joining_branches_may_be_nested():
    found = streams("(raw)(mix)<&|(raw)(v)(mix)&<&|(raw)&||(r)(prod)")
    assert {("mix-2", "mix-1"), ("raw-3", "mix-2"), ("mix-1", "r-1")} <= found


def test_numbered_exchangers_are_one_unit():
    sheet = parse_sfiles("(raw)(hex){1}(prod)n|(raw)(hex){1}(prod)")
    assert [unit for unit, word in sheet.units.items() if word == "hex"] == ["hex-1"]
    brief = brief_from_flowsheet(sheet)
    assert {end for line in brief.lines for end in line.ends if end.startswith("E-")} == {
        "E-101.tube_in",
        "E-101.tube_out",
        "E-101.shell_in",
        "E-101.shell_out",
    }


def test_column_ports_become_nozzles():
    brief = brief_from_flowsheet(parse_sfiles("(raw)(dist)[{tout}(prod)]{bout}(prod)"))
    assert {line.start for line in brief.lines} >= {"C-101.top", "C-101.bottom"}


def test_control_units_are_left_out():
    assert streams("(raw)(hex)(C){TC}_1(v)<_1(prod)") == {
        ("raw-1", "hex-1"),
        ("hex-1", "v-1"),
        ("v-1", "prod-1"),
    }


def test_an_expanded_column_has_what_it_needs():
    sheet = parse_sfiles("(raw)(dist)[{tout}(prod)]{bout}(prod)")
    brief = brief_from_flowsheet(sheet, expand=True)
    kinds = [e.kind for e in brief.equipment]
    assert (kinds.count("exchanger"), kinds.count("drum"), kinds.count("pump")) == (2, 1, 2)


BAD = {
    "empty": "",
    "blank": "   ",
    "one unit": "(raw)",
    "no brackets": "raw pp prod",
    "open bracket": "(raw)(pp",
    "empty bracket": "(raw)()(prod)",
    "branch first": "[(raw)](pp)",
    "branch open": "(raw)[(pp)(prod)",
    "branch closed twice": "(raw)[(pp)]](prod)",
    "cycle without start": "(raw)(pp)1(prod)",
    "cycle without end": "(raw)(pp)<1(prod)",
    "cycle before a unit": "1(raw)(pp)",
    "target before a unit": "<1(raw)(pp)",
    "join before a unit": "<&|(raw)&|(pp)",
    "join open": "(raw)(mix)<&|(raw)(prod)",
    "join without end": "(raw)(mix)<&|(raw)|",
    "end without join": "(raw)&(prod)",
    "bar without join": "(raw)|(prod)",
    "a letter": "(raw)x(prod)",
    "a brace open": "(raw){tout(prod)",
    "a semicolon": "(raw);(prod)",
    "a script": "(raw)<script>(prod)",
    "a unit twice": "(raw)(pp-1)(pp-1)(prod)",
    "a number for a unit": "(12)(prod)",
    "only feeds": "(raw)(prod)",
    "only fittings": "(raw)(mix)(splt)(prod)",
    "many units": "(raw)" + "(pp)" * 700,
    "a long string": "(raw)" * 9000,
    "marks": "((((",
    "brackets": "]]]]",
    "a smile": "(raw)☺(prod)",
    "a control sign": "(raw)\x00(prod)",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_string_is_refused_in_one_line(name):
    with pytest.raises(InputError) as caught:
        brief_from_flowsheet(parse_sfiles(BAD[name]))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_random_damage_is_refused_or_harmless():
    for seed in range(400):
        draw = random.Random(seed)
        text = list(GOOD)
        for _ in range(draw.randint(1, 5)):
            place = draw.randrange(len(text))
            if draw.random() < 0.5:
                text[place] = draw.choice("()[]{}<>&|1n_%aé")
            else:
                del text[place]
        with contextlib.suppress(InputError):
            brief_from_flowsheet(parse_sfiles("".join(text)), expand=draw.random() < 0.5)


@pytest.mark.parametrize(
    "tree",
    [
        [],
        {},
        {"nodes": []},
        {"nodes": ["a"], "edges": [["a", "b"]]},
        {"nodes": ["a", "a"], "edges": []},
        {"nodes": [7], "edges": []},
        {"nodes": ["a", "b"], "edges": [["a"]]},
        {"nodes": ["a", "b"], "edges": ["ab"]},
        {"nodes": ["a", "b"], "edges": [["a", "b", {"tags": "__import__('os')"}]]},
        {"nodes": ["a", "b"], "edges": [["a", "b", {"tags": "[1, 2"}]]},
        {"nodes": ["a", "b"], "edges": [["a", "b", {"tags": 7}]]},
    ],
)
def test_a_bad_list_is_refused_in_one_line(tree, tmp_path):
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps(tree))
    with pytest.raises(InputError) as caught:
        brief_from_flowsheet(read_flowsheet(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", COUNTS)
def test_real_flowsheets_become_briefs(name, shared):
    sheet = read_flowsheet(shared / f"data/sfiles2/{name}.json")
    nodes, edges, placed = COUNTS[name]
    assert (len(sheet.units), len(sheet.streams)) == (nodes, edges)
    brief = brief_from_flowsheet(sheet)
    assert len(brief.equipment) == placed
    assert brief.plant().assumptions
    larger = brief_from_flowsheet(sheet, expand=True)
    assert len(larger.equipment) == placed + 5 * sum(e.kind == "column" for e in brief.equipment)


def test_a_pumped_overhead_is_drawn_from_the_drum_as_liquid():
    sheet = parse_sfiles("(raw)(dist)[{tout}(pp)(prod)]{bout}(prod)")
    brief = brief_from_flowsheet(sheet, expand=True)
    suction = next(line for line in brief.lines if line.start.endswith(".liquid"))
    assert "P-101.suction" in suction.branches
    assert not [line for line in brief.lines if line.start.endswith(".vapour")]
    assert len(brief.lines) == len({line.number for line in brief.lines})
