"""Lists as CSV and as a workbook."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from layoutgan.domains.piping.deliverables.files import deliverables
from layoutgan.domains.piping.deliverables.tables import Table, azimuth, csv_text, tables_of
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.sketches import drawn

NOZZLE = [{"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4, "line": "L-1"}]


@pytest.fixture
def plant():
    return drawn(
        {"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": NOZZLE, "service": 'Feed, "cold"'},
        {"pipe": "L-1", "start": "P-1.N1", "end": "BL", "at": [[2, 0.5, 1], [6, 0.5, 1], [6, 5, 1]]},
        {"terminal": "BL", "at": [6, 5, 1], "direction": "-y"},
        {"pipe": "L-9", "at": [[0, 9, 1], [6, 9, 1]], "status": "exception", "reason": "buried"},
    )


def rows_of(plant, name):
    text = deliverables(plant)[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_take_off_counts_pipe_in_metres_and_the_rest_in_pieces(plant):
    rows = {row["item_code"]: row for row in rows_of(plant, "material_takeoff")}
    assert rows["ELL90-4-S40"]["quantity"] == "1"
    assert float(rows["PIPE-4-S40"]["quantity"]) == pytest.approx(8.5 - 2 * 0.152 - 0.067, abs=0.01)
    assert float(rows["PIPE-4-S40"]["mass_kg"]) == pytest.approx(8.129 * 16.08, rel=0.01)
    assert rows["GASKET-4-150"]["quantity"] == "1"


def test_lines_in_equal_lines_routed_and_exceptions(plant):
    rows = rows_of(plant, "line_list")
    assert [row["status"] for row in rows] == ["routed", "exception"]
    assert [row["number"] for row in rows_of(plant, "exception_list")] == ["L-9"]


def test_nozzles_are_measured_clockwise_from_plant_north(plant):
    assert azimuth("+y", 90.0) == 0.0
    assert azimuth("+x", 90.0) == 90.0
    assert azimuth("+x", 0.0) == 0.0
    assert azimuth("-z", 90.0) is None
    (row,) = rows_of(plant, "nozzle_schedule")
    assert (row["azimuth_deg"], row["projection_m"], row["line"]) == ("90.0", "1.0", "L-1")


def test_the_workbook_holds_every_list(plant):
    tables = tables_of(plant, lines_of(plant))
    with zipfile.ZipFile(io.BytesIO(deliverables(plant)["lists.xlsx"])) as archive:
        assert archive.testzip() is None
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [e.get("name") for e in book.iter() if e.tag.endswith("}sheet")]
        assert names == [t.title for t in tables]
        for i, table in enumerate(tables):
            sheet = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{i + 1}.xml"))
            assert sum(e.tag.endswith("}row") for e in sheet.iter()) == len(table.rows) + 1


def test_text_with_commas_quotes_and_marks_survives(plant):
    (row,) = rows_of(plant, "equipment_list")
    assert row["service"] == 'Feed, "cold"'
    with zipfile.ZipFile(io.BytesIO(deliverables(plant)["lists.xlsx"])) as archive:
        assert any(b'Feed, "cold"' in archive.read(n) for n in archive.namelist() if "sheet" in n)


def test_no_cell_is_a_formula_for_a_spreadsheet():
    cells = (("=1+1", -2.5), ("@SUM(A1)", 1), ("-A", None), ("P-1", '2"'))
    table = Table("list", "List", ("tag", "x"), cells)
    rows = list(csv.reader(io.StringIO(csv_text(table))))
    assert rows[1:] == [["'=1+1", "-2.5"], ["'@SUM(A1)", "1"], ["-A", ""], ["P-1", '2"']]
