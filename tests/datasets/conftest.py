"""Data sets over files that the tests write themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from data.r2v import make as r2v
from data.resplan import make as resplan
from data.rplan import make as rplan

from layoutgan.core import registry

FAKES: dict[str, Callable[[Path], Path]] = {"r2v": r2v.write, "resplan": resplan.write, "rplan": rplan.write}
"""What writes the files of each data set that has any."""


@pytest.fixture(scope="session")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every registered data set, over its fake sample."""
    found: dict[str, Any] = {"procedural": registry.find("dataset", "procedural")(count=40, seed=3)}
    for name, write in FAKES.items():
        found[name] = registry.find("dataset", name)(write(tmp_path_factory.mktemp(name) / name))
    return found
