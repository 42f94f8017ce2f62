"""The example rule pack of an office, installed as a package, is found and used like one of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layoutgan.core.schema import dump_json
from layoutgan.domains.floorplan.sketches import drawn


@pytest.fixture(scope="module")
def site(tmp_path_factory, root) -> Path:
    """A fresh folder of packages in which only the example is installed; the network is not asked."""
    work = tmp_path_factory.mktemp("pack")
    # A build writes beside its source, so a copy is built.
    copy = shutil.copytree(root / "examples" / "company-pack", work / "source")
    target = work / "packages"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
               "--no-build-isolation", "--target", target, copy]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def run(site, tmp_path):
    def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "layoutgan", *arguments], capture_output=True, text=True,
                              timeout=120, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)})

    return command


def test_the_pack_is_listed_and_has_a_manual_page(run):
    assert "acme" in run("list", "packs").stdout
    page = run("rule", "AC001").stdout
    assert "narrow_living_room" in page
    assert "3.2" in page


@pytest.mark.parametrize(
    ("options", "code", "broken"),
    [
        ((), 1, ["AC001"]),
        (("--set", "AC001.min_width=2.5"), 0, []),
        (("--rules", "office.yaml"), 0, []),
    ],
)
def test_its_rules_judge_with_limits_of_the_project(run, tmp_path, options, code, broken):
    plan = drawn("aaa\naaa", scale=1.5, a="living_room")
    (tmp_path / "plan.json").write_text(dump_json(plan), encoding="utf-8")
    office = "layoutgan: 1\npacks: [acme]\nAC001: {min_width: 2.5}\n"
    (tmp_path / "office.yaml").write_text(office, encoding="utf-8")
    done = run("check", "plan.json", "--pack", "acme", "--format", "json", *options)
    assert done.returncode == code, done.stderr
    assert [f["rule"] for f in json.loads(done.stdout)["findings"]] == broken


def test_without_the_package_the_pack_is_unknown(tmp_path):
    done = subprocess.run([sys.executable, "-m", "layoutgan", "check", "x.json", "--pack", "acme"],
                          capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 2
