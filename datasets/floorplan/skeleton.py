"""One way of arranging a dwelling, in many variants: rooms along the sunny side, columns of rooms behind, a hub between.

                     entrance side (north)
          +--------+-----+----------+
          | column | gap |  column  |     the gap belongs to the hub, and so does the strip;
          |        | hub |          |     columns are stacks of rows of one or two rooms
          +--------+     +----------+
          |  strip of the hub       |
          +---------+------+--------+
          | sunny   | slot | slot   |     a slot may belong to the hub (a living room)
          +---------+------+--------+
            balconies (south)

Names of directions are only names: the finished plan is turned and mirrored at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .canvas import Canvas
from .priors import area
from .programme import Programme, Slot, Stack

__all__ = ["Drawing", "arrange"]


@dataclass
class Drawing:
    """A painted plan, not yet checked."""

    canvas: Canvas
    private: list[tuple[int, int]] = field(default_factory=list)
    """Rooms that belong to another: (room, owner)."""


@dataclass
class _Frame:
    """Sizes of one plan [m]."""

    width: float
    sunny: float
    """Depth of the sunny row."""
    strip: float
    north: float
    """Depth of the columns."""


def arrange(programme: Programme, draw: random.Random) -> Drawing:
    """A plan for the programme; it may turn out unusable."""
    slots = [_slot_size(programme, slot, draw) for slot in programme.slots]
    stacks = [_stack_size(programme, stack, draw) for stack in programme.stacks]
    sunny = _depth(slots, programme, draw)
    widths = [a / sunny for a in slots]
    behind = sum(w for w, _ in stacks) + programme.gap
    width = sum(widths)
    # The row in front and the columns behind must be equally wide: meet somewhere in between.
    meet = behind * (width / behind) ** draw.uniform(0.2, 0.8) if programme.slots else behind
    widths = [w * meet / width for w in widths]
    sunny = sunny * (width / meet) ** 0.9 if programme.slots else 0.0
    columns = _columns(stacks, programme, meet)
    north = max((a / w for (_, a), w in zip(stacks, columns, strict=True)), default=2.0)
    frame = _Frame(meet, sunny, programme.strip, north * draw.uniform(1.0, 1.06))
    drawing = Drawing(Canvas())
    hub = drawing.canvas.room(programme.hub, (0, frame.sunny, frame.width, frame.sunny + frame.strip + frame.north))
    _paint_slots(drawing, programme, frame, widths, hub, draw)
    _paint_columns(drawing, programme, frame, columns, draw)
    if programme.genkan:
        _genkan(drawing, programme, frame, columns, draw)
    return drawing


def _slot_size(programme: Programme, slot: Slot, draw: random.Random) -> float:
    return area(draw, programme.style, slot.kind, programme.size * slot.share) + 0.5 * slot.closets


def _stack_size(programme: Programme, stack: Stack, draw: random.Random) -> tuple[float, float]:
    """Width [m] and area [m²] of a column."""
    stack.areas = [[area(draw, programme.style, kind, programme.size) for kind in row] for row in stack.rows]
    total = sum(map(sum, stack.areas))
    return max(stack.width, 0.3 * total ** 0.5), total


def _depth(slots: list[float], programme: Programme, draw: random.Random) -> float:
    """Depth of the sunny row: rooms are a little deeper than wide."""
    if not slots:
        return 0.0
    mean = sum(slots) / len(slots)
    return float((mean ** 0.5) * draw.uniform(0.92, 1.35) * (1.12 if len(slots) == 1 else 1.0))


def _columns(stacks: list[tuple[float, float]], programme: Programme, width: float) -> list[float]:
    """Widths of the columns once the gap has its own."""
    total = sum(w for w, _ in stacks)
    left = max(width - programme.gap, 0.5 * width)
    return [w * left / total for w, _ in stacks]


def _paint_slots(drawing: Drawing, programme: Programme, frame: _Frame, widths: list[float], hub: int,
                 draw: random.Random) -> None:
    """The sunny row with its closets and balconies."""
    x = 0.0
    edges = []
    for slot, width in zip(programme.slots, widths, strict=True):
        shift = slot.shift * min(1.5, 0.35 * frame.sunny)
        box = (x, shift, x + width, frame.sunny)
        if slot.kind == programme.hub:
            drawing.canvas.paint(hub, (x, shift, x + width, frame.sunny + 0.01))
        else:
            label = drawing.canvas.room(slot.kind, box)
            _closets(drawing, slot, label, box, programme, draw)
            if slot.ensuite:
                _ensuite(drawing, label, box, programme, draw)
        edges.append((x, x + width, shift))
        x += width
    for first, last, depth in programme.balconies:
        x0, x1 = edges[first][0], edges[last][1]
        inset = draw.choice((0.0, 0.0, draw.uniform(0.1, 0.35) * (x1 - x0)))
        x0, x1 = draw.choice(((x0, x1), (x0 + inset, x1), (x0, x1 - inset)))
        low = min(e[2] for e in edges[first:last + 1])
        label = drawing.canvas.room("balcony", (x0, low - depth, x1, low))
        for a, b, shift in edges[first:last + 1]:
            if shift > low and min(b, x1) > max(a, x0):
                drawing.canvas.paint(label, (max(a, x0), low - depth, min(b, x1), shift))


def _closets(drawing: Drawing, slot: Slot, owner: int, box: tuple[float, float, float, float], programme: Programme,
             draw: random.Random) -> None:
    """Closets along the back or one side of a room."""
    x0, y0, x1, y1 = box
    depth = draw.uniform(0.65, 0.95)
    at_back = draw.random() < 0.7
    side = draw.random() < 0.5
    for _ in range(slot.closets):
        length = area(draw, programme.style, "closet") / depth
        if at_back:
            length = min(length, 0.75 * (x1 - x0))
            place = (x0, y1 - depth, x0 + length, y1) if side else (x1 - length, y1 - depth, x1, y1)
            x0, x1 = (x0 + length, x1) if side else (x0, x1 - length)
        else:
            length = min(length, 0.7 * (y1 - y0))
            place = (x0, y1 - length, x0 + depth, y1) if side else (x1 - depth, y1 - length, x1, y1)
            if draw.random() < 0.4 and slot.closets == 1:  # at the façade end of the side wall
                place = (place[0], y0, place[2], y0 + length)
            y1 -= length
        drawing.canvas.room("closet", place)
        if x1 - x0 < 1.2 or y1 - y0 < 1.5:
            break


def _ensuite(drawing: Drawing, owner: int, box: tuple[float, float, float, float], programme: Programme,
             draw: random.Random) -> None:
    """A bathroom in a back corner of a bedroom, reached from it alone."""
    x0, y0, x1, y1 = box
    size = area(draw, programme.style, "bathroom")
    width = min(max(1.5, size ** 0.5 * draw.uniform(0.75, 1.3)), 0.6 * (x1 - x0))
    depth = size / width
    left = draw.random() < 0.5
    place = (x0, y1 - depth, x0 + width, y1) if left else (x1 - width, y1 - depth, x1, y1)
    drawing.private.append((drawing.canvas.room("bathroom", place), owner))


def _paint_columns(drawing: Drawing, programme: Programme, frame: _Frame, columns: list[float],
                   draw: random.Random) -> None:
    """The stacks behind, the gap between them left to the hub."""
    x = 0.0
    bottom = frame.sunny + frame.strip
    top = bottom + frame.north
    for number, (stack, width) in enumerate(zip(programme.stacks, columns, strict=True)):
        if number == programme.gap_at:
            x += max(programme.gap, frame.width - sum(columns))
        need = sum(map(sum, stack.areas)) / width
        spare = frame.north - need
        stretch = 1.0
        if spare > 0 and (stack.fill or spare < 0.12 * frame.north):
            stretch, spare = frame.north / need, 0.0
        y = bottom + (spare if stack.north else 0.0)
        for kinds, areas in zip(stack.rows, stack.areas, strict=True):
            height = sum(areas) / width * stretch
            height = top - y if abs(top - y - height) < 0.05 else height
            _row(drawing, programme, stack, kinds, areas, (x, y, x + width, y + height),
                 outer_left=number < programme.gap_at, draw=draw)
            y += height
        if spare > 0.5 and stack.cut:
            drawing.canvas.cut((x, y, x + width, top) if not stack.north else (x, bottom, x + width, bottom))
        x += width


def _row(drawing: Drawing, programme: Programme, stack: Stack, kinds: list[str], areas: list[float],
         box: tuple[float, float, float, float], *, outer_left: bool, draw: random.Random) -> None:
    """One row of a stack; rooms from the outside towards the gap."""
    x0, y0, x1, y1 = box
    order = list(zip(kinds, areas, strict=True))
    if not outer_left:
        order.reverse()
    total = sum(areas)
    x = x0
    for kind, size in order:
        width = (x1 - x0) * size / total
        place = (x, y0, x + width, y1)
        label = drawing.canvas.room(kind, place)
        if kind == "bedroom":
            closets = programme.closets_behind
            slot = Slot(kind, closets=closets if draw.random() < 0.8 else 0)
            _closets(drawing, slot, label, place, programme, draw)
            if stack.ensuite:
                _ensuite(drawing, label, place, programme, draw)
        x += width


def _genkan(drawing: Drawing, programme: Programme, frame: _Frame, columns: list[float], draw: random.Random) -> None:
    """An entrance room at the north end of the gap."""
    x = sum(columns[:programme.gap_at])
    gap = frame.width - sum(columns)
    top = frame.sunny + frame.strip + frame.north
    drawing.canvas.room("entrance", (x, top - draw.uniform(1.1, 1.9), x + gap, top))
