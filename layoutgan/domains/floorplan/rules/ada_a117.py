"""Accessible dwelling units after the ADA Standards 2010 and ICC A117.1, as far as a plan shows it."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.entrance_into_bedroom import entrance_into_bedroom
from layoutgan.domains.floorplan.rules.narrow_interior_door import narrow_interior_door
from layoutgan.domains.floorplan.rules.narrow_primary_entrance import narrow_primary_entrance
from layoutgan.domains.floorplan.rules.narrow_route import narrow_route
from layoutgan.domains.floorplan.rules.narrow_route_door import narrow_route_door
from layoutgan.domains.floorplan.rules.no_clear_floor_space import no_clear_floor_space
from layoutgan.domains.floorplan.rules.no_latch_clearance import no_latch_clearance
from layoutgan.domains.floorplan.rules.no_turning_space import no_turning_space
from layoutgan.domains.floorplan.rules.route_through_bathroom import route_through_bathroom
from layoutgan.validation.rule import Pack

__all__ = ["ADA_A117"]

ADA_A117 = Pack(
    "ada-a117",
    "ADA Standards 2010 and ICC A117.1",
    (
        narrow_route,
        narrow_route_door,
        no_turning_space,
        no_clear_floor_space,
        narrow_interior_door,
        narrow_primary_entrance,
        route_through_bathroom,
        entrance_into_bedroom,
        no_latch_clearance,
    ),
)
