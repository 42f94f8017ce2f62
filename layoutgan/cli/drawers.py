"""Processes that draw: one per core, each with its share of the layouts.

The first is forked before anything large loads; it loads the CAD library while the layouts are still being
made, and the others are forked from it. Where processes cannot be forked safely the drawing is done in this
one.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from layoutgan.errors import LayoutError

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout
    from layoutgan.validation.html import Candidate
    from layoutgan.validation.report import Report

__all__ = ["Drawers", "Job", "cores", "drawers"]


@dataclass(frozen=True)
class Job:
    """One layout to be drawn."""

    layout: Layout
    report: Report
    folder: Path
    files: tuple[tuple[str, str], ...]
    """Format and file name of each drawing."""
    name: str = ""
    """Folder for what comes beside the drawings; by default the name of the drawings."""


class Drawers:
    """Whoever draws: some processes, or this one when there are none."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self._connections = connections

    def draw(self, jobs: Sequence[Job]) -> list[Candidate]:
        """Writes the files of all jobs and returns what a page shows of each, in the order of the jobs.

        Raises:
            LayoutError: a drawing could not be written.
        """
        if not self._connections:
            return [_draw(job) for job in jobs]
        count = len(self._connections)
        for i, connection in enumerate(self._connections):
            connection.send(list(jobs[i::count]))
        answers = [connection.recv() for connection in self._connections]
        for answer in answers:
            if isinstance(answer, str):
                raise LayoutError(answer)
        return [answers[i % count][i // count] for i in range(len(jobs))]


def cores() -> int:
    """Cores that this process may use [-]."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def drawers(count: int) -> Iterator[Drawers]:
    """Drawing processes, gone when the block ends.

    Args:
        count: processes; up to 1, or on systems that cannot fork safely, the work is done in this process.
    """
    if count <= 1 or not sys.platform.startswith("linux"):
        yield Drawers(())
        return
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe() for _ in range(count)]
    first = context.Process(target=_lead, args=(pipes,), daemon=True)
    try:
        first.start()
        for _, theirs in pipes:
            theirs.close()
        yield Drawers([ours for ours, _ in pipes])
    finally:
        for ours, _ in pipes:
            ours.close()  # that is what ends them
        first.join()


def _lead(pipes: Sequence[tuple[Connection, Connection]]) -> None:
    """The first drawing process: loads what drawing needs, forks the others and serves with them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the end of the pipe ends us
    for ours, _ in pipes:
        ours.close()  # else nobody would ever see the end of a pipe
    with suppress(ImportError):  # if it is missing, the drawing itself says so
        import ezdxf  # noqa: F401  # loaded for later
        import matplotlib.backends.backend_agg  # noqa: F401  # loaded for later

        import cad_plugin.floorplan  # noqa: F401  # loaded for later
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)  # drawings are made of many small objects, hardly any of them rubbish
    mine = [theirs for _, theirs in pipes]
    while len(mine) > 1:  # each keeps its own end alone, so that the parent sees when one dies
        one = mine.pop()
        if os.fork() == 0:
            try:
                for other in mine:
                    other.close()
                _serve(one)
            finally:
                os._exit(0)
        one.close()
    _serve(mine[0])


def _serve(connection: Connection) -> None:
    """Answers each list of jobs until the pipe ends."""
    while True:
        try:
            jobs: list[Job] = connection.recv()
        except EOFError:
            return
        try:
            connection.send([_draw(job) for job in jobs])
        except LayoutError as error:
            connection.send(str(error))
        except Exception as error:  # the parent has to hear of it, whatever it is
            connection.send(f"drawing failed: {type(error).__name__}: {error}")


def _draw(job: Job) -> Candidate:
    from cad_plugin.exporter import exporter
    from layoutgan.cli.picture import candidate_of

    for name, file in job.files:
        exporter(name).write(job.layout, job.folder / file, {}, job.report)
    links = [(name.upper(), file) for name, file in job.files]
    if job.layout.domain == "piping":
        links += _plant_files(job)
    return candidate_of(job.layout, job.report, tuple(links))


def _plant_files(job: Job) -> list[tuple[str, str]]:
    """Writes drawings, isometrics, lists and models of a plant to its own folder; what a page links to."""
    from cad_plugin.plant.files import plant_files
    from layoutgan.core.schema import write_whole

    within = job.name or job.files[0][1].partition(".")[0]
    for name, data in plant_files(job.layout, job.report):
        path = job.folder / within / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    return [("3D", f"{within}/model.html"), ("Plot plan", f"{within}/plot_plan.pdf"),
            ("Piping", f"{within}/piping_arrangement.pdf"), ("Lists", f"{within}/lists.xlsx")]
