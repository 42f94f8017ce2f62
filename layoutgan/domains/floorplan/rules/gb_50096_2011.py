"""Chinese design code for residential buildings GB 50096-2011, as far as a plan of one floor shows it."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.bathroom_off_living import bathroom_off_living
from layoutgan.domains.floorplan.rules.dark_room import dark_room
from layoutgan.domains.floorplan.rules.incomplete_dwelling import incomplete_dwelling
from layoutgan.domains.floorplan.rules.large_dark_hall import large_dark_hall
from layoutgan.domains.floorplan.rules.little_usable_area import little_usable_area
from layoutgan.domains.floorplan.rules.narrow_bathroom_door import narrow_bathroom_door
from layoutgan.domains.floorplan.rules.narrow_bedroom_door import narrow_bedroom_door
from layoutgan.domains.floorplan.rules.narrow_entrance_hall import narrow_entrance_hall
from layoutgan.domains.floorplan.rules.narrow_kitchen_door import narrow_kitchen_door
from layoutgan.domains.floorplan.rules.narrow_room_corridor import narrow_room_corridor
from layoutgan.domains.floorplan.rules.narrow_unit_door import narrow_unit_door
from layoutgan.domains.floorplan.rules.narrow_walled_stair import narrow_walled_stair
from layoutgan.domains.floorplan.rules.small_bathroom import small_bathroom
from layoutgan.domains.floorplan.rules.small_double_bedroom import small_double_bedroom
from layoutgan.domains.floorplan.rules.small_kitchen import small_kitchen
from layoutgan.domains.floorplan.rules.small_living_room import small_living_room
from layoutgan.domains.floorplan.rules.small_toilet import small_toilet
from layoutgan.domains.floorplan.rules.small_window import small_window
from layoutgan.domains.floorplan.rules.tiny_bedroom import tiny_bedroom
from layoutgan.validation.rule import Pack

__all__ = ["GB_50096_2011"]

GB_50096_2011 = Pack(
    "gb-50096-2011",
    "GB 50096-2011, residential buildings",
    (
        incomplete_dwelling,
        little_usable_area,
        small_double_bedroom,
        tiny_bedroom,
        small_living_room,
        small_kitchen,
        small_bathroom,
        small_toilet,
        bathroom_off_living,
        dark_room,
        small_window,
        large_dark_hall,
        narrow_entrance_hall,
        narrow_room_corridor,
        narrow_unit_door,
        narrow_bedroom_door,
        narrow_kitchen_door,
        narrow_bathroom_door,
        narrow_walled_stair,
    ),
)
