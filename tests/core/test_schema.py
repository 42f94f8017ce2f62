from __future__ import annotations

import os
import stat

import pytest
from pydantic import Field, model_validator

from layoutgan.core.schema import (
    Document,
    FieldError,
    Metres,
    dump,
    dump_json,
    shown,
    validate,
    write_text,
    write_whole,
)
from layoutgan.errors import InputError


class Leaf(Document):
    """A part of a document."""

    width: Metres = Field(default=1.0, gt=0)
    label: str = ""


class Tree(Document):
    """A document."""

    name: str
    leaves: tuple[Leaf, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> Tree:
        labels = [leaf.label for leaf in self.leaves if leaf.label]
        for i, label in enumerate(labels):
            if label in labels[:i]:
                raise FieldError(f"'{label}' stands twice", "leaves", i, "label")
        return self


def error_of(tree: object, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        validate(Tree, tree, **options)
    return str(caught.value)


def test_a_good_document():
    found = validate(Tree, {"name": "oak", "leaves": [{"width": 2}]})
    assert found.leaves[0].width == 2.0
    assert isinstance(found.leaves[0].width, float)


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({}, "name: is missing; add it"),
        ({"name": "x", "leafs": []}, "leafs: no such field; did you mean 'leaves'?"),
        ({"name": "x", "qqq": []}, "qqq: no such field; known here: leaves, name"),
        ({"name": "x", "leaves": [{"widht": 1}]}, "leaves[0].widht: no such field; did you mean 'width'?"),
        (
            {"name": "x", "leaves": [{"width": True}]},
            "leaves[0].width: must be a number without quotes, found true",
        ),
        (
            {"name": "x", "leaves": [{"width": "1"}]},
            "leaves[0].width: must be a number without quotes, found '1'",
        ),
        ({"name": "x", "leaves": [{"width": -1}]}, "leaves[0].width: must be more than 0, found -1"),
        ({"name": 5}, "name: must be text; put it in quotes, found 5"),
        ({"name": "x", "leaves": {"width": 1}}, "leaves: must be a list"),
        ({"name": "x", "leaves": [5]}, "leaves[0]: must be a mapping with keys and values, found 5"),
        ({"name": "x", "leaves": [{"label": "a"}, {"label": "a"}]}, "leaves[1].label: 'a' stands twice"),
        ([], "must be a mapping with keys and values, found a list of 0"),
        (None, "must be a mapping with keys and values, found nothing"),
    ],
)
def test_errors_say_where_what_and_what_to_do(tree, says):
    assert says in error_of(tree, file="t.yaml")
    assert error_of(tree, file="t.yaml").startswith("t.yaml: ")


def test_errors_in_a_part_of_a_document_name_the_whole_way():
    assert error_of({}, at="elements[3]") == "elements[3].name: is missing; add it"
    assert error_of(5, at="elements[3]").startswith("elements[3]: must be a mapping")


def test_a_field_error_reads_well_without_a_file():
    assert str(FieldError("is wrong", "a", 2, "b")) == "a[2].b: is wrong"
    assert str(FieldError("is wrong")) == "is wrong"


def test_documents_are_frozen():
    with pytest.raises(Exception, match="frozen"):
        Tree(name="x").name = "y"


def test_shown_is_short():
    assert len(shown("x" * 500)) == 80
    assert [shown(v) for v in (None, True, 1.5, {}, [1], object)] == [
        "nothing",
        "true",
        "1.5",
        "a mapping",
        "a list of 1",
        "a type",
    ]


def test_dump_leaves_nothing_out_but_none():
    assert dump(Tree(name="x", leaves=(Leaf(),))) == {"name": "x", "leaves": [{"width": 1.0, "label": ""}]}
    assert dump_json(Tree(name="ü")) == '{\n "name": "ü",\n "leaves": []\n}\n'


def test_files_appear_whole(tmp_path):
    target = tmp_path / "new" / "a.txt"
    write_text(target, "één\n")
    assert target.read_bytes() == "één\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) & 0o444 == 0o444
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert os.listdir(target.parent) == ["a.txt"]


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="cannot be written"):
        write_text(tmp_path / ("x" * 300), "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_text(tmp_path / "folder", "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        write_text(tmp_path / "b.txt", "a")
    assert os.listdir(tmp_path) == ["folder"]
