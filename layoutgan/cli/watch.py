"""``layoutgan watch``: layouts follow their brief, and reports follow drawings that a person edits."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layoutgan.errors import InputError, LayoutError

if TYPE_CHECKING:
    from layoutgan.core.brief import Brief
    from layoutgan.core.layout import Layout
    from layoutgan.generation.generate import Generated
    from layoutgan.validation.report import Report

__all__ = ["Watch", "watch"]

def watch(
    brief: Annotated[Path, typer.Argument(help="Brief: YAML or JSON.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")] = Path("out"),
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=50, help="Layouts wanted.")] = 1,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Same seed, same layouts.")] = 0,
    start: Annotated[str, typer.Option(help="Where proposals come from.")] = "network",
    formats: Annotated[str, typer.Option(help="Files for each layout, by suffix.")] = "dxf,svg,png,json",
    interval: Annotated[float, typer.Option(min=0.05, max=3600, help="Seconds between looks.")] = 1.0,
    looks: Annotated[int, typer.Option(min=0, help="Stop after so many looks; 0: until interrupted.")] = 0,
) -> int:
    """Generate again when the brief changes, check again when a drawing is edited.

    What a person moves in a drawing is locked and stays when the brief changes. Stop with Ctrl+C.
    """
    from layoutgan.cli.folder import exporters_of
    from layoutgan.cli.terminal import remark

    if not brief.is_file():
        raise InputError("no such file; check the name", file=str(brief))
    names = [e.name for e in exporters_of(formats)]
    names += [] if "json" in names else ["json"]  # in which locked elements are remembered
    found = Watch(brief, output, Work(count, seed, start, tuple(names)))
    seen = 0
    while True:
        for line in found.look():
            remark(line)
        seen += 1
        if looks and seen >= looks:
            return int(found.errors > 0)
        time.sleep(interval)


@dataclass(frozen=True)
class Work:
    """How layouts are made."""

    count: int = 1
    seed: int = 0
    start: str = "network"
    formats: tuple[str, ...] = ("dxf", "svg", "png", "json")


@dataclass
class Watch:
    """A brief and the folder of its layouts, as they were seen last."""

    brief: Path
    output: Path
    work: Work = field(default_factory=Work)
    make: Callable[..., Generated] | None = None
    """Makes layouts from a brief; by default ``layoutgan.generation.generate.generate``."""
    errors: int = 0
    """Findings of severity error in the layouts as they are now [-]."""
    _asked: str = ""
    _drawn: dict[Path, str] = field(default_factory=dict)
    _touched: set[Path] = field(default_factory=set)
    """Drawings that a person changed; they are kept beside the new ones."""

    def look(self) -> Iterator[str]:
        """Does what has become necessary since the last look, and says it, a line at a time."""
        for path in self._drawings():
            if self._drawn.get(path, "") != _digest([path]):
                yield from self._edited(path, known=path in self._drawn)
        try:
            asked = _digest(self._sources())
        except LayoutError as error:
            asked = f"not readable: {error}"
            if asked != self._asked:
                yield str(error)
        else:
            if asked != self._asked:
                yield from self._regenerate()
        self._asked = asked
        self._drawn = {path: _digest([path]) for path in self._drawings()}

    def _drawings(self) -> list[Path]:
        from layoutgan.cli.folder import stem

        names = [self.output / f"{stem(i, self.work.count)}.dxf" for i in range(self.work.count)]
        return [path for path in names if path.is_file()]

    def _sources(self) -> list[Path]:
        """The brief, and the files that it names."""
        from layoutgan.core.plain import read_tree

        tree, _ = read_tree(self.brief)
        beside = {self.brief.parent / text for text in _texts(tree)}
        return [self.brief, *sorted(p for p in beside if p.is_file())]

    def _regenerate(self) -> Iterator[str]:
        """Makes the layouts anew; a brief that is wrong for the moment changes nothing."""
        from layoutgan.cli.folder import stem
        from layoutgan.cli.judging import check_brief
        from layoutgan.cli.pinning import pinned
        from layoutgan.domains.domain import read_brief, read_layout

        try:
            brief = read_brief(self.brief)
            check_brief(brief, file=str(self.brief))
            before = self.output / f"{stem(0, self.work.count)}.json"
            kept: tuple[str, ...] = ()
            if before.is_file():
                brief, kept = pinned(brief, read_layout(before))
            made = self._made(brief)
            self._write(brief, made)
        except LayoutError as error:
            yield str(error)
            return
        self.errors = sum(report.errors for report in made.reports)
        held = f", {', '.join(kept)} kept" if kept else ""
        yield f"{self.brief.name} changed: {len(made.layouts)} layouts in {self.output}{held}"
        for number, report in enumerate(made.reports, start=1):
            yield f"  {number:02d}  {report.summary()}"

    def _made(self, brief: Brief) -> Generated:
        if self.make is not None:
            return self.make(brief, count=self.work.count, seed=self.work.seed)
        from layoutgan.generation.generate import generate

        return generate(brief, count=self.work.count, seed=self.work.seed, start=self.work.start)

    def _write(self, brief: Brief, made: Generated) -> None:
        from layoutgan.cli.drawers import Drawers
        from layoutgan.cli.folder import exporters_of, write_folder

        for path in sorted(self._touched):
            shutil.copyfile(path, path.with_suffix(".edited.dxf"))
        self._touched.clear()
        facts = {"brief": brief.digest(), "seed": str(self.work.seed)}
        write_folder(self.output, brief, made, exporters_of(",".join(self.work.formats)), facts=facts,
                     hands=Drawers(()))

    def _edited(self, path: Path, *, known: bool) -> Iterator[str]:
        """Judges a drawing that a person changed; locks what was moved; leaves the drawing itself alone.

        Args:
            path: of the drawing.
            known: it was seen before; otherwise it may be as we left it.
        """
        import layoutgan
        from cad_plugin.exporter import read
        from layoutgan.cli.pinning import locked_where_moved
        from layoutgan.domains.domain import read_layout

        document = path.with_suffix(".json")
        try:
            before = read_layout(document) if document.is_file() else None
            now = read(path)
            moved: tuple[str, ...] = ()
            if before is not None:
                now, moved = locked_where_moved(before, now)
                if not known and not moved and set(now.ids()) == set(before.ids()):
                    return
            self._touched.add(path)
            report = layoutgan.check(now)
            self._refresh(path, now, report)
        except LayoutError as error:  # half written, or no drawing any more: the next look will tell
            yield str(error)
            return
        self.errors = report.errors
        held = f" ({', '.join(moved)} locked)" if moved else ""
        yield f"{path.name} edited{held}: {report.summary()}"
        for finding in report.findings[:5]:
            yield f"  {finding.rule} {finding.severity}: {finding.message}"

    def _refresh(self, path: Path, layout: Layout, report: Report) -> None:
        """The other files of a layout, and its report."""
        from cad_plugin.exporter import exporter
        from layoutgan.core.schema import write_text
        from layoutgan.validation.text import plain

        for name in self.work.formats:
            found: Any = exporter(name)
            if found.suffixes[0] != path.suffix:
                found.write(layout, path.with_suffix(found.suffixes[0]), {}, report)
        write_text(path.with_suffix(".txt"), plain(report))


def _digest(files: Sequence[Path]) -> str:
    """Of the contents of files; clocks of different machines do not matter."""
    found = hashlib.sha256()
    for file in files:
        try:
            found.update(file.read_bytes())
        except OSError as error:
            found.update(str(error.errno).encode())
        found.update(b"\0")
    return found.hexdigest()


def _texts(tree: Any) -> Iterator[str]:
    """Texts of a document that may be names of files."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    elif isinstance(tree, str) and 0 < len(tree) < 200 and "." in tree and "\n" not in tree:
        yield tree
