"""P&IDs in DEXPI 1.3: read by the rule of the reference, and refused in one clear line."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections import Counter
from pathlib import Path

import networkx
import pytest

from layoutgan.domains.domain import read_brief
from layoutgan.domains.piping.inputs.dexpi import brief_from_dexpi
from layoutgan.domains.piping.inputs.pid import read_pid
from layoutgan.domains.piping.inputs.write import brief_yaml
from layoutgan.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))
from proteus import SHEET

BOMB = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


def spoilt() -> dict[str, bytes]:
    """Files that have to be refused, by what is wrong with them."""
    head, body = SHEET.split("\n", 1)
    files = {
        "empty": "",
        "blank": "\n \n",
        "text": "this is no drawing",
        "json": '{"PlantModel": {}}',
        "html": "<html><body/></html>",
        "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "dexpi 2": "<Model/>",
        "dexpi 2 with a namespace": "<d:Model xmlns:d='urn:x'/>",
        "no equipment": "<PlantModel/>",
        "entities that grow": f"{head}\n{BOMB}]>\n<PlantModel>&j;</PlantModel>",
        "an entity that is a file": f'{head}\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n{body}',
        "an entity from the net": f'{head}\n<!DOCTYPE x [<!ENTITY a SYSTEM "http://example.invalid/">]>\n{body}',
        "a parameter entity": f'{head}\n<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>\n{body}',
        "an outer document type": f'{head}\n<!DOCTYPE PlantModel SYSTEM "file:///etc/passwd">\n{body}',
        "an unknown entity": SHEET.replace('Value="T100"', 'Value="&nothing;"'),
        "nested without end": f"{head}\n<PlantModel>" + "<Equipment ID='a'>" * 20_000,
        "nested 200 deep": f"{head}\n<PlantModel>" + "<A>" * 200 + "</A>" * 200 + "</PlantModel>",
        "a thousand attributes": SHEET.replace(
            "<PlantModel ", "<PlantModel " + " ".join(f'a{i}="1"' for i in range(1000)) + " "
        ),
        "cut off": SHEET[: len(SHEET) // 2],
        "two roots": SHEET + "<PlantModel/>",
        "crossed tags": SHEET.replace("</PipingNetworkSegment>", "</PipingNetworkSystem>", 1),
        "an attribute twice": SHEET.replace('FromID="N-2"', 'FromID="N-2" FromID="N-2"'),
        "equipment without ID": SHEET.replace('<Equipment ID="Pump-1"', "<Equipment", 1),
        "a nozzle without ID": SHEET.replace('<Nozzle ID="N-3"/>', "<Nozzle/>"),
        "a component without ID": SHEET.replace('<PipingComponent ID="Valve-1"', "<PipingComponent"),
        "a system without ID": SHEET.replace('<PipingNetworkSystem ID="Line-1"', "<PipingNetworkSystem"),
        "an ID twice": SHEET.replace('"Pump-1"', '"Tank-1"'),
        "a nozzle ID twice": SHEET.replace('ID="N-4"', 'ID="N-3"'),
        "a component ID twice": SHEET.replace('ID="Tee-1"', 'ID="Valve-1"'),
        "a tag twice": SHEET.replace('Value="P100"', 'Value="T100"'),
        "an end that does not exist": SHEET.replace('ToID="N-3"', 'ToID="N-33"'),
        "a start that does not exist": SHEET.replace('FromID="N-4"', 'FromID="Nowhere"'),
        "a template as an end": SHEET.replace('ToID="N-5"', 'ToID="Template-N1"'),
        "no line": SHEET.split("<PipingNetworkSystem")[0] + "</PlantModel>",
        "no connections": SHEET.replace("Connection ", "Nothing "),
        "a wrong encoding": SHEET.replace("utf-8", "klingon"),
    }
    found = {name: text.encode() for name, text in files.items()}
    found["not UTF-8"] = SHEET.replace("T100", "T\udce9100").encode("utf-8", "surrogateescape")
    found["NUL"] = SHEET.replace("T100", "T\x00").encode()
    found["a picture"] = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    found["zipped"] = b"PK\x03\x04" + bytes(200)
    return found


SPOILT = spoilt()


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "sheet.xml"
    path.write_text(SHEET)
    return path


def test_a_sheet_becomes_a_graph_without_the_shape_catalogue(sheet):
    pid = read_pid(sheet)
    assert list(pid.items) == ["Tank-1", "Pump-1", "Hex-1"]
    assert len(pid.nozzles) == 6
    assert pid.items["Tank-1"].parts == ["Chamber-1"]
    assert Counter(c.kind for c in pid.components.values()) == {
        "BallValve": 1,
        "PipeTee": 1,
        "SwingCheckValve": 1,
    }
    chain = pid.systems[0].segments[0].edges
    assert chain == [("N-2", "Valve-1"), ("Valve-1", "Tee-1"), ("Tee-1", "N-3")]
    assert networkx.number_connected_components(networkx.Graph(pid.edges())) == 1


def test_a_sheet_becomes_a_brief(sheet):
    brief = brief_from_dexpi(sheet)
    lines = {line.number: line for line in brief.lines}
    assert lines["1001"].ends == ("T100.N-2", "P100.N-3")
    assert (lines["1001"].nps, lines["1001"].insulation, lines["1001"].inline) == (4.0, 0.05, ("ball",))
    assert lines["1002"].inline == ("check",)
    assert lines["Line-3"].start == "1001", "a branch starts at the line whose tee it names"
    assert lines["Line-4"].start == "BL-1", "an end that leads to nothing is a battery-limit point"
    tank = next(e for e in brief.equipment if e.tag == "T100")
    assert tank.size == (5.0, 5.0, 5.0), "parts say how large an item is, in the file's units"
    assert any("default" in line for line in brief.plant().assumptions)


def test_sizes_that_contradict_each_other_are_not_used(sheet):
    sheet.write_text(SHEET.replace('Value="98"', 'Value="3"'))
    assert next(e for e in brief_from_dexpi(sheet).equipment if e.tag == "T100").size is None


def test_a_brief_that_was_written_is_read_again(sheet, tmp_path):
    brief = brief_from_dexpi(sheet)
    (tmp_path / "brief.yaml").write_text(brief_yaml(brief, comments=["from a P&ID"]))
    assert read_brief(tmp_path / "brief.yaml") == brief


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_sheet_is_refused_in_one_line(name, tmp_path):
    path = tmp_path / "spoilt.xml"
    path.write_bytes(SPOILT[name])
    started = time.perf_counter()
    with pytest.raises(InputError) as caught:
        brief_from_dexpi(path)
    text = str(caught.value)
    assert "\n" not in text
    assert "spoilt.xml" in text
    assert "root:" not in text, "a file of this machine was read"
    assert len(text) < 600
    assert time.perf_counter() - started < 5


def test_random_damage_is_refused_or_harmless(tmp_path):
    content = SHEET.encode()
    path = tmp_path / "damaged.xml"
    for seed in range(300):
        draw = random.Random(seed)
        damaged = bytearray(content)
        for _ in range(draw.randint(1, 5)):
            place = draw.randrange(len(damaged))
            if draw.random() < 0.5:
                damaged[place] = draw.randrange(256)
            else:
                del damaged[place : place + draw.randint(1, 40)]
        path.write_bytes(bytes(damaged))
        with contextlib.suppress(InputError):
            brief_from_dexpi(path)


def test_the_reference_sheet_gives_what_the_reference_counts(shared):
    pid = read_pid(shared / "data/dexpi/C01V04-VER.EX01.xml")
    parts = sum(len(item.parts) for item in pid.items.values())
    segments = [s for system in pid.systems for s in system.segments]
    assert (len(pid.items), parts, len(pid.nozzles)) == (5, 11, 19)
    assert (len(pid.systems), len(segments), len(pid.open_ends)) == (11, 23, 4)
    assert pid.functions == {"loops": 4, "functions": 4, "flows": 6}
    kinds = Counter(c.kind for c in pid.components.values())
    assert (kinds["PipeTee"], kinds["BallValve"], kinds["GlobeValve"], kinds["BlindFlange"]) == (5, 5, 3, 2)
    for open_ends, nodes, edges in ((False, 56, 57), (True, 60, 61)):
        graph = networkx.MultiGraph(pid.edges(open_ends=open_ends))
        graph.add_nodes_from(pid.nodes(open_ends=open_ends))
        assert (len(graph), graph.number_of_edges()) == (nodes, edges)
        assert networkx.number_connected_components(networkx.Graph(graph)) == 1


def test_the_reference_sheet_becomes_a_brief(shared):
    brief = brief_from_dexpi(shared / "data/dexpi/C01V04-VER.EX01.xml")
    assert len(brief.equipment) == 5
    assert len(brief.lines) == 11
