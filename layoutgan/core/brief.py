"""A brief: what somebody asks for. Each domain adds its own fields; this is what all briefs share.

``programme`` is the view of a brief that networks, the exact step and the metrics read: nodes, relations and
the site, the same for rooms and for equipment.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator
from shapely.geometry import Point, Polygon

from layoutgan.core.drawn import resolved
from layoutgan.core.schema import Degrees, Document, dump

if TYPE_CHECKING:
    import networkx

__all__ = ["Brief", "Node", "Programme", "Relation", "RelationKind", "RuleSettings", "Site"]


class RelationKind(StrEnum):
    """How two nodes of a brief are related."""

    DOOR = "door"
    """People pass through a door between them."""
    OPEN = "open"
    """An opening without a door."""
    ADJACENT = "adjacent"
    """They share a wall."""
    NEVER = "never"
    """They must not share a wall."""
    PIPE = "pipe"
    """A line runs between them."""


@dataclass(frozen=True)
class Node:
    """One thing to be placed, as networks and the exact step see it."""

    id: str
    kind: str
    area: tuple[float, float, float]
    """Least, wanted and most clear area [m²]."""
    size: tuple[float, float] | None = None
    """Given length and width [m], for equipment."""
    min_width: float = 0.0
    """Least clear width [m]."""
    exterior: bool = False
    """Needs contact with the façade (a window, or open air)."""
    entrance: bool = False
    """An entrance of the site opens into it."""
    fixed: Polygon | None = None
    """The place it must keep [m]."""
    height: float = 0.0
    """Top above grade [m], for equipment."""
    clearance: float = 0.0
    """Least free distance to its neighbours [m], for equipment."""


@dataclass(frozen=True)
class Relation:
    """A wish or ban between two nodes."""

    first: str
    second: str
    kind: RelationKind
    weight: float = 1.0
    """Cost per metre of distance [-], for pipes."""


@dataclass(frozen=True)
class Site:
    """Where things may stand."""

    inside: Polygon
    """The area to be filled or used [m]."""
    obstacles: tuple[Polygon, ...] = ()
    """What stands there already and must stay free of rooms or equipment [m]."""
    entrances: tuple[Point, ...] = ()
    """Where people or lines come in, on the outline [m]."""
    blind: tuple[Any, ...] = ()
    """Pieces of the outline without windows, such as party walls [m]."""
    north: float = 90.0
    """Direction of north [°], counter-clockwise from +x."""
    racks: tuple[Polygon, ...] = ()
    """Of the obstacles, those that carry pipes [m]."""


@dataclass(frozen=True)
class Programme:
    """A brief as nodes, relations and a site."""

    site: Site
    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...] = ()
    ids: dict[str, int] = field(init=False, compare=False, repr=False)
    """Position of each node by its id."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", {node.id: i for i, node in enumerate(self.nodes)})


Limit = Annotated[float, Field(strict=True, allow_inf_nan=False)]
RULE_CODE = "^[A-Z]{2}[0-9]{3}$"
"""What a rule's code looks like."""


class RuleSettings(Document):
    """Which rule packs judge the layout, and limits that differ: ``FP101: {min_width: 2.4}``."""

    model_config = Document.model_config | {
        "extra": "allow",
        "json_schema_extra": {
            "additionalProperties": False,
            "patternProperties": {RULE_CODE: {"type": "object", "additionalProperties": {"type": "number"}}},
        },
    }
    __pydantic_extra__: dict[str, dict[str, Limit]]

    packs: tuple[str, ...] = Field(default=(), max_length=50)
    """Names of rule packs; nothing means the domain's own."""

    @model_validator(mode="before")
    @classmethod
    def _codes(cls, data: Any) -> Any:
        for key in data if isinstance(data, dict) else ():
            if key not in cls.model_fields and not re.fullmatch(RULE_CODE, str(key)):
                near = get_close_matches(str(key), cls.model_fields, n=1)
                hint = f"did you mean '{near[0]}'?" if near else "known here: packs, and codes such as FP101"
                raise ValueError(f"no such field '{str(key)[:60]}'; {hint}")
        return data

    def limits(self) -> dict[str, dict[str, float]]:
        """Limits by rule code, as written in the brief."""
        return {code: dict(values) for code, values in (self.model_extra or {}).items()}


class Brief(Document):
    """What somebody asks for."""

    layoutgan: Literal[1]
    """Version of the document; always 1."""
    domain: str
    """Field of design: floorplan or piping."""
    name: str = Field(default="Untitled", max_length=200)
    """Name of the project, for drawings and reports."""
    north: Degrees = 90.0
    """Direction of north, counter-clockwise from +x."""
    rules: RuleSettings = RuleSettings()
    """Rule packs and limits."""

    @model_validator(mode="before")
    @classmethod
    def _drawings(cls, data: Any, info: ValidationInfo) -> Any:
        """Shapes that stand in drawings beside the brief take the place of their names."""
        return resolved(data, (info.context or {}).get("folder"))

    def programme(self) -> Programme:
        """The brief as nodes, relations and a site.

        Raises:
            NotImplementedError: the domain has none.
        """
        raise NotImplementedError

    def parts(self) -> Iterator[Document]:
        """The brief itself and every document inside it, for rules that judge briefs."""
        yield from _parts(self)

    def graph(self) -> networkx.Graph[str]:
        """Nodes with their kind and area, edges with their relation."""
        import networkx

        graph: networkx.Graph[str] = networkx.Graph(name=self.name)
        programme = self.programme()
        for node in programme.nodes:
            graph.add_node(node.id, kind=node.kind, area=node.area)
        for relation in programme.relations:
            graph.add_edge(relation.first, relation.second, kind=str(relation.kind), weight=relation.weight)
        return graph

    def digest(self) -> str:
        """SHA-256 of the brief's content, first 16 hexadecimal digits; stands in drawings."""
        text = json.dumps(dump(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parts(value: Any) -> Iterator[Document]:
    if isinstance(value, Document):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _parts(item)
