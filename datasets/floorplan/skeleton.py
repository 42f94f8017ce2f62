"""One way of arranging a dwelling, in many variants: a sunny row, columns behind, a hub between.

                     entrance side (north)
          +--------+-----+----------+
          | column | gap |  column  |     the gap belongs to the hub, and so does the strip;
          |        | hub |          |     columns are stacks of rows of one or two rooms
          +--------+     +----------+
          |  strip of the hub       |
          +-------------------------+
          | middle row              |     often none
          +---------+------+--------+
          | sunny   | slot | slot   |     a slot may belong to the hub (a living room)
          +---------+------+--------+
            balconies (south)

Rows and columns need not be equally wide; then the outline has steps. Names of directions are only names: the
finished plan is turned and mirrored at random.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from .canvas import Canvas, Rectangle
from .frame import Frame, draw_frame
from .priors import area
from .programme import Column, Programme, Slot

__all__ = ["Drawing", "arrange"]


@dataclass
class Drawing:
    """A painted plan, not yet checked."""

    programme: Programme
    draw: random.Random
    canvas: Canvas = field(default_factory=Canvas)
    private: list[tuple[int, int]] = field(default_factory=list)
    """Rooms that belong to another: (room, owner)."""
    later: list[tuple[int | None, str, Rectangle]] = field(default_factory=list)
    """Closets and what they leave of their wall: (label, or None for a new room, kind, box), painted last."""


def arrange(programme: Programme, draw: random.Random) -> Drawing | None:
    """A plan for the programme; it may turn out unusable, or None if that is seen early."""
    frame = draw_frame(programme, draw)
    if frame is None:
        return None
    drawing = Drawing(programme, draw)
    bottom = sum(frame.rows)
    behind = sum(frame.column_widths) + frame.gap
    hub = drawing.canvas.room(
        programme.hub, (frame.offset, bottom, frame.offset + behind, bottom + programme.strip + frame.north)
    )
    apart = sum(slot.kind != programme.hub for slot in programme.sunny)
    behind_rows = (
        hub if not programme.middle else hub + 1 + apart
    )  # the first room of the middle row comes next
    edges = _paint_row(drawing, programme.sunny, frame.row_widths[0], (0.0, frame.rows[0]), hub, behind_rows)
    _paint_row(drawing, programme.middle, frame.row_widths[1], (frame.rows[0], bottom), hub, hub)
    _paint_columns(drawing, frame)
    _paint_later(drawing)
    if draw.random() < programme.genkan:
        x = frame.offset + sum(frame.column_widths[: programme.gap_at])
        top = bottom + programme.strip + frame.north
        drawing.canvas.room("entrance", (x, top - draw.uniform(1.1, 1.9), x + frame.gap, top))
    _nibble(drawing, frame)
    if edges and draw.random() < programme.balcony:
        _balconies(drawing, edges)
    return drawing


def _paint_row(
    drawing: Drawing, slots: list[Slot], widths: list[float], span: tuple[float, float], hub: int, behind: int
) -> list[tuple[float, float, float]]:
    """Rooms side by side with their closets; their west and east ends and façades [m].

    Args:
        drawing: to paint on.
        slots: the rooms.
        widths: their widths [m].
        span: south and north end of the row [m].
        hub: label of the hub.
        behind: label of what lies north of the row.
    """
    x, edges, taken = 0.0, [], 0.0
    ensuites = []
    for number, (slot, width) in enumerate(zip(slots, widths, strict=True)):
        low = span[0] + max(-0.35, min(0.35, slot.shift / (span[1] - span[0]))) * (span[1] - span[0])
        box = (x, low, x + width, span[1])
        if slot.kind == drawing.programme.hub:
            drawing.canvas.paint(hub, box)
        elif "/" in slot.kind:
            middle = low + (span[1] - low) * drawing.draw.uniform(0.42, 0.58)
            for kind, y0, y1 in zip(slot.kind.split("/"), (low, middle), (middle, span[1]), strict=True):
                drawing.canvas.room(kind, (x, y0, x + width, y1))
        else:
            label = drawing.canvas.room(slot.kind, box)
            following = slots[number + 1] if number + 1 < len(slots) else None
            count = slot.closets - int(taken > 0)
            if count > 0 and following is not None and following.closets and drawing.draw.random() < 0.45:
                taken = _closet_wall(drawing, x + width, low, span[1])
                count -= 1
            else:
                taken = 0.0
            if drawing.draw.random() < drawing.programme.alcoves:
                _alcove(drawing, box, behind)
            if count > 1 and drawing.draw.random() < 0.5:  # one at the back, one at a side
                _closets(drawing, 1, box, behind)
                count -= 1
            _closets(drawing, count, box, behind)
            if slot.ensuite:
                ensuites.append((label, box))
        edges.append((x, x + width, low))
        x += width
    for label, box in ensuites:
        _ensuite(drawing, label, box)
    return edges


def _paint_later(drawing: Drawing) -> None:
    for label, kind, box in drawing.later:
        if label is None:
            drawing.canvas.room(kind, box)
        else:
            drawing.canvas.paint(label, box)


def _closet_wall(drawing: Drawing, x: float, low: float, high: float) -> float:
    """A wall of closets between two bedrooms, one half for each; its depth [m]."""
    depth = _closet_depth(drawing.draw)
    x0 = x - depth * drawing.draw.random()
    middle = low + (high - low) * drawing.draw.uniform(0.35, 0.65)
    drawing.later.append((None, "closet", (x0, low, x0 + depth, middle)))
    drawing.later.append((None, "closet", (x0, middle, x0 + depth, high)))
    return depth


def _closet_depth(draw: random.Random) -> float:
    return min(max(0.84 * math.exp(draw.gauss(0.0, 0.18)), 0.55), 1.35)


def _balconies(drawing: Drawing, edges: list[tuple[float, float, float]]) -> None:
    """A balcony along some or all of the sunny rooms, sometimes two."""
    draw, count = drawing.draw, len(edges)
    first, last = 0, count - 1
    if count > 1 and draw.random() < 0.4:
        first = draw.randint(0, count - 1)
        last = draw.randint(first, min(first + 1, count - 1))
    spans = [(first, last)]
    apart = drawing.programme.balconies_apart
    if apart > 0:
        spans = [(i, i) for i in range(count) if draw.random() < apart]
    elif last < count - 1 and draw.random() < 0.25:
        spans.append((count - 1, count - 1))
    for i, j in spans:
        depth = drawing.programme.balcony_depth * math.exp(draw.gauss(0.0, 0.24))
        x0, x1 = edges[i][0], edges[j][1]
        if draw.random() < 0.38:
            inset = draw.uniform(0.1, 0.4) * (x1 - x0)
            x0, x1 = draw.choice(((x0 + inset, x1), (x0, x1 - inset), (x0 + inset / 2, x1 - inset / 2)))
        low = min(edge[2] for edge in edges[i : j + 1])
        label = drawing.canvas.room("balcony", (x0, low - depth, x1, low))
        for a, b, face in edges[i : j + 1]:
            if face > low and min(b, x1) > max(a, x0):
                drawing.canvas.paint(label, (max(a, x0), low - depth, min(b, x1), face))


def _closets(drawing: Drawing, count: int, box: Rectangle, behind: int | None) -> None:
    """Closets along the back or one side of a room.

    Along the back, what the closets leave over of their wall mostly goes to what lies behind, so that the
    room stays a rectangle.
    """
    draw = drawing.draw
    x0, y0, x1, y1 = box
    depth = _closet_depth(draw)
    at_back = draw.random() < 0.75
    side = draw.random() < 0.5
    if at_back and count and behind is not None and draw.random() < 0.85:
        drawing.later.append((behind, "", (x0, y1 - depth, x1, y1)))
    for number in range(count):
        length = area(draw, drawing.programme.style, "closet") / depth
        if at_back:
            length = min(length, 0.75 * (x1 - x0))
            place = (x0, y1 - depth, x0 + length, y1) if side else (x1 - length, y1 - depth, x1, y1)
            x0, x1 = (x0 + length, x1) if side else (x0, x1 - length)
        else:
            length = min(length, y1 - y0)
            length = y1 - y0 if length > 0.75 * (y1 - y0) else length
            place = (x0, y1 - length, x0 + depth, y1) if side else (x1 - depth, y1 - length, x1, y1)
            if number == 0 and count == 1 and draw.random() < 0.4:  # at the façade end of the side wall
                place = (place[0], y0, place[2], y0 + length)
            y1 -= length
        drawing.later.append((None, "closet", place))
        if x1 - x0 < 1.2 or y1 - y0 < 1.5:
            break


def _ensuite(drawing: Drawing, owner: int, box: Rectangle) -> None:
    """A bathroom in a back corner of a bedroom, reached from it alone."""
    draw = drawing.draw
    x0, _, x1, y1 = box
    size = area(draw, drawing.programme.style, "bathroom")
    width = min(max(1.5, size**0.5 * draw.uniform(0.75, 1.3)), 0.6 * (x1 - x0))
    depth = size / width
    place = (x0, y1 - depth, x0 + width, y1) if draw.random() < 0.5 else (x1 - width, y1 - depth, x1, y1)
    drawing.private.append((drawing.canvas.room("bathroom", place), owner))


def _paint_columns(drawing: Drawing, frame: Frame) -> None:
    """The stacks behind, the gap between them left to the hub."""
    x = frame.offset
    bottom = sum(frame.rows) + drawing.programme.strip
    for number, (column, width) in enumerate(
        zip(drawing.programme.columns, frame.column_widths, strict=True)
    ):
        if number == drawing.programme.gap_at:
            x += frame.gap
        _paint_column(
            drawing,
            column,
            (x, bottom, x + width, bottom + frame.north),
            west=number < drawing.programme.gap_at,
        )
        x += width


def _paint_column(drawing: Drawing, column: Column, box: Rectangle, *, west: bool) -> None:
    x0, y, x1, top = box
    need = sum(map(sum, column.areas)) / (x1 - x0)
    spare = top - y - need
    stretch = (top - y) / need if spare < 0.1 * need else 1.0
    if stretch == 1.0:
        if column.north:
            y += spare
        elif column.cut:
            drawing.canvas.cut((x0, y + need, x1, top))
    for kinds, areas in zip(column.rows, column.areas, strict=True):
        height = sum(areas) / (x1 - x0) * stretch
        x = x0
        order = list(zip(kinds, areas, strict=True))
        for kind, size in order if west else order[::-1]:
            width = (x1 - x0) * size / sum(areas)
            place = (x, y, x + width, y + height)
            label = drawing.canvas.room(kind.partition("+")[0], place)
            if kind == "laundry+toilet":
                _pocket(drawing, place, west=west)
            if kind == "bedroom":
                _closets(drawing, column.closets, place, None)
                if column.ensuite:
                    _ensuite(drawing, label, place)
            x += width
        y += height


def _pocket(drawing: Drawing, box: Rectangle, *, west: bool) -> None:
    """A toilet in a corner of a washing room, away from the gap."""
    draw = drawing.draw
    x0, y0, x1, y1 = box
    size, width = area(draw, drawing.programme.style, "toilet"), draw.uniform(0.82, 1.0)
    across, along = (width, size / width) if draw.random() < 0.5 else (size / width, width)
    x0, x1 = (x0, x0 + across) if west else (x1 - across, x1)
    y0, y1 = (y0, y0 + along) if draw.random() < 0.5 else (y1 - along, y1)
    drawing.later.append((None, "toilet", (x0, y0, x1, y1)))


def _alcove(drawing: Drawing, box: Rectangle, label: int | None) -> None:
    """A niche in the back of a room that belongs to what lies behind, such as the space before its door."""
    draw = drawing.draw
    x0, _, x1, y1 = box
    width, depth = draw.uniform(0.8, 1.6), draw.uniform(0.3, 0.95)
    if label is not None and x1 - x0 > width + 1.2:
        left = draw.choice((x0, x1 - width, draw.uniform(x0, x1 - width)))
        drawing.later.append((label, "", (left, y1 - depth, left + width, y1)))


def _nibble(drawing: Drawing, frame: Frame) -> None:
    """Small steps in the outline: at the entrance, at the corners of the columns."""
    draw, chance = drawing.draw, drawing.programme.nibbles
    top = sum(frame.rows) + drawing.programme.strip + frame.north
    west, east = frame.offset, frame.offset + sum(frame.column_widths) + frame.gap
    gap = frame.offset + sum(frame.column_widths[: drawing.programme.gap_at])
    depth = draw.uniform(0.3, 1.3)
    if draw.random() < chance:  # a recessed front door
        drawing.canvas.cut((gap, top - depth, gap + frame.gap, top))
    width, depth = draw.uniform(0.3, 0.9), draw.uniform(0.3, 0.9)
    if draw.random() < 0.5 * chance:
        drawing.canvas.cut((west, top - depth, west + width, top))
    if draw.random() < 0.5 * chance:
        drawing.canvas.cut((east - width, top - depth, east, top))
