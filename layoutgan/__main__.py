"""``python -m layoutgan``: the same as ``layoutgan``."""

from __future__ import annotations

import sys

from layoutgan.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
