"""How far a set of plans is from a reference set, by their descriptions or learned features.

A missing number (a plan without balcony has no balcony position) takes the reference's mean, so it counts as
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Realism",
    "Scaler",
    "Spread",
    "frechet",
    "kernel_distance",
    "precision_recall",
    "realism",
    "two_sample_auc",
]

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Scaler:
    """Mean and spread of a reference set, for each number [D]."""

    mean: Matrix
    spread: Matrix

    @classmethod
    def of(cls, reference: Matrix) -> Scaler:
        """The scaler of descriptions [M, D] that may have gaps (NaN)."""
        known = ~np.isnan(reference)
        count = np.maximum(known.sum(axis=0), 1)
        filled = np.where(known, reference, 0.0)
        mean = filled.sum(axis=0) / count
        spread = np.sqrt((np.where(known, reference - mean, 0.0) ** 2).sum(axis=0) / count)
        return cls(mean, np.where(spread > 1e-9, spread, 1.0))

    def __call__(self, values: Matrix) -> Matrix:
        """Values [N, D] in units of the reference's spread, gaps at its mean, clipped to ±8."""
        return np.clip(np.nan_to_num((values - self.mean) / self.spread, nan=0.0), -8, 8)


def kernel_distance(first: Matrix, second: Matrix) -> float:
    """Unbiased squared maximum mean discrepancy with the kernel (x·y/d + 1)³ [-]; about 0 for equal sets.

    Source: Bińkowski and others 2018, with features of our own in place of Inception's.
    """
    d = first.shape[1]

    def kernel(a: Matrix, b: Matrix) -> Matrix:
        values: Matrix = (a @ b.T / d + 1.0) ** 3
        return values

    n, m = len(first), len(second)
    if n < 2 or m < 2:
        return float("nan")
    a, b = kernel(first, first), kernel(second, second)
    within = (a.sum() - np.trace(a)) / (n * (n - 1)) + (b.sum() - np.trace(b)) / (m * (m - 1))
    return float(within - 2 * kernel(first, second).mean())


def frechet(first: Matrix, second: Matrix) -> float:
    """Fréchet distance of two Gaussians fitted to features [N, D]: |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^½)."""
    mean = ((first.mean(axis=0) - second.mean(axis=0)) ** 2).sum()
    a, b = np.cov(first.T), np.cov(second.T)
    values, vectors = np.linalg.eigh(a)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    cross = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ b @ root), 0)).sum()
    return float(mean + np.trace(a) + np.trace(b) - 2 * cross)


class Realism(NamedTuple):
    """A Fréchet distance to real plans, and what real plans have to each other at the same size."""

    distance: float
    spread: float
    """Standard deviation over splits."""
    floor: float
    """The same between two halves of the real plans: nothing can be expected below it."""
    size: int
    """Plans on each side; the distance of small sets is too large, and the floor just as much."""


