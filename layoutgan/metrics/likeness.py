"""How like real plans a set of plans is, each figure beside what real plans reach among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layoutgan.core.layout import Layout
from layoutgan.metrics.descriptors import describe
from layoutgan.metrics.distances import Scaler, kernel_distance, precision_recall, realism, two_sample_auc
from layoutgan.metrics.features import embed
from layoutgan.metrics.sample import Sample, samples_of

__all__ = ["FEWEST", "Described", "likeness", "likeness_floor"]

FEWEST = 8
"""Fewest real plans that are a reference."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Described:
    """A set of plans as numbers, worked out once."""

    samples: tuple[Sample, ...]

    @classmethod
    def of(cls, layouts: Iterable[Layout | Sample]) -> Described:
        """The numbers of layouts or samples; plans without rooms are left out: they are like nothing."""
        return cls(tuple(s for s in samples_of(layouts) if s.plan.rooms))

    @cached_property
    def descriptions(self) -> Matrix:
        """Hand-made descriptors [N, D], with gaps."""
        return np.array([describe(sample.plan) for sample in self.samples])

    @cached_property
    def features(self) -> Matrix:
        """Features of the frozen network [N, F]."""
        return embed([sample.plan for sample in self.samples])


def _groups(sets: Sequence[Described]) -> list[NDArray[np.int64]]:
    """A number for the brief of each plan: plans on the same site answer the same one."""
    numbers: dict[tuple[float, ...], int] = {}
    return [
        np.array([numbers.setdefault(s.site, len(numbers)) for s in one.samples], dtype=np.int64)
        for one in sets
    ]


def likeness(
    made: Iterable[Layout | Sample] | Described, real: Iterable[Layout | Sample] | Described
) -> dict[str, float]:
    """Distances to real plans with their floors, two-sample AUC with half its 95 % interval, and spread.

    ``realism_distance`` is the kernel distance of hand-made descriptors, ``frechet`` that of learned
    features. Precision, recall, density and coverage are measured on the learned features, the AUC on the
    descriptors. NaN when there are too few plans.

    Args:
        made: the plans that are judged.
        real: real plans, perhaps of the same briefs.
    """
    made = made if isinstance(made, Described) else Described.of(made)
    real = real if isinstance(real, Described) else Described.of(real)
    if len(real.samples) < FEWEST or len(made.samples) < 2:
        return dict.fromkeys(_NAMES, float("nan"))
    of_real, of_made = _groups((real, made))
    scale = Scaler.of(real.descriptions)
    ours, theirs = scale(made.descriptions), scale(real.descriptions)
    auc, interval = two_sample_auc(theirs, ours, groups=(of_real, of_made))
    learned = realism(real.features, made.features, (of_real, of_made))
    spread = precision_recall(real.features, made.features)
    half = np.random.default_rng(0).permutation(len(theirs))
    floor = kernel_distance(theirs[half[::2]], theirs[half[1::2]])
    values = (
        kernel_distance(ours, theirs), floor, *learned, auc, interval,
        spread.precision, spread.recall, spread.density, spread.coverage,
    )  # fmt: skip
    return {name: float(value) for name, value in zip(_NAMES, values, strict=True)}


_NAMES = (
    "realism_distance", "realism_floor", "frechet", "frechet_spread", "frechet_floor", "frechet_plans",
    "two_sample_auc", "two_sample_auc_ci", "precision", "recall", "density", "coverage_of_real",
)  # fmt: skip


def likeness_floor(real: Described) -> dict[str, float]:
    """What real plans reach against real plans: one half of the briefs against the other."""
    sites = _groups((real,))[0]
    first = np.random.default_rng(0).permutation(np.unique(sites))[::2]
    halves = [
        Described(tuple(s for s, g in zip(real.samples, sites, strict=True) if (g in first) is side))
        for side in (True, False)
    ]
    found = likeness(halves[0], halves[1])
    whole = likeness(real, real)  # distances at the size at which the made plans are measured
    return found | {
        "realism_distance": whole["realism_floor"],
        "realism_floor": whole["realism_floor"],
        "frechet": whole["frechet_floor"],
        "frechet_floor": whole["frechet_floor"],
        "frechet_plans": whole["frechet_plans"],
    }
