"""Things that installed packages add: domains, data sets, models, exporters, rule packs.

Ours and a stranger's come through the same door, the entry-point tables in ``pyproject.toml``. A broken entry
is remembered with its reason and never stops the others.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from layoutgan.errors import LayoutError, UnknownName

__all__ = ["GROUPS", "broken", "find", "names"]

GROUPS = {
    "domain": "layoutgan.domains",
    "dataset": "layoutgan.datasets",
    "model": "layoutgan.models",
    "exporter": "layoutgan.exporters",
    "rulepack": "layoutgan.rulepacks",
}
"""What can be added, and the entry-point group that lists it."""

_failures: dict[tuple[str, str], str] = {}


@cache
def _entries(what: str) -> dict[str, EntryPoint]:
    def ours_first(entry: EntryPoint) -> tuple[bool, str, str]:
        return entry.dist is None or entry.dist.name != "layoutgan", entry.name, entry.value

    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUPS[what]), key=ours_first):
        if entry.name in found and found[entry.name].value != entry.value:
            _failures[what, entry.value] = f"the name '{entry.name}' is taken by {found[entry.name].value}"
        else:
            found.setdefault(entry.name, entry)
    return found


def names(what: str) -> tuple[str, ...]:
    """Names registered for one of GROUPS, sorted; nothing is imported."""
    return tuple(sorted(_entries(what)))


@cache
def find(what: str, name: str) -> Any:
    """The registered object, imported now.

    Raises:
        UnknownName: nothing has that name.
        LayoutError: its package cannot be imported.
    """
    entries = _entries(what)
    if name not in entries:
        raise UnknownName(what, name, entries)
    try:
        return entries[name].load()
    except Exception as error:  # a stranger's package may fail in any way; say which and go on
        reason = f"{type(error).__name__}: {error}"
        _failures[what, entries[name].value] = reason
        raise LayoutError(f"{what} '{name}' ({entries[name].value}) cannot be loaded: {reason}") from error


def broken(what: str) -> dict[str, str]:
    """Entries that cannot be used, by their target, with the reason; loads all entries to find out."""
    for name in names(what):
        try:
            find(what, name)
        except LayoutError:
            continue
    return {value: reason for (group, value), reason in sorted(_failures.items()) if group == what}
