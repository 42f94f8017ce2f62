"""Plants as IFC: equipment, pipe segments, fittings and valves, a distribution system for each line."""

from __future__ import annotations

from typing import Any

from cad_plugin.ifc_model import Frame, Model
from cad_plugin.plant_solids import Body, Thing, plant_things
from cad_plugin.solids import Prism
from cad_plugin.tubes import Bend, Point3
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables.parts import Part
from layoutgan.domains.piping.elements import Component, Equipment, Pipe

__all__ = ["build_plant"]

CLASSES: dict[str, tuple[str, str]] = {
    "pump": ("IfcPump", "NOTDEFINED"),
    "exchanger": ("IfcHeatExchanger", "SHELLANDTUBE"),
    "plate_exchanger": ("IfcHeatExchanger", "PLATE"),
    "air_cooler": ("IfcHeatExchanger", "NOTDEFINED"),
    "compressor": ("IfcCompressor", "NOTDEFINED"),
    "vessel": ("IfcTank", "PRESSUREVESSEL"),
    "column": ("IfcTank", "PRESSUREVESSEL"),
    "reactor": ("IfcTank", "PRESSUREVESSEL"),
    "drum": ("IfcTank", "PRESSUREVESSEL"),
    "tank": ("IfcTank", "STORAGE"),
    "filter": ("IfcFilter", "NOTDEFINED"),
    "heater": ("IfcBurner", "NOTDEFINED"),
    "cooling_tower": ("IfcCoolingTower", "NOTDEFINED"),
    "flare": ("IfcBurner", "NOTDEFINED"),
    "package": ("IfcUnitaryEquipment", "NOTDEFINED"),
}
"""Entity and predefined type by class of equipment; others are proxies."""
PARTS: dict[str, tuple[str, str]] = {
    "PIPE": ("IfcPipeSegment", "RIGIDSEGMENT"),
    "ELBOW": ("IfcPipeFitting", "BEND"),
    "TEE": ("IfcPipeFitting", "JUNCTION"),
    "BEND-TEED": ("IfcPipeFitting", "JUNCTION"),
    "OLET": ("IfcPipeFitting", "JUNCTION"),
    "FLANGE": ("IfcPipeFitting", "CONNECTOR"),
    "REDUCER-CONCENTRIC": ("IfcPipeFitting", "TRANSITION"),
    "REDUCER-ECCENTRIC": ("IfcPipeFitting", "TRANSITION"),
    "FILTER": ("IfcFilter", "STRAINER"),
    "SUPPORT": ("IfcDiscreteAccessory", "NOTDEFINED"),
}
"""Entity and predefined type by word of a pipe part; the others are valves."""
VALVES = {
    "check": "CHECK",
    "control": "REGULATING",
    "relief": "SAFETYCUTOFF",
    "gate": "ISOLATING",
    "ball": "ISOLATING",
    "butterfly": "ISOLATING",
    "globe": "REGULATING",
}
OTHERS: dict[str, tuple[str, str]] = {
    "column/rack": ("IfcColumn", "COLUMN"),
    "beam": ("IfcBeam", "BEAM"),
    "platform": ("IfcSlab", "LANDING"),
    "envelope": ("IfcBuildingElementProxy", "PROVISIONFORSPACE"),
    "road": ("IfcCivilElement", ""),
}
PROXY = ("IfcBuildingElementProxy", "NOTDEFINED")
_MEET = 3
"""Decimals to which ends of parts are compared: a millimetre."""


def build_plant(model: Model, layout: Layout, storey: Any) -> list[Any]:
    """Makes everything in a plant, with systems and the ports that join their parts.

    Args:
        model: that grows.
        layout: a plant.
        storey: in which it stands.

    Returns:
        What the storey contains.
    """
    builder = _Builder(model, layout, storey)
    made = [builder.thing(thing) for thing in plant_things(layout)]
    builder.systems()
    return made


