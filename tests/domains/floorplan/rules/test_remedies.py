"""Remedies name the wall that can be moved, and nobody who cannot give."""

import pytest

from layoutgan.domains.floorplan.rules.narrow_room import narrow_room
from layoutgan.domains.floorplan.rules.small_single_bedroom import small_single_bedroom
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.check import check


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("aaaa\naaaa\nbbbb\nbbbb\nbbbb", "b"),  # below its long side lies a room with floor to spare
        ("aaaab\naaaab", ""),  # b lies at its end: moving that wall makes a longer, not wider
        ("aaaa\naaaa\ncccc\nbbbb\nbbbb\nbbbb", ""),  # c is a metre wide and cannot give
        ("bbbb\nbbbb\nbbbb\naaaa\naaaa\ncccc\ncccc", "b"),  # the wider of two
    ],
)
def test_the_wall_along_the_narrow_room(text, giver):
    kinds = {"a": "bedroom", "b": "living_room", "c": "corridor"}
    plan = drawn(text, **{k: v for k, v in kinds.items() if k in text})
    (finding,) = [f for f in check(plan, [narrow_room]).findings if f.elements == ("a",)]
    ending = f": move the wall between a and {giver}." if giver else "to 2.13 m."
    assert finding.remedy.endswith(ending)


def test_floor_comes_from_the_largest_neighbour():
    plan = drawn("aab\naab\nccc\nccc\nccc\nccc", a="bedroom", b="study", c="living_room")
    (finding,) = check(plan, [small_single_bedroom]).findings
    assert finding.remedy.endswith(": take the floor from c.")
