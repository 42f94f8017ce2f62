"""The plant in three dimensions as DXF: meshes for what has a body, and a polyline in space for each pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cad_plugin.annotation import MM, clean
from cad_plugin.plant_solids import Body, Thing, plant_things
from cad_plugin.solids import Prism, triangles
from cad_plugin.tubes import round_triangles
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.elements import Pipe

__all__ = ["model_dxf", "thing_triangles"]

LAYERS = {
    "equipment": ("M-EQPM-3D", 8), "rack": ("S-RACK-3D", 30), "road": ("C-ROAD-3D", 9),
    "envelope": ("M-EQPM-CLNC-3D", 104), "keep_out": ("C-SITE-3D", 9), "line": ("P-PIPE-3D", 5),
    "exception": ("P-PIPE-EXCP-3D", 1), "centre": ("P-PIPE-CNTR", 140)}  # fmt: skip
"""Layer and colour by what stands on it."""
_STEEL = ("column", "beam", "platform")


def thing_triangles(bodies: Sequence[Body]) -> tuple[np.ndarray, np.ndarray]:
    """Corners and normals of the triangles of bodies, three rows each [m]."""
    made = [triangles(body) if isinstance(body, Prism) else round_triangles(body) for body in bodies]
    return np.concatenate([c for c, _ in made]), np.concatenate([n for _, n in made])


def group_of(thing: Thing) -> str:
    """Key of LAYERS for a thing."""
    if thing.of == "equipment":
        return "equipment"
    if thing.kind in _STEEL:
        return "rack"
    return thing.kind if thing.kind in LAYERS else "line"


def _meshes(layout: Layout) -> Iterator[tuple[str, list[Body]]]:
    """Layer and bodies of each mesh: one per item, and one for all parts of a line."""
    found: dict[tuple[str, str], list[Body]] = {}
    for thing in plant_things(layout):
        group = group_of(thing)
        key = thing.of if group == "line" else thing.key
        found.setdefault((LAYERS[group][0], key), []).extend(thing.bodies)
    for (layer, _), bodies in found.items():
        if bodies:
            yield layer, bodies


def _distinct(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct corners, and which of them each corner is; by their bytes, faster than row by row."""
    rows = np.ascontiguousarray(corners + 0.0).view(np.dtype((np.void, corners.shape[1] * corners.itemsize)))
    _, first, index = np.unique(rows.ravel(), return_index=True, return_inverse=True)
    return corners[first], index.ravel()


def model_dxf(layout: Layout, version: str = "R2010") -> bytes:
    """A DXF file with MESH entities and 3-D polylines [mm]; the same bytes for the same layout.

    Args:
        layout: in the domain ``piping``.
        version: R2000 or later; R12 knows no meshes.
    """
    import ezdxf.filemanagement
    from ezdxf import units

    from cad_plugin.dxf_document import fixed_metadata, saved

    with fixed_metadata():
        doc = ezdxf.filemanagement.new(version, units=units.MM)
        for name, colour in LAYERS.values():
            doc.layers.add(name, color=colour)
        space = doc.modelspace()
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for layer, bodies in _meshes(layout):
            corners, _ = thing_triangles(bodies)
            places, index = _distinct(np.round(corners * MM, 3))
            low, high = np.minimum(low, places.min(axis=0)), np.maximum(high, places.max(axis=0))
            mesh = space.add_mesh(dxfattribs={"layer": layer})
            with mesh.edit_data() as data:
                data.vertices = places.tolist()
                data.faces = index.reshape(-1, 3).tolist()
        for pipe in layout.of(Pipe):
            space.add_polyline3d((pipe.points * MM).tolist(), dxfattribs={"layer": LAYERS["centre"][0]})
        if np.isfinite(low).all():
            doc.header["$EXTMIN"], doc.header["$EXTMAX"] = tuple(low.tolist()), tuple(high.tolist())
        doc.header.custom_vars.append("layoutgan.name", clean(layout.name))
        return saved(doc)
