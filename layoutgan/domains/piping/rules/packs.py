"""Packs of rules for plants."""

from __future__ import annotations

from layoutgan.domains.piping.rules.abrupt_reducer import abrupt_reducer
from layoutgan.domains.piping.rules.access_beyond_limit import access_beyond_limit
from layoutgan.domains.piping.rules.awkward_handwheel import awkward_handwheel
from layoutgan.domains.piping.rules.blocked_access import blocked_access
from layoutgan.domains.piping.rules.blocked_flange import blocked_flange
from layoutgan.domains.piping.rules.blocked_pull import blocked_pull
from layoutgan.domains.piping.rules.blocked_removal import blocked_removal
from layoutgan.domains.piping.rules.blocked_shell_cover import blocked_shell_cover
from layoutgan.domains.piping.rules.clashing_pipes import clashing_pipes
from layoutgan.domains.piping.rules.control_room_near_process import control_room_near_process
from layoutgan.domains.piping.rules.cooling_tower_near_equipment import cooling_tower_near_equipment
from layoutgan.domains.piping.rules.cooling_tower_near_hazard import cooling_tower_near_hazard
from layoutgan.domains.piping.rules.crooked_row import crooked_row
from layoutgan.domains.piping.rules.disturbed_flow_element import disturbed_flow_element
from layoutgan.domains.piping.rules.disturbed_flow_outlet import disturbed_flow_outlet
from layoutgan.domains.piping.rules.disturbed_suction import disturbed_suction
from layoutgan.domains.piping.rules.driver_out_of_reach import driver_out_of_reach
from layoutgan.domains.piping.rules.driver_out_of_reach_of_truck import driver_out_of_reach_of_truck
from layoutgan.domains.piping.rules.drums_too_close import drums_too_close
from layoutgan.domains.piping.rules.equipment_in_rack import equipment_in_rack
from layoutgan.domains.piping.rules.equipment_near_road import equipment_near_road
from layoutgan.domains.piping.rules.equipment_on_keep_out import equipment_on_keep_out
from layoutgan.domains.piping.rules.equipment_on_road import equipment_on_road
from layoutgan.domains.piping.rules.exchangers_too_close import exchangers_too_close
from layoutgan.domains.piping.rules.flare_near_process import flare_near_process
from layoutgan.domains.piping.rules.gas_trap_reducer import gas_trap_reducer
from layoutgan.domains.piping.rules.heater_near_process import heater_near_process
from layoutgan.domains.piping.rules.heavy_line_mid_rack import heavy_line_mid_rack
from layoutgan.domains.piping.rules.hidden_strainer import hidden_strainer
from layoutgan.domains.piping.rules.high_handwheel import high_handwheel
from layoutgan.domains.piping.rules.ignition_down_wind import ignition_down_wind
from layoutgan.domains.piping.rules.long_line import long_line
from layoutgan.domains.piping.rules.long_span import long_span
from layoutgan.domains.piping.rules.long_suction import long_suction
from layoutgan.domains.piping.rules.long_way_out import long_way_out
from layoutgan.domains.piping.rules.loose_end import loose_end
from layoutgan.domains.piping.rules.lost_slope import lost_slope
from layoutgan.domains.piping.rules.low_control_valve import low_control_valve
from layoutgan.domains.piping.rules.low_exchanger import low_exchanger
from layoutgan.domains.piping.rules.low_over_accessway import low_over_accessway
from layoutgan.domains.piping.rules.low_over_platform import low_over_platform
from layoutgan.domains.piping.rules.low_over_pump_access import low_over_pump_access
from layoutgan.domains.piping.rules.low_over_rail import low_over_rail
from layoutgan.domains.piping.rules.low_over_road import low_over_road
from layoutgan.domains.piping.rules.low_over_walkway import low_over_walkway
from layoutgan.domains.piping.rules.low_rack import low_rack
from layoutgan.domains.piping.rules.low_utility_over_rail import low_utility_over_rail
from layoutgan.domains.piping.rules.mismatched_rating import mismatched_rating
from layoutgan.domains.piping.rules.mismatched_size import mismatched_size
from layoutgan.domains.piping.rules.missing_equipment import missing_equipment
from layoutgan.domains.piping.rules.missing_line import missing_line
from layoutgan.domains.piping.rules.moved_equipment import moved_equipment
from layoutgan.domains.piping.rules.narrow_aisle import narrow_aisle
from layoutgan.domains.piping.rules.narrow_exchanger_platform import narrow_exchanger_platform
from layoutgan.domains.piping.rules.narrow_manway_platform import narrow_manway_platform
from layoutgan.domains.piping.rules.narrow_platform import narrow_platform
from layoutgan.domains.piping.rules.narrow_pump_road import narrow_pump_road
from layoutgan.domains.piping.rules.narrow_road import narrow_road
from layoutgan.domains.piping.rules.narrow_walkway import narrow_walkway
from layoutgan.domains.piping.rules.obstructed_rail import obstructed_rail
from layoutgan.domains.piping.rules.one_way_out import one_way_out
from layoutgan.domains.piping.rules.open_road_near_limit import open_road_near_limit
from layoutgan.domains.piping.rules.outside_battery_limit import outside_battery_limit
from layoutgan.domains.piping.rules.overfull_rack import overfull_rack
from layoutgan.domains.piping.rules.overlapping_equipment import overlapping_equipment
from layoutgan.domains.piping.rules.oxide_near_limit import oxide_near_limit
from layoutgan.domains.piping.rules.oxide_tanks_close import oxide_tanks_close
from layoutgan.domains.piping.rules.pinched_walkway import pinched_walkway
from layoutgan.domains.piping.rules.pipe_near_structure import pipe_near_structure
from layoutgan.domains.piping.rules.pipe_through_building import pipe_through_building
from layoutgan.domains.piping.rules.pipe_through_column import pipe_through_column
from layoutgan.domains.piping.rules.pipe_through_equipment import pipe_through_equipment
from layoutgan.domains.piping.rules.pocket import pocket
from layoutgan.domains.piping.rules.pumps_too_close import pumps_too_close
from layoutgan.domains.piping.rules.rack_low_over_road import rack_low_over_road
from layoutgan.domains.piping.rules.rack_near_road import rack_near_road
from layoutgan.domains.piping.rules.rack_too_narrow import rack_too_narrow
from layoutgan.domains.piping.rules.railway_near_unit import railway_near_unit
from layoutgan.domains.piping.rules.rising_relief_outlet import rising_relief_outlet
from layoutgan.domains.piping.rules.sagging_pipe import sagging_pipe
from layoutgan.domains.piping.rules.sediment_reducer import sediment_reducer
from layoutgan.domains.piping.rules.short_leg import short_leg
from layoutgan.domains.piping.rules.short_pull import short_pull
from layoutgan.domains.piping.rules.short_takeoff import short_takeoff
from layoutgan.domains.piping.rules.slanting_crossing import slanting_crossing
from layoutgan.domains.piping.rules.small_suction import small_suction
from layoutgan.domains.piping.rules.stem_at_head_height import stem_at_head_height
from layoutgan.domains.piping.rules.stiff_line import stiff_line
from layoutgan.domains.piping.rules.stooping_under_rack import stooping_under_rack
from layoutgan.domains.piping.rules.suction_high_pocket import suction_high_pocket
from layoutgan.domains.piping.rules.suction_low_pocket import suction_low_pocket
from layoutgan.domains.piping.rules.suction_velocity import suction_velocity
from layoutgan.domains.piping.rules.thin_npsh_margin import thin_npsh_margin
from layoutgan.domains.piping.rules.thin_npsh_ratio import thin_npsh_ratio
from layoutgan.domains.piping.rules.throttled_suction import throttled_suction
from layoutgan.domains.piping.rules.tight_pitch import tight_pitch
from layoutgan.domains.piping.rules.tilted_actuator import tilted_actuator
from layoutgan.domains.piping.rules.too_close import too_close
from layoutgan.domains.piping.rules.too_many_tiers import too_many_tiers
from layoutgan.domains.piping.rules.unit_near_unit import unit_near_unit
from layoutgan.domains.piping.rules.unprotected_ladder import unprotected_ladder
from layoutgan.domains.piping.rules.unreachable_control_valve import unreachable_control_valve
from layoutgan.domains.piping.rules.unreachable_valve import unreachable_valve
from layoutgan.domains.piping.rules.unrouted_line import unrouted_line
from layoutgan.domains.piping.rules.wide_single_tier import wide_single_tier
from layoutgan.domains.universal.pack import UNIVERSAL
from layoutgan.validation.rule import Pack

