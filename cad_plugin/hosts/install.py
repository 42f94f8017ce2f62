"""Copies an adapter to where its CAD program looks for it, and takes it away again."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from layoutgan.errors import InputError, UnknownName

__all__ = ["HOSTS", "Host", "Installed", "folder_for", "install", "remove"]

MARKER = ".layoutgan-files"
"""Lists what was copied: only that is ever overwritten or removed."""


@dataclass(frozen=True)
class Host:
    """A CAD program for which there is an adapter."""

    name: str
    title: str
    source: str
    """Folder below this package."""
    places: Mapping[str, str]
    """Where adapters belong, by system; ``{NAME}`` is an environment variable, ``~`` the home folder."""
    override: str = ""
    """Environment variable with another home of the program."""
    beneath: str = ""
    """Folder below that home."""
    afterwards: str = ""
    """What the person does next."""


HOSTS: Mapping[str, Host] = {
    "freecad": Host(
        "freecad", "FreeCAD 0.20 or later", "freecad/LayoutGAN",
        {"linux": "~/.local/share/FreeCAD/Mod", "darwin": "~/Library/Application Support/FreeCAD/Mod",
         "win32": "{APPDATA}/FreeCAD/Mod"},
        override="FREECAD_USER_HOME", beneath="Mod",
        afterwards="start FreeCAD again and choose the workbench LayoutGAN"),
    "autocad": Host(
        "autocad", "AutoCAD 2021 or later for Windows", "autocad/LayoutGAN.bundle",
        {"win32": "{APPDATA}/Autodesk/ApplicationPlugins"},
        afterwards="start AutoCAD again and type LAYOUTGAN-GENERATE; in BricsCAD load "
                   "Contents/layoutgan.lsp with APPLOAD (not run in either program here)"),
}  # fmt: skip
"""Programs by name."""


@dataclass(frozen=True)
class Installed:
    """An adapter that lies where its program looks."""

    folder: Path
    files: tuple[str, ...]


def _host(name: str) -> Host:
    if name not in HOSTS:
        raise UnknownName("CAD program", name, HOSTS)
    return HOSTS[name]


def folder_for(
    name: str, *, system: str = sys.platform, environment: Mapping[str, str] | None = None
) -> Path:
    """The folder in which the program looks for adapters.

    Args:
        name: of the program, see HOSTS.
        system: linux, darwin or win32.
        environment: variables; by default those of the process.

    Raises:
        UnknownName: there is no adapter for such a program.
        InputError: the program does not run on this system, or a variable is missing.
    """
    host, known = _host(name), os.environ if environment is None else environment
    if host.override and known.get(host.override):
        return Path(known[host.override]) / host.beneath
    place = host.places.get(system)
    if place is None:
        raise InputError(f"{host.title} keeps no adapters on this system; say where with --to FOLDER")
    for variable in ("APPDATA",):
        if f"{{{variable}}}" in place:
            if not known.get(variable):
                raise InputError(
                    f"the environment variable {variable} is not set; say where with --to FOLDER"
                )
            place = place.replace(f"{{{variable}}}", known[variable])
    return Path(place).expanduser()


def install(name: str, into: Path | None = None) -> Installed:
    """Copies the adapter; what an earlier version left there is replaced.

    Args:
        name: of the program, see HOSTS.
        into: folder for adapters; by default where the program looks.

    Raises:
        UnknownName: there is no adapter for such a program.
        InputError: there is no such place, or something else stands there already.
    """
    from layoutgan.core.schema import write_whole

    source = files("cad_plugin.hosts").joinpath(*_host(name).source.split("/"))
    target = (into or folder_for(name)) / PurePath(_host(name).source).name
    if target.exists() and not (target / MARKER).is_file():
        raise InputError("stands there already and is not ours; move it away first", file=str(target))
    if target.exists():
        _delete(target)
    names = sorted(_files_below(source))
    for one in names:
        write_whole(target / one, source.joinpath(*one.split("/")).read_bytes())
    write_whole(target / MARKER, "".join(f"{one}\n" for one in names).encode())
    return Installed(target, tuple(names))


def remove(name: str, into: Path | None = None) -> Path:
    """Takes the adapter away and returns where it was; files that others put there stay.

    Args:
        name: of the program, see HOSTS.
        into: folder for adapters, as it was installed.

    Raises:
        UnknownName: there is no adapter for such a program.
        InputError: it is not installed there.
    """
    target = (into or folder_for(name)) / PurePath(_host(name).source).name
    if not (target / MARKER).is_file():
        raise InputError("no adapter of layoutgan is installed there", file=str(target))
    _delete(target)
    return target


def _delete(target: Path) -> None:
    """Deletes what the marker lists, and folders that are empty then."""
    for line in (target / MARKER).read_text(encoding="utf-8").splitlines():
        one = (target / line).resolve()
        if line and one.is_relative_to(target.resolve()):
            one.unlink(missing_ok=True)
    (target / MARKER).unlink()
    for folder in sorted((p for p in target.rglob("*") if p.is_dir()), reverse=True):
        if folder.name == "__pycache__":
            for compiled in folder.glob("*.pyc"):
                compiled.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()
    if not any(target.iterdir()):
        target.rmdir()


def _files_below(folder: Traversable, before: str = "") -> list[str]:
    found: list[str] = []
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            found += _files_below(one, f"{before}{one.name}/")
        elif one.is_file() and not one.name.endswith(".pyc"):
            found.append(before + one.name)
    return found
