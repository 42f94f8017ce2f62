"""A thousand spoilt DXF, JSON and YAML files: one clear line or a report, and nothing else.

``benchmarks/spoilt_files.py`` does the same ten thousand times and more.
"""

from __future__ import annotations

import logging
from collections import Counter

import pytest
from spoiling import spoilt, survived

SEEDS = {"dxf": range(150), "json": range(450), "yaml": range(400)}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("kind", "part"), [(k, p) for k in SEEDS for p in range(10)], ids=lambda v: str(v))
def test_spoilt_files_do_no_harm(kind, part, tmp_path):
    logging.disable(logging.CRITICAL)
    codes: Counter[int] = Counter()
    try:
        for seed in SEEDS[kind][part::10]:
            folder = tmp_path / str(seed)
            folder.mkdir()
            command = spoilt(kind, seed, folder)
            try:
                codes[survived(command, folder, through_program=seed % 50 == 0).code] += 1
            except AssertionError as error:
                raise AssertionError(f"{kind} {seed}: {error}") from error
    finally:
        logging.disable(logging.NOTSET)
    assert sum(codes.values()) == len(SEEDS[kind][part::10])
