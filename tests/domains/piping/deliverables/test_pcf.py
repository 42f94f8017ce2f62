"""Piping component files: written, read back and checked."""

import numpy as np
import pytest

from layoutgan.domains.piping.deliverables.files import deliverables, file_name
from layoutgan.domains.piping.deliverables.pcf import check_pcf, read_pcf, write_pcf
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.pipe_data import flange_thickness
from layoutgan.domains.piping.sketches import drawn
from layoutgan.errors import InputError

NOZZLES = [{"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4, "line": "L-1"}]
TOP = [{"id": "N1", "at": [12, 6, 4], "direction": "+z", "nps": 4, "line": "L-1"}]
SIDE = [{"id": "N1", "at": [6, 8, 1], "direction": "-y", "nps": 3, "line": "L-1"}]


ROUTE = [[2, 0.5, 1], [6, 0.5, 1], [6, 5, 1], [6, 5, 5], [12, 5, 5], [12, 6, 5], [12, 6, 4]]
BRANCH = {
    "pipe": "L-1/2", "line": "L-1", "nps": 4, "start": "L-1", "end": "P-2.N1",
    "at": [[6, 3, 1], [8, 3, 1], [8, 7, 1], [6, 7, 1], [6, 8, 1]],
}  # fmt: skip
REDUCER = {
    "component": "R", "kind": "reducer", "pipe": "L-1/2", "line": "L-1", "direction": "+y", "nps": 4,
    "nps_out": 3,
    "length": 0.1064, "at": [6, round(8 - flange_thickness(3) - 0.0532, 4), 1],
}  # fmt: skip
VALVE = {
    "component": "L-1 gate 1",
    "kind": "gate",
    "pipe": "L-1",
    "line": "L-1",
    "at": [4, 0.5, 1],
    "length": 0.214,
}


def routed(*more):
    return drawn(
        {"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": NOZZLES},
        {"vessel": "V-1", "box": [11, 5, 13, 7], "top": 4.0, "nozzles": TOP},
        {"pump": "P-2", "box": [5.5, 8, 6.5, 10], "nozzles": SIDE},
        {"pipe": "L-1", "line": "L-1", "start": "P-1.N1", "end": "V-1.N1", "spec": "A1A", "at": ROUTE},
        *more,
    )


def test_a_line_comes_back_as_it_was_written_and_nothing_is_wrong():
    (line,) = lines_of(routed(BRANCH, REDUCER, VALVE))
    text = write_pcf(line, project="Unit")
    pcf = read_pcf(text)
    assert pcf.reference == "L-1"
    assert check_pcf(pcf) == []
    assert not line.problems
    kinds = {b.keyword for b in pcf.blocks}
    assert {
        "PIPE",
        "ELBOW",
        "TEE",
        "FLANGE",
        "VALVE",
        "REDUCER-CONCENTRIC",
        "END-CONNECTION-EQUIPMENT",
    } <= kinds
    assert text.isascii()


def test_lengths_through_centre_points_add_up_to_the_routed_length():
    (line,) = lines_of(routed(BRANCH, REDUCER, VALVE))
    assert sum(part.way for part in line.parts) == pytest.approx(line.length, abs=1e-6)


def test_neighbours_share_their_end_points():
    (line,) = lines_of(routed(BRANCH, REDUCER, VALVE))
    blocks = [b for b in read_pcf(write_pcf(line)).blocks if b.ends]
    points = [p for b in blocks for p, _ in (*b.ends, *b.branches)]
    lonely = [p for p in points if sum(np.linalg.norm(p - q) < 0.5 for q in points) == 1]
    assert len(lonely) == 3  # the three nozzles


def test_the_same_layout_gives_the_same_bytes():
    assert deliverables(routed(BRANCH, VALVE)) == deliverables(routed(BRANCH, VALVE))


def test_a_moved_end_point_is_noticed():
    (line,) = lines_of(routed())
    text = write_pcf(line)
    end = next(row for row in text.splitlines() if row.startswith("    END-POINT 5848"))
    found = check_pcf(read_pcf(text.replace(end, end.replace("5848", "5850"), 1)))
    assert any("component(s) meet" in problem for problem in found)


def test_an_unlisted_item_code_is_noticed():
    (line,) = lines_of(routed())
    found = check_pcf(read_pcf(write_pcf(line).replace("\nITEM-CODE PIPE-4-S40", "\nITEM-CODE OTHER")))
    assert any("not listed" in problem for problem in found)


def test_files_of_other_programs_are_read():
    text = "PIPE\n\n END-POINT 0 0 0 150\n  END-POINT 1000 0 0 150\nELBOW\n  END-POINT 1000 0 0 150\n"
    text += "  END-POINT 1229 229 0 150\n  CENTRE-POINT 1229 0 0\n  ANGLE 90.0000\n  MESSAGE-SQUARE\n"
    assert len(read_pcf(text).blocks) == 2


@pytest.mark.parametrize(
    "text", ["", "PIPE\n  END-POINT a b c\n", "PIPE\n  END-POINT 1 2\n", "PIPE\n END-POINT 1 2 nan 3\n"]
)
def test_what_is_no_pcf_is_refused_in_one_line(text):
    with pytest.raises(InputError) as caught:
        read_pcf(text)
    assert "\n" not in str(caught.value)


def test_line_numbers_become_file_names():
    assert file_name('6"-P-1001/A1A H') == "6in-P-1001-A1A_H"


def test_a_line_that_begins_on_another_ends_at_that_ones_tee():
    other = BRANCH | {"pipe": "L-2", "line": "L-2", "nps": 4}
    lines = lines_of(routed(other, REDUCER | {"pipe": "L-2", "line": "L-2"}))
    assert [line.number for line in lines] == ["L-1", "L-2"]
    for line in lines:
        assert check_pcf(read_pcf(write_pcf(line))) == []
    (tee,) = (np.round(point, 6).tolist() for point in lines[0].open_ends)
    assert tee in [np.round(point, 6).tolist() for point in lines[1].open_ends]
