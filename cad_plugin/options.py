"""Options of exporters: unknown ones are refused with the nearest known one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layoutgan.errors import InputError, UnknownName

__all__ = ["chosen"]


def chosen(
    exporter: str, defaults: Mapping[str, Any], options: Mapping[str, Any], **allowed: Sequence[Any]
) -> dict[str, Any]:
    """The defaults with what was said instead.

    Args:
        exporter: name of the format, for messages.
        defaults: every option with its usual value, whose type the value must have.
        options: what was said.
        allowed: values that an option may have.

    Raises:
        InputError: there is no such option, or its value does not fit.
    """
    for name, value in options.items():
        if name not in defaults:
            raise InputError(str(UnknownName(f"option of the {exporter} exporter", name, defaults)))
        usual = defaults[name]
        if name in allowed and value not in allowed[name]:
            raise InputError(f"option {name} of the {exporter} exporter must be one of "
                             f"{', '.join(map(str, allowed[name]))}, found {value!r}")
        numeric = isinstance(usual, float) and isinstance(value, int) and not isinstance(value, bool)
        if not isinstance(value, type(usual)) and not numeric:
            raise InputError(
                f"option {name} of the {exporter} exporter must be a {type(usual).__name__}, found {value!r}"
            )
    return {**defaults, **options}
