"""DWG through somebody's converter: programs that copy stand for it."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from cad_plugin import exporter
from cad_plugin.dwg import DwgExporter, converter
from layoutgan.errors import ExportError, InputError

COPIER = f"""#!{sys.executable}
import shutil, sys, pathlib
a = sys.argv[1:]
if pathlib.Path(sys.argv[0]).name == "ODAFileConverter":
    source, target = pathlib.Path(a[0], a[6]), pathlib.Path(a[1], a[6]).with_suffix("." + a[3].lower())
    assert a[2:6] == ["ACAD2010", a[3], "0", "1"]
else:
    source, target = pathlib.Path(a[-1]), pathlib.Path(a[a.index("-o") + 1])
    assert a[0] == "-y"
shutil.copyfile(source, target)
"""
FAILING = f"#!{sys.executable}\nimport sys\nsys.exit('cannot read this')\n"


@pytest.fixture
def path_with(tmp_path, monkeypatch):
    """Puts programs on an otherwise empty PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(*names: str, text: str = COPIER) -> None:
        for name in names:
            file = folder / name
            file.write_text(text)
            file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return put


@pytest.mark.skipif(os.name == "nt", reason="scripts stand for programs")
@pytest.mark.parametrize("names", [("ODAFileConverter",), ("dxf2dwg", "dwg2dxf")])
def test_there_and_back(path_with, names, flat, tmp_path):
    path_with(*names)
    assert DwgExporter().available() == (True, "")
    path = exporter.write(flat, tmp_path / "plan.dwg")
    assert path.read_bytes().startswith(b"  0\nSECTION")  # what our stand-in copied is our DXF
    assert exporter.read(path) == flat
    assert {p.name for p in tmp_path.iterdir()} == {"programs", "plan.dwg"}


def test_without_a_converter(path_with, flat, tmp_path):
    assert converter() == ("", "")
    usable, reason = DwgExporter().available()
    assert not usable
    assert "ODA File Converter" in reason
    for act in (
        lambda: exporter.write(flat, tmp_path / "a.dwg"),
        lambda: DwgExporter().write(flat, tmp_path / "a.dwg", {}),
    ):
        with pytest.raises(ExportError, match="LibreDWG"):
            act()
    with pytest.raises(InputError, match="LibreDWG"):
        exporter.read(tmp_path / "a.dwg")


@pytest.mark.skipif(os.name == "nt", reason="scripts stand for programs")
def test_a_converter_that_fails(path_with, flat, tmp_path):
    path_with("dxf2dwg", "dwg2dxf", text=FAILING)
    with pytest.raises(ExportError, match="cannot read this"):
        exporter.write(flat, tmp_path / "a.dwg")
    assert not (tmp_path / "a.dwg").exists()
    (tmp_path / "a.dwg").write_bytes(b"AC1024")
    with pytest.raises(InputError, match="cannot read this"):
        exporter.read(tmp_path / "a.dwg")
    with pytest.raises(InputError, match="cannot be read"):
        exporter.read(tmp_path / "none.dwg")
