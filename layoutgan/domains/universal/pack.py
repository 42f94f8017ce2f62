"""Rules that hold in every domain."""

from __future__ import annotations

from layoutgan.domains.universal.empty_layout import empty_layout
from layoutgan.domains.universal.far_from_origin import far_from_origin
from layoutgan.domains.universal.impossible_shape import impossible_shape
from layoutgan.domains.universal.loose_connection import loose_connection
from layoutgan.domains.universal.repeated_element import repeated_element
from layoutgan.domains.universal.repeated_id import repeated_id

__all__ = ["UNIVERSAL"]

UNIVERSAL = (repeated_id, impossible_shape, repeated_element, loose_connection, far_from_origin, empty_layout)
"""For the packs of each domain to start with."""
