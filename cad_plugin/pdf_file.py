"""The file format of PDF, as much of it as drawings need: pages of paths and texts, and layers.

Western text stands in Helvetica, which every viewer has. Other scripts are drawn as the outlines of their
letters, taken
from a font of this machine, because a font of ours would weigh more than the package.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Mapping, Sequence
from itertools import groupby

from cad_plugin.drawing import Box
from cad_plugin.glyphs import outlines
from cad_plugin.paint import Pen
from cad_plugin.primitives import Align, Point
from cad_plugin.typeface import EM_PER_CAPITAL, text_width

__all__ = ["Content", "PdfFile"]

POINTS = 72.0 / 25.4
"""Points per millimetre [-]."""


def _n(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _colour(hexadecimal: str) -> str:
    return " ".join(_n(int(hexadecimal[i:i + 2], 16) / 255) for i in (1, 3, 5))


def _string(text: str) -> str:
    """A text for the properties of the file."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


class PdfFile:
    """A file that pages are added to."""

    def __init__(self, title: str, facts: Mapping[str, str]) -> None:
        self.title, self.facts = title, facts
        self.pages: list[tuple[tuple[float, float], Content]] = []
        self.layers: list[str] = []
        """Names of layers, in the order of their first use."""

    def layer(self, name: str) -> str:
        """The name by which contents call a layer."""
        if name not in self.layers:
            self.layers.append(name)
        return f"L{self.layers.index(name)}"

    def add_page(self, size: tuple[float, float], content: Content) -> None:
        """Adds a page of that width and height [mm]."""
        self.pages.append((size, content))

    def data(self) -> bytes:
        """The bytes of the file; the same for the same pages."""
        objects: list[bytes] = [b"", b""]  # catalogue and pages, filled in when their parts are numbered

        def add(body: str | bytes) -> int:
            objects.append(body.encode("ascii") if isinstance(body, str) else body)
            return len(objects)

        fonts = [add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>")
                 for face in ("Helvetica", "Helvetica-Bold")]
        faint = add("<< /Type /ExtGState /ca 0.12 >>")
        layers = [add(f"<< /Type /OCG /Name {_string(name)} >>") for name in self.layers]
        switches = " ".join(f"/L{i} {number} 0 R" for i, number in enumerate(layers))
        resources = add(
            f"<< /Font << /F0 {fonts[0]} 0 R /F1 {fonts[1]} 0 R >> /ExtGState << /G0 {faint} 0 R >> "
            f"/Properties << {switches} >> >>"
        )
        kids = []
        for (width, height), content in self.pages:
            stream = zlib.compress(content.data(), 9)
            body = add(
                f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
                + stream
                + b"\nendstream"
            )
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_n(width * POINTS)} "
                    f"{_n(height * POINTS)}] "
                    f"/Resources {resources} 0 R /Contents {body} 0 R >>"
                )
            )
        about = "; ".join(f"{key} {value}" for key, value in self.facts.items())
        info = add(f"<< /Title {_string(self.title)} /Subject {_string(about)} /Producer (layoutgan) >>")
        order = " ".join(f"{number} 0 R" for number in layers)
        objects[0] = (f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [{order}] "
                      f"/D << /Order [{order}] /ON [{order}] >> >> >>").encode()
        objects[1] = (
            f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
        )
        return _assembled(objects, info)


def _assembled(objects: Sequence[bytes], info: int) -> bytes:
    out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start, identity = len(out), hashlib.sha256(out).hexdigest()[:32].upper()
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R "
        f"/ID [<{identity}> <{identity}>] >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


class Content:
    """What a page shows, in millimetres of paper."""

    def __init__(self, file: PdfFile, layers: Mapping[str, str]) -> None:
        self.file, self.layers = file, layers
        self.lines = [f"{_n(POINTS)} 0 0 {_n(POINTS)} 0 0 cm 1 J 1 j"]
        self.layer = ""

    def data(self) -> bytes:
        """The page's description."""
        self._switch("")
        return "\n".join(self.lines).encode("latin-1")

    def _switch(self, role: str) -> None:
        """Goes on in the layer of a role."""
        name = self.layers.get(role, "") if role else ""
        if name != self.layer:
            if self.layer:
                self.lines.append("EMC")
            if name:
                self.lines.append(f"/OC /{self.file.layer(name)} BDC")
            self.layer = name

    def clip(self, box: Box) -> None:
        """Shows what follows only inside a box, until ``unclip``."""
        self._switch("")
        self.lines.append(f"q {_n(box[0])} {_n(box[1])} {_n(box[2] - box[0])} {_n(box[3] - box[1])} re W n")

    def unclip(self) -> None:
        """Shows everything again."""
        self._switch("")
        self.lines.append("Q")

    def path(self, rings: Sequence[Sequence[Point]], closed: bool, pen: Pen, role: str) -> None:
        """Rings or chains of points."""
        self._switch(role)
        marks = []
        for ring in rings:
            points = [f"{_n(x)} {_n(y)}" for x, y in ring]
            marks.append(
                f"{points[0]} m " + " ".join(f"{p} l" for p in points[1:]) + (" h" if closed else "")
            )
        setup, action = "", "n"
        if pen.fill:
            setup, action = f"{_colour(pen.fill)} rg ", "f*"
        if pen.stroke:
            setup += f"{_colour(pen.stroke)} RG {_n(pen.width)} w "
            action = "B*" if pen.fill else "S"
        body = f"{setup}{' '.join(marks)} {action}"
        self.lines.append(f"q /G0 gs {body} Q" if pen.fill and pen.opacity < 1 else body)

    def text(
        self,
        text: str,
        at: Point,
        height: float,
        align: Align,
        rotation: float,
        bold: bool,
        colour: str,
        role: str,
    ) -> None:
        """A line of text; ``at`` lies at half the height of its capitals."""
        self._switch(role)
        width = text_width(text, height, bold)
        shift = {"left": 0.0, "centre": -width / 2, "right": -width}[align]
        turn = math.radians(rotation)
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = at[0] + cos * shift + sin * height / 2, at[1] + sin * shift - cos * height / 2
        size = height * EM_PER_CAPITAL
        for western, run in ((w, "".join(r)) for w, r in groupby(text, _is_western)):
            place = f"{_n(cos)} {_n(sin)} {_n(-sin)} {_n(cos)} {_n(x)} {_n(y)}"
            if western:
                shown = "".join(
                    f"\\{c}" if c in "()\\" else c for c in run.encode("cp1252").decode("latin-1")
                )
                self.lines.append(
                    f"BT {_colour(colour)} rg /F{int(bold)} {_n(size)} Tf {place} Tm ({shown}) Tj ET"
                )
            else:
                self.lines.append(f"q {_colour(colour)} rg {place} cm {outlines(run, size)} f Q")
            advance = text_width(run, height, bold)
            x, y = x + cos * advance, y + sin * advance


def _is_western(letter: str) -> bool:
    """Helvetica has it."""
    try:
        return letter.encode("cp1252") >= b" "
    except UnicodeEncodeError:
        return False
