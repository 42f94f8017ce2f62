"""A brief from a P&ID in DEXPI 1.3 (Proteus XML).

A P&ID knows what is connected, not how large it is or where its nozzles are: those take defaults, and the
brief's assumptions list them. Instruments stay on the P&ID; valves become inline items of their line.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from layoutgan.core.schema import validate
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.inputs.dexpi_sizes import equipment_row, measure
from layoutgan.domains.piping.inputs.pid import Pid, PidSystem, read_pid
from layoutgan.domains.piping.inputs.plot import usual_site
from layoutgan.domains.piping.pipe_data import nps_of_dn
from layoutgan.errors import InputError

__all__ = ["brief_from_dexpi", "brief_of_pid"]

_INLINE = (
    ("check", "check"), ("safety", "relief"), ("control", "control"), ("globe", "globe"),
    ("butterfly", "butterfly"), ("ball", "ball"), ("gate", "gate"), ("strainer", "strainer"),
    ("filter", "strainer"), ("flowmeter", "flow_element"), ("valve", "gate"),
)  # fmt: skip
"""Inline items by a word in the component's class, first match wins."""


def brief_from_dexpi(path: Path, *, name: str = "") -> PipingBrief:
    """The brief that a P&ID stands for.

    Raises:
        InputError: the file is not a P&ID that we read, or holds no line between two ends.
    """
    try:
        return brief_of_pid(read_pid(path), name=name or path.stem)
    except InputError as error:
        raise InputError(error.problem, file=error.file or str(path), place=error.place) from error


def brief_of_pid(pid: Pid, *, name: str) -> PipingBrief:
    """The brief that a sheet stands for.

    Raises:
        InputError: two items have one tag, or the sheet holds no line.
    """
    tags = Counter(item.tag for item in pid.items.values())
    if twice := next((tag for tag, count in tags.items() if count > 1), None):
        raise InputError(f"two items of equipment have the tag '{twice[:60]}'; tags must differ")
    reader = _Lines(pid)
    lines = [row for number, system in enumerate(pid.systems) for row in reader.rows(number, system)]
    if not lines:
        raise InputError("no line joins two ends on this sheet; is it the right one?")
    equipment = [equipment_row(pid, item, reader.flows) for item in pid.items.values()]
    terminals = [{"id": name, "side": side} for name, side in reader.terminals.items()]
    return validate(
        PipingBrief,
        {
            "layoutgan": 1,
            "domain": "piping",
            "name": name[:200],
            "site": usual_site(equipment, terminals),
            "equipment": equipment,
            "lines": lines,
        },
    )


