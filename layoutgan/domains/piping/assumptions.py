"""What had to be assumed because a brief leaves it open."""

from __future__ import annotations

__all__ = ["Assumptions"]


class Assumptions:
    """Sentences, those that say the same of several things drawn together."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}

    def add(self, sentence: str, about: str) -> None:
        """Remembers that a sentence holds for something."""
        self._about.setdefault(sentence, []).append(about)

    def sentences(self) -> tuple[str, ...]:
        """One sentence per assumption, with all that it concerns."""
        return tuple(f"{sentence}: {', '.join(about)}" for sentence, about in self._about.items())
