"""Exporters: one per format, found by name or by suffix, ours and a stranger's through the same door.

A package adds one by an entry point in ``layoutgan.exporters`` that names a class without arguments. Its
module must be
light to import: heavy libraries belong inside ``write`` and ``read``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.errors import ExportError, InputError, LayoutError, UnknownName
from layoutgan.validation.report import Report

__all__ = [
    "API_VERSION",
    "CAPABILITIES",
    "Exporter",
    "Reader",
    "exporter",
    "exporter_for",
    "exporters",
    "read",
    "write",
]

API_VERSION = 1
"""Version of the protocol; an exporter made for another one is not used."""
CAPABILITIES = frozenset({"2d", "3d", "picture", "sheet", "read"})
"""What an exporter may say about itself."""


@runtime_checkable
class Exporter(Protocol):
    """Writes layouts in one format."""

    @property
    def name(self) -> str:
        """The format: ``dxf``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of its files, in small letters, the usual one first: ``(".dxf",)``."""

    @property
    def api_version(self) -> int:
        """Must equal API_VERSION."""

    @property
    def capabilities(self) -> frozenset[str]:
        """Some of CAPABILITIES."""

    def available(self) -> tuple[bool, str]:
        """Whether it can work here, and if not, what to install."""

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the file whole or not at all.

        Raises:
            ExportError: the format cannot hold the layout, or the written file failed its audit.
        """


@runtime_checkable
class Reader(Protocol):
    """An exporter that also reads; its capabilities hold ``read``."""

    def read(self, path: Path) -> Layout:
        """The layout in a file.

        Raises:
            InputError: the file does not hold one.
        """


def exporter(name: str) -> Exporter:
    """The exporter of that name.

    Raises:
        UnknownName: there is none.
        LayoutError: it cannot be loaded, or was made for another version of layoutgan.
    """
    made = registry.find("exporter", name)
    try:
        found = made() if isinstance(made, type) else made
    except Exception as error:  # a stranger's class may fail in any way; say which and go on
        raise LayoutError(f"exporter '{name}' cannot be made: {type(error).__name__}: {error}") from error
    if not isinstance(found, Exporter):
        raise LayoutError(
            f"exporter '{name}' does not offer what exporters offer (name, suffixes, api_version, "
            "capabilities, available, write)"
        )
    if found.api_version != API_VERSION:
        raise LayoutError(
            f"exporter '{name}' was made for version {found.api_version} of the exporter protocol, "
            f"this is version {API_VERSION}; install a matching version of its package"
        )
    return found


def exporters() -> tuple[dict[str, Exporter], dict[str, str]]:
    """Exporters that load, by name, and for each one that does not, the reason."""
    found: dict[str, Exporter] = {}
    broken: dict[str, str] = {}
    for name in registry.names("exporter"):
        try:
            found[name] = exporter(name)
        except LayoutError as error:
            broken[name] = str(error)
    return found, broken


def exporter_for(target: str | Path) -> Exporter:
    """The exporter for a file, by its suffix, or for a format, by its name.

    Raises:
        UnknownName: no exporter has that name or writes such files.
    """
    text = str(target)
    if text in registry.names("exporter"):
        return exporter(text)
    suffix = Path(text).suffix.lower()
    known, _ = exporters()
    for candidate in known.values():
        if suffix and suffix in candidate.suffixes:
            return candidate
    if suffix:
        raise UnknownName("exporter for files", suffix, (s for e in known.values() for s in e.suffixes))
    raise UnknownName("exporter", text, known)


def write(layout: Layout, path: str | Path, *, to: str | None = None, report: Report | None = None,
          **options: Any) -> Path:
    """Writes a layout to a file and returns its path.

    Args:
        layout: what is written.
        path: of the file; its suffix says the format.
        to: name of the format, when the suffix does not say it.
        report: findings to be shown in drawings.
        options: of the exporter.

    Raises:
        UnknownName: no exporter fits.
        ExportError: the exporter cannot work here, or the format cannot hold the layout.
    """
    path = Path(path)
    found = exporter_for(to or path)
    usable, reason = found.available()
    if not usable:
        raise ExportError(f"{path}: the format '{found.name}' cannot be written here: {reason}")
    found.write(layout, path, options, report)
    return path


def read(path: str | Path) -> Layout:
    """The layout in a file of any format that can be read.

    Raises:
        UnknownName: no exporter fits.
        InputError: the format is only written, or the file does not hold a layout.
    """
    path = Path(path)
    found = exporter_for(path)
    if "read" not in found.capabilities or not isinstance(found, Reader):
        known, _ = exporters()
        able = sorted(s for e in known.values() if "read" in e.capabilities for s in e.suffixes)
        raise InputError(
            f"files of format '{found.name}' are only written; read one of {', '.join(able)}", file=str(path)
        )
    return found.read(path)
