"""What a floor plan's schedules say: rooms, doors, windows, areas by kind, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shapely.geometry import Polygon

from cad_plugin.annotation import MM, clean
from cad_plugin.drawing import Table
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Severity

__all__ = ["findings_table", "floorplan_tables", "room_name"]


def room_name(room: Room) -> str:
    """What the drawing calls a room."""
    return clean(room.name, 60) or kind(room.kind).title


def floorplan_tables(layout: Layout, clear: Mapping[str, Polygon]) -> Iterator[Table]:
    """Schedules of rooms, doors and windows; none without rows.

    Args:
        layout: a floor plan.
        clear: clear floor of each room [mm].
    """
    rooms = {r.id: r for r in layout.of(Room)}
    names = {key: room_name(room) for key, room in rooms.items()} | {"outside": "outside"}
    areas = {key: clear[key].area / MM**2 for key in rooms}
    rows = [
        (f"R{n:02d}", names[r.id], kind(r.kind).title, f"{areas[r.id]:.2f}", f"{clear[r.id].length / MM:.2f}")
        for n, r in enumerate(rooms.values(), start=1)
    ]
    if rows:
        inside = sum(area for key, area in areas.items() if not kind(rooms[key].kind).outdoor)
        rows.append(("", "Net floor area", "", f"{inside:.2f}", ""))
        yield Table(
            "Rooms", ("No.", "Name", "Kind", "Area m²", "Perimeter m"), tuple(rows), frozenset({3, 4})
        )
    doors = [(f"D{n:02d}", d.kind, f"{d.shape.length * MM:.0f}", f"{d.height * MM:.0f}",
              names.get(d.between[0], clean(d.between[0])), names.get(d.between[1], clean(d.between[1])))
             for n, d in enumerate(layout.of(Door), start=1)]
    if doors:
        yield Table(
            "Doors", ("No.", "Type", "Width", "Height", "From", "To"), tuple(doors), frozenset({2, 3})
        )
    windows = [
        (
            f"W{n:02d}",
            f"{w.shape.length * MM:.0f}",
            f"{(w.head - w.sill) * MM:.0f}",
            f"{w.sill * MM:.0f}",
            names.get(w.room, clean(w.room)),
        )
        for n, w in enumerate(layout.of(Window), start=1)
    ]
    if windows:
        yield Table(
            "Windows", ("No.", "Width", "Height", "Sill", "Room"), tuple(windows), frozenset({1, 2, 3})
        )


def findings_table(report: Report) -> Table | None:
    """The findings of a report, numbered as in the drawing; None without findings."""
    order = list(Severity)
    found = sorted(report.findings, key=lambda f: (order.index(f.severity), f.rule, f.elements, f.message))
    if not found:
        return None
    return Table("Findings", ("No.", "Rule", "Severity", "What"), tuple(
        (str(n), f.rule, str(f.severity), clean(f.message, 120)) for n, f in enumerate(found, start=1)))
