"""A layout: elements with shapes, and what connects them. The product; every drawing is a view of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from pydantic import (
    Field,
    SerializeAsAny,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from layoutgan.core import registry
from layoutgan.core.brief import Brief
from layoutgan.core.geometry import PolygonShape
from layoutgan.core.schema import Degrees, Document, validate
from layoutgan.errors import LayoutError

if TYPE_CHECKING:
    import networkx

__all__ = ["Connection", "Element", "Layout", "Provenance"]

E = TypeVar("E", bound="Element")

MAX_ELEMENTS = 50_000
"""Most elements of one layout [-]."""


class Element(Document):
    """Something with a place.

    Subclasses narrow ``shape`` and set ``tag``, the word that stands in files as ``type``.
    """

    tag: ClassVar[str] = "element"

    id: str = Field(min_length=1, max_length=200)
    """Name that is unique in the layout."""
    kind: str = Field(max_length=100)
    """What it is, in the words of its domain."""
    shape: Any
    """Where it is [m]."""
    locked: StrictBool = False
    """Stays where it is when the rest is generated anew."""

    @model_serializer(mode="wrap")
    def _tagged(self, handler: Any) -> dict[str, Any]:
        return {"type": self.tag, **handler(self)}

    @model_validator(mode="before")
    @classmethod
    def _untagged(cls, data: Any) -> Any:
        if isinstance(data, dict) and "type" in data:
            return {key: value for key, value in data.items() if key != "type"}
        return data


class Connection(Document):
    """Two elements that belong together: walked through, touching, or piped."""

    kind: str
    """door, open, adjacent or pipe."""
    between: tuple[str, str]
    """Ids of the two elements; ``outside`` is the world beyond the outline."""
    via: str | None = None
    """Id of the element that makes the connection, such as a door."""


class Provenance(Document):
    """Where a layout comes from."""

    source: str
    """The generator or data set."""
    version: str = ""
    """Version of layoutgan."""
    weights: str = ""
    """Name and digest of the network's weights."""
    brief: str = ""
    """Digest of the brief."""
    seed: int | None = None
    candidate: int | None = None
    """Number of the candidate among those drawn with this seed."""
    rules: str = ""
    """Rule packs that it was judged by."""
    licence: str = ""
    """Licence of the plan, for layouts from data sets."""


class Layout(Document):
    """Elements in one coordinate system [m], and the brief that they answer."""

    layoutgan: Literal[1] = 1
    """Version of the document; always 1."""
    domain: str
    """Field of design; says which elements there are."""
    name: str = Field(default="Untitled", max_length=200)
    boundary: PolygonShape | None = None
    """The outline [m]: for a floor plan the inner face of the outer walls, with courtyards as holes."""
    north: Degrees = 90.0
    """Direction of north, counter-clockwise from +x."""
    elements: tuple[SerializeAsAny[Element], ...] = ()
    connections: tuple[Connection, ...] = ()
    brief: SerializeAsAny[Brief] | None = None
    """The brief that this layout answers."""
    provenance: Provenance | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    """Figures that ranked it, by name."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader: assumptions made, wishes that could not be met."""

    @field_validator("elements", mode="before")
    @classmethod
    def _by_type(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, list | tuple):
            return value
        if len(value) > MAX_ELEMENTS:
            raise ValueError(f"{len(value)} elements; at most {MAX_ELEMENTS} are read")
        return tuple(cls._element(item, info, place) for place, item in enumerate(value))

    @staticmethod
    def _element(item: Any, info: ValidationInfo, place: int) -> Any:
        if isinstance(item, Element):
            return item
        known = _domain(info).elements
        name = item.get("type") if isinstance(item, dict) else None
        if not isinstance(name, str) or name not in known:
            words = ", ".join(sorted(known))
            raise ValueError(f"elements[{place}]: type must be one of {words}, found {str(name)[:60]!r}")
        return validate(known[name], item, at=f"elements[{place}]")

    @field_validator("brief", mode="before")
    @classmethod
    def _own_brief(cls, value: Any, info: ValidationInfo) -> Any:
        return validate(_domain(info).brief, value, at="brief") if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _unique(self) -> Layout:
        seen: set[str] = set()
        for element in self.elements:
            if element.id in seen:
                raise ValueError(f"two elements are called '{element.id}'; ids must differ")
            seen.add(element.id)
        for connection in self.connections:
            for end in connection.between:
                if end not in seen and end != "outside":
                    raise ValueError(f"a connection names '{end}', and no element is called so")
        return self

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Elements of one type, in order."""
        return tuple(e for e in self.elements if isinstance(e, kind))

    def __getitem__(self, element: str) -> Element:
        """The element with that id.

        Raises:
            KeyError: there is none.
        """
        for candidate in self.elements:
            if candidate.id == element:
                return candidate
        raise KeyError(element)

    def replaced(self, **changes: Any) -> Layout:
        """The layout with some fields changed, validated anew."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(values | changes))

    def graph(self) -> networkx.MultiGraph[str]:
        """Elements that are connected, and their connections."""
        import networkx

        graph: networkx.MultiGraph[str] = networkx.MultiGraph(name=self.name)
        for element in self.elements:
            graph.add_node(element.id, kind=element.kind, type=element.tag)
        for connection in self.connections:
            graph.add_edge(*connection.between, kind=connection.kind, via=connection.via)
        return graph

    def ids(self) -> Iterator[str]:
        """Ids of all elements, in order."""
        return (e.id for e in self.elements)


def _domain(info: ValidationInfo) -> Any:
    """The domain that the document names; the registry turns the name into elements and briefs."""
    name = info.data.get("domain")
    if not isinstance(name, str):
        raise ValueError("the layout's domain is missing or wrong, so its content cannot be read")
    try:
        return registry.find("domain", name)
    except LayoutError as error:
        raise ValueError(str(error)) from error
