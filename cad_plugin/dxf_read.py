"""Layouts read from DXF files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from cad_plugin.dxf_document import ENTRY, unpacked
from layoutgan.core.layout import Layout
from layoutgan.core.plain import MAX_BYTES
from layoutgan.core.schema import validate
from layoutgan.errors import InputError

__all__ = ["document_in", "layout_in"]


def document_in(path: Path) -> Any:
    """The ezdxf document in a file.

    Raises:
        InputError: there is no such file, or it is not a whole DXF file.
    """
    from ezdxf import recover
    from ezdxf.filemanagement import read
    from ezdxf.lldxf.const import DXFError

    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}; check the name", file=str(path)) from error
    if size > MAX_BYTES:
        raise InputError(f"has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read", file=str(path))
    binary = data.startswith(b"AutoCAD Binary DXF")
    if not binary and data[-64:].split()[-1:] != [b"EOF"]:  # the recovering reader would not notice
        raise InputError("not a whole DXF file: it does not end with EOF; export it again", file=str(path))
    try:
        if not binary:
            try:
                return read(io.StringIO(data.decode("utf-8").replace("\r\n", "\n")))
            except (UnicodeDecodeError, DXFError):
                pass
        return recover.read(io.BytesIO(data))[0]
    except Exception as error:  # ezdxf lets many kinds through on damaged files
        raise InputError(f"not a DXF file that can be read: {type(error).__name__}: {str(error)[:200]}",
                         file=str(path)) from error


def layout_in(path: Path) -> Layout:
    """The layout in a DXF file.

    Raises:
        InputError: the file is not DXF, or holds no layout of ours.
    """
    doc = document_in(path)
    record = doc.rootdict.get(ENTRY) if doc.dxfversion > "AC1009" else None
    if record is None or record.dxftype() != "XRECORD":
        raise InputError("holds no layout of layoutgan (it was drawn by another program, or the record was removed)",
                         file=str(path))
    try:
        tree = unpacked([str(tag.value) for tag in record.tags if tag.code == 1])
    except ValueError as error:
        raise InputError(f"the layout inside is damaged: {error}; export it again", file=str(path)) from error
    return validate(Layout, tree, file=str(path))
