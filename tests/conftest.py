"""What every test may use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
TESTS = Path(__file__).resolve().parent
# The same examples on every run: what fails in CI fails at home, and a green run stays green.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
if str(TESTS) not in sys.path:
    sys.path.insert(
        0, str(TESTS)
    )  # for modules that tests share, such as `mutations`; importlib mode adds nothing


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data beside the checkout; tests that want it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("no real data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def example_text() -> str:
    """The commented example brief."""
    return (ROOT / "layoutgan/domains/floorplan/example.yaml").read_text(encoding="utf-8")
