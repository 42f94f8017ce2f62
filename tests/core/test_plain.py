from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.core.plain import MAX_DEPTH, line_of, parse, path_text, place_of, read_tree
from layoutgan.errors import InputError


def tree_of(text: str):
    return parse(text)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: 2026-11-22", {"a": "2026-11-22"}),
        ("- 1\n- [2.5, x]", [1, [2.5, "x"]]),
        ("a: yes", {"a": True}),
        ("a: 1.0e-4", {"a": 1e-4}),
        ("a: Küche 壁", {"a": "Küche 壁"}),
        ("'on': 1", {"on": 1}),
        ("\ufeffa: 1", {"a": 1}),
    ],
)
def test_what_yaml_becomes(text, value, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_tree(path)[0] == value


def test_lines_of_places():
    tree, node = parse("a: 1\nb:\n  - x\n  - {c: 2}\n")
    assert line_of(node, ("b", 1, "c")) == 4
    assert line_of(node, ("b", 0)) == 3
    assert place_of(tree, node, ("b", 1, "c")) == "line 4, b[1].c"
    assert path_text(("b", 1, "union member", "c"), tree) == "b[1].c"
    assert place_of(tree, None, ()) is None


def test_depth_is_bounded_in_both_forms():
    inside = MAX_DEPTH - 2
    assert tree_of("[" * inside + "]" * inside)
    assert parse("[" * inside + "]" * inside, json_text=True)[0]
    for json_text in (True, False):
        with pytest.raises(InputError, match="nested too deeply"):
            parse("[" * (MAX_DEPTH + 2) + "1" + "]" * (MAX_DEPTH + 2), json_text=json_text)


def test_the_file_is_named_in_errors(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{")
    with pytest.raises(InputError) as caught:
        read_tree(path)
    assert caught.value.file == str(path)
    assert caught.value.place == "line 1"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_tree(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_tree(Path(tmp_path / "none"))


plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**14), 10**14),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=12),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.text(st.characters(codec="utf-8", categories=("L",)), max_size=6), inner, max_size=4
        ),
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(plain)
def test_plain_data_survives_yaml_and_json(tree):
    import json

    if tree is not None:
        assert parse(json.dumps(tree), json_text=True)[0] == tree
        text = yaml.safe_dump(tree, allow_unicode=True)
        found = tree_of(text)
        assert found == tree or (isinstance(tree, float) and math.isclose(found, tree))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_data_or_an_error(text):
    for json_text in (True, False):
        try:
            parse(text, json_text=json_text)
        except InputError as error:
            assert error.problem  # noqa: PT017  # what is raised is the point
