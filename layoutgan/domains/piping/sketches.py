"""Plants typed as rows, for tests and manual pages.

>>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"pipe": "L-1", "at": [[0, 0, 1], [0, 5, 1]]})
>>> [element.id for element in plan.elements]
['P-1', 'L-1']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import shapely

from layoutgan.core.layout import Element, Layout
from layoutgan.domains.piping.classes import CLASSES, class_of
from layoutgan.domains.piping.elements import (
    ELEMENTS,
    Component,
    Envelope,
    Equipment,
    Pipe,
    Rack,
    Road,
)
from layoutgan.domains.piping.pipe_data import outside

if TYPE_CHECKING:
    from layoutgan.domains.piping.brief import PipingBrief

__all__ = ["drawn", "unit_brief"]

_HEIGHT = 3.0
"""Top of equipment unless a row says otherwise [m]."""


def drawn(*rows: Mapping[str, Any], **fields: Any) -> Layout:
    """The plant that rows describe.

    Args:
        rows: the first key is a class of equipment or a type of element and its value the id; ``box`` (x0,
        y0,
            x1, y1) or ``shape`` or ``at`` is the place, everything else a field of the element.
        fields: of the layout, such as ``boundary``.
    """
    made = tuple(_element(dict(row)) for row in rows)
    if isinstance(fields.get("brief"), Mapping):
        from layoutgan.domains.piping.brief import PipingBrief

        fields["brief"] = PipingBrief.model_validate({"layoutgan": 1, "domain": "piping", **fields["brief"]})
    return Layout(domain="piping", name="sketch", elements=made, **fields)


def unit_brief() -> PipingBrief:
    """A small unit: tank, two pumps, exchanger and column on a plot with a rack to be placed."""
    from layoutgan.domains.piping.brief import PipingBrief

    return PipingBrief.model_validate(
        {
            "layoutgan": 1,
            "domain": "piping",
            "name": "Small unit",
            "site": {
                "outline": [[0, 0], [48, 0], [48, 36], [0, 36]],
                "terminals": [{"id": "FEED"}, {"id": "PRODUCT", "side": "east"}],
            },
            "equipment": [
                {"tag": "T-1", "class": "tank", "size": [6, 6, 6]},
                {"tag": "P-1A", "class": "pump", "set": "P-1"},
                {"tag": "P-1B", "class": "pump", "set": "P-1"},
                {"tag": "E-1", "class": "exchanger"},
                {"tag": "C-1", "class": "column"},
            ],
            "lines": [
                {"number": "L-1", "from": "FEED", "to": "T-1.inlet", "nps": 4},
                {"number": "L-2", "from": "T-1.outlet", "to": "P-1A.suction", "nps": 6,
                 "branches": ["P-1B.suction"]},
                {"number": "L-3", "from": "P-1A.discharge", "to": "E-1.tube_in", "nps": 4,
                 "branches": ["P-1B.discharge"], "inline": ["check", "gate"]},
                {"number": "L-4", "from": "E-1.tube_out", "to": "C-1.feed", "nps": 4, "inline": ["control"]},
                {"number": "L-5", "from": "C-1.bottom", "to": "E-1.shell_in", "nps": 4, "insulation": 0.05},
                {"number": "L-6", "from": "E-1.shell_out", "to": "PRODUCT", "nps": 4},
            ],
        }
    )  # fmt: skip


def _element(row: dict[str, Any]) -> Element:
    word = next(iter(row))
    name = str(row.pop(word))
    if "box" in row:
        row["shape"] = shapely.box(*row.pop("box"))
    if "at" in row:
        row["shape"] = row.pop("at")
    if word in CLASSES and word != "terminal":
        usual = class_of(word)
        defaults: dict[str, Any] = {"kind": word, "top": row.get("bottom", 0.0) + _HEIGHT}
        if word != "terminal" and "size" not in row:
            x0, y0, x1, y1 = _polygon(row["shape"]).bounds
            quarter = row.get("turn", 0) % 2
            defaults["size"] = (y1 - y0, x1 - x0) if quarter else (x1 - x0, y1 - y0)
        defaults |= {"hazardous": usual.hazardous, "ignition": usual.ignition}
        return Equipment(id=name, **(defaults | row))
    kind = ELEMENTS[word]
    usual_fields: dict[type[Element], dict[str, Any]] = {
        Pipe: {"kind": "liquid", "line": name, "nps": 4.0},
        Road: {"kind": "access"},
        Envelope: {"kind": "pull", "of": ""},
        Component: {"pipe": "", "line": "", "direction": "+x", "nps": 4.0},
        Rack: {"kind": "rack", "tiers": (4.6,), "width": 6.0},
    }
    values = usual_fields.get(kind, {}) | row
    if kind is Pipe:
        values.setdefault("od", outside(values["nps"]))
    if kind is Rack and "shape" not in values:
        values["shape"] = shapely.LineString(values["line"]).buffer(values["width"] / 2, cap_style="flat")
    if "kind" in kind.model_fields and "kind" not in values and kind.model_fields["kind"].is_required():
        values["kind"] = word
    return kind(id=name, **values)


def _polygon(shape: Any) -> shapely.Polygon:
    return shape if isinstance(shape, shapely.Polygon) else shapely.Polygon(shape)