__all__ = ["ACCESS", "PIPING", "PLANT_GENERAL", "PUMPS", "SPACING"]

PLANT_GENERAL = Pack(
    "plant-general",
    "Geometry of plants, no jurisdiction",
    (
        *UNIVERSAL,
        outside_battery_limit,
        access_beyond_limit,
        overlapping_equipment,
        pipe_through_equipment,
        clashing_pipes,
        pipe_through_column,
        equipment_on_keep_out,
        equipment_on_road,
        equipment_in_rack,
        pipe_through_building,
        moved_equipment,
        missing_equipment,
        crooked_row,
    ),
)
SPACING = Pack(
    "spacing",
    "Distances between equipment",
    (
        too_close,
        heater_near_process,
        unit_near_unit,
        open_road_near_limit,
        railway_near_unit,
        control_room_near_process,
        flare_near_process,
        cooling_tower_near_equipment,
        cooling_tower_near_hazard,
        ignition_down_wind,
        oxide_near_limit,
        oxide_tanks_close,
    ),
)
ACCESS = Pack(
    "access",
    "Room for people, vehicles and maintenance",
    (
        narrow_walkway,
        pinched_walkway,
        narrow_aisle,
        pumps_too_close,
        driver_out_of_reach_of_truck,
        driver_out_of_reach,
        narrow_pump_road,
        blocked_shell_cover,
        exchangers_too_close,
        drums_too_close,
        blocked_pull,
        short_pull,
        blocked_flange,
        blocked_removal,
        blocked_access,
        narrow_manway_platform,
        narrow_platform,
        narrow_exchanger_platform,
        narrow_road,
        equipment_near_road,
        obstructed_rail,
        rack_near_road,
        low_over_walkway,
        low_exchanger,
        low_over_road,
        low_over_accessway,
        low_over_pump_access,
        low_over_rail,
        low_utility_over_rail,
        low_rack,
        stooping_under_rack,
        rack_low_over_road,
        low_over_platform,
        one_way_out,
        long_way_out,
        unprotected_ladder,
    ),
)
PIPING = Pack(
    "piping",
    "Pipes, valves and racks",
    (
        slanting_crossing,
        rack_too_narrow,
        wide_single_tier,
        too_many_tiers,
        overfull_rack,
        heavy_line_mid_rack,
        tight_pitch,
        pipe_near_structure,
        awkward_handwheel,
        high_handwheel,
        unreachable_valve,
        stem_at_head_height,
        short_leg,
        short_takeoff,
        lost_slope,
        pocket,
        disturbed_flow_element,
        disturbed_flow_outlet,
        unreachable_control_valve,
        low_control_valve,
        tilted_actuator,
        rising_relief_outlet,
        long_span,
        sagging_pipe,
        stiff_line,
        loose_end,
        mismatched_size,
        mismatched_rating,
        missing_line,
        unrouted_line,
        long_line,
    ),
)
PUMPS = Pack(
    "pumps",
    "Pumps and their suction lines",
    (
        suction_high_pocket,
        suction_low_pocket,
        disturbed_suction,
        small_suction,
        abrupt_reducer,
        gas_trap_reducer,
        sediment_reducer,
        throttled_suction,
        hidden_strainer,
        suction_velocity,
        thin_npsh_margin,
        thin_npsh_ratio,
        long_suction,
    ),
)
