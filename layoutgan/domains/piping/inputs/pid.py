"""A P&ID as a graph: the rule by which segments of a Proteus file join equipment, components and each other.

Each segment holds at most one connection, and that names only the two ends of the segment. What lies inside
the segment is chained in document order, then the ends are attached to the chain's ends. Segments join by
naming the same item. Without this rule the graph falls to pieces.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from layoutgan.domains.piping.inputs.safe_xml import Xml, read_xml
from layoutgan.errors import InputError

__all__ = ["Pid", "PidComponent", "PidItem", "PidNozzle", "PidSegment", "PidSystem", "read_pid"]

_GRAPHICS = (
    "ShapeCatalogue", "CenterLine", "PolyLine", "Presentation", "Extent", "Text", "Line", "Label", "Shape",
    "Circle",
    "Coordinate", "TrimmedCurve", "Drawing", "PipeFlowArrow", "Position", "Scale", "ConnectionPoints",
    "Ellipse",
)  # fmt: skip
"""What is drawn, not built; the shape catalogue holds templates that look like plant."""
MAX_ITEMS, MAX_SYSTEMS, MAX_COMPONENTS = 2_000, 5_000, 50_000
"""Most equipment, lines, and components on lines of one sheet [-]; real sheets have some hundreds."""
_CHAINED = ("PipingComponent", "PipeOffPageConnector", "PropertyBreak", "ProcessInstrument")


@dataclass
class PidItem:
    """Equipment; its parts (chambers, impellers, bundles) are drawn into it."""

    id: str
    kind: str
    """Class in the words of the file."""
    attributes: dict[str, str]
    """Its own and its parts' attributes; its own win."""
    parts: list[str] = field(default_factory=list)
    nozzles: list[str] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """Tag, or the file's id when it has none."""
        return self.attributes.get("TagName") or self.id


@dataclass(frozen=True)
class PidNozzle:
    """A nozzle and the item that it belongs to."""

    id: str
    name: str
    item: str
    """Id of the top item."""
    holder: str
    """Id of the item or part that carries it."""
    chamber: str = ""
    """Part that it leads into, when the file says."""


@dataclass(frozen=True)
class PidComponent:
    """A valve, tee, reducer, connector: anything on a line."""

    id: str
    kind: str
    system: int
    """Position of the system whose segment holds it."""
    attributes: dict[str, str]


@dataclass
class PidSegment:
    """A piece of a line."""

    id: str
    attributes: dict[str, str]
    chain: list[str]
    """Items inside, in document order."""
    edges: list[tuple[str, str]]
    """Joined pairs, open ends included."""
    sloped: bool = False


@dataclass
class PidSystem:
    """A line: segments under one line number."""

    id: str
    attributes: dict[str, str]
    segments: list[PidSegment] = field(default_factory=list)


@dataclass
class Pid:
    """One sheet."""

    items: dict[str, PidItem] = field(default_factory=dict)
    nozzles: dict[str, PidNozzle] = field(default_factory=dict)
    components: dict[str, PidComponent] = field(default_factory=dict)
    systems: list[PidSystem] = field(default_factory=list)
    open_ends: dict[str, bool] = field(default_factory=dict)
    """Made-up ids of ends that lead to nothing on the sheet; True: something flows in there."""
    functions: dict[str, int] = field(default_factory=dict)
    """How many loops, instrumentation functions and information flows there are."""

    def edges(self, *, open_ends: bool = True) -> list[tuple[str, str]]:
        """All edges: part-of, has, and piping."""
        found = [(item.id, part) for item in self.items.values() for part in item.parts]
        found += [(nozzle.holder, nozzle.id) for nozzle in self.nozzles.values()]
        piping = [edge for system in self.systems for segment in system.segments for edge in segment.edges]
        return found + [e for e in piping if open_ends or not set(e) & self.open_ends.keys()]

    def nodes(self, *, open_ends: bool = True) -> list[str]:
        """All nodes: items, parts, nozzles, components and, if asked for, open ends."""
        parts = [part for item in self.items.values() for part in item.parts]
        return [*self.items, *parts, *self.nozzles, *self.components, *(self.open_ends if open_ends else ())]


def read_pid(path: Path) -> Pid:
    """The sheet in a DEXPI file of the Proteus schema.

    Raises:
        InputError: the file is not one.
    """
    root = read_xml(path, skipped=_GRAPHICS)
    if root.tag == "Model":
        raise InputError("this is DEXPI 2.0; export it as DEXPI 1.3 (Proteus schema)", file=str(path))
    if root.tag != "PlantModel":
        raise InputError(
            f"the root is '{root.tag[:40]}', expected 'PlantModel' (Proteus schema)", file=str(path)
        )
    pid = Pid()
    for tag, most in (("Equipment", MAX_ITEMS), ("PipingNetworkSystem", MAX_SYSTEMS)):
        _few(sum(1 for _ in root.all(tag)), most, tag, path)
    for element in root.all("Equipment"):
        _item(pid, element, path)
    for element in root.all("PipingNetworkSystem"):
        _components(pid, element, path)
    for system, element in zip(pid.systems, root.all("PipingNetworkSystem"), strict=True):
        _system(pid, system, element, path)
    pid.functions = {
        "loops": sum(1 for _ in root.all("InstrumentationLoopFunction")),
        "functions": sum(1 for _ in root.all("ProcessInstrumentationFunction")),
        "flows": sum(1 for e in _below(root) if e.tag == "InformationFlow"),
    }
    if not pid.items:
        raise InputError("holds no equipment; is it the right sheet?", file=str(path))
    return pid