def realism(
    real: Matrix,
    made: Matrix,
    groups: tuple[Labels, Labels] | None = None,
    *,
    seed: int = 0,
    splits: int = 10,
) -> Realism:
    """Fréchet distance of made plans to real ones of other briefs, mean over random splits in halves.

    Real plans are split; made ones of the first half's briefs are measured against the second half. The floor
    is the first half itself against the second, so both figures have the same size and the same bias.

    Args:
        real: features [M, D].
        made: features [N, D].
        groups: the brief of each real [M] and each made [N] plan; by default all differ.
        seed: of the splits.
        splits: how many.
    """
    of_real, of_made = groups or (np.arange(len(real)), -1 - np.arange(len(made)))
    names = np.unique(np.concatenate((of_real, of_made)))
    rng = np.random.default_rng(seed)
    found, floors, sizes = [], [], []
    for _ in range(splits):
        first = rng.permutation(names)[: len(names) // 2]
        here, there = made[np.isin(of_made, first)], real[~np.isin(of_real, first)]
        own = real[np.isin(of_real, first)]
        size = min(len(here), len(there), len(own))
        if size < 4:
            continue
        here, there, own = (side[rng.permutation(len(side))[:size]] for side in (here, there, own))
        found.append(frechet(here, there))
        floors.append(frechet(own, there))
        sizes.append(size)
    if not found:
        return Realism(*(float("nan"),) * 3, 0)
    return Realism(float(np.mean(found)), float(np.std(found)), float(np.mean(floors)), min(sizes))


@dataclass(frozen=True)
class Spread:
    """Precision, recall, density and coverage of generated features against real ones [-]."""

    precision: float
    recall: float
    density: float
    coverage: float


def precision_recall(real: Matrix, made: Matrix, k: int = 5) -> Spread:
    """Shares of features inside each other's k-nearest-neighbour balls.

    Source: Kynkäänniemi and others 2019 (precision, recall); Naeem and others 2020 (density, coverage).
    """

    def distances(a: Matrix, b: Matrix) -> Matrix:
        square = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
        away: Matrix = np.sqrt(np.maximum(square, 0))
        return away

    k = min(k, len(real) - 1, len(made) - 1)
    if k < 1:
        return Spread(*(float("nan"),) * 4)
    radius_real = np.sort(distances(real, real), axis=1)[:, k]
    radius_made = np.sort(distances(made, made), axis=1)[:, k]
    between = distances(real, made)
    in_real = between <= radius_real[:, None]
    in_made = between <= radius_made[None]
    return Spread(
        float(in_real.any(axis=0).mean()),
        float(in_made.any(axis=1).mean()),
        float(in_real.sum(axis=0).mean() / k),
        float(in_real.any(axis=1).mean()),
    )


def two_sample_auc(
    real: Matrix,
    made: Matrix,
    *,
    seed: int = 0,
    folds: int = 5,
    groups: tuple[Labels, Labels] | None = None,
) -> tuple[float, float]:
    """AUC of a classifier that tells made from real on plans it has not seen, and half its 95 % interval.

    Logistic regression on the features and their squares, ridge-penalised, cross-validated; 0.5 is best. The
    interval is the normal approximation of Hanley and McNeil 1982.

    Args:
        real: features [M, D].
        made: features [N, D].
        seed: of the folds.
        folds: how many.
        groups: the brief of each real [M] and each made [N] plan. A brief's plans are held out together:
            otherwise a real plan in training would tell that its made twin is real too.
    """
    values = np.concatenate((real, made))
    values = np.concatenate((values, values**2), axis=1)
    values = (values - values.mean(0)) / np.maximum(values.std(0), 1e-9)
    truth = np.r_[np.zeros(len(real)), np.ones(len(made))]
    _, named = np.unique(np.concatenate(groups) if groups else np.arange(len(truth)), return_inverse=True)
    fold_of = np.random.default_rng(seed).permutation(int(named.max()) + 1)[named] % folds
    scores = np.zeros(len(truth))
    for fold in range(folds):
        held = fold_of == fold
        if 0 < truth[~held].sum() < (~held).sum():
            scores[held] = values[held] @ _ridge_logistic(values[~held], truth[~held])[:-1]
    ranks = np.empty(len(truth))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(truth) + 1)
    n, m = len(made), len(real)
    auc = (ranks[truth == 1].sum() - n * (n + 1) / 2) / (n * m)
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = (auc * (1 - auc) + (n - 1) * (q1 - auc**2) + (m - 1) * (q2 - auc**2)) / (n * m)
    return float(auc), float(1.96 * np.sqrt(max(variance, 0.0)))


def _ridge_logistic(values: Matrix, truth: Matrix, ridge: float = 10.0) -> Matrix:
    """Weights [D + 1] of a penalised logistic regression by Newton's method; the last is the intercept."""
    x = np.concatenate((values, np.ones((len(values), 1))), axis=1)
    penalty = np.r_[np.full(values.shape[1], ridge), 1e-6]
    weights = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, x.T @ (truth - p) - penalty * weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights
