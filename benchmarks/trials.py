"""Briefs tried from several starts, spread over processes; each result is measured where it was made."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from measures import measured, variety
from retrieved import Retrieval

from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort, Proposal, domain_of
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.generation.rank import sort_key
from layoutgan.generation.raw import raw_plan
from layoutgan.generation.realise import realise
from layoutgan.generation.sample import sample

__all__ = ["ALONE", "Case", "Result", "Trial", "Trials"]

ALONE = "network_alone"
"""The start whose proposals are measured as they are."""


@dataclass(frozen=True)
class Case:
    """A brief and the plan that it was read from."""

    truth: Layout
    brief: FloorplanBrief


@dataclass(frozen=True)
class Trial:
    """Some proposals of one start for one brief."""

    start: str
    case: int
    """Place in the list of cases."""
    seed: int
    count: int = 1
    """Candidates (K), of which the best is measured."""


@dataclass(frozen=True)
class Result:
    """The best candidate of a trial."""

    layout: Layout
    figures: dict[str, float]


class Trials:
    """Cases, and the processes that try them.

    Args:
        cases: all that may be tried.
        retrieval: training plans.
        effort: of the exact step, the same for every start.
        weights: name or file of a generator; by default the shipped one.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        retrieval: Retrieval | None = None,
        effort: Effort | None = None,
        weights: str | None = None,
    ) -> None:
        self.cases = cases
        self.retrieval = retrieval
        self.effort = effort or Effort()
        self.weights = weights

    def proposals(self, trial: Trial) -> list[Proposal]:
        """What the trial's start proposes."""
        brief, seed = self.cases[trial.case].brief, 1000 * trial.seed + trial.case
        if trial.start == "retrieved":
            if self.retrieval is None:
                raise ValueError("training plans are needed to look one up")
            return [self.retrieval.propose(brief, seed + i) for i in range(trial.count)]
        start = "network" if trial.start == ALONE else trial.start
        return sample(brief, trial.count, seed, start=start, weights=self.weights)

    def run(self, trial: Trial) -> Result:
        """Tries one."""
        case = self.cases[trial.case]
        began = time.process_time()
        proposals = self.proposals(trial)
        proposed = time.process_time()
        if trial.start == ALONE:
            layout = raw_plan(case.brief, proposals[0])
            return Result(layout, measured(layout, case.truth, case.brief))
        made = [
            realise(case.brief, proposal, trial.seed * 7919 + i, self.effort)
            for i, proposal in enumerate(proposals)
        ]
        ended = time.process_time()
        best = min(made, key=sort_key).realised
        figures = measured(best.layout, case.truth, case.brief)
        figures["displacement"] = best.displacement
        figures["proposing_ms"] = 1000 * (proposed - began) / trial.count
        figures["realising_ms"] = 1000 * (ended - proposed) / trial.count
        return Result(best.layout, figures | variety([one.realised.layout for one in made]))


_here: list[Trials] = []


def _run(trial: Trial) -> Result:
    return _here[0].run(trial)


def _begin() -> None:
    warm = domain_of("floorplan").warm
    if warm is not None:
        warm()
    sample(_here[0].cases[0].brief, 1)


class Pool:
    """Processes that run trials."""

    def __init__(self, executor: ProcessPoolExecutor) -> None:
        self._executor = executor

    def run(self, trials: Sequence[Trial]) -> list[Result]:
        """Results in the order of the trials."""
        return list(self._executor.map(_run, trials, chunksize=2))


@contextmanager
def processes(trials: Trials, count: int) -> Iterator[Pool]:
    """Forks, so that cases need not be sent; before torch has loaded, whose threads do not survive that."""
    _here[:] = [trials]
    with ProcessPoolExecutor(count, multiprocessing.get_context("fork"), initializer=_begin) as executor:
        yield Pool(executor)
