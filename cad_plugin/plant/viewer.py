"""The plant as a page that turns under the mouse: one HTML file that needs no network and no program."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from cad_plugin.annotation import clean
from cad_plugin.plant.model_dxf import group_of
from cad_plugin.plant_solids import Thing, plant_things
from cad_plugin.solids import body_meshes
from layoutgan.core.layout import Layout

__all__ = ["model_page"]

GROUPS = {"equipment": "Equipment", "line": "Lines", "rack": "Racks", "road": "Roads",
          "envelope": "Kept free", "keep_out": "Obstacles", "exception": "Lines without a way"}  # fmt: skip


def model_page(layout: Layout, things: Sequence[Thing] | None = None) -> str:
    """A page with the plant in three dimensions: turn, move, zoom, switch groups, names under the pointer.

    Args:
        layout: in the domain ``piping``.
        things: of the plant, when they are known already.
    """
    shown = list(plant_things(layout)) if things is None else things
    meshes = iter(body_meshes([body for thing in shown for body in thing.bodies]))
    corners, normals, colours, owners = [], [], [], []
    names: list[dict[str, object]] = []
    for thing in shown:
        for body in thing.bodies:
            points, ups = next(meshes)
            if not len(points):
                continue
            corners.append(points)
            normals.append(ups)
            rgb = [int(body.colour[i:i + 2], 16) for i in (1, 3, 5)]
            colours.append(np.tile(np.asarray([*rgb, round(255 * body.opacity)], np.uint8), (len(points), 1)))
            owners.append(np.full(len(points), len(names), np.float32))
        names.append({"name": clean(thing.name, 60), "group": group_of(thing)})
    blob = {
        "corners": _packed(np.concatenate(corners) if corners else np.zeros((0, 3)), np.float32),
        "normals": _packed(np.concatenate(normals) * 127 if normals else np.zeros((0, 3)), np.int8),
        "colours": _packed(np.concatenate(colours) if colours else np.zeros((0, 4)), np.uint8),
        "owners": _packed(np.concatenate(owners) if owners else np.zeros(0), np.float32),
        "things": names,
        "groups": {key: GROUPS[key] for key in GROUPS if any(n["group"] == key for n in names)},
    }
    # "<" never stands in a script as it is, so that no name can end it.
    data = json.dumps(blob, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    title = html.escape(clean(layout.name, 100) or "Plant")
    page = files("cad_plugin.plant").joinpath("viewer.html").read_text(encoding="utf-8")
    return page.replace("@TITLE@", title).replace("@DATA@", data)


def _packed(values: np.ndarray, kind: type) -> str:
    """Numbers as text, the lowest byte first."""
    return base64.b64encode(values.astype(np.dtype(kind).newbyteorder("<")).tobytes()).decode("ascii")
