"""International Building Code 2021: interior space of dwelling units, as far as a plan shows it."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.long_egress import long_egress
from layoutgan.domains.floorplan.rules.narrow_exit_door import narrow_exit_door
from layoutgan.domains.floorplan.rules.narrow_habitable_space import narrow_habitable_space
from layoutgan.domains.floorplan.rules.narrow_kitchen_passage import narrow_kitchen_passage
from layoutgan.domains.floorplan.rules.narrow_unit_corridor import narrow_unit_corridor
from layoutgan.domains.floorplan.rules.no_large_room import no_large_room
from layoutgan.domains.floorplan.rules.small_efficiency_unit import small_efficiency_unit
from layoutgan.domains.floorplan.rules.small_habitable_space import small_habitable_space
from layoutgan.validation.rule import Pack

__all__ = ["IBC_2021"]

IBC_2021 = Pack(
    "ibc-2021",
    "International Building Code 2021, dwelling units",
    (
        narrow_habitable_space,
        narrow_kitchen_passage,
        no_large_room,
        small_habitable_space,
        small_efficiency_unit,
        narrow_unit_corridor,
        narrow_exit_door,
        long_egress,
    ),
)
