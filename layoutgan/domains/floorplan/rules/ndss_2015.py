"""English space standards: the nationally described one of 2015, and the London Plan for balconies."""

from __future__ import annotations

from layoutgan.domains.floorplan.rules.little_storage import little_storage
from layoutgan.domains.floorplan.rules.narrow_first_double import narrow_first_double
from layoutgan.domains.floorplan.rules.narrow_other_double import narrow_other_double
from layoutgan.domains.floorplan.rules.narrow_single_bedroom import narrow_single_bedroom
from layoutgan.domains.floorplan.rules.no_double_bedroom import no_double_bedroom
from layoutgan.domains.floorplan.rules.shallow_balcony import shallow_balcony
from layoutgan.domains.floorplan.rules.small_balcony import small_balcony
from layoutgan.domains.floorplan.rules.small_dwelling import small_dwelling
from layoutgan.domains.floorplan.rules.small_single_bedroom import small_single_bedroom
from layoutgan.validation.rule import Pack

__all__ = ["NDSS_2015"]

NDSS_2015 = Pack(
    "ndss-2015",
    "Nationally described space standard 2015 and London Plan D6",
    (
        small_dwelling,
        little_storage,
        no_double_bedroom,
        small_single_bedroom,
        narrow_single_bedroom,
        narrow_first_double,
        narrow_other_double,
        small_balcony,
        shallow_balcony,
    ),
)
