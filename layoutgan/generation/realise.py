"""Proposals made real: the exact step, completion and checks, spread over processes.

Compiled code and rules load once, in this process, and are there in the workers that are forked from it.
Where processes cannot be forked the work is done in this one.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from layoutgan.core.brief import Brief
from layoutgan.domains.domain import Effort, Proposal, Realised, Settled, domain_of
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.report import Report

__all__ = ["Judged", "Task", "Workers", "answer", "packs_of", "realise", "workers"]


@dataclass(frozen=True)
class Task:
    """One proposal to be realised."""

    settled: Settled
    proposal: Proposal
    seed: int


@dataclass(frozen=True)
class Judged:
    """A realised layout with its report."""

    realised: Realised
    report: Report
    proposal: Proposal
    seed: int
    misfit: str = ""
    """Why no layout can answer the brief as it stands, in one line."""


def packs_of(brief: Brief) -> tuple[str, ...]:
    """The rule packs that judge answers to a brief."""
    return brief.rules.packs or domain_of(brief.domain).packs


def realise(brief: Brief, proposal: Proposal, seed: int = 0, effort: Effort | None = None) -> Judged:
    """The layout that the exact step and completion make of a proposal, and its report."""
    return answer(Task(Settled(brief), proposal, seed), effort)


def answer(task: Task, effort: Effort | None = None) -> Judged:
    """The layout of a task, judged by what was asked and not by the nearest that can be had."""
    settled = task.settled
    realised = domain_of(settled.brief.domain).realise(
        settled.brief, task.proposal, task.seed, effort or Effort()
    )
    asked = settled.asked or settled.brief
    layout = settled.restore(realised.layout) if settled.restore else realised.layout
    if settled.asked is not None:
        layout = layout.model_copy(update={"brief": asked})
    if settled.misfit:
        broken = (*realised.violations, settled.misfit)
        realised = replace(realised, feasible=False, violations=broken)
    packs = packs_of(asked)
    report = check(layout, rules_of(packs), brief=asked, packs=packs)
    return Judged(replace(realised, layout=layout), report, task.proposal, task.seed, settled.misfit)


def _quiet_collector() -> None:
    """In a worker: what was loaded before the fork stays, so looking for rubbish in it only costs time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


class Workers:
    """Processes that realise proposals; results come back in the order of the proposals.

    Args:
        count: processes; 0 does the work in this one.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        # Only Linux forks safely once numerical libraries have loaded.
        if count > 0 and sys.platform.startswith("linux"):
            context = multiprocessing.get_context("fork")
            self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_quiet_collector)

    def warm(self, brief: Brief) -> None:
        """Loads what answers to a brief need, before the processes start with the first piece of work."""
        warm = domain_of(brief.domain).warm
        if self._pool is not None and warm is not None:
            warm()
            rules_of(packs_of(brief))

    def realise(
        self, brief: Brief, proposals: Sequence[Proposal], seeds: Sequence[int], effort: Effort | None = None
    ) -> Iterator[Judged]:
        """One result per proposal, in order, as they become ready."""
        settled = Settled(brief)
        return self.answer([Task(settled, p, s) for p, s in zip(proposals, seeds, strict=True)], effort)

    def answer(self, tasks: Sequence[Task], effort: Effort | None = None) -> Iterator[Judged]:
        """One result per task, in order, as they become ready."""
        if self._pool is None:
            yield from (answer(task, effort) for task in tasks)
            return
        work = [self._pool.submit(answer, task, effort) for task in tasks]
        for future in work:
            yield future.result()

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def workers(count: int | None = None) -> Iterator[Workers]:
    """Processes for the length of a block; by default one per core, eight at most."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    pool = Workers(min(8, cores) if count is None else count)
    try:
        yield pool
    finally:
        pool.close()
