"""Other people's programs open our files: LibreCAD prints them, GDAL counts what is in them.

Exit codes say nothing (both exit 0 on damaged files), so the results are looked at. CI sets
LAYOUTGAN_REQUIRE_CAD=1, and
then a missing program is a failure instead of a skip.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from shapely.geometry import Point, Polygon

from cad_plugin import exporter
from cad_plugin.draw import draw
from cad_plugin.drawing import Drawing
from cad_plugin.dxf import dxf_bytes
from cad_plugin.dxf_document import document_of, fixed_metadata, saved
from cad_plugin.layers import layers_of
from cad_plugin.lint import encoding_of
from cad_plugin.primitives import Dimension, Polyline, Region, Text
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes

pytestmark = pytest.mark.cad


def features(dxf: Path, program) -> list[dict]:
    """Everything GDAL finds in a drawing, without what lies inside blocks."""
    out = dxf.with_suffix(".geojson")
    done = subprocess.run(
        [
            program("ogr2ogr"),
            "--config",
            "DXF_INLINE_BLOCKS",
            "FALSE",
            "--config",
            "DXF_ENCODING",
            "UTF-8" if encoding_of(dxf.read_bytes()) == "utf-8" else "CP1252",
            "-f",
            "GeoJSON",
            str(out),
            str(dxf),
            "entities",
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "ERROR" not in done.stderr, done.stderr
    found = json.loads(out.read_text(encoding="utf-8"))["features"]
    return [f for f in found if not f["properties"].get("Block")]


def on(layer: str, found: list[dict]) -> list[dict]:
    return [f for f in found if f["properties"]["Layer"] == layer]


def attributes(insert: dict) -> dict[str, str]:
    values = insert["properties"]["BlockAttributes"]
    values = json.loads(values) if isinstance(values, str) else values
    return dict(v.split(" ", 1) for v in values)


def test_gdal_counts_and_measures(layout, tmp_path, program):
    path = exporter.write(layout, tmp_path / "plan.dxf")
    found = features(path, program)
    clear = clear_shapes(layout)
    outlines = [Polygon(f["geometry"]["coordinates"]) for f in on("A-AREA", found)]
    assert sorted(p.area / 1e6 for p in outlines) == pytest.approx(
        sorted(c.area for c in clear.values()), abs=1e-6
    )
    stamps = [f for f in on("A-AREA-IDEN", found) if f["properties"].get("BlockName") == "LG_ROOM_STAMP"]
    numbers = [attributes(s)["NUMBER"] for s in stamps]
    assert sorted(numbers) == [f"R{i + 1:02d}" for i in range(len(layout.of(Room)))]
    for stamp in stamps:
        assert sum(p.contains(Point(stamp["geometry"]["coordinates"][:2])) for p in outlines) == 1
    kinds = Counter(f["properties"]["Layer"] for f in found if f["properties"].get("BlockName"))
    assert kinds["A-DOOR"] == len(layout.of(Door))
    assert kinds["A-GLAZ"] == len(layout.of(Window))
    walls = sum(Polygon(f["geometry"]["coordinates"][0], f["geometry"]["coordinates"][1:]).area
                for f in on("A-WALL-PATT", found))
    assert walls == pytest.approx(sum(r.shape.area for r in draw(layout).of(Region, "wall_fill")), rel=1e-9)


def test_gdal_reads_dimension_texts(flat, tmp_path, program):
    path = exporter.write(flat, tmp_path / "plan.dxf")
    texts = [f["properties"].get("Text") for f in on("A-ANNO-DIMS", features(path, program))]
    for dimension in draw(flat).of(Dimension):
        assert dimension.text in texts


def test_gdal_reads_chinese(corpus, tmp_path, program):
    path = exporter.write(corpus["chinese"](), tmp_path / "plan.dxf")
    found = features(path, program)
    texts = {f["properties"].get("Text") for f in on("A-AREA-IDEN", found)}
    assert {"客厅", "主卧", "卫生间"} <= texts


def ink(path: Path, program, layers: set[str] | None = None, dpi: int = 60):
    """LibreCAD's print of a drawing as a grey picture [H, W]."""
    import numpy as np

    folder = path.parent / f"print-{path.stem}"
    folder.mkdir(mode=0o700)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}
    subprocess.run(
        [program("librecad"), "dxf2pdf", "-a", "-t", str(folder), str(path)],
        env=env,
        timeout=60,
        check=True,
        capture_output=True,
    )
    pdf = folder / f"{path.stem}.pdf"
    assert pdf.exists(), "LibreCAD could not open the file"
    subprocess.run(
        [program("pdftoppm"), "-gray", "-r", str(dpi), "-singlefile", str(pdf), str(pdf.with_suffix(""))],
        check=True,
        timeout=60,
    )
    _, size, _, pixels = pdf.with_suffix(".pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(pixels, dtype=np.uint8).reshape(height, width)


def box_of(picture):
    ys, xs = (picture < 200).nonzero()
    return xs.min(), ys.min(), xs.max(), ys.max()


def test_librecad_prints(layout, tmp_path, program):
    picture = ink(exporter.write(layout, tmp_path / "plan.dxf"), program)
    assert (picture < 200).mean() > 0.005


def test_librecad_prints_every_part(flat, tmp_path, program):
    """Walls, doors, windows, tags, dimensions: without one there is less ink, so it was printed."""
    whole, layers = draw(flat), layers_of("aia")
    picture = ink(exporter.write(flat, tmp_path / "plan.dxf"), program)
    for role in ("wall", "wall_fill", "door", "window", "tag", "dimension", "title", "symbol"):
        rest = Drawing(
            whole.name, tuple(p for p in whole.primitives if p.role != role), whole.scale, whole.blocks
        )
        assert len(rest.primitives) < len(whole.primitives), role
        less = tmp_path / f"no-{role}.dxf"
        with fixed_metadata():
            less.write_bytes(saved(document_of(rest, layers, "R2010")))
        assert (ink(less, program) < 250).sum() < (picture < 250).sum(), role


def test_librecad_keeps_proportions(layout, tmp_path, program):
    """Walls alone: widths of texts are the business of each program's fonts."""
    whole = draw(layout)
    walls = tuple(p for p in whole.primitives if p.role in ("wall", "railing"))
    path = tmp_path / "walls.dxf"
    with fixed_metadata():
        path.write_bytes(
            saved(
                document_of(Drawing("x", (*walls, *whole.of(Polyline, "frame"))), layers_of("aia"), "R2010")
            )
        )
    x0, y0, x1, y1 = box_of(ink(path, program))
    a, b, c, d = Drawing("x", walls).bounds()
    assert (x1 - x0) / (y1 - y0) == pytest.approx((c - a) / (d - b), rel=0.03)


def test_librecad_prints_nothing_for_an_empty_drawing(tmp_path, program):
    path = tmp_path / "empty.dxf"
    with fixed_metadata():
        path.write_bytes(saved(document_of(Drawing("x", ()), layers_of("aia"), "R2010")))
    assert (ink(path, program) < 200).sum() == 0


def test_librecad_computes_the_same_dimensions(flat, tmp_path, program):
    """LibreCAD measures for itself and prints strokes: the same as for a text of ours in that place."""
    whole = draw(flat)
    widest = max(whole.of(Dimension), key=lambda d: d.length)
    pictures = []
    for name, part in (
        ("dimension", widest),
        ("text", Text("dimension", widest.text_at, widest.text, widest.height)),
    ):
        path = tmp_path / f"{name}.dxf"
        frame = tuple(whole.of(Polyline, "frame"))
        with fixed_metadata():
            path.write_bytes(saved(document_of(Drawing("x", (part, *frame)), layers_of("aia"), "R2010")))
        pictures.append(ink(path, program, dpi=100) < 230)
    overlap = (pictures[0] & pictures[1]).sum() / pictures[1].sum()
    assert overlap > 0.5


@pytest.mark.parametrize("version", ["R12", "R2000", "R2018"])
def test_librecad_opens_other_versions(flat, tmp_path, program, version):
    path = tmp_path / "plan.dxf"
    path.write_bytes(dxf_bytes(flat, options={"version": version}))
    assert (ink(path, program) < 200).mean() > 0.005
    assert len(on("A-DOOR", features(path, program))) == len(flat.of(Door))


def test_other_programs_open_plants(tmp_path, program):
    """Tags and coordinates as texts, pipes as lines, and a picture with ink."""
    from sample_plants import small_plant

    plant = small_plant()
    path = exporter.write(plant, tmp_path / "plant.dxf")
    found = features(path, program)
    texts = " ".join(str(f["properties"].get("Text")) for f in found)
    blocks = " ".join(str(f["properties"].get("BlockAttributes")) for f in found)
    for tag in ("T-1", "P-1", "E-1", "C-1", "L-2"):
        assert tag in texts + blocks, tag
    assert len(found) > 50
    assert (ink(path, program) < 200).mean() > 0.002


def test_other_programs_see_grid_lines(flat, tmp_path, program):
    path = exporter.write(flat, tmp_path / "grid.dxf", grid=True)
    grid = on("A-GRID", features(path, program))
    circles = [f for f in grid if len(f["geometry"]["coordinates"]) > 8]
    assert len(circles) == 4  # two axes each way
    plain = exporter.write(flat, tmp_path / "plain.dxf")
    assert not on("A-GRID", features(plain, program))
