"""Packs of rules for plants."""

from __future__ import annotations

from layoutgan.validation.rule import Pack

__all__ = ["ACCESS", "PIPING", "PLANT_GENERAL", "PUMPS", "SPACING"]

PLANT_GENERAL = Pack("plant-general", "Geometry of plants", ())
SPACING = Pack("spacing", "Distances between equipment", ())
ACCESS = Pack("access", "Room for people, vehicles and maintenance", ())
PIPING = Pack("piping", "Pipes and racks", ())
PUMPS = Pack("pumps", "Pumps and their suction lines", ())
