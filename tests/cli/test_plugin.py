"""``layoutgan plugin``: adapters are copied to where programs look, and taken away again."""

from __future__ import annotations

import pytest

from cad_plugin.hosts.install import HOSTS, MARKER, folder_for, install, remove
from layoutgan.cli.main import run
from layoutgan.errors import InputError, UnknownName


@pytest.mark.parametrize("name", HOSTS)
def test_installs_and_removes(name, tmp_path, capsys):
    assert run(["plugin", "install", name, "--to", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    (folder,) = tmp_path.iterdir()
    assert str(folder) in said
    assert f"plugin remove {name} --to {tmp_path}" in said
    assert (folder / "README.md").is_file()
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert "package.xml" in files or "PackageContents.xml" in files
    assert not any("__pycache__" in f for f in files)
    assert run(["plugin", "remove", name, "--to", str(tmp_path)]) == 0
    assert not list(tmp_path.iterdir())


def test_only_its_own_files_are_removed(tmp_path):
    folder = install("freecad", tmp_path).folder
    (folder / "mine.txt").write_text("keep me")
    (folder / "layoutgan_wb" / "__pycache__").mkdir()
    (folder / "layoutgan_wb" / "__pycache__" / "x.pyc").write_bytes(b"")
    (folder / MARKER).write_text((folder / MARKER).read_text() + "../outside.txt\n")
    (tmp_path / "outside.txt").write_text("keep me too")
    again = install("freecad", tmp_path)  # a second installation replaces the first
    assert again.folder == folder
    (folder / MARKER).write_text((folder / MARKER).read_text() + "../outside.txt\n")
    remove("freecad", tmp_path)
    assert [p.name for p in folder.rglob("*")] == ["mine.txt"]
    assert (tmp_path / "outside.txt").exists()


def test_somebody_elses_folder_is_left_alone(tmp_path, capsys):
    (tmp_path / "LayoutGAN").mkdir()
    (tmp_path / "LayoutGAN" / "theirs.py").write_text("")
    assert run(["plugin", "install", "freecad", "--to", str(tmp_path)]) == 2
    assert "not ours" in capsys.readouterr().err
    assert run(["plugin", "remove", "freecad", "--to", str(tmp_path)]) == 2
    assert (tmp_path / "LayoutGAN" / "theirs.py").exists()


def test_places_by_system():
    windows = {"APPDATA": "C:/Users/example/AppData/Roaming"}
    assert folder_for("freecad", system="linux", environment={}).parts[-2:] == ("FreeCAD", "Mod")
    moved = folder_for("freecad", system="linux", environment={"FREECAD_USER_HOME": "/x"})
    assert moved.as_posix() == "/x/Mod"
    assert folder_for("freecad", system="win32", environment=windows).as_posix().endswith("FreeCAD/Mod")
    assert folder_for("autocad", system="win32", environment=windows).name == "ApplicationPlugins"
    with pytest.raises(InputError, match="--to"):
        folder_for("autocad", system="linux", environment={})
    with pytest.raises(InputError, match="APPDATA"):
        folder_for("autocad", system="win32", environment={})
    with pytest.raises(UnknownName, match="autocad"):
        folder_for("autocat")


def test_the_list(capsys):
    assert run(["plugin", "list"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in HOSTS)
    assert run(["plugin", "install", "autocat"]) == 2
    assert "autocad" in capsys.readouterr().err