def _few(count: int, most: int, what: str, path: Path) -> None:
    """Refuses more of something than one sheet can have."""
    if count > most:
        problem = f"{count} elements {what}, at most {most}; export one sheet at a time"
        raise InputError(problem, file=str(path))


def _below(element: Xml) -> Iterator[Xml]:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.children


def _id(element: Xml, path: Path) -> str:
    name = element.get("ID")
    if not name:
        problem = f"a {element.tag} has no ID"
        raise InputError(problem, file=str(path), place=f"line {element.line}")
    return name


def _new(
    element: Xml, known: dict[str, PidItem] | dict[str, PidNozzle] | dict[str, PidComponent], path: Path
) -> str:
    name = _id(element, path)
    if name in known:
        raise InputError(f"the ID '{name[:60]}' stands twice", file=str(path), place=f"line {element.line}")
    return name


def _attributes(element: Xml) -> dict[str, str]:
    """Generic attributes; ``TagNameAssignmentClass`` is called ``TagName``, units are ``NAME.Units``."""
    found: dict[str, str] = {}
    for group in element.all("GenericAttributes"):
        for one in group.all("GenericAttribute"):
            name = one.get("Name").removesuffix("AssignmentClass")
            if name and one.get("Value"):
                found.setdefault(name, one.get("Value").strip())
                if one.get("Units"):
                    found.setdefault(f"{name}.Units", one.get("Units"))
    return found


def _item(pid: Pid, element: Xml, path: Path) -> None:
    item = PidItem(
        _new(element, pid.items, path), element.get("ComponentClass") or "Equipment", _attributes(element)
    )
    pid.items[item.id] = item
    waiting = [element]
    while waiting:
        holder = waiting.pop(0)
        for nozzle in holder.all("Nozzle"):
            name = _new(nozzle, pid.nozzles, path)
            chamber = next(
                (a.get("ItemID") for a in nozzle.all("Association") if "located in" in a.get("Type")), ""
            )
            label = _attributes(nozzle).get("SubTagName") or name
            pid.nozzles[name] = PidNozzle(name, label, item.id, holder.get("ID"), chamber)
            item.nozzles.append(name)
        for part in holder.all("Equipment"):
            item.parts.append(_id(part, path))
            for key, value in _attributes(part).items():
                item.attributes.setdefault(key, value)
            waiting.append(part)


def _components(pid: Pid, element: Xml, path: Path) -> None:
    """All components first: a segment may end at an item of a later one."""
    number, system = len(pid.systems), _id(element, path)
    if any(known.id == system for known in pid.systems):
        problem = f"the ID '{system[:60]}' stands twice"
        raise InputError(problem, file=str(path), place=f"line {element.line}")
    pid.systems.append(PidSystem(system, _attributes(element)))
    for segment in element.all("PipingNetworkSegment"):
        for inside in segment.all(*_CHAINED):
            name = _new(inside, pid.components, path)
            _few(len(pid.components) + 1, MAX_COMPONENTS, inside.tag, path)
            kind = inside.get("ComponentClass") or inside.tag
            pid.components[name] = PidComponent(name, kind, number, _attributes(inside))


def _system(pid: Pid, system: PidSystem, element: Xml, path: Path) -> None:
    for one in element.all("PipingNetworkSegment"):
        name = one.get("ID") or f"{system.id}/{len(system.segments) + 1}"
        chain = [_id(inside, path) for inside in one.all(*_CHAINED)]
        segment = PidSegment(name, _attributes(one), chain, [], any(True for _ in one.all("PipeSlopeSymbol")))
        connections = list(one.all("Connection"))
        if len(connections) > 1:  # then they say it all themselves
            for connection in connections:
                segment.edges.append(_ends(pid, connection, name, path))
        else:
            segment.edges += _joined(pid, segment, connections, path)
        system.segments.append(segment)


def _joined(pid: Pid, segment: PidSegment, connections: list[Xml], path: Path) -> list[tuple[str, str]]:
    """Edges of a segment with at most one connection."""
    chain = segment.chain
    edges = list(itertools.pairwise(chain))
    if not connections:
        return edges
    start, end = _ends(pid, connections[0], segment.id, path)
    if not chain:
        return [(start, end)]
    if start not in chain:
        edges.insert(0, (start, chain[0] if chain[0] != end or len(chain) == 1 else chain[-1]))
    if end not in chain:
        edges.append((chain[-1] if chain[-1] != start or len(chain) == 1 else chain[0], end))
    return edges


def _ends(pid: Pid, connection: Xml, segment: str, path: Path) -> tuple[str, str]:
    """What a connection joins."""
    start, end = (_end(pid, connection, key, segment, path) for key in ("FromID", "ToID"))
    if start == end:
        problem = f"a connection joins '{start[:60]}' with itself"
        raise InputError(problem, file=str(path), place=f"line {connection.line}")
    return start, end


def _end(pid: Pid, connection: Xml, key: str, segment: str, path: Path) -> str:
    name = connection.get(key)
    if not name:
        made = f"{segment}:{'from' if key == 'FromID' else 'to'}"
        pid.open_ends[made] = key == "FromID"
        return made
    if name in pid.nozzles or name in pid.components:
        return name
    if name in pid.items:  # some programs connect to the item and leave the nozzle out
        made = f"{name}:nozzle{len(pid.items[name].nozzles) + 1}"
        pid.nozzles[made] = PidNozzle(made, f"N{len(pid.items[name].nozzles) + 1}", name, name)
        pid.items[name].nozzles.append(made)
        return made
    problem = f"{key} names '{name[:60]}', and no nozzle or component has that ID"
    raise InputError(problem, file=str(path), place=f"line {connection.line}")
