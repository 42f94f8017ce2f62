"""What a data set is, where it comes from, and what it may be used for."""

from __future__ import annotations

from pydantic import Field

from layoutgan.core.schema import Document

__all__ = ["Card"]


class Card(Document):
    """The passport of a data set; every field is filled in before a reader is registered."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Name in the registry."""
    title: str = Field(min_length=3)
    domain: str
    """Field of design: floorplan or piping."""
    licence: str = Field(min_length=2)
    """Licence of the plans, as far as it has been read."""
    citation: str = Field(min_length=10)
    """How to cite it."""
    source: str = Field(min_length=3)
    """Where the files come from."""
    units: str = Field(min_length=1)
    """Units in the files."""
    metres_per_unit: str = Field(min_length=1)
    """How a file's units become metres."""
    may_train_shipped_weights: bool
    """Whether weights that come with the package may learn from it."""
    split: str = Field(min_length=10)
    """How plans are divided into train, val and test."""
    known_limits: tuple[str, ...] = Field(min_length=1)
    """What a user has to know before trusting a figure computed on it."""