class _Lines:
    """Systems of a sheet as rows of a line list."""

    def __init__(self, pid: Pid) -> None:
        self.pid = pid
        self.terminals: dict[str, str] = {}
        self.flows: dict[str, str] = {}
        """in or out by nozzle id, and the size that its segment has under ``id.nps``."""
        self.numbers = self._line_numbers()
        self.places = {node: self._name(node) for node in self._ends()}

    def _line_numbers(self) -> list[str]:
        """One number per system; a number that stands twice gets a suffix."""
        given = [s.attributes.get("LineNumber") or s.id for s in self.pid.systems]
        seen: Counter[str] = Counter()
        numbers = []
        for number in given:
            seen[number] += 1
            text = number.replace(";", "_").strip() or "line"
            numbers.append(text if seen[number] == 1 else f"{text}-{seen[number]}")
        return numbers

    def _ends(self) -> list[str]:
        connectors = [c.id for c in self.pid.components.values() if "OffPage" in c.kind]
        return [*self.pid.nozzles, *connectors, *self.pid.open_ends]

    def _name(self, node: str) -> str:
        nozzle = self.pid.nozzles.get(node)
        if nozzle is not None:
            return f"{self.pid.items[nozzle.item].tag}.{nozzle.name}"
        inwards = self.pid.open_ends.get(node)
        if inwards is None:
            inwards = "FlowIn" in self.pid.components[node].kind
        text = f"BL-{len(self.terminals) + 1}"
        self.terminals[text] = "west" if inwards else "east"
        return text

    def rows(self, number: int, system: PidSystem) -> list[dict[str, Any]]:
        """Rows of one system; it may fall into several pieces, and a piece with one end is left out."""
        edges = [edge for segment in system.segments for edge in segment.edges]
        for segment in system.segments:
            for start, end in segment.edges[:1] + segment.edges[-1:]:
                size = _nps(segment.attributes, segment.id) or _nps(system.attributes, system.id)
                for node, flow in ((start, "out"), (end, "in")):
                    if node in self.pid.nozzles:
                        self.flows.setdefault(node, flow)
                        if size is not None:
                            self.flows.setdefault(f"{node}.nps", f"{size:g}")
        rows: list[dict[str, Any]] = []
        for piece in _pieces(edges):
            ends = list(dict.fromkeys(self._end_of(node, number) for node in piece))
            found = [end for end in ends if end]
            if len(found) >= 2:
                suffix = f"-P{len(rows) + 1}" if rows else ""
                rows.append(self._row(self.numbers[number] + suffix, system, found, piece))
        return rows

    def _end_of(self, node: str, number: int) -> str:
        """How the line list names a node that ends a piece; empty for what lies inside."""
        if node in self.places:
            return self.places[node]
        component = self.pid.components.get(node)
        if component is not None and component.system != number:
            return self.numbers[component.system]
        return ""

    def _row(self, number: str, system: PidSystem, ends: list[str], piece: list[str]) -> dict[str, Any]:
        own = system.attributes
        row: dict[str, Any] = {"number": number, "from": ends[0], "to": ends[1], "branches": ends[2:]}
        sizes = [_nps(own, system.id), *(_nps(s.attributes, s.id) for s in system.segments)]
        if nps := max((size for size in sizes if size is not None), default=None):
            row["nps"] = nps
        row |= {key: own[name][:40] for key, name in (("fluid", "FluidCode"), ("spec", "PipingClassCode"))
                if own.get(name)}  # fmt: skip
        thickness = measure(own, "InsulationThickness", system.id)
        if thickness is not None and 0 < thickness <= 500:
            row["insulation"] = thickness / 1000
            row["insulation_type"] = own.get("InsulationType", "")[:20]
        if any(segment.sloped for segment in system.segments):
            row["no_pocket"] = True
        kinds = [self.pid.components[node].kind.lower() for node in piece if node in self.pid.components]
        words = [next((word for part, word in _INLINE if part in kind), None) for kind in kinds]
        row["inline"] = [word for word in words if word]
        return row


def _pieces(edges: list[tuple[str, str]]) -> list[list[str]]:
    """Connected pieces, nodes in order of their first edge."""
    home: dict[str, list[str]] = {}
    pieces: list[list[str]] = []
    for start, end in edges:
        a, b = home.get(start), home.get(end)
        if a is None and b is None:
            a = []
            pieces.append(a)
        elif a is None:
            a = b
        elif b is not None and a is not b:
            a.extend(b)
            pieces.remove(b)
            home.update(dict.fromkeys(b, a))
        assert a is not None
        for node in (start, end):
            if node not in home:
                home[node] = a
                a.append(node)
    return pieces


def _nps(attributes: dict[str, str], place: str) -> float | None:
    """Nominal size [in] from what a line or segment, called by its id, says about its diameter."""
    text = attributes.get("NominalDiameterRepresentation", "").upper().strip()
    kind = attributes.get("NominalDiameterTypeRepresentation", "").upper()
    if text.startswith("DN"):
        text, kind = text.removeprefix("DN").strip(), "DN"
    dn = measure({"nominal diameter": text}, "nominal diameter", place)
    dn = dn or measure(attributes, "NominalDiameterNumericalValueRepresentation", place)
    return nps_of_dn(dn) if dn is not None and kind == "DN" and 0 < dn <= 3000 else None
