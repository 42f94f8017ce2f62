"""Rules of thumb of practising designers: no source, so each finding is a warning at most."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.abrupt_entrance import abrupt_entrance
from layoutgan.domains.floorplan.rules.deep_room import deep_room
from layoutgan.domains.floorplan.rules.leaf_in_corridor import leaf_in_corridor
from layoutgan.domains.floorplan.rules.lonely_kitchen import lonely_kitchen
from layoutgan.domains.floorplan.rules.long_way import long_way
from layoutgan.domains.floorplan.rules.much_circulation import much_circulation
from layoutgan.domains.floorplan.rules.no_place_for_bed import no_place_for_bed
from layoutgan.domains.floorplan.rules.no_place_for_fixtures import no_place_for_fixtures
from layoutgan.domains.floorplan.rules.no_place_for_kitchen_run import no_place_for_kitchen_run
from layoutgan.domains.floorplan.rules.no_place_for_table import no_place_for_table
from layoutgan.domains.floorplan.rules.ragged_room import ragged_room
from layoutgan.domains.floorplan.rules.scattered_wet_rooms import scattered_wet_rooms
from layoutgan.domains.floorplan.rules.tight_corridor import tight_corridor
from layoutgan.validation.rule import Pack

__all__ = ["GOOD_PRACTICE"]

GOOD_PRACTICE = Pack(
    "good-practice",
    "Rules of thumb without a standard",
    (
        tight_corridor,
        no_place_for_bed,
        scattered_wet_rooms,
        deep_room,
        abrupt_entrance,
        lonely_kitchen,
        leaf_in_corridor,
        ragged_room,
        much_circulation,
        long_way,
        no_place_for_fixtures,
        no_place_for_kitchen_run,
        no_place_for_table,
    ),
)
