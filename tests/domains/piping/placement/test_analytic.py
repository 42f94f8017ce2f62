"""Gradient placement: its terms are zero exactly where the demand holds, and its starts are worth having."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from layoutgan.domains.piping.placement.analytic import (
    analytic_starts,
    overlap_term,
    spacing_term,
    wire_term,
)
from layoutgan.domains.piping.placement.evaluate import evaluate

sys.path.insert(0, str(Path(__file__).parent))
from placement_problems import chain, scattered


@pytest.mark.parametrize(
    ("gaps", "least", "lack"),
    [
        ((3.0, -1.0), 3.0, 0.0),
        ((2.5, -1.0), 3.0, 0.5),
        ((3.0, 4.0), 5.0, 0.0),
        ((3.0, 3.9), 5.0, 5.0 - np.hypot(3.0, 3.9)),
        ((-1.0, -2.0), 3.0, 4.0),
        ((-1.0, -2.0), -1.0, 0.0),
        ((0.0, -2.0), 0.0, 0.0),
    ],
)
def test_spacing_is_zero_exactly_where_it_holds(gaps: tuple[float, float], least: float, lack: float):
    where = torch.tensor(gaps, dtype=torch.float64, requires_grad=True)
    found = spacing_term(where, torch.tensor(least, dtype=torch.float64))
    assert found.item() == pytest.approx(lack, abs=3e-6)
    assert (found.item() == 0.0) == (lack == 0.0)
    found.backward()
    assert torch.isfinite(where.grad).all()
    assert (where.grad != 0).any() == (lack > 0)  # items in each other must feel a way out


def test_overlap_and_wires():
    gaps = torch.tensor([(-1.0, -0.5), (0.0, -3.0), (2.0, 2.0)], dtype=torch.float64)
    assert overlap_term(gaps).tolist() == [0.5, 0.0, 0.0]
    lengths = torch.tensor([-4.0, 0.0, 7.0], dtype=torch.float64)
    assert wire_term(lengths, 1e-3).tolist() == pytest.approx([4.0, 0.0, 7.0])


def test_starts_beat_chance_and_repeat():
    problem = chain(6).filled()
    first, again = (analytic_starts(problem, seed=2, count=2, batch=4) for _ in range(2))
    assert np.array_equal(first[0].centres, again[0].centres)
    blind = scattered(problem)
    found = evaluate(problem, first[0].centres, first[0].turns)
    chance = evaluate(problem, blind.centres, blind.turns)
    assert found.wire < 0.5 * chance.wire
    assert sum(v.amount for v in found.violations) < 2.0
    assert first[0].source == "analytic"
