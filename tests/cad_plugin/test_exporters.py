"""What every exporter does, run over the registry: whole files, the same bytes, and back again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cad_plugin import exporter as exporting
from layoutgan.core import registry
from layoutgan.core.schema import dump_json
from layoutgan.errors import ExportError, InputError, LayoutError, UnknownName

FORMATS = registry.names("exporter")


def usable(name: str) -> exporting.Exporter:
    found = exporting.exporter(name)
    works, reason = found.available()
    if not works:
        pytest.skip(f"{name}: {reason}")
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_card(name):
    found = exporting.exporter(name)
    assert found.name == name
    assert found.suffixes
    assert all(s.startswith(".") and s == s.lower() for s in found.suffixes)
    assert found.capabilities <= exporting.CAPABILITIES
    works, reason = found.available()
    assert works or reason
    assert ("read" in found.capabilities) == isinstance(found, exporting.Reader)
    assert all(exporting.exporter_for(f"plan{s.upper()}").name == name for s in found.suffixes)


@pytest.mark.parametrize("name", FORMATS)
def test_writes_whole_and_the_same(name, layout, tmp_path):
    found = usable(name)
    first, second = tmp_path / f"a{found.suffixes[0]}", tmp_path / f"b{found.suffixes[0]}"
    assert exporting.write(layout, first) == first
    exporting.write(layout, second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        first.name,
        second.name,
    ]  # nothing temporary is left


@pytest.mark.parametrize("name", FORMATS)
def test_reads_what_it_wrote(name, layout, tmp_path):
    found = usable(name)
    path = tmp_path / f"plan{found.suffixes[0]}"
    exporting.write(layout, path)
    if "read" in found.capabilities:
        assert exporting.read(path) == layout
    else:
        with pytest.raises(InputError, match="only written"):
            exporting.read(path)


@pytest.mark.parametrize("name", FORMATS)
def test_unknown_option_and_missing_folder(name, flat, tmp_path):
    found = usable(name)
    with pytest.raises(InputError, match="no option"):
        exporting.write(flat, tmp_path / f"plan{found.suffixes[0]}", colur=1)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError):
        exporting.write(flat, tmp_path / "file" / f"plan{found.suffixes[0]}")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


SCRIPT = """
import sys
from pathlib import Path
from cad_plugin import exporter
from layoutgan.domains.domain import read_layout
layout = read_layout(sys.argv[1])
for suffix in sys.argv[3:]:
    exporter.write(layout, Path(sys.argv[2]) / f"plan{suffix}")
"""


def test_same_bytes_in_another_process(flat, tmp_path):
    source = tmp_path / "layout.json"
    source.write_text(dump_json(flat), encoding="utf-8")
    suffixes = [f.suffixes[0] for f in exporting.exporters()[0].values() if f.available()[0]]
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run([sys.executable, "-c", SCRIPT, str(source), str(folder), *suffixes], check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}, timeout=300)
        digests.append({s: hashlib.sha256((folder / f"plan{s}").read_bytes()).hexdigest() for s in suffixes})
    assert digests[0] == digests[1]


def test_importing_is_light():
    code = ("import sys; from cad_plugin import exporter; exporter.exporters(); "
            "print([m for m in ('ezdxf', 'torch', 'matplotlib', 'PIL', 'ifcopenshell') if m in sys.modules])")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"


def test_no_exporter_for_it():
    with pytest.raises(UnknownName, match=r"did you mean '\.dxf'"):
        exporting.exporter_for("plan.dxff")
    with pytest.raises(UnknownName, match="did you mean 'json'"):
        exporting.exporter_for("jsn")


class Fake:
    """An exporter of a stranger's."""

    name, suffixes, api_version, capabilities = "fake", (".fake",), exporting.API_VERSION, frozenset()

    def available(self):
        return False, "install the fake program"

    def write(self, layout, path, options, report=None):
        raise AssertionError("must not be called")


class Old(Fake):
    api_version = 0


class Broken:
    def __init__(self):
        raise RuntimeError("no licence")


@pytest.mark.parametrize(("made", "message"), [
    (Old, "made for version 0"), (Broken, "no licence"), (object, "does not offer")])
def test_strangers_never_break_the_rest(monkeypatch, made, message):
    find, names = registry.find, registry.names
    monkeypatch.setattr(registry, "names", lambda what: (*names(what), "strange"))
    monkeypatch.setattr(registry, "find", lambda what, name: made if name == "strange" else find(what, name))
    good, bad = exporting.exporters()
    assert set(good) == set(FORMATS)
    assert message in bad["strange"]
    with pytest.raises(LayoutError, match=message):
        exporting.exporter("strange")
    assert exporting.exporter_for(Path("x.dxf")).name == "dxf"


def test_unavailable_says_what_to_install(monkeypatch, flat, tmp_path):
    monkeypatch.setattr(exporting, "exporter_for", lambda target: Fake())
    with pytest.raises(ExportError, match="install the fake program"):
        exporting.write(flat, tmp_path / "plan.fake")
    assert not list(tmp_path.iterdir())
