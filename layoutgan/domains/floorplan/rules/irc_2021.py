"""International Residential Code 2021: what a plan of one floor can show of it."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.dim_room import dim_room
from layoutgan.domains.floorplan.rules.egress_through_garage import egress_through_garage
from layoutgan.domains.floorplan.rules.garage_to_bedroom import garage_to_bedroom
from layoutgan.domains.floorplan.rules.high_escape_sill import high_escape_sill
from layoutgan.domains.floorplan.rules.low_egress_door import low_egress_door
from layoutgan.domains.floorplan.rules.missing_bathroom import missing_bathroom
from layoutgan.domains.floorplan.rules.missing_egress_door import missing_egress_door
from layoutgan.domains.floorplan.rules.missing_kitchen import missing_kitchen
from layoutgan.domains.floorplan.rules.narrow_egress_door import narrow_egress_door
from layoutgan.domains.floorplan.rules.narrow_hallway import narrow_hallway
from layoutgan.domains.floorplan.rules.narrow_room import narrow_room
from layoutgan.domains.floorplan.rules.narrow_stair import narrow_stair
from layoutgan.domains.floorplan.rules.narrow_toilet import narrow_toilet
from layoutgan.domains.floorplan.rules.small_escape_window import small_escape_window
from layoutgan.domains.floorplan.rules.small_habitable_room import small_habitable_room
from layoutgan.domains.floorplan.rules.trapped_sleeper import trapped_sleeper
from layoutgan.validation.rule import Pack

__all__ = ["IRC_2021"]

IRC_2021 = Pack(
    "irc-2021",
    "International Residential Code 2021",
    (
        narrow_room,
        small_habitable_room,
        dim_room,
        trapped_sleeper,
        small_escape_window,
        high_escape_sill,
        missing_egress_door,
        narrow_egress_door,
        low_egress_door,
        egress_through_garage,
        narrow_hallway,
        narrow_stair,
        narrow_toilet,
        garage_to_bedroom,
        missing_kitchen,
        missing_bathroom,
    ),
)
