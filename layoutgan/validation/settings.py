"""A company's own choice of rule packs and limits, in a file of its own."""

from __future__ import annotations

from typing import Literal

from layoutgan.core.brief import RuleSettings

__all__ = ["RuleFile"]


class RuleFile(RuleSettings):
    """Rule packs and limits that hold for all projects of an office.

    layoutgan: 1
    packs: [general, good-practice]
    FP101: {min_width: 2.4}
    """

    layoutgan: Literal[1]
    """Version of the document; always 1."""
