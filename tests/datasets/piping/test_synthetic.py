"""The corpus on disk: same bytes always, goes on where it stopped, splits by topology, says its faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from layoutgan_datasets.piping import shards
from layoutgan_datasets.piping.shards import Order, build
from layoutgan_datasets.piping.synthetic import LARGE, Synthetic, place_of

from layoutgan.cli.main import run
from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json, validate
from layoutgan.encoding.records import encode_layout
from layoutgan.errors import DatasetError

ORDER = Order(cheap=9, expert=0, seed=5, items=(6, 12))


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch):
    monkeypatch.setattr(shards, "CHEAP_EACH", 3)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "CHEAP_EACH", 3)
        root = tmp_path_factory.mktemp("corpus")
        assert build(root, ORDER) == {"cheap": 9, "placed": 0, "expert": 0}
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(root.iterdir())}


def test_broken_off_and_taken_up_again_gives_the_same_bytes(corpus, tmp_path):
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, ORDER, progress=stop)
    assert len(list(tmp_path.glob("*.gz"))) == 1
    said: list[str] = []
    build(tmp_path, ORDER, progress=said.append)
    assert len(said) == 2, "a finished shard was made again"
    assert contents(tmp_path) == contents(corpus)


def test_the_number_of_processes_changes_nothing(corpus, tmp_path):
    assert build(tmp_path, ORDER, workers=2)["cheap"] == ORDER.cheap
    assert contents(tmp_path) == contents(corpus)


def test_a_corpus_grows_and_keeps_what_is_there(corpus, tmp_path):
    build(tmp_path, Order(cheap=4, expert=0, seed=5, items=(6, 12)))
    before = (tmp_path / "cheap-00000.jsonl.gz").stat().st_mtime_ns
    build(tmp_path, ORDER)
    assert contents(tmp_path) == contents(corpus)
    assert (tmp_path / "cheap-00000.jsonl.gz").stat().st_mtime_ns == before


def test_splits_follow_topology(corpus):
    data = Synthetic(corpus)
    rows = list(data.rows())
    assert data.ids() == tuple(row.id for row in rows)
    by_split = {name: list(data.split(name)) for name in ("train", "val", "test")}
    assert sum(map(len, by_split.values())) == len(rows) == 9
    for row in rows:
        assert row.layout() in by_split[place_of(row.template, row.items)]
    places = [place_of(f"{k:032x}", 20) for k in range(2000)]
    assert 0.77 < places.count("train") / 2000 < 0.83
    assert "train" not in {place_of(f"{k:032x}", LARGE + 1) for k in range(200)}


def test_layouts_are_read_as_networks_want_them(corpus):
    domain = registry.find("domain", "piping")
    for layout in Synthetic(corpus, most_items=9).split("all"):
        record = encode_layout(layout, domain)
        assert len(layout.brief.equipment) <= 9
        assert (record.boxes[:, 0, :2] >= 0).all()
        assert dump_json(validate(Layout, json.loads(dump_json(layout)))) == dump_json(layout)


def test_card_is_full():
    reader = registry.find("dataset", "synthetic")
    assert reader is Synthetic
    assert reader.card.name == "synthetic"
    assert reader.card.domain == "piping"


@pytest.mark.parametrize("harm", ["cut", "flipped", "text", "no head", "empty line"])
def test_a_damaged_shard_gives_one_line(corpus, tmp_path, harm):
    import gzip

    good = (corpus / "cheap-00000.jsonl.gz").read_bytes()
    lines = gzip.decompress(good).decode().splitlines()
    bad = {
        "cut": good[: len(good) // 2],
        "flipped": good[:300] + bytes([good[300] ^ 255]) + good[301:],
        "text": b"not packed",
        "no head": gzip.compress(b'{"layout": {}}\n'),
        "empty line": gzip.compress((lines[0] + "\n\n" + lines[1]).encode()),
    }[harm]
    (tmp_path / "cheap-00000.jsonl.gz").write_bytes(bad)
    with pytest.raises(DatasetError, match="cheap-00000") as caught:
        list(Synthetic(tmp_path).split("all"))
    assert "\n" not in str(caught.value)


def test_a_damaged_layout_gives_its_line(corpus, tmp_path):
    import gzip

    text = gzip.decompress((corpus / "cheap-00001.jsonl.gz").read_bytes()).decode()
    bad = text.replace('"turn"', '"tern"', 1).encode()
    (tmp_path / "cheap-00001.jsonl.gz").write_bytes(gzip.compress(bad))
    with pytest.raises(DatasetError, match=r"line 1.*tern.*damaged"):
        list(Synthetic(tmp_path).split("all"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cheap", "2000000"], "at most"),
        (["--cheap", "-1"], "--cheap"),
        (["--cheap", "0", "--expert", "0"], "nothing to make"),
        (["--items", "20", "10"], "--items"),
        (["--items", "6", "5000"], "--items"),
        (["--workers", "0"], "--workers"),
        (["--solutions", "99"], "--solutions"),
    ],
)
def test_bad_orders_are_refused(arguments, words, tmp_path, capsys):
    assert run(["corpus", "synthetic", str(tmp_path / "new"), *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_another_corpus_is_not_overwritten(corpus, capsys):
    before = contents(corpus)
    assert run(["corpus", "synthetic", str(corpus), "--cheap", "9", "--expert", "0", "--seed", "6"]) == 2
    assert "seed 5" in capsys.readouterr().err
    assert contents(corpus) == before


def test_an_empty_folder_says_what_to_do(tmp_path):
    with pytest.raises(DatasetError, match="layoutgan corpus synthetic"):
        list(Synthetic(tmp_path).split("train"))
    with pytest.raises(DatasetError, match="part must be"):
        Synthetic(tmp_path, part="dear")


def test_describe_prints_and_draws(corpus, tmp_path, capsys):
    sheet = tmp_path / "sheet.png"
    assert run(["corpus", "describe", str(corpus), "--picture", str(sheet), "--each", "2"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["cheap"]["layouts"] == 9
    assert sheet.read_bytes().startswith(b"\x89PNG")
