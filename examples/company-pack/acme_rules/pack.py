"""The pack that the entry point names."""

from acme_rules.narrow_living_room import narrow_living_room
from layoutgan.validation.rule import Pack

__all__ = ["ACME"]

ACME = Pack("acme", "House rules of the Acme office", (narrow_living_room,))
