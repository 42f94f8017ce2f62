"""Losses against hand-computed cases."""

from __future__ import annotations

import math

import pytest
import torch

from layoutgan.training.losses import (
    box_error,
    code_error,
    divergence,
    gate_error,
    gradient_penalty,
    maximum_mean_discrepancy,
    relativistic_loss,
    sameness,
    turn_error,
)

REAL = torch.ones(1, 1, dtype=torch.bool)


def test_relativistic_loss_is_log_two_at_a_tie_and_falls_with_the_lead() -> None:
    assert float(relativistic_loss(torch.zeros(3), torch.zeros(3))) == pytest.approx(math.log(2))
    assert float(relativistic_loss(torch.full((3,), 9.0), torch.zeros(3))) < 1e-3


def test_gradient_penalty_is_the_mean_squared_slope() -> None:
    samples = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    scores = (samples * torch.tensor([3.0, 4.0])).sum(1)
    assert float(gradient_penalty(scores, samples).detach()) == pytest.approx(25.0)


def test_gradient_penalty_can_be_differentiated() -> None:
    weight = torch.tensor(2.0, requires_grad=True)
    samples = torch.ones(2, 1, requires_grad=True)
    gradient_penalty((weight * samples.square()).sum(1), samples).backward()
    assert float(weight.grad if weight.grad is not None else 0) == pytest.approx(16.0)  # d/dw of (2 w x)^2


def test_box_error_is_the_mean_shift_of_sides() -> None:
    wanted = torch.tensor([[[[0.5, 0.5, 0.2, 0.2], [0.0, 0.0, 0.0, 0.0]]]])
    found = wanted + torch.tensor([0.1, 0.0, 0.0, 0.0])
    gates = torch.tensor([[[1.0, 0.0]]])
    assert float(box_error(found, wanted, gates, REAL)) == pytest.approx(0.05)


def test_gate_and_turn_errors() -> None:
    half = torch.tensor([[[1.0, 0.5]]])
    assert float(gate_error(half, torch.tensor([[[1.0, 1.0]]]), REAL)) == pytest.approx(math.log(2))
    assert float(gate_error(half[..., :1], half[..., :1], REAL)) == 0
    assert float(turn_error(torch.eye(4)[None, :1], torch.eye(4)[None, 1:2], REAL)) == pytest.approx(2.0)


def test_divergence_counts_nats_per_code() -> None:
    assert divergence(torch.zeros(3, 2), torch.zeros(3, 2)).tolist() == [0, 0, 0]
    assert divergence(torch.ones(3, 2), torch.zeros(3, 2)).tolist() == pytest.approx([1.0] * 3)


def test_sameness_ends_where_answers_differ_enough() -> None:
    boxes = torch.full((2, 3, 2, 4), 0.4)
    present = torch.ones(2, 3, dtype=torch.bool)
    assert float(sameness(boxes, boxes, present, 0.1)) == pytest.approx(0.1, abs=1e-3)
    moved = boxes + torch.tensor([0.2, 0.0, 0.0, 0.0])
    assert float(sameness(boxes, moved, present, 0.1)) == 0
    assert float(sameness(boxes, moved, present, 0.3)) == pytest.approx(0.1, abs=1e-3)


def test_discrepancy_tells_shifted_codes() -> None:
    random = torch.Generator().manual_seed(0)
    first, second = torch.randn(2, 200, 4, generator=random)
    same = float(maximum_mean_discrepancy(first, second))
    shifted = first.clone().add_(1.0).requires_grad_()
    apart = maximum_mean_discrepancy(shifted, second)
    assert abs(same) < 0.02 < float(apart.detach())
    apart.backward()
    assert shifted.grad is not None
    assert bool(shifted.grad.isfinite().all())


def test_code_error_leaves_padding_out() -> None:
    present = torch.tensor([[True, False]])
    assert float(code_error(torch.ones(1, 2, 3), torch.zeros(1, 2, 3), present)) == pytest.approx(1.0)
