"""Plans as learned features: drawn as a raster, read by the frozen network that is shipped with the package.

Figures made with different versions of the network cannot be compared; ``VERSION`` is printed beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.errors import InputError
from layoutgan.metrics.descriptors import GROUPS
from layoutgan.metrics.plan import Plan

if TYPE_CHECKING:
    from layoutgan.metrics.feature_network import FeatureNetwork

__all__ = ["PLANES", "SIZE", "VERSION", "embed", "labelled", "planes"]

VERSION = "floorplan-1"
"""Name of the weights in ``layoutgan/weights/features/``, apart from those that propose plans."""
SIZE = 48
"""Pixels along a side of the raster."""
PLANES = (*GROUPS, "wall", "outside")
"""What each plane of the raster shows: how much of a pixel a group covers, a wall, and the outside."""

_FINE = 2  # drawn at twice the size and averaged, so that edges have intermediate values
_MARGIN = 1.06
_GROUP_OF = {kind: i for i, kinds in enumerate(GROUPS.values()) for kind in kinds}
_OTHER = _GROUP_OF["other"]
_BATCH = 64


def labelled(plan: Plan) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Room of each fine pixel [2·SIZE, 2·SIZE], -1 outside, and the group of each room [N].

    The longer side of the plan fills the raster: how large a plan is, the brief says.
    """
    size = _FINE * SIZE
    labels = np.full((size, size), -1, dtype=np.int16)
    groups = np.array([_GROUP_OF.get(kind, _OTHER) for kind in plan.kinds], dtype=np.int64)
    if not plan.rooms:
        return labels, groups
    x0, y0, x1, y1 = plan.outline.bounds
    step = _MARGIN * max(x1 - x0, y1 - y0, 1e-6) / size
    steps = (np.arange(size) + 0.5 - size / 2) * step
    xs, ys = (x0 + x1) / 2 + steps, (y0 + y1) / 2 + steps
    for number, room in enumerate(plan.rooms):
        left, bottom, right, top = room.bounds
        columns, rows = (
            np.flatnonzero((xs >= left) & (xs <= right)),
            np.flatnonzero((ys >= bottom) & (ys <= top)),
        )
        if rows.size and columns.size:
            window = np.ix_(rows, columns)
            inside = shapely.contains_xy(room, *np.meshgrid(xs[columns], ys[rows]))
            labels[window] = np.where(inside, number, labels[window])
    if plan.gap > 0:
        _fill_walls(labels, shapely.contains_xy(plan.outline, *np.meshgrid(xs, ys)))
    return labels, groups


def _fill_walls(labels: NDArray[np.int16], inside: Any) -> None:
    """Gives what no room covers within the outline to the nearest room."""
    from scipy.ndimage import distance_transform_edt

    bare = inside & (labels < 0)
    if bare.any() and (labels >= 0).any():
        nearest = distance_transform_edt(labels < 0, return_distances=False, return_indices=True)
        labels[bare] = labels[nearest[0][bare], nearest[1][bare]]


def planes(labels: NDArray[np.int16], groups: NDArray[np.int64]) -> NDArray[np.float32]:
    """The raster [C, SIZE, SIZE] of a labelled plan, in the order of PLANES."""
    of_pixel = np.where(labels >= 0, np.append(groups, 0)[labels], len(GROUPS) + 1)
    wall = np.zeros(labels.shape, dtype=bool)
    wall[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    wall[1:] |= labels[1:] != labels[:-1]
    full = np.stack([of_pixel == g for g in range(len(GROUPS))] + [wall, labels < 0]).astype(np.float32)
    pooled = full.reshape(len(PLANES), SIZE, _FINE, SIZE, _FINE).mean((2, 4))
    return np.asarray(pooled, dtype=np.float32)


@lru_cache(maxsize=1)
def _shipped() -> tuple[FeatureNetwork, NDArray[np.float64], NDArray[np.float64]]:
    """The network, and what turns its answers into units of the spread of real training plans."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    from layoutgan.metrics.feature_network import FeatureNetwork

    network = FeatureNetwork(len(PLANES))
    with as_file(files("layoutgan.weights")) as folder:
        path = folder / "features" / f"{VERSION}.safetensors"
        try:
            tensors = {name: value.float() for name, value in load_file(path).items()}
            mean, whiten = tensors.pop("real.mean"), tensors.pop("real.whiten")
            network.load_state_dict(tensors)
        except (SafetensorError, OSError, KeyError, RuntimeError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise InputError(
                f"the feature network cannot be read: {reason}; install the package anew", file=path.name
            ) from error
    network.eval().requires_grad_(False)
    return network, mean.double().numpy(), whiten.double().numpy()


def embed(plans: Sequence[Plan]) -> NDArray[np.float64]:
    """Features of plans [N, FEATURES]; real training plans have mean 0 and, in all directions, spread 1.

    Raises:
        InputError: the package's weights are damaged.
    """
    import torch

    network, mean, whiten = _shipped()
    drawn = [planes(*labelled(plan)) for plan in plans]
    rows = []
    for start in range(0, len(drawn), _BATCH):
        batch = torch.from_numpy(np.stack(drawn[start : start + _BATCH]))
        rows.append(network.invariant(batch).double().numpy())
    raw = np.concatenate(rows) if rows else np.zeros((0, len(mean)))
    return np.asarray((raw - mean) @ whiten, dtype=np.float64)
