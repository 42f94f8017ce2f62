"""Briefs as YAML that people can go on editing: one line per item and per line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from layoutgan.core.schema import dump
from layoutgan.domains.piping.brief import PipingBrief

__all__ = ["brief_yaml"]

_ROWS = ("equipment", "lines", "spacing")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: our reader refuses them."""
        return True


def brief_yaml(brief: PipingBrief, *, comments: Sequence[str] = ()) -> str:
    """The brief as YAML text; what equals the default is left out.

    Args:
        brief: what is written.
        comments: lines for the head of the file.
    """
    tree = _spare(dump(brief))
    lines = [f"# {line}" for line in comments]
    for key, value in tree.items():
        if key in _ROWS and value:
            lines += [f"{key}:", *(f"  - {_flow(row)}" for row in value)]
        elif key == "site":
            lines += ["site:", *(f"  {name}: {_flow(part)}" for name, part in value.items())]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, sort_keys=False, width=10**9, allow_unicode=True
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _spare(tree: dict[str, Any]) -> dict[str, Any]:
    """The tree without empty lists and texts, and without the values that every row has by default."""
    usual = {
        "site": {"wind": 225.0, "grade": 100.0, "strip": 0.0, "pipes": "west"},
        "equipment": {},
        "lines": {
            "service": "liquid", "insulation": 0.0, "traced": False, "no_pocket": False,
            "straight_start": 0.0,
            "straight_end": 0.0, "priority": 5,
        },
    }  # fmt: skip
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, list):
            value = [_plain(row, usual.get(key, {})) for row in value]
        elif isinstance(value, dict):
            value = _plain(value, usual.get(key, {}))
        if value not in ([], {}, "") and not (key == "north" and value == 90.0):
            found[key] = value
    return found


def _plain(row: Any, usual: dict[str, Any]) -> Any:
    if isinstance(row, list):
        return [_plain(part, {}) for part in row]
    if not isinstance(row, dict):
        return row
    found = {key: _plain(value, {}) for key, value in row.items() if usual.get(key, ...) != value}
    return {key: value for key, value in found.items() if value not in ([], {}, "")}
