"""GLB: layouts in three dimensions as binary glTF 2.0, metres, y up, with a node for each thing."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cad_plugin.annotation import facts_of
from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from cad_plugin.solids import STOREY, Body, body_meshes, floorplan_prisms
from cad_plugin.tubes import Mesh
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report

if TYPE_CHECKING:
    from cad_plugin.plant_solids import Thing

__all__ = ["GlbExporter", "Node", "glb_bytes", "nodes_of", "things_shown"]

FLOAT, VERTICES = 5126, 34962
"""Numbers that glTF gives to 32-bit floats and to buffers of corners."""


class Node(NamedTuple):
    """A named thing of a model."""

    name: str
    group: str
    """Under which node it stands: wall, floor, equipment, the number of a line."""
    bodies: Sequence[Body]


def glb_bytes(nodes: Iterable[Node], facts: Mapping[str, str]) -> bytes:
    """Named solids as a GLB file.

    Args:
        nodes: z up [m].
        facts: said about the file in its ``extras``.
    """
    made, kept = _Scene(), list(nodes)
    meshes = iter(body_meshes([body for node in kept for body in node.bodies]))
    for node in kept:
        made.add(node, [next(meshes) for _ in node.bodies])
    return made.data(facts)


def nodes_of(layout: Layout, height: float = STOREY) -> Iterator[Node]:
    """What a model of a layout shows.

    Args:
        layout: a floor plan or a plant.
        height: of the walls of a floor plan [m].

    Raises:
        ExportError: the domain has no solids.
    """
    if layout.domain == "floorplan":
        for prism in floorplan_prisms(layout, height):
            yield Node(prism.name, prism.group, (prism,))
    elif layout.domain == "piping":
        from cad_plugin.plant_solids import plant_things

        yield from things_shown(plant_things(layout))
    else:
        raise ExportError(f"the glb exporter does not know solids of the domain '{layout.domain}'; "
                          "export dxf or geojson")


def things_shown(things: Iterable[Thing]) -> Iterator[Node]:
    """The nodes of the things in a plant: parts stand under their line, others under their kind."""
    for thing in things:
        yield Node(thing.name, thing.of if thing.part else thing.kind, thing.bodies)


class _Scene:
    """The tables of a glTF document while they grow."""

    def __init__(self) -> None:
        self.binary = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []
        self.meshes: list[dict[str, Any]] = []
        self.nodes: list[dict[str, Any]] = []
        self.materials: list[dict[str, Any]] = []
        self.groups: dict[str, list[int]] = {}

    def _material(self, colour: str, opacity: float) -> int:
        values = [(int(colour[i:i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]  # glTF colours are linear
        made: dict[str, Any] = {
            "name": colour,
            "doubleSided": opacity < 1,
            "pbrMetallicRoughness": {
                "baseColorFactor": [*(round(v, 5) for v in values), opacity],
                "metallicFactor": 0.0,
                "roughnessFactor": 0.9,
            },
        }
        if opacity < 1:
            made["alphaMode"] = "BLEND"
        if made not in self.materials:
            self.materials.append(made)
        return self.materials.index(made)

    def _accessor(self, values: np.ndarray[Any, np.dtype[np.float32]], limits: bool) -> int:
        data = np.ascontiguousarray(values, dtype="<f4").tobytes()
        self.views.append(
            {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data), "target": VERTICES}
        )
        self.binary += data
        accessor: dict[str, Any] = {
            "bufferView": len(self.views) - 1,
            "componentType": FLOAT,
            "count": len(values),
            "type": "VEC3",
        }
        if limits:
            accessor |= {"min": values.min(axis=0).tolist(), "max": values.max(axis=0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def add(self, node: Node, meshes: Sequence[Mesh]) -> None:
        """Adds a thing with a mesh for each of its bodies; z up becomes y up."""
        up = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], dtype=np.float32)  # rows: images of x, y and z
        primitives = []
        for body, (corners, normals) in zip(node.bodies, meshes, strict=True):
            if len(corners):
                primitives.append(
                    {"attributes": {"POSITION": self._accessor(corners @ up, True),
                                    "NORMAL": self._accessor(normals @ up, False)},
                     "material": self._material(body.colour, body.opacity)})
        if not primitives:
            return
        self.meshes.append({"name": node.name, "primitives": primitives})
        self.nodes.append({"name": node.name, "mesh": len(self.meshes) - 1, "extras": {"group": node.group}})
        self.groups.setdefault(node.group, []).append(len(self.nodes) - 1)

    def data(self, facts: Mapping[str, str]) -> bytes:
        """The file."""
        roots = []
        for group in sorted(self.groups):
            self.nodes.append({"name": group, "children": self.groups[group]})
            roots.append(len(self.nodes) - 1)
        document = {
            "asset": {"version": "2.0", "generator": "layoutgan", "extras": dict(facts)},
            "scene": 0,
            "scenes": [{"nodes": roots}],
            "nodes": self.nodes,
            "meshes": self.meshes,
            "materials": self.materials,
            "accessors": self.accessors,
            "bufferViews": self.views,
            "buffers": [{"byteLength": len(self.binary)}],
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        binary = bytes(self.binary) + b"\0" * (-len(self.binary) % 4)
        size = 12 + 8 + len(text) + 8 + len(binary)
        return (struct.pack("<4sII", b"glTF", 2, size) + struct.pack("<I4s", len(text), b"JSON") + text
                + struct.pack("<I4s", len(binary), b"BIN\0") + binary)


class GlbExporter:
    """Layouts as GLB models."""

    name = "glb"
    suffixes = (".glb",)
    api_version = API_VERSION
    capabilities = frozenset({"3d"})

    def available(self) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the model; options: ``height`` of the walls [m].

        Raises:
            ExportError: there is nothing to build.
        """
        said = chosen("glb", {"height": STOREY}, options)
        if not 0.1 <= said["height"] <= 30:
            raise InputError(f"option height of the glb exporter must be 0.1 to 30 m, found {said['height']}")
        nodes = list(nodes_of(layout, said["height"]))
        if not nodes:
            raise ExportError("the layout has nothing to build a model of; add rooms or walls, or equipment")
        write_whole(path, glb_bytes(nodes, facts_of(layout)))
