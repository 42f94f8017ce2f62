"""GLB and GeoJSON."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
import shapely
from sample_plants import small_plant
from shapely.geometry import shape

from cad_plugin import exporter
from cad_plugin.glb import glb_bytes, nodes_of
from cad_plugin.solids import Prism, floorplan_prisms, triangles
from cad_plugin.tubes import SIDES, Bend, Tube, round_triangles
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.walls import clear_shapes
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding


def volume(corners) -> float:
    """Of a closed surface of triangles that turn outwards."""
    a, b, c = (np.asarray(corners, dtype=np.float64).reshape(-1, 3, 3)[:, i] for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def test_prisms_are_closed_and_turn_outwards():
    ring = shapely.box(0, 0, 4, 3).difference(shapely.box(1, 1, 2, 2))
    corners, normals = triangles(Prism("x", "wall", ring, 0.5, 2.5, "#ffffff"))
    assert volume(corners) == pytest.approx(ring.area * 2.0)
    a, b, c = (corners.reshape(-1, 3, 3)[:, i] for i in range(3))
    across = np.cross(b - a, c - a)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    assert np.allclose(across, normals.reshape(-1, 3, 3)[:, 0], atol=1e-5)
    assert len(triangles(Prism("x", "wall", shapely.Polygon(), 0, 1, "#ffffff"))[0]) == 0


def test_solids_do_not_overlap(layout):
    prisms = [p for p in floorplan_prisms(layout) if p.group in ("wall", "railing")]
    tree = shapely.STRtree([p.shape for p in prisms])
    for i, j in zip(*tree.query([p.shape for p in prisms], predicate="intersects"), strict=True):
        if i < j:
            a, b = prisms[i], prisms[j]
            deep = min(a.high, b.high) - max(a.low, b.low)
            assert deep <= 1e-6 or a.shape.intersection(b.shape).area < 1e-3, (a.name, b.name)


def test_glb(layout, tmp_path):
    data = exporter.write(layout, tmp_path / "a.glb").read_bytes()
    magic, version, size = struct.unpack_from("<4sII", data)
    assert (magic, version, size) == (b"glTF", 2, len(data))
    length, kind = struct.unpack_from("<I4s", data, 12)
    assert kind == b"JSON"
    document = json.loads(data[20:20 + length])
    binary = data[20 + length + 8:]
    assert document["buffers"][0]["byteLength"] <= len(binary)
    names = {n["name"] for n in document["nodes"]}
    assert {r.id for r in layout.of(Room)} <= names
    solid = {p.name: p for p in floorplan_prisms(layout)}
    for mesh in document["meshes"]:
        accessor = document["accessors"][mesh["primitives"][0]["attributes"]["POSITION"]]
        view = document["bufferViews"][accessor["bufferView"]]
        corners = np.frombuffer(binary, "<f4", accessor["count"] * 3, view["byteOffset"]).reshape(-1, 3)
        prism = solid[mesh["name"]]
        assert volume(corners) == pytest.approx(
            prism.shape.area * (prism.high - prism.low), rel=1e-3, abs=1e-4
        )
        assert corners[:, 1].max() == pytest.approx(prism.high, abs=1e-5)  # y is up
        assert corners.min(axis=0) == pytest.approx(accessor["min"], abs=1e-6)


def test_another_reader_sees_the_same_model(flat, tmp_path):
    trimesh = pytest.importorskip("trimesh", reason="trimesh is not installed")
    for layout in (flat, small_plant()):
        path = exporter.write(layout, tmp_path / f"{layout.domain}.glb")
        scene = trimesh.load(path)
        assert {n.name for n in nodes_of(layout)} <= set(scene.graph.nodes)
        for node in nodes_of(layout):
            for i, body in enumerate(node.bodies):
                name = node.name if len(node.bodies) == 1 else f"{node.name}_{i}"
                mesh = scene.geometry.get(name)
                if mesh is not None and isinstance(body, Prism):
                    assert mesh.volume == pytest.approx(body.shape.area * (body.high - body.low), rel=1e-3)
        low, high = scene.bounds
        width = 12.6 if layout is flat else 40.2
        assert high[0] - low[0] == pytest.approx(width, abs=0.4)
        assert high[1] == pytest.approx(2.7 if layout is flat else 20.0, abs=1e-4)  # y is up


def test_round_bodies_are_closed_and_turn_outwards():
    tube = Tube((0, 0, 0), (0, 3, 4), 0.5, "#ffffff")
    corners, normals = round_triangles(tube)
    circle = 0.5 * SIDES * np.sin(2 * np.pi / SIDES)  # of radius 1, with our number of corners
    assert volume(corners) == pytest.approx(circle * 0.25 * 5, rel=1e-5)
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1, abs=1e-5)
    cone, _ = round_triangles(Tube((0, 0, 0), (2, 0, 0), 0.5, "#ffffff", 0.25))
    assert volume(cone) == pytest.approx(circle * 2 * (0.25 + 0.125 + 0.0625) / 3, rel=1e-5)
    bend, _ = round_triangles(Bend((0, 0, 0), (1, 0, 0), (1, 0, 1), 0.2, "#ffffff"))
    assert volume(bend) == pytest.approx(circle * 0.04 * np.pi / 2, rel=0.02)
    assert bend.min(axis=0) == pytest.approx([0, -0.2, -0.2], abs=0.01)


def test_a_plant_shows_every_thing(tmp_path):
    plant = small_plant()
    names = {n.name for n in nodes_of(plant)}
    assert {"T-1", "P-1", "E-1", "C-1", "V-1", "L-2 ELBOW 1", "L-9 not routed"} <= names
    assert len(names) == len(list(nodes_of(plant)))
    again = exporter.write(plant, tmp_path / "a.glb").read_bytes()
    assert exporter.write(plant, tmp_path / "b.glb").read_bytes() == again


def test_glb_refuses(flat, tmp_path):
    with pytest.raises(InputError, match="height"):
        exporter.write(flat, tmp_path / "a.glb", height=-1.0)
    with pytest.raises(ExportError, match="nothing to build"):
        exporter.write(Layout(domain="floorplan"), tmp_path / "a.glb")
    with pytest.raises(ExportError, match="does not know"):
        exporter.write(Layout(domain="something"), tmp_path / "a.glb")
    assert glb_bytes([], {}).startswith(b"glTF")


def test_geojson(layout, tmp_path):
    report = Report(layout="x", findings=(Finding(rule="FP1", message="m", where=shapely.Point(1, 1)),))
    tree = json.loads(
        exporter.write(layout, tmp_path / "a.geojson", report=report).read_text(encoding="utf-8")
    )
    features = {f.get("id"): f for f in tree["features"]}
    assert set(layout.ids()) <= set(features)
    clear = clear_shapes(layout)
    for room in layout.of(Room):
        assert shape(features[room.id]["geometry"]).equals(room.shape)
        assert features[room.id]["properties"]["clear_area"] == pytest.approx(clear[room.id].area, abs=1e-6)
    assert tree["features"][-1]["properties"]["rule"] == "FP1"
    (tmp_path / "b.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(InputError, match="no layout"):
        exporter.read(tmp_path / "b.geojson")
