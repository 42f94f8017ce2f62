"""Ways to spoil a real plan, each a class that the feature network learns to tell; on labelled pixels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Labels = NDArray[np.int16]
Groups = NDArray[np.int64]
Spoiled = tuple[Labels, Groups]


def touching(labels: Labels) -> list[tuple[int, int]]:
    """Pairs of rooms with a common wall of at least 4 fine pixels."""
    pairs = np.concatenate(
        [
            np.stack([labels[:, 1:].ravel(), labels[:, :-1].ravel()], 1),
            np.stack([labels[1:].ravel(), labels[:-1].ravel()], 1),
        ]
    )
    pairs = np.sort(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs.min(1) >= 0)], axis=1)
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    return [(int(a), int(b)) for (a, b), n in zip(found, counts, strict=True) if n >= 4]


def _pair(labels: Labels, rng: Generator) -> tuple[int, int] | None:
    pairs = touching(labels)
    if not pairs:
        return None
    i, j = pairs[int(rng.integers(len(pairs)))]
    return (i, j) if rng.random() < 0.5 else (j, i)


def exchange(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """Two rooms of different groups change places."""
    i, j = rng.integers(len(groups), size=2)
    for _ in range(20):
        if groups[i] != groups[j]:
            break
        i, j = rng.integers(len(groups), size=2)
    groups = groups.copy()
    groups[[i, j]] = groups[[j, i]]
    return labels, groups


def shuffle(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """All rooms change places."""
    return labels, rng.permutation(groups)


def recut(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """Two neighbours are divided anew by a straight cut, sizes kept."""
    pair = _pair(labels, rng)
    if pair is None:
        return labels, groups
    i, j = pair
    rows, columns = np.nonzero((labels == i) | (labels == j))
    along = rows if rng.random() < 0.5 else columns
    first = np.argsort(along, kind="stable")[: int((labels == i).sum())]
    labels = labels.copy()
    labels[rows, columns] = j
    labels[rows[first], columns[first]] = i
    return labels, groups


def _rectangle(labels: Labels, rng: Generator, size: tuple[int, int]) -> Labels:
    """A rectangle around a point of a wall goes from one neighbour to the other."""
    pair = _pair(labels, rng)
    if pair is None:
        return labels
    i, j = pair
    near = np.zeros(labels.shape, dtype=bool)
    own = labels == i
    near[1:] |= own[:-1]
    near[:-1] |= own[1:]
    near[:, 1:] |= own[:, :-1]
    near[:, :-1] |= own[:, 1:]
    rows, columns = np.nonzero(near & (labels == j))
    at = int(rng.integers(len(rows)))
    high, wide = size if rng.random() < 0.5 else size[::-1]
    top, left = max(int(rows[at]) - high // 2, 0), max(int(columns[at]) - wide // 2, 0)
    labels = labels.copy()
    part = labels[top : top + high, left : left + wide]
    part[part == j] = i
    return labels


def bite(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """One to three rooms take a rectangle from a neighbour."""
    for _ in range(int(rng.integers(1, 4))):
        labels = _rectangle(labels, rng, (int(rng.integers(7, 19)), int(rng.integers(7, 19))))
    return labels, groups


def arm(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """Rooms grow thin arms into neighbours."""
    for _ in range(int(rng.integers(1, 4))):
        labels = _rectangle(labels, rng, (int(rng.integers(3, 6)), int(rng.integers(20, 48))))
    return labels, groups


def blur(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """Every pixel goes to the room whose centre is nearest."""
    ids = np.unique(labels[labels >= 0])
    centres = np.array([np.argwhere(labels == i).mean(0) for i in ids])
    rows, columns = np.nonzero(labels >= 0)
    away = (rows[:, None] - centres[None, :, 0]) ** 2 + (columns[:, None] - centres[None, :, 1]) ** 2
    labels = labels.copy()
    labels[rows, columns] = ids[away.argmin(1)]
    return labels, groups


def halves(labels: Labels, groups: Groups, rng: Generator) -> Spoiled:
    """The whole plan is divided anew by straight cuts, sizes kept and rooms in another order."""
    ids = rng.permutation(np.unique(labels[labels >= 0]))
    sizes = {int(i): int((labels == i).sum()) for i in ids}
    result = labels.copy()
    waiting = [(np.argwhere(labels >= 0), [int(i) for i in ids])]
    while waiting:
        pixels, rooms = waiting.pop()
        if len(rooms) == 1:
            result[pixels[:, 0], pixels[:, 1]] = rooms[0]
            continue
        middle = len(rooms) // 2
        spread = np.ptp(pixels, axis=0)
        axis = int(np.argmax(spread)) if rng.random() < 0.8 else int(np.argmin(spread))
        order = np.argsort(pixels[:, axis], kind="stable")
        count = sum(sizes[i] for i in rooms[:middle])
        waiting += [(pixels[order[:count]], rooms[:middle]), (pixels[order[count:]], rooms[middle:])]
    return result, groups


WAYS: tuple[Callable[[Labels, Groups, Generator], Spoiled], ...] = (
    exchange,
    shuffle,
    recut,
    bite,
    arm,
    blur,
    halves,
)
"""All ways; class 0 is the plan as it is, class i the i-th way."""
