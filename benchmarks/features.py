"""Trains the feature network of the realism distance on real training plans, and writes it with its figures.

    python benchmarks/features.py [--steps 1500] [--seed 0]

Three tasks at once, on the training splits of r2v and resplan under the eight symmetries of the square:
which of seven ways a plan was spoiled in, if any; which groups of rooms touch and which lie on the façade;
and what a room is whose type was hidden. One thread, under ten CPU minutes. Validation plans judge it and
never train it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import combinations_with_replacement
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from corrupted import WAYS, Groups, Labels, touching
from numpy.random import Generator
from numpy.typing import NDArray
from record import ROOT, shared, validation_plans, write_record
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from layoutgan.metrics.descriptors import GROUPS
from layoutgan.metrics.distances import frechet
from layoutgan.metrics.feature_network import FEATURES, FeatureNetwork, symmetries
from layoutgan.metrics.features import PLANES, VERSION, labelled, planes
from layoutgan.metrics.plan import Plan

FOLDER = ROOT / "layoutgan" / "weights" / "features"
BATCH = 64
COPIES = 16
PAIRS = tuple(combinations_with_replacement(range(len(GROUPS)), 2))
Drawn = tuple[Labels, Groups]


class Pupil(nn.Module):
    """The network and the heads that only training needs."""

    def __init__(self) -> None:
        super().__init__()
        self.network = FeatureNetwork(len(PLANES))
        self.way = nn.Linear(FEATURES, len(WAYS) + 1)
        self.shown = nn.Linear(FEATURES, len(PAIRS) + len(GROUPS))
        self.hidden = nn.Linear(128, len(GROUPS))


def shown(labels: Labels, groups: Groups) -> NDArray[np.float32]:
    """Whether each pair of groups touches, and whether each group lies on the façade [P + G]."""
    values = np.zeros(len(PAIRS) + len(GROUPS), dtype=np.float32)
    for i, j in touching(labels):
        a, b = sorted((int(groups[i]), int(groups[j])))
        values[PAIRS.index((a, b))] = 1
    out = np.pad(labels < 0, 1, constant_values=True)
    edge = out[2:, 1:-1] | out[:-2, 1:-1] | out[1:-1, 2:] | out[1:-1, :-2]
    for i in np.unique(labels[edge & (labels >= 0)]):
        values[len(PAIRS) + groups[i]] = 1
    return values


def example(plan: Drawn, rng: Generator) -> tuple[NDArray[np.float32], int, NDArray[np.float32]]:
    """A raster, how it was spoiled (0: not at all), and what it shows; real ones are a third."""
    labels, groups = plan
    way = 0 if rng.random() < 1 / 3 else int(rng.integers(1, len(WAYS) + 1))
    if way:
        labels, groups = WAYS[way - 1](labels, groups, rng)
        if (labels == plan[0]).all() and (groups == plan[1]).all():
            way = 0  # nothing came of it
    return planes(labels, groups), way, shown(labels, groups)


def masked(plan: Drawn, rng: Generator) -> tuple[NDArray[np.float32], int]:
    """A raster with the type of one room left out, and that type."""
    labels, groups = plan
    room = int(rng.integers(len(groups)))
    raster = planes(labels, groups)
    group = int(groups[room])
    covered = (labels == room).reshape(raster.shape[1], 2, raster.shape[2], 2).mean((1, 3))
    raster[group] -= covered.astype(np.float32)
    return raster, group


class Lessons(NamedTuple):
    """Everything that is learned from, drawn once: drawing costs more than learning."""

    rasters: Tensor
    """[M, C, H, W] in quarters, as whole numbers of 8 bits."""
    ways: Tensor
    """[M] how each was spoiled."""
    facts: Tensor
    """[M, P + G] what each shows."""
    holes: Tensor
    """[L, C, H, W] rasters with a hidden type."""
    types: Tensor
    """[L] the hidden types."""


def lessons(plans: Sequence[Drawn], rng: Generator, copies: int) -> Lessons:
    """So many examples of each plan, and an eighth of that with a hidden type."""
    found = [example(plan, rng) for plan in plans for _ in range(copies)]
    hidden = [masked(plan, rng) for plan in plans for _ in range(max(copies // 8, 1))]
    quarters = [
        torch.from_numpy(np.round(4 * np.stack([f[0] for f in some])).astype(np.uint8))
        for some in (found, hidden)
    ]
    facts = torch.from_numpy(np.stack([f[2] for f in found]))
    ways, types = torch.tensor([f[1] for f in found]), torch.tensor([h[1] for h in hidden])
    return Lessons(quarters[0], ways, facts, quarters[1], types)


def losses(pupil: Pupil, book: Lessons, rng: Generator) -> tuple[Tensor, dict[str, float]]:
    """Loss of one batch, and shares of right answers."""
    turn = int(rng.integers(8))
    rows = torch.from_numpy(rng.integers(len(book.ways), size=BATCH))
    few = torch.from_numpy(rng.integers(len(book.types), size=BATCH // 3))
    features = pupil.network(symmetries(book.rasters[rows].float() / 4)[turn])
    guess, truth = pupil.way(features), book.ways[rows]
    hidden = pupil.hidden(pupil.network.pooled(symmetries(book.holes[few].float() / 4)[turn]))
    named = book.types[few]
    loss = functional.cross_entropy(guess, truth) + 0.5 * functional.cross_entropy(hidden, named)
    seen = functional.binary_cross_entropy_with_logits(pupil.shown(features), book.facts[rows])
    right = {
        "way": float((guess.argmax(1) == truth).float().mean()),
        "real_or_not": float(((guess.argmax(1) == 0) == (truth == 0)).float().mean()),
        "hidden_type": float((hidden.argmax(1) == named).float().mean()),
        "shown": float(seen.detach()),
    }
    return loss + seen, right


def train(pupil: Pupil, plans: Sequence[Drawn], steps: int, seed: int) -> None:
    """Trains in place; the learning rate falls on a cosine."""
    rng = np.random.default_rng(seed)
    book = lessons(plans, rng, COPIES)
    adam = torch.optim.AdamW(pupil.parameters(), lr=2e-3, weight_decay=0.05)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(adam, steps)
    for step in range(1, steps + 1):
        loss, right = losses(pupil, book, rng)
        adam.zero_grad()
        loss.backward()
        adam.step()
        plan.step()
        if step % 100 == 0:
            print(
                step, round(float(loss.detach()), 3), {k: round(v, 2) for k, v in right.items()}, flush=True
            )


@torch.no_grad()
def features_of(network: FeatureNetwork, drawn: Sequence[Drawn]) -> NDArray[np.float64]:
    """Features [N, F] before they are put into units of their spread."""
    batches = [
        torch.from_numpy(np.stack([planes(*d) for d in drawn[i : i + 64]])) for i in range(0, len(drawn), 64)
    ]
    return torch.cat([network.invariant(b) for b in batches]).double().numpy()


@torch.no_grad()
def judged(
    pupil: Pupil, held: Sequence[Drawn], mean: NDArray[np.float64], whiten: NDArray[np.float64], seed: int
) -> dict[str, float]:
    """Right answers on held-out plans, and distances of spoiled held-out plans beside their floor."""
    rng = np.random.default_rng(seed + 1)
    book = lessons(held, rng, 8)
    rights = [losses(pupil, book, rng)[1] for _ in range(30)]
    result = {f"held_out_{k}": float(np.mean([r[k] for r in rights])) for k in rights[0]}
    order = rng.permutation(len(held))
    first, second = [held[i] for i in order[::2]], [held[i] for i in order[1::2]]

    def unit(drawn: Sequence[Drawn]) -> NDArray[np.float64]:
        return (features_of(pupil.network, drawn) - mean) @ whiten

    real = unit(first)
    result["frechet_floor"] = frechet(real, unit(second))
    for way in WAYS:
        result[f"frechet_{way.__name__}"] = frechet(real, unit([way(*d, rng) for d in second]))
    return result


def main() -> None:
    """Trains, judges and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=FOLDER / f"{VERSION}.safetensors")
    args = parser.parse_args()
    shared()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    drawn = {
        split: [labelled(Plan.of(layout)) for layout in validation_plans(split)]
        for split in ("train", "val", "test")
    }
    pupil = Pupil()
    began = time.process_time()
    train(pupil, drawn["train"], args.steps, args.seed)
    seconds = time.process_time() - began
    pupil.eval().requires_grad_(False)
    real = features_of(pupil.network, drawn["train"])
    mean = real.mean(0)
    values, vectors = np.linalg.eigh(np.cov(real.T))
    whiten = vectors / np.sqrt(np.maximum(values, 1e-6 * values.max()))
    figures = {
        "train_plans": len(drawn["train"]),
        "held_out_plans": len(drawn["val"]) + len(drawn["test"]),
        "parameters": sum(p.numel() for p in pupil.network.parameters()),
        "cpu_seconds": round(seconds, 1),
        **judged(pupil, [*drawn["val"], *drawn["test"]], mean, whiten, args.seed),
    }
    tensors = {name: value.contiguous() for name, value in pupil.network.state_dict().items()}
    tensors |= {"real.mean": torch.from_numpy(mean).float(), "real.whiten": torch.from_numpy(whiten).float()}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, args.out)
    write_record(args.out.with_suffix(".json"), figures)
    for name, value in figures.items():
        print(f"{name:<28}{value:.4g}")


if __name__ == "__main__":
    main()
