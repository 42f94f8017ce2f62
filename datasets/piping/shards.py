"""The corpus on disk: shards of layouts, made one by one in any order, always the same bytes.

A shard is a gzip file of JSON lines; a line holds the layout's id, its topology template, its number of items
and the layout itself. Which layouts a shard holds follows from the corpus's order alone, so a run that was
broken off goes on where shards are missing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layoutgan.core.layout import Layout
from layoutgan.core.plain import parse, read_tree
from layoutgan.core.schema import dump, validate, write_text, write_whole
from layoutgan.errors import DatasetError, InputError

__all__ = ["PARTS", "VERSION", "Order", "Row", "Shard", "build", "rows_in", "shard_files"]

VERSION = 1
"""Of the generators; raised when the same order would give other layouts."""
PARTS = ("cheap", "placed", "expert")
CHEAP_EACH, PLACED_EACH, BRIEFS_EACH = 100, 25, 5
"""Layouts, or briefs, of one shard."""
TWICE = 2
"""Layouts of each brief that is placed and not routed."""
MOST = 1_000_000
"""Most layouts or briefs of one corpus."""
MOST_BYTES, MOST_LINE = 64_000_000, 8_000_000
"""Largest shard, packed, and longest line [bytes]."""
MANIFEST = "manifest.json"
_LOOK = 1.0
"""How often a worker looks whether its parent lives [s]."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What a corpus consists of."""

    cheap: int
    """Layouts of the cheap half."""
    expert: int
    """Briefs of the optimised half."""
    solutions: int = 4
    """Most layouts per brief."""
    seed: int = 0
    items: tuple[int, int] = (6, 150)
    """Least and most items."""
    effort: float = 0.3
    """Of each placement of the optimised half [-]."""
    placed: int = 0
    """Briefs whose equipment is placed by the optimiser and whose lines nobody routes."""

    def shards(self) -> Iterator[Shard]:
        """All shards, the cheap half first."""
        parts = (
            ("cheap", self.cheap, CHEAP_EACH),
            ("placed", self.placed, PLACED_EACH),
            ("expert", self.expert, BRIEFS_EACH),
        )
        for part, count, each in parts:
            for number, first in enumerate(range(0, count, each)):
                yield Shard(part, number, first, min(each, count - first))

    def written(self) -> dict[str, Any]:
        """As the manifest says it."""
        return {
            "version": VERSION, "seed": self.seed, "cheap": self.cheap, "expert": self.expert,
            "solutions": self.solutions, "items": list(self.items), "effort": self.effort,
            "placed": self.placed,
        }  # fmt: skip


@dataclass(frozen=True)
class Shard:
    """One file of a corpus."""

    part: str
    number: int
    first: int
    """Number of its first layout or brief."""
    count: int

    @property
    def file(self) -> str:
        """Its name in the corpus's folder."""
        return f"{self.part}-{self.number:05d}.jsonl.gz"


@dataclass(frozen=True)
class Row:
    """One line of a shard; the layout is read when it is asked for."""

    id: str
    part: str
    template: str
    items: int
    text: str
    place: str
    """File and line, for errors."""

    def layout(self) -> Layout:
        """The layout.

        Raises:
            DatasetError: it is damaged.
        """
        try:
            return validate(Layout, parse(self.text, json_text=True)[0], file=self.place)
        except InputError as error:
            raise DatasetError(f"{error}; the shard is damaged: delete it and build it again") from error


def build(root: Path, order: Order, *, workers: int = 1, progress: Progress | None = None) -> dict[str, int]:
    """Makes the shards that are missing, and the manifest.

    Args:
        root: the corpus's folder; made when there is none.
        order: what it consists of.
        workers: processes.
        progress: told once per shard how far it is.

    Returns:
        Layouts by part.

    Raises:
        InputError: the folder holds another corpus.
    """
    every = {shard.file: shard for shard in order.shards()}
    known = _known(root, order)
    # A shard that no manifest names, or that an order of another size cut off, is made anew.
    known = {
        name: facts for name, facts in known.items()
        if name in every and facts.get("asked") == every[name].count and (root / name).is_file()
    }  # fmt: skip
    _save(root, order, known)
    waiting = [shard for shard in every.values() if shard.file not in known]
    for shard in _made(root, order, waiting, workers):
        known[shard.file] = _facts(root / shard.file, shard)
        _save(root, order, known)
        if progress is not None:
            made = sum(facts["layouts"] for facts in known.values())
            progress(f"{len(known)} of {len(every)} shards, {made} layouts")
    return {p: sum(f["layouts"] for n, f in known.items() if n.startswith(p)) for p in PARTS}


