"""GeoJSON: shapes with their properties, for GIS programs and scripts; in metres of the drawing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import facts_of
from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump, validate, write_text
from layoutgan.errors import InputError
from layoutgan.validation.report import Report

__all__ = ["GeoJsonExporter"]

NOTE = "Local metres, not the longitudes and latitudes that RFC 7946 asks for."
ENTRY = "layoutgan:layout"


def _features(layout: Layout, report: Report | None) -> Iterator[dict[str, Any]]:
    clear: Mapping[str, BaseGeometry] = {}
    if layout.domain == "floorplan":
        from layoutgan.domains.floorplan.walls import clear_shapes

        clear = clear_shapes(layout)
    for element in layout.elements:
        properties = {key: value for key, value in dump(element).items() if key != "shape"}
        if element.id in clear:
            properties["clear_area"] = round(clear[element.id].area, 6)
        if isinstance(element.shape, BaseGeometry):
            yield {
                "type": "Feature",
                "id": element.id,
                "properties": properties,
                "geometry": mapping(element.shape),
            }
    for finding in report.findings if report else ():
        place = mapping(finding.where) if isinstance(finding.where, BaseGeometry) else None
        yield {"type": "Feature", "properties": {"type": "finding", **dump(finding)}, "geometry": place}


class GeoJsonExporter:
    """Layouts as GeoJSON."""

    name = "geojson"
    suffixes = (".geojson",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "read"})

    def available(self) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes one feature for each element and finding, without options."""
        chosen("geojson", {}, options)
        document = {"type": "FeatureCollection", "name": layout.name, "note": NOTE, "facts": facts_of(layout),
                    "features": list(_features(layout, report)), ENTRY: dump(layout)}
        write_text(path, json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")

    def read(self, path: Path) -> Layout:
        """The layout in the file.

        Raises:
            InputError: the file was not written by layoutgan.
        """
        from layoutgan.core.plain import read_tree

        tree, _ = read_tree(path)
        if not isinstance(tree, dict) or ENTRY not in tree:
            raise InputError(f"holds no layout of layoutgan (no member '{ENTRY}')", file=str(path))
        return validate(Layout, tree[ENTRY], file=str(path))
