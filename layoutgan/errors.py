"""Every exception that layoutgan raises on purpose.

    LayoutError                     catch this to catch all of them
    ├── InputError                  a file or value is not what it claims to be; carries file and place
    ├── UnknownName (LookupError)   nothing is registered under that name; carries what is, and the near miss
    ├── DatasetError                files of a data set are missing or damaged
    ├── ExportError                 the format cannot hold the drawing, or its audit failed
    └── TrainingError               a loss is not finite; carries the step

A message says what is wrong, where, and what to do. The command line prints it as one line and exits with 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["DatasetError", "ExportError", "InputError", "LayoutError", "TrainingError", "UnknownName"]


class LayoutError(Exception):
    """Anything layoutgan raises on purpose."""


class InputError(LayoutError):
    """A file or value is not what it claims to be.

    Args:
        problem: what is wrong and what to do about it, without the place.
        file: the file's name as the user gave it, if there is one.
        place: line or path inside the document, such as ``line 4, spaces[1].area``.
    """

    def __init__(self, problem: str, *, file: str | None = None, place: str | None = None) -> None:
        self.problem, self.file, self.place = problem, file, place
        super().__init__(": ".join(part for part in (file, place, problem) if part))


class UnknownName(LayoutError, LookupError):
    """Nothing is registered under that name.

    Args:
        what: the kind of thing, such as ``exporter``.
        name: the name that was asked for.
        known: the names that exist.
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(sorted(known))
        near = get_close_matches(name, self.known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(self.known) or 'none'}"
        super().__init__(f"no {what} called '{name}'; {hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class DatasetError(LayoutError):
    """Files of a data set are missing or damaged; the message says what, where it looked, and what to do."""


class ExportError(LayoutError):
    """The format cannot hold the drawing, or the written file failed its audit."""


class TrainingError(LayoutError):
    """Training cannot go on, such as when a loss is not finite.

    Args:
        problem: what happened.
        step: the step at which it happened.
    """

    def __init__(self, problem: str, *, step: int) -> None:
        self.step = step
        super().__init__(f"step {step}: {problem}")
