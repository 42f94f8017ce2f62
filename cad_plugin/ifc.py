"""IFC4: layouts as building models, with GlobalIds that stay when a layout is generated again.

Needs ifcopenshell, an extra (``layoutgan[ifc]``) and not part of the core because its licence is the LGPL
and it is 200 MB large. Finished files are checked against the schema before they appear; the schema's
own rules (``validate="rules"``) take seconds and need pytest, so they run in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report

if TYPE_CHECKING:
    from cad_plugin.ifc_model import Model

__all__ = ["IfcExporter", "build", "faults_of", "ifc_bytes"]

DEFAULTS: Mapping[str, Any] = {"height": 2.7, "validate": "schema"}
_CHECKS = ("none", "schema", "rules")


def ifc_bytes(layout: Layout, *, height: float = 2.7, validate: str = "schema") -> bytes:
    """The bytes of an IFC4 file.

    Args:
        layout: a floor plan or a plant.
        height: of the walls and spaces of a floor plan [m].
        validate: none, schema, or rules for the schema's own rules as well.

    Raises:
        ExportError: the layout holds nothing to build, or the finished file is faulty.
    """
    from cad_plugin.ifc_model import Model
    from layoutgan import __version__

    key = layout.brief.name if layout.brief is not None else layout.name
    model = Model(f"{layout.domain}\n{key}", north=layout.north)
    build(model, layout, height)
    if validate != "none":
        faults = faults_of(model.file, rules=validate == "rules")
        if faults:
            raise ExportError(
                f"the IFC file would be faulty and was not written: {faults[0]}"
                + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else "")
                + "; please report this"
            )
    return model.data(layout.name, f"layoutgan {__version__}")


def faults_of(file: Any, *, rules: bool = False) -> list[str]:
    """What is wrong with an open IFC file.

    Args:
        file: as ifcopenshell opens it.
        rules: ask the schema's own rules too; takes seconds.
    """
    import logging

    from ifcopenshell.validate import json_logger, validate

    logger = json_logger()
    before = logging.root.manager.disable
    try:
        logging.disable(logging.CRITICAL)
        validate(file, logger, express_rules=rules)
    finally:
        logging.disable(before)
    return [" ".join(str(found.get("message", found)).split()) for found in logger.statements]


def build(model: Model, layout: Layout, height: float) -> Any:
    """Project, site, building and storey, and in the storey whatever the domain builds.

    Args:
        model: empty.
        layout: a floor plan or a plant.
        height: of the walls and spaces of a floor plan [m].

    Returns:
        The IfcBuildingStorey.

    Raises:
        ExportError: there is nothing to build.
    """
    from cad_plugin.annotation import facts_of
    from cad_plugin.ifc_model import Frame

    units = [
        model.make("IfcSIUnit", UnitType=kind, Name=name)
        for kind, name in (
            ("LENGTHUNIT", "METRE"),
            ("AREAUNIT", "SQUARE_METRE"),
            ("VOLUMEUNIT", "CUBIC_METRE"),
            ("PLANEANGLEUNIT", "RADIAN"),
        )
    ]
    project = model.root(
        "IfcProject",
        "project",
        layout.name,
        RepresentationContexts=[model.context],
        UnitsInContext=model.make("IfcUnitAssignment", Units=units),
    )
    site_place = model.placed(Frame())
    site = model.root("IfcSite", "site", "Site", ObjectPlacement=site_place, CompositionType="ELEMENT")
    place = model.placed(Frame(), site_place)
    building = model.root(
        "IfcBuilding", "building", layout.name, ObjectPlacement=place, CompositionType="ELEMENT"
    )
    storey = model.root(
        "IfcBuildingStorey",
        "storey",
        "Floor" if layout.domain == "floorplan" else "Grade",
        ObjectPlacement=model.placed(Frame(), place),
        CompositionType="ELEMENT",
        Elevation=0.0,
    )
    for key, whole, part in (
        ("project/site", project, site),
        ("site/building", site, building),
        ("building/storey", building, storey),
    ):
        model.related("IfcRelAggregates", key, one=("RelatingObject", whole), many=("RelatedObjects", [part]))
    model.properties(building, "building", "LayoutGAN", facts_of(layout))
    inside = _built(model, layout, storey, height)
    model.related(
        "IfcRelContainedInSpatialStructure",
        "storey/content",
        one=("RelatingStructure", storey),
        many=("RelatedElements", inside),
    )
    if not inside:
        raise ExportError("the layout has nothing to build a model of; add rooms or walls, or equipment")
    return storey


def _built(model: Model, layout: Layout, storey: Any, height: float) -> list[Any]:
    if layout.domain == "floorplan":
        from cad_plugin.ifc_floorplan import build_floorplan

        return build_floorplan(model, layout, storey, height)
    if layout.domain == "piping":
        from cad_plugin.ifc_plant import build_plant

        return build_plant(model, layout, storey)
    raise ExportError(
        f"the ifc exporter does not know what the domain '{layout.domain}' builds; export dxf or geojson"
    )


class IfcExporter:
    """Layouts as IFC4 models."""

    name = "ifc"
    suffixes = (".ifc",)
    api_version = API_VERSION
    capabilities = frozenset({"3d"})

    def available(self) -> tuple[bool, str]:
        """Whether ifcopenshell is installed."""
        from importlib.util import find_spec

        return (True, "") if find_spec("ifcopenshell") else (False, "pip install 'layoutgan[ifc]'")

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the model; options as in ``ifc_bytes``."""
        said = chosen("ifc", DEFAULTS, options, validate=_CHECKS)
        if not 0.1 <= said["height"] <= 30:
            raise InputError(f"option height of the ifc exporter must be 0.1 to 30 m, found {said['height']}")
        write_whole(path, ifc_bytes(layout, height=float(said["height"]), validate=said["validate"]))