class _Builder:
    """Makes the things of a plant and remembers which line they belong to."""

    def __init__(self, model: Model, layout: Layout, storey: Any) -> None:
        self.model, self.layout, self.storey = model, layout, storey
        self.place = model.placed(Frame(), storey.ObjectPlacement)
        self.items = {e.id: e for e in layout.of(Equipment)}
        self.components = {c.id: c for c in layout.of(Component)}
        self.lines: dict[str, list[Any]] = {}
        self.open: dict[tuple[str, tuple[float, ...]], Any] = {}
        """Ports by line and place that wait for the part that comes next."""

    def thing(self, thing: Thing) -> Any:
        """The entity of one thing, with body, properties and ports."""
        items = [self.model.coloured(self._solid(body), body.colour, body.opacity) for body in thing.bodies]
        entity, predefined = self._class(thing)
        values: dict[str, Any] = {"Tag": thing.name, "ObjectType": thing.kind}
        if predefined:
            values["PredefinedType"] = predefined
        made = self.model.root(
            entity,
            thing.key,
            thing.name,
            ObjectPlacement=self.place,
            Representation=self.model.shaped(items),
            **values,
        )
        if thing.part is not None:
            self._part(made, thing, thing.part)
        elif thing.of == "equipment":
            self._item(made, self.items[thing.key])
        return made

    def _class(self, thing: Thing) -> tuple[str, str]:
        if thing.part is not None:
            component = self.components.get(thing.part.name)
            if thing.kind not in PARTS:
                return "IfcValve", VALVES.get(component.kind if component else "", "NOTDEFINED")
            return PARTS[thing.kind]
        if thing.of == "equipment":
            return CLASSES.get(thing.kind, PROXY)
        return OTHERS.get("column/rack" if thing.kind == "column" else thing.kind, PROXY)

    def _solid(self, body: Body) -> Any:
        if isinstance(body, Prism):
            return self.model.prism(body.shape, body.low, body.high)
        if isinstance(body, Bend):
            return self.model.bend(body.start, body.corner, body.end, body.radius, body.wall)
        return self.model.tube(body.start, body.end, body.radius, wall=body.wall, end_radius=body.end_radius)

    def _item(self, made: Any, item: Equipment) -> None:
        self.model.properties(
            made,
            item.id,
            "LayoutGAN",
            {
                "class": item.kind,
                "service": item.service,
                "hazardous": item.hazardous,
                "ignition": item.ignition,
                "temperature": item.temperature,
                "set": item.set,
            },
        )
        ports = [self._port(f"{item.id}.{n.id}", (n.at.x, n.at.y, n.at.z), n.line) for n in item.nozzles]
        self._nested(made, item.id, ports)

    def _part(self, made: Any, thing: Thing, part: Part) -> None:
        self.model.properties(
            made,
            thing.key,
            "LayoutGAN",
            {
                "line": thing.of,
                "nps": float(part.nps),
                "code": part.code,
                "description": part.description,
                "rating": part.rating if thing.kind in {"FLANGE", "VALVE", "INSTRUMENT"} else None,
            },
        )
        if thing.kind == "PIPE":
            self.model.quantities(
                made, thing.key, "Qto_PipeSegmentBaseQuantities", Length=part.length, GrossWeight=part.mass
            )
        self.lines.setdefault(thing.of, []).append(made)
        if thing.kind == "SUPPORT":
            return
        places = [*(point for point, _ in part.ends), *([part.branch[0]] if part.branch else [])]
        ports = [
            self._port(f"{thing.key}/port/{number}", (float(p[0]), float(p[1]), float(p[2])), thing.of)
            for number, p in enumerate(places, start=1)
        ]
        self._nested(made, thing.key, ports)

    def _port(self, key: str, at: Point3, line: str) -> Any:
        """A port at an end; it is joined to the port of the same line that waits there."""
        place = self.model.make("IfcAxis2Placement3D", Location=self.model.point(at))
        port = self.model.root(
            "IfcDistributionPort",
            f"{key}/port",
            key,
            FlowDirection="NOTDEFINED",
            PredefinedType="PIPE",
            ObjectPlacement=self.model.make(
                "IfcLocalPlacement", PlacementRelTo=self.place, RelativePlacement=place
            ),
        )
        here = (line, tuple(round(v, _MEET) + 0.0 for v in at))
        waiting = self.open.pop(here, None)
        if waiting is None:
            self.open[here] = port
        else:
            self.model.root("IfcRelConnectsPorts", f"{key}/joined", RelatingPort=waiting, RelatedPort=port)
        return port

    def _nested(self, made: Any, key: str, ports: list[Any]) -> None:
        self.model.related(
            "IfcRelNests", f"{key}/ports", one=("RelatingObject", made), many=("RelatedObjects", ports)
        )

    def systems(self) -> None:
        """A distribution system for each line, with what the line list says."""
        pipes: dict[str, Pipe] = {}
        for pipe in self.layout.of(Pipe):
            pipes.setdefault(pipe.line, pipe)
        for number, parts in self.lines.items():
            key = f"line/{number}"
            system = self.model.root(
                "IfcDistributionSystem",
                key,
                number,
                LongName=pipes[number].fluid or None,
                PredefinedType="NOTDEFINED",
            )
            self.model.properties(
                system,
                key,
                "LayoutGAN",
                {
                    "service": pipes[number].kind,
                    "spec": pipes[number].spec,
                    "nps": float(pipes[number].nps),
                    "rating": pipes[number].rating,
                    "insulation": pipes[number].insulation,
                    "temperature": pipes[number].temperature,
                },
            )
            self.model.related(
                "IfcRelAssignsToGroup",
                f"{key}/parts",
                one=("RelatingGroup", system),
                many=("RelatedObjects", parts),
            )
