"""Layouts read from DXF files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cad_plugin.dxf_metadata import pieces_in, unpacked
from cad_plugin.lint import encoding_of
from layoutgan.core.layout import Layout
from layoutgan.core.plain import MAX_BYTES
from layoutgan.core.schema import validate
from layoutgan.errors import InputError, LayoutError

if TYPE_CHECKING:
    from cad_plugin.reading.foreign import Options
    from cad_plugin.reading.understood import Understood

__all__ = ["bytes_of", "damage", "document_in", "layout_in", "understood_in"]


def bytes_of(path: Path) -> bytes:
    """The bytes of a whole DXF file.

    Raises:
        InputError: there is no such file, it is too large, or it is cut off.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}; check the name", file=str(path)) from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"larger than {MAX_BYTES // 1_000_000} MB; export only what is needed", file=str(path)
        )
    if not data.startswith(BINARY) and data[-64:].split()[-1:] != [
        b"EOF"
    ]:  # the recovering reader would not notice
        raise InputError("not a whole DXF file: it does not end with EOF; export it again", file=str(path))
    return data


BINARY = b"AutoCAD Binary DXF"


def document_in(data: bytes, file: str) -> Any:
    """The ezdxf document in the bytes of a file.

    Args:
        data: the whole file.
        file: its name, for messages.

    Raises:
        InputError: it is not a DXF file that can be read.
    """
    from ezdxf import recover
    from ezdxf.filemanagement import read
    from ezdxf.lldxf.const import DXFError

    try:
        if not data.startswith(BINARY):
            try:
                return read(io.StringIO(data.decode(encoding_of(data)).replace("\r\n", "\n")))
            except (UnicodeDecodeError, DXFError):
                pass
        return recover.read(io.BytesIO(data))[0]
    except Exception as error:  # ezdxf lets many kinds through on damaged files
        raise InputError(f"not a DXF file that can be read: {type(error).__name__}: {str(error)[:200]}",
                         file=file) from error


def layout_in(path: Path) -> Layout:
    """The layout in a DXF file: the one that was written into it, or what people made of it since.

    Raises:
        InputError: the file is not DXF, or shows no layout.
    """
    return understood_in(path).layout


def understood_in(path: Path, options: Options | None = None) -> Understood:
    """What a DXF file shows, whoever drew it, with all that was assumed.

    Args:
        path: of the file.
        options: what is known about a drawing that was made elsewhere.

    Raises:
        InputError: the file is not DXF, or shows no layout.
    """
    from cad_plugin.reading.foreign import understood

    data, file = bytes_of(path), str(path)
    document = document_in(data, file)
    with damage(file):
        pieces = pieces_in(document, data)
        ours = bool(pieces) or _ours(document)
    if not ours:
        return understood(document, file, options)
    known = _written_in(pieces, file)
    if known is not None and known.domain != "floorplan":
        return _sure(known)
    from cad_plugin.draw import draw
    from cad_plugin.reading.edited import differences, layout_from
    from cad_plugin.reading.found import found_in_document, found_in_drawing

    with damage(file):
        found = found_in_document(document)
    if known is None:
        return _sure(layout_from(found, None, file))
    expected = found_in_drawing(draw(known))
    said = differences(found, expected)
    return _sure(layout_from(found, known, file, expected), said) if said else _sure(known)


@contextmanager
def damage(file: str) -> Iterator[None]:
    """Turns whatever fails while a document is looked through into one clear line.

    ezdxf checks little on reading: a damaged value fails wherever it is first used.
    """
    try:
        yield
    except LayoutError:
        raise
    except Exception as error:
        problem = f"damaged: {type(error).__name__}: {str(error)[:120]}; save it again in CAD"
        raise InputError(problem, file=file) from error


def _sure(layout: Layout, said: Sequence[str] = ()) -> Understood:
    """A layout from a drawing of ours, and what people changed in it."""
    import shapely

    from cad_plugin.reading.understood import Remark, Understood
    from cad_plugin.reading.units import Unit

    remarks = tuple(Remark("changed", text) for text in said)
    return Understood(layout, Unit(0.001, "mm", "a drawing of ours"), (), remarks, shapely.MultiLineString())


def _ours(document: Any) -> bool:
    """Whether layoutgan made a drawing, even if its record was removed."""
    blocks = ("LG_DOOR", "LG_ENTRANCE", "LG_OPENING", "LG_SLIDING", "LG_WINDOW", "LG_ROOM_STAMP")
    ours = (str(b.name).upper().startswith(blocks) for b in document.blocks)
    return "LAYOUTGAN" in document.appids or any(ours)


def _written_in(pieces: list[str], file: str) -> Layout | None:
    """The layout that was written into the file, or None when there is none any more."""
    if not pieces:
        return None
    try:
        tree = unpacked(pieces)
    except ValueError as error:
        raise InputError(f"the layout inside is damaged: {error}; export it again", file=file) from error
    return validate(Layout, tree, file=file)
