"""Loss curves and sheets of samples, as PNG files beside the results. matplotlib loads on first use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from layoutgan.encoding.batch import Batch, SiteChannel
from layoutgan.models.generator import Generator
from layoutgan.models.graph_transformer import Proposal

__all__ = ["draw_answers", "draw_curves", "draw_samples"]

_CURVES = (
    "reconstruction",
    "structural",
    "recovery",
    "graph_gap",
    "raster_gap",
    "diversity",
    "contacts",
    "area",
)


_SMOOTH = 41
"""Steps over which the bold line is the mean."""


def draw_curves(log: Path, target: Path) -> None:
    """The losses and figures of a `log.jsonl` as curves over steps [PNG]."""
    steps = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, axes = _sheet(2, 4)
    for name, axis in zip(_CURVES, axes.flat, strict=True):
        points = [
            (s["number"], v) for s in steps for v in [(s["losses"] | s["figures"]).get(name)] if v is not None
        ]
        axis.set_title(name, fontsize=9)
        if points:
            numbers, values = np.array(points).T
            axis.plot(numbers, values, linewidth=0.4, alpha=0.35, color="tab:blue")
            window = min(_SMOOTH, max(1, len(values) // 10))
            mean = np.convolve(values, np.full(window, 1 / window), "valid")
            axis.plot(numbers[window // 2 :][: len(mean)], mean, linewidth=1.0, color="tab:blue")
    figure.savefig(target, dpi=100, metadata={"Software": None})


@torch.no_grad()
def draw_answers(
    generator: Generator, batch: Batch, target: Path, briefs: int = 8, samples: int = 4, seed: int = 0
) -> None:
    """Some answers of a generator to the first briefs of a batch, beside the true layouts [PNG]."""
    random = torch.Generator().manual_seed(seed)
    some = batch.taken(slice(briefs))
    size, device, config = some.kinds.shape, some.boxes.device, generator.config
    answers = []
    for _ in range(samples):
        nodes = torch.randn(*size, config.node_noise, generator=random).to(device)
        graph = torch.randn(size[0], config.graph_noise, generator=random).to(device)
        answers.append(generator(some, nodes, graph))
    draw_samples(some, answers, target)


def draw_samples(
    batch: Batch, proposals: list[Proposal], target: Path, titles: list[str] | None = None
) -> None:
    """One row per brief: the true layout, then a proposal from each of the list [PNG].

    Args:
        batch: briefs and their layouts.
        proposals: answers to all of them.
        target: file.
        titles: of the columns after the first.
    """
    real = Proposal(batch.boxes, batch.gates, batch.one_hot_turns())
    columns = [real, *proposals]
    figure, axes = _sheet(len(batch), len(columns))
    for row in range(len(batch)):
        for column, proposal in enumerate(columns):
            axis = axes[row, column]
            _draw(axis, batch, proposal, row)
            if row == 0:
                axis.set_title((["true", *(titles or [])] + [""] * len(columns))[column], fontsize=8)
    figure.savefig(target, dpi=70, metadata={"Software": None})


def _sheet(rows: int, columns: int) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2.6 * columns, 2.4 * rows), layout="tight")
    return figure, figure.subplots(rows, columns, squeeze=False)


def _draw(axis: Any, batch: Batch, proposal: Proposal, row: int) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    inside = batch.site[row, SiteChannel.INSIDE].cpu().numpy()
    axis.imshow(1 - 0.15 * inside, origin="lower", extent=(0, 1, 0, 1), cmap="gray", vmin=0, vmax=1)
    boxes, gates = (part.detach().cpu().numpy() for part in proposal[:2])
    for node in torch.nonzero(batch.present[row]).flatten().tolist():
        colour = colormaps["tab20"](int(batch.kinds[row, node]) % 20)
        for box, gate in zip(boxes[row, node], gates[row, node], strict=True):
            if gate > 0.5:
                low = box[:2] - box[2:] / 2
                axis.add_patch(
                    Rectangle(low, *box[2:], facecolor=(*colour[:3], 0.45), edgecolor=colour, linewidth=1)
                )
        axis.text(
            *boxes[row, node, 0, :2], str(int(batch.kinds[row, node])), fontsize=6, ha="center", va="center"
        )
    relations = np.triu(batch.relations[row].cpu().numpy(), 1)
    for first, second in zip(*np.nonzero((relations >= 2) & (relations != 5)), strict=True):
        ends = boxes[row, [first, second], 0, :2]
        axis.plot(ends[:, 0], ends[:, 1], color="black", linewidth=0.5)
    axis.set_xlim(0, 1), axis.set_ylim(0, 1), axis.set_axis_off()
