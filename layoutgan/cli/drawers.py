"""Processes that draw: one per core, each with its share of the layouts.

They are forked before the network loads, so that they are small, and load the CAD library while the layouts
are still being made. Where processes cannot be forked safely the drawing is done in this one.
"""

from __future__ import annotations

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
    workers = [context.Process(target=_serve, args=(theirs,), daemon=True) for _, theirs in pipes]
    try:
        for worker in workers:
            worker.start()
        yield Drawers([ours for ours, _ in pipes])
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        for ours, theirs in pipes:
            ours.close()
            theirs.close()


def _serve(connection: Connection) -> None:
    """A drawing process: loads what it needs, then answers each list of jobs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    with suppress(ImportError):  # if it is missing, the drawing itself says so
        import ezdxf  # noqa: F401  # loaded for later

        import cad_plugin.floorplan  # noqa: F401  # loaded for later
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
    return candidate_of(job.layout, job.report, tuple((name.upper(), file) for name, file in job.files))
