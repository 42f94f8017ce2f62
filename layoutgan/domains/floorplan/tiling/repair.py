"""Makes a first state legal: every room present and in one piece."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling.initial import Labels, State
from layoutgan.domains.floorplan.tiling.problem import Flags, Floats

TURNS = ((0, 1), (0, -1), (1, 0), (-1, 0))


def shifted(values: NDArray[Any], turn: tuple[int, int]) -> NDArray[Any]:
    """The values one cell further along a turn.

    The ring, which is all outside, makes the wrap-around harmless.
    """
    return np.roll(values, turn, axis=(0, 1))


def pieces(labels: Labels) -> NDArray[np.int_]:
    """A number per connected piece of equal label [Y, X]; -1 where the label is negative."""
    number = np.where(labels >= 0, np.arange(labels.size).reshape(labels.shape), -1)
    same = [shifted(labels, turn) == labels for turn in TURNS]
    while True:
        before = number
        for turn, equal in zip(TURNS, same, strict=True):
            number = np.where(equal, np.minimum(number, shifted(number, turn)), number)
        if np.array_equal(number, before):
            return number


def hosts(state: State, mask: Flags, movable: Flags) -> Floats:
    """Length of border [n] [m] that each movable room has with the cells of a mask."""
    border = np.zeros(len(movable))
    height, width = np.diff(state.y_lines)[:, None], np.diff(state.x_lines)[None]
    for turn in TURNS:
        beside = shifted(state.labels, turn)
        length = np.broadcast_to(height if turn[0] == 0 else width, mask.shape)
        at = mask & (beside >= 0) & (beside != state.labels)
        border += np.bincount(beside[at], length[at], len(movable))[: len(movable)]
    return np.where(movable, border, 0.0)


def resettle(state: State, mask: Flags, areas: Floats, targets: Floats, movable: Flags) -> bool:
    """Gives a stray piece without a free neighbour to the room whose target is nearest its area.

    False if none can.
    """
    misfit = np.where(movable, np.abs(targets - areas[mask].sum()), np.inf)
    for newcomer in np.argsort(misfit, kind="stable"):
        home = state.labels == newcomer
        if not movable[newcomer] or np.any(home & mask):
            continue
        border = hosts(state, home, movable)
        if not home.any() or border.max() > 0.0:
            state.labels[home] = border.argmax()
            state.labels[mask] = newcomer
            return True
    return False


def settle_one(state: State, targets: Floats, movable: Flags) -> bool | None:
    """Gives one stray piece to its best neighbour.

    True if it did, None if there is none, False if nobody can take it.
    """
    number = pieces(state.labels)
    areas = np.outer(np.diff(state.y_lines), np.diff(state.x_lines))
    kinds, first, inverse = np.unique(number, return_index=True, return_inverse=True)
    sizes = np.bincount(inverse.ravel(), areas.ravel())
    owners = state.labels.ravel()[first]
    order = np.lexsort((kinds, -sizes))
    seen: set[int] = set()
    for p in order.tolist():
        room = int(owners[p])
        if kinds[p] < 0 or not movable[room]:
            continue
        if room not in seen:
            seen.add(room)
            continue
        mask = number == kinds[p]
        border = hosts(state, mask, movable)
        if border.max() > 0.0:
            state.labels[mask] = border.argmax()
            return True
        return resettle(state, mask, areas, targets, movable)
    return None


def place_missing(state: State, room: int, centre: Floats, movable: Flags) -> bool:
    """Gives an absent room the free cell nearest its proposed centre, never another room's only one."""
    labels = state.labels
    inside = labels >= 0
    cells = np.bincount(labels[inside], minlength=len(movable))
    open_cells = np.zeros(labels.shape, np.bool_)
    open_cells[inside] = (movable & (cells > 1))[labels[inside]]
    if not open_cells.any():
        return False
    x, y = 0.5 * (state.x_lines[:-1] + state.x_lines[1:]), 0.5 * (state.y_lines[:-1] + state.y_lines[1:])
    far = np.abs(x - centre[0])[None] + np.abs(y - centre[1])[:, None]
    labels.ravel()[np.where(open_cells, far, np.inf).argmin()] = room
    return True


def repaired(state: State, targets: Floats, centres: Floats, movable: Flags) -> State | None:
    """The state with each room present and whole, or None if that could not be reached.

    Its labels change in place.
    """
    for _ in range(12 * len(movable)):
        settled = settle_one(state, targets, movable)
        if settled is False:
            return None
        if settled:
            continue
        absent = np.setdiff1d(np.arange(len(movable)), state.labels)
        if len(absent) == 0:
            return state
        if not place_missing(state, int(absent[0]), centres[absent[0]], movable):
            return None
    return None
