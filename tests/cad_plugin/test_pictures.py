"""SVG and PNG: well-formed, complete, to scale."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import pytest
from PIL import Image

from cad_plugin import exporter
from cad_plugin.draw import draw
from cad_plugin.png import png_bytes
from cad_plugin.svg import svg_of, svg_text
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding

NS = {"s": "http://www.w3.org/2000/svg"}


def test_svg(layout):
    root = ElementTree.fromstring(svg_text(layout))
    titles = [t.text for t in root.findall("s:path/s:title", NS)]
    assert len(titles) == len(layout.of(Room))
    assert all("m²" in t for t in titles)
    width, height = (float(root.get(k).removesuffix("mm")) for k in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')[:-2]} {root.get('height')[:-2]}"
    x0, _, x1, _ = draw(layout).bounds()
    assert width == pytest.approx((x1 - x0) / draw(layout).scale, abs=12)
    assert height > 0


def test_svg_is_to_scale(corpus):
    root = ElementTree.fromstring(svg_text(corpus["one_room"]()))
    room = next(p for p in root.findall("s:path", NS) if p.get("class") == "room_fill")
    xs = [float(pair.split()[0]) for pair in room.get("d")[1:-1].split("L")]
    assert max(xs) - min(xs) == pytest.approx(4500 / 50)


def test_svg_options(flat):
    report = Report(layout="x", findings=(Finding(rule="FP101", message="<too & narrow>", elements=("e",)),))
    assert "&lt;too &amp; narrow&gt;" in svg_text(flat, report)
    assert "FP101" not in svg_text(flat, report, findings=False)
    assert 'width="800"' in svg_of(draw(flat), width=800)


def test_png(layout):
    picture = Image.open(io.BytesIO(png_bytes(draw(layout), width=600)))
    assert picture.width == 600
    colours = picture.convert("RGB").getcolors(1 << 24)
    ink = sum(n for n, (r, g, b) in colours if r + g + b < 200)
    assert 0.005 < ink / (picture.width * picture.height) < 0.4
    assert picture.text["domain"] == "floorplan"


def test_png_options(flat, tmp_path):
    exporter.write(flat, tmp_path / "a.png", width=300)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.width == 300
    with pytest.raises(InputError, match="50 to 8000"):
        exporter.write(flat, tmp_path / "b.png", width=3)
    with pytest.raises(InputError, match="must be a int"):
        exporter.write(flat, tmp_path / "b.png", width="wide")
    report = Report(layout="x", findings=(Finding(rule="FP101", message="narrow", elements=("e",)),))
    assert png_bytes(draw(flat, report)) != png_bytes(draw(flat, report), findings=False)
