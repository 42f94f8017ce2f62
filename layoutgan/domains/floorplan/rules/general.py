"""Rules of geometry and use that hold everywhere, without a jurisdiction."""

from __future__ import annotations

from layoutgan.validation.rule import Pack

__all__ = ["GENERAL"]

GENERAL = Pack("general", "Geometry and use, no jurisdiction", ())
