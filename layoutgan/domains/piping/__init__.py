"""Process plants: equipment, racks and routed pipes inside a battery limit."""
