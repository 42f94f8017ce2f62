"""Rules of geometry and use that hold everywhere, without a jurisdiction."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.bathroom_through_bedroom import bathroom_through_bedroom
from layoutgan.domains.floorplan.rules.blocked_door import blocked_door
from layoutgan.domains.floorplan.rules.buried_balcony import buried_balcony
from layoutgan.domains.floorplan.rules.clashing_doors import clashing_doors
from layoutgan.domains.floorplan.rules.cramped_room import cramped_room
from layoutgan.domains.floorplan.rules.divided_room import divided_room
from layoutgan.domains.floorplan.rules.door_off_wall import door_off_wall
from layoutgan.domains.floorplan.rules.doorless_bathroom import doorless_bathroom
from layoutgan.domains.floorplan.rules.doubled_door import doubled_door
from layoutgan.domains.floorplan.rules.entrance_off_outline import entrance_off_outline
from layoutgan.domains.floorplan.rules.forbidden_contact import forbidden_contact
from layoutgan.domains.floorplan.rules.landlocked_space import landlocked_space
from layoutgan.domains.floorplan.rules.misplaced_entrance import misplaced_entrance
from layoutgan.domains.floorplan.rules.missing_contact import missing_contact
from layoutgan.domains.floorplan.rules.missing_door import missing_door
from layoutgan.domains.floorplan.rules.missing_entrance import missing_entrance
from layoutgan.domains.floorplan.rules.missing_space import missing_space
from layoutgan.domains.floorplan.rules.missing_wall import missing_wall
from layoutgan.domains.floorplan.rules.moved_room import moved_room
from layoutgan.domains.floorplan.rules.narrow_asked_door import narrow_asked_door
from layoutgan.domains.floorplan.rules.narrow_door import narrow_door
from layoutgan.domains.floorplan.rules.narrow_space import narrow_space
from layoutgan.domains.floorplan.rules.neck import neck
from layoutgan.domains.floorplan.rules.overlapping_openings import overlapping_openings
from layoutgan.domains.floorplan.rules.overlapping_rooms import overlapping_rooms
from layoutgan.domains.floorplan.rules.party_window import party_window
from layoutgan.domains.floorplan.rules.private_passage import private_passage
from layoutgan.domains.floorplan.rules.room_outside_outline import room_outside_outline
from layoutgan.domains.floorplan.rules.room_over_obstacle import room_over_obstacle
from layoutgan.domains.floorplan.rules.stray_door import stray_door
from layoutgan.domains.floorplan.rules.stretched_room import stretched_room
from layoutgan.domains.floorplan.rules.thin_part import thin_part
from layoutgan.domains.floorplan.rules.unasked_room import unasked_room
from layoutgan.domains.floorplan.rules.uncovered_floor import uncovered_floor
from layoutgan.domains.floorplan.rules.undersized_room import undersized_room
from layoutgan.domains.floorplan.rules.unreachable_room import unreachable_room
from layoutgan.domains.floorplan.rules.window_off_wall import window_off_wall
from layoutgan.domains.floorplan.rules.windowless_room import windowless_room
from layoutgan.domains.floorplan.rules.wrong_area import wrong_area
from layoutgan.domains.floorplan.rules.wrong_kind import wrong_kind
from layoutgan.domains.universal.pack import UNIVERSAL
from layoutgan.validation.rule import Pack

__all__ = ["GENERAL"]

GENERAL = Pack(
    "general",
    "Geometry and use, no jurisdiction",
    (
        *UNIVERSAL,
        overlapping_rooms,
        uncovered_floor,
        room_outside_outline,
        divided_room,
        thin_part,
        neck,
        room_over_obstacle,
        stretched_room,
        cramped_room,
        missing_space,
        unasked_room,
        wrong_kind,
        wrong_area,
        narrow_space,
        missing_contact,
        missing_door,
        forbidden_contact,
        moved_room,
        landlocked_space,
        missing_entrance,
        entrance_off_outline,
        misplaced_entrance,
        unreachable_room,
        private_passage,
        bathroom_through_bedroom,
        clashing_doors,
        blocked_door,
        narrow_door,
        door_off_wall,
        doubled_door,
        windowless_room,
        party_window,
        window_off_wall,
        buried_balcony,
        overlapping_openings,
        narrow_asked_door,
        undersized_room,
        missing_wall,
        stray_door,
        doorless_bathroom,
    ),
)
"""Every rule that needs no building code."""
