"""The plant in three dimensions as DXF: meshes for what has a body, and a polyline in space for each pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cad_plugin.annotation import MM, clean
from cad_plugin.plant_solids import Thing, plant_things
from cad_plugin.solids import body_meshes
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.elements import Pipe

if TYPE_CHECKING:
    from cad_plugin.dxf_records import Records

__all__ = ["group_of", "model_dxf"]

LAYERS = {
    "equipment": ("M-EQPM-3D", 8), "rack": ("S-RACK-3D", 30), "road": ("C-ROAD-3D", 9),
    "envelope": ("M-EQPM-CLNC-3D", 104), "keep_out": ("C-SITE-3D", 9), "line": ("P-PIPE-3D", 5),
    "exception": ("P-PIPE-EXCP-3D", 1), "centre": ("P-PIPE-CNTR", 140)}  # fmt: skip
"""Layer and colour by what stands on it."""
_STEEL = ("column", "beam", "platform")


def group_of(thing: Thing) -> str:
    """Key of LAYERS for a thing."""
    if thing.of == "equipment":
        return "equipment"
    if thing.kind in _STEEL:
        return "rack"
    return thing.kind if thing.kind in LAYERS else "line"


def _meshes(things: Sequence[Thing]) -> Iterator[tuple[str, np.ndarray]]:
    """Layer and corners of the triangles of each mesh [mm]: one per item, one for all parts of a line."""
    found: dict[tuple[str, str], list[np.ndarray]] = {}
    meshes = iter(body_meshes([body for thing in things for body in thing.bodies]))
    for thing in things:
        group = group_of(thing)
        key = thing.of if group == "line" else thing.key
        found.setdefault((LAYERS[group][0], key), []).extend(next(meshes)[0] for _ in thing.bodies)
    for (layer, _), corners in found.items():
        if corners:
            yield layer, np.round(np.concatenate(corners) * MM, 3)


def _distinct(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct corners, and which of them each corner is; by their bytes, faster than row by row."""
    rows = np.ascontiguousarray(corners + 0.0).view(np.dtype((np.void, corners.shape[1] * corners.itemsize)))
    _, first, index = np.unique(rows.ravel(), return_index=True, return_inverse=True)
    return corners[first], index.ravel()


def model_dxf(layout: Layout, things: Sequence[Thing] | None = None, version: str = "R2010") -> bytes:
    """A DXF file with MESH entities and 3-D polylines [mm]; the same bytes for the same layout.

    Args:
        layout: in the domain ``piping``.
        things: of the plant, when they are known already.
        version: R2000 or later; R12 knows no meshes.
    """
    import ezdxf.filemanagement
    from ezdxf import units

    from cad_plugin.dxf_document import fixed_metadata, saved
    from cad_plugin.dxf_records import Records
    from cad_plugin.dxf_series import MARK, Template

    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    meshes = []
    for layer, corners in _meshes(list(plant_things(layout)) if things is None else things):
        places, index = _distinct(corners)
        low, high = np.minimum(low, places.min(axis=0)), np.maximum(high, places.max(axis=0))
        meshes.append((layer, places, index))
    with fixed_metadata():
        doc = ezdxf.filemanagement.new(version, units=units.MM)
        for name, colour in LAYERS.values():
            doc.layers.add(name, color=colour)
        space = doc.modelspace()
        space.add_line(MARK.start, MARK.end)
        for pipe in layout.of(Pipe):
            space.add_polyline3d((pipe.points * MM).tolist(), dxfattribs={"layer": LAYERS["centre"][0]})
        if np.isfinite(low).all():
            doc.header["$EXTMIN"], doc.header["$EXTMAX"] = tuple(low.tolist()), tuple(high.tolist())
        doc.header.custom_vars.append("layoutgan.name", clean(layout.name))
        template = Template(saved(doc).decode())
    records = Records({}, {}, template.seed)
    records.enter(*template.gaps[0])
    text = "".join([_mesh(records, *mesh) for mesh in meshes])
    return template.filled([text], records.handle, {}).encode()


def _mesh(records: Records, layer: str, places: np.ndarray, index: np.ndarray) -> str:
    """The record of a mesh; ezdxf takes twenty times as long for it.

    Args:
        records: that it continues.
        layer: its name.
        places: distinct corners [N, 3] [mm].
        index: which of them are the corners of triangles [3 T].
    """
    corners = "".join([f" 10\n{x}\n 20\n{y}\n 30\n{z}\n" for x, y, z in places.tolist()])
    faces = "".join([f" 90\n3\n 90\n{a}\n 90\n{b}\n 90\n{c}\n"
                     for a, b, c in index.reshape(-1, 3).tolist()])
    return (f"{records.start('MESH', layer)}100\nAcDbSubDMesh\n 71\n2\n 72\n0\n 91\n0\n"
            f" 92\n{len(places)}\n{corners} 93\n{len(index) // 3 * 4}\n{faces} 94\n0\n 95\n0\n 90\n0\n")
