"""The example package of a third party: installed, listed, used; and a broken one beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from layoutgan.core.schema import dump_json

BROKEN = """
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"
[project]
name = "layoutgan-broken"
version = "1"
[project.entry-points."layoutgan.exporters"]
broken = "layoutgan_broken:Nothing"
areas = "layoutgan_broken:Thief"
dxf = "layoutgan_broken:Thief"
[tool.setuptools]
packages = ["layoutgan_broken"]
"""


@pytest.fixture(scope="module")
def installed(root, tmp_path_factory):
    """A folder with both packages, installed by pip without asking anybody for anything."""
    folder = tmp_path_factory.mktemp("third")
    shutil.copytree(root / "examples/exporter-areas", folder / "areas")
    (folder / "broken" / "layoutgan_broken").mkdir(parents=True)
    (folder / "broken" / "pyproject.toml").write_text(BROKEN)
    (folder / "broken" / "layoutgan_broken" / "__init__.py").write_text("import no_such_module_of_anybody\n")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--no-compile",
        "--disable-pip-version-check",
        "--target",
        str(folder / "site"),
    ]
    subprocess.run([*pip, str(folder / "areas"), str(folder / "broken")], check=True, timeout=300)
    return folder / "site"


@pytest.fixture
def lg(installed, tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "layoutgan", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(installed)},
        )

    return run


def test_a_stranger_is_used_and_a_broken_one_disturbs_nobody(lg, flat, tmp_path):
    (tmp_path / "flat.json").write_text(dump_json(flat), encoding="utf-8")
    listed = lg("list", "exporters")
    assert listed.returncode == 0
    assert "areas" in listed.stdout
    assert "no_such_module_of_anybody" in listed.stdout + listed.stderr
    done = lg("export", "flat.json", "rooms.areas", "--option", "delimiter=;")
    assert done.returncode == 0, done.stderr
    rows = [line.split(";") for line in (tmp_path / "rooms.areas").read_text().splitlines()]
    assert rows[0] == ["element", "kind", "area_m2"]
    assert {r[0] for r in rows[1:]} >= {room.id for room in flat.elements if room.tag == "room"}
    # Ours cannot be replaced by a stranger of the same name, and the broken one is refused with its reason.
    assert lg("export", "flat.json", "flat.dxf").returncode == 0
    refused = lg("export", "flat.json", "flat.x", "--to", "broken")
    assert refused.returncode == 2
    assert "no_such_module_of_anybody" in refused.stderr
    assert lg("export", "flat.json", "flat.areas", "--option", "colour=1").returncode == 2
