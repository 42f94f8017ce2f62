"""Units of limits that only plants have."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

__all__ = ["Celsius", "MetresPerSecond"]

Celsius = Annotated[float, Field(strict=True, json_schema_extra={"unit": "°C"})]
MetresPerSecond = Annotated[float, Field(strict=True, json_schema_extra={"unit": "m/s"})]
