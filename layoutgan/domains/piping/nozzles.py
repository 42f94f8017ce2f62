"""Nozzles in their item's own axes: as given, as usual for the class, or made where an item has too few."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from layoutgan.domains.piping.assumptions import Assumptions
from layoutgan.domains.piping.classes import EquipmentClass, Port
from layoutgan.domains.piping.items import EquipmentItem, NozzleItem
from layoutgan.domains.piping.shapes import DIRECTIONS

__all__ = ["Box", "Nozzle", "extra_nozzle", "nozzles_of"]

OUTSIDE = 1.5
"""How far outside its item's box a nozzle may lie [m]."""
_NEAR = 0.05
"""Nozzles on a side keep this part of the height from top and underside [-]."""


class Box(NamedTuple):
    """An item's box in its own axes [m]."""

    length: float
    width: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Nozzle:
    """A nozzle in its item's own axes."""

    id: str
    at: tuple[float, float, float]
    """From the centre of the footprint at grade [m]; for ``any`` only the elevation counts."""
    direction: str
    """A direction word, or ``any``."""
    role: str = ""
    flow: str = "in"
    nps: float = 0.0
    """0 until the line says."""
    rating: int = 0


def nozzles_of(
    source: EquipmentItem, usual: EquipmentClass, box: Box, notes: Assumptions
) -> tuple[Nozzle, ...]:
    """All nozzles of an item.

    Raises:
        ValueError: a nozzle lies far outside the item.
    """
    if not source.nozzles:
        if usual.ports:
            notes.add(f"nozzles as usual for a {usual.title.lower()}", source.tag)
        return tuple(_from_port(f"N{i + 1}", port, box) for i, port in enumerate(usual.ports))
    free = [port for port in usual.ports if all(port.role != n.role for n in source.nozzles)]
    made: list[Nozzle] = []
    for given in source.nozzles:
        if given.at is not None:
            made.append(_given(given, box, source.tag))
            continue
        port = next((p for p in usual.ports if given.role and p.role == given.role), None)
        port = port or (free.pop(0) if free else None)
        made.append(_placed(given, port, len(made), usual, box))
        notes.add(f"position of a nozzle as usual for a {usual.title.lower()}", f"{source.tag}.{given.id}")
    return tuple(made)


def _placed(given: NozzleItem, port: Port | None, number: int, usual: EquipmentClass, box: Box) -> Nozzle:
    nozzle = _from_port(given.id, port, box) if port else extra_nozzle(given.id, number, usual, box)
    nozzle = replace(nozzle, role=given.role or nozzle.role, nps=given.nps or 0.0, rating=given.rating or 0)
    if given.direction is not None and given.direction != nozzle.direction:
        nozzle = replace(nozzle, direction=given.direction, at=_on_face(given.direction, nozzle.at, box))
    return nozzle


def _from_port(name: str, port: Port, box: Box) -> Nozzle:
    z = min(max(box.bottom + port.z * (box.top - box.bottom), port.least), box.top - 0.1 * bool(port.least))
    at = (round(port.x * box.length, 4), round(port.y * box.width, 4), round(z, 4))
    return Nozzle(name, at, port.direction, port.role, port.flow)


def extra_nozzle(name: str, number: int, usual: EquipmentClass, box: Box) -> Nozzle:
    """A nozzle beyond those that are usual for the class: on a side, each one at another place.

    Args:
        name: its id.
        number: how many nozzles the item has already.
        usual: the item's class.
        box: the item's box.
    """
    z = round(box.bottom + (0.25 + 0.13 * (number % 5)) * (box.top - box.bottom), 4)
    if usual.round:
        return Nozzle(name, (0.0, 0.0, z), "any")
    along = round((-0.35 + 0.175 * ((number // 2) % 5)) * box.length, 4)
    side = "+y" if number % 2 else "-y"
    return Nozzle(name, (along, box.width / 2 if side == "+y" else -box.width / 2, z), side)


def _given(given: NozzleItem, box: Box, tag: str) -> Nozzle:
    x, y, z = given.at or (0.0, 0.0, 0.0)
    outside = max(abs(x) - box.length / 2, abs(y) - box.width / 2, z - box.top, box.bottom - z)
    if outside > OUTSIDE:
        raise ValueError(
            f"nozzle {tag}.{given.id} lies {outside:.2f} m outside the box of {tag}; positions are metres "
            "from the centre of the footprint at grade"
        )
    gaps = {
        "+x": box.length / 2 - x, "-x": x + box.length / 2, "+y": box.width / 2 - y, "-y": y + box.width / 2,
        "+z": box.top - z, "-z": z - box.bottom,
    }  # fmt: skip
    direction: str = given.direction or min(gaps, key=lambda word: gaps[word])
    return Nozzle(given.id, (x, y, z), direction, given.role, "in", given.nps or 0.0, given.rating or 0)


def _on_face(direction: str, at: tuple[float, float, float], box: Box) -> tuple[float, float, float]:
    """The place on the face that a nozzle points out of."""
    x, y, z = at
    if direction == "any":
        return 0.0, 0.0, min(max(z, box.bottom + 0.1), box.top - 0.1)
    dx, dy, dz = DIRECTIONS[direction]
    if dz:
        return x, y, box.top if dz > 0 else box.bottom
    margin = _NEAR * (box.top - box.bottom)
    z = min(max(z, box.bottom + margin), box.top - margin)
    return dx * box.length / 2, dy * box.width / 2, z