def _made(root: Path, order: Order, waiting: list[Shard], workers: int) -> Iterator[Shard]:
    """Writes shards, in this process or in several, and yields each when it is on disk."""
    if workers <= 1 or len(waiting) < 2:
        for shard in waiting:
            _write(root, order, shard)
            yield shard
        return
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_follow, initargs=(os.getpid(),)
    )  # fmt: skip
    # Few at a time, in order: what was broken off leaves no holes far ahead.
    queue, running = iter(waiting), dict[Future[None], Shard]()
    try:
        while True:
            while len(running) < 2 * workers and (shard := next(queue, None)) is not None:
                running[pool.submit(_write, root, order, shard)] = shard
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                future.result()
                yield running.pop(future)
    except BaseException:
        for child in multiprocessing.active_children():  # nobody waits for shards that nobody wants
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _follow(parent: int) -> None:
    """In a worker: ends with its parent however that one ends, and leaves interrupts to it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=watch, daemon=True).start()


def _write(root: Path, order: Order, shard: Shard) -> None:
    """Makes the layouts of a shard and writes it, whole or not at all."""
    lines = [
        json.dumps(head | {"layout": dump(layout)}, ensure_ascii=False, allow_nan=False)
        for head, layout in _layouts(order, shard)
    ]
    text = "".join(f"{line}\n" for line in lines)
    write_whole(root / shard.file, gzip.compress(text.encode(), 6, mtime=0))


def _layouts(order: Order, shard: Shard) -> Iterator[tuple[dict[str, Any], Layout]]:
    from .briefs import make_brief, template_of
    from .inverse import cheap

    for number in range(shard.first, shard.first + shard.count):
        if shard.part == "cheap":
            layout = cheap(order.seed, number, items=order.items)
            yield _head(f"cheap-{number:06d}", template_of(_brief_of(layout)), layout), layout
            continue
        brief = make_brief(order.seed * MOST + number, items=order.items)
        template = template_of(brief)
        if shard.part == "placed":
            from .placed import placed

            for place in range(TWICE):
                answer = placed(brief, TWICE * number + place, effort=order.effort)
                if answer is not None:
                    yield _head(f"placed-{number:06d}-{place}", template, answer), answer
            continue
        from .expert import solutions

        for place, layout in enumerate(solutions(brief, number, order.solutions, order.effort)):
            yield _head(f"expert-{number:06d}-{place}", template, layout), layout


def _brief_of(layout: Layout) -> Any:
    assert layout.brief is not None
    return layout.brief


def _head(name: str, template: str, layout: Layout) -> dict[str, Any]:
    return {"id": name, "template": template, "items": len(_brief_of(layout).equipment)}


def shard_files(root: Path, part: str) -> list[Path]:
    """Files of a corpus, by name; ``all`` for both parts.

    Raises:
        DatasetError: there are none.
    """
    parts = PARTS if part == "all" else (part,)
    found = sorted(path for name in parts for path in root.glob(f"{name}-*.jsonl.gz"))
    if not found:
        raise DatasetError(
            f"no shards of part '{part}' in '{root}'; make them with: layoutgan corpus synthetic {root}"
        )
    return found


def rows_in(path: Path) -> Iterator[Row]:
    """The lines of a shard, their heads read.

    Raises:
        DatasetError: the file is damaged; names file and line.
    """
    part = path.name.partition("-")[0]
    if path.stat().st_size > MOST_BYTES:
        raise DatasetError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; not one of our shards")
    number = 0
    try:
        with gzip.open(path, "rb") as stream:
            while content := stream.readline(MOST_LINE + 1):
                number += 1
                yield _row(content, part, f"{path}, line {number}")
    except (OSError, EOFError, zlib.error) as error:
        raise DatasetError(
            f"{path}: cannot be unpacked after line {number}; delete the shard and build it again"
        ) from error


def _row(content: bytes, part: str, place: str) -> Row:
    """A line's head; the layout stays text until somebody wants it."""
    with suppress(ValueError, TypeError, KeyError):
        head, found, body = content.decode().partition(', "layout": ')
        if found and len(content) <= MOST_LINE:
            facts = json.loads(head + "}")
            name, template, items = facts["id"], facts["template"], facts["items"]
            if isinstance(name, str) and isinstance(template, str) and type(items) is int:
                return Row(name, part, template, items, body.rstrip()[:-1], place)
    raise DatasetError(f"{place}: not a line of a shard; delete the shard and build it again")


def _facts(path: Path, shard: Shard) -> dict[str, Any]:
    """What the manifest says of a shard."""
    ids = [row.id for row in rows_in(path)]
    facts: dict[str, Any] = {"asked": shard.count, "layouts": len(ids)}
    if shard.part != "cheap":
        facts["answered"] = len({name.rpartition("-")[0] for name in ids})
    return facts | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _known(root: Path, order: Order) -> dict[str, dict[str, Any]]:
    """Finished shards by file, as a manifest says."""
    path = root / MANIFEST
    if not path.exists():
        return {}
    tree, _ = read_tree(path)
    if not isinstance(tree, dict) or not isinstance(tree.get("shards"), dict):
        raise InputError("not a manifest of ours; choose another folder", file=str(path))
    for name, value in order.written().items():
        if name not in PARTS and tree.get(name) != value:  # a corpus may grow
            problem = f"the folder holds a corpus with {name} {tree.get(name)}, and {value} is asked for"
            raise InputError(f"{problem}; choose another folder", file=str(path))
    return dict(tree["shards"])


def _save(root: Path, order: Order, known: dict[str, dict[str, Any]]) -> None:
    tree = {**order.written(), "shards": {name: known[name] for name in sorted(known)}}
    write_text(root / MANIFEST, json.dumps(tree, indent=1) + "\n")
