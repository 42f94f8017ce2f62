"""Rows of a plant's brief: equipment, nozzles, lines; in the brief itself or in CSV files beside it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, field_validator, model_validator

from layoutgan.core.geometry import PointShape
from layoutgan.core.schema import Document, Metres, Ratio
from layoutgan.domains.piping.classes import class_named
from layoutgan.domains.piping.pipe_data import SIZES, nps_of_dn
from layoutgan.domains.piping.shapes import Direction

__all__ = ["Clearance", "EquipmentItem", "Fixed", "Inches", "LineItem", "NozzleItem", "SpacingItem"]


_INCHES = re.compile(r"(?P<whole>\d+(?:\.\d+)?)?(?:[ -]?(?P<top>\d+)/(?P<bottom>\d+))?")


def _inches(value: Any) -> Any:
    """A size as people write it: 6, "6", '6"', "1 1/2", "DN 80"."""
    if not isinstance(value, str):
        return value
    text = value.strip().replace('"', "").replace("''", "").upper().removeprefix("NPS").strip()
    if text.startswith("DN"):
        number = text.removeprefix("DN").strip()
        return nps_of_dn(float(number)) if number.isdecimal() and int(number) > 0 else value
    match = _INCHES.fullmatch(text)
    if not text or match is None or match["bottom"] == "0":
        return value
    whole = float(match["whole"]) if match["whole"] else 0.0
    return whole + (int(match["top"]) / int(match["bottom"]) if match["bottom"] else 0.0)


def _tabled(value: float) -> float:
    for size in SIZES:
        if abs(size - value) < 1e-9:
            return size
    near = min(SIZES, key=lambda size: abs(size - value))
    raise ValueError(f"{value:g} is not a pipe size that is made; the nearest is NPS {near:g}")


Inches = Annotated[
    float, Field(strict=True, gt=0, le=100, json_schema_extra={"unit": "in"}), BeforeValidator(_inches)
]
"""A nominal pipe size [in]; ``DN 80`` is understood."""
Rating = Annotated[int, Field(strict=True, ge=50, le=2500, json_schema_extra={"unit": "-"})]
Tag = Annotated[str, Field(min_length=1, max_length=80)]


class Row(Document):
    """A document whose fields may be written by their own name or by the word that files use."""

    model_config = ConfigDict(**(Document.model_config | {"populate_by_name": True}))


class NozzleItem(Row):
    """A nozzle of an item, in the item's own axes: x along its length, y along its width, z above grade."""

    id: Tag
    """Name that is unique on the item, such as N1."""
    at: tuple[Metres, Metres, Metres] | None = None
    """Face of the flange, from the centre of the footprint at grade [m]; by default as usual."""
    direction: Direction | Literal["any"] | None = None
    """Where it points in the item's own axes; ``any``: the side is chosen when the item is placed."""
    nps: Inches | None = None
    """Nominal size [in]; left open, that of its line."""
    rating: Rating | None = None
    """Flange class; left open, that of its line."""
    role: str = Field(default="", max_length=40)
    """What flows there: suction, discharge, inlet, outlet, top, bottom, tube_in …"""

    _size = field_validator("nps", mode="after")(lambda value: None if value is None else _tabled(value))


class Clearance(Row):
    """Room that must stay free beside an item."""

    kind: Literal["pull", "truck", "driver", "removal", "aisle", "cover", "withdrawal"]
    """pull: tube bundle; driver: end of the motor; removal: piston or rotor; cover: shell cover."""
    side: Direction = "+x"
    """Side of the item, in its own axes."""
    length: Metres = Field(gt=0, le=60)
    """How far it reaches from the item [m]."""
    width: Metres | None = Field(default=None, gt=0, le=60)
    """By default the width of that side [m]."""

    @field_validator("side", mode="after")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.endswith("z"):
            raise ValueError("the side of a clearance is +x, -x, +y or -y in the item's own axes")
        return value


class Fixed(Row):
    """A place that an item must keep."""

    at: PointShape
    """Centre of its footprint [m]."""
    turn: int = Field(default=0, ge=0, le=3, strict=True)
    """Quarter turns counter-clockwise from the item's own axes."""


class EquipmentItem(Row):
    """Something to be placed."""

    tag: Tag
    kind: str = Field(alias="class", max_length=60)
    """pump, exchanger, vessel, column … (``layoutgan list domains`` shows all)."""
    service: str = Field(default="", max_length=120)
    """What it is for, for lists and drawings."""
    size: tuple[Metres, Metres, Metres] | None = None
    """Length, width, and height of the top above its underside [m]; left open, as usual for the class."""
    base: Metres | None = Field(default=None, ge=0, le=100)
    """Height of the underside above grade [m]."""
    nozzles: tuple[NozzleItem, ...] = Field(default=(), max_length=60)
    clearances: tuple[Clearance, ...] | None = Field(default=None, max_length=20)
    """Room for maintenance; left open, as usual for the class."""
    fixed: Fixed | None = None
    set: str = Field(default="", max_length=80)
    """Items of one set, such as a pump and its spare, keep no class spacing from each other."""
    row: str = Field(default="", max_length=80)
    """Items of one row stand on a common centre-line."""
    group: str = Field(default="", max_length=80)
    """Items of one group stay near each other."""
    near_rack: bool | None = None
    """Wants to stand beside the pipe rack."""
    hazardous: bool | None = None
    """Holds something flammable; left open, as usual for the class."""
    temperature: float | None = Field(default=None, ge=-273.15, le=2000)
    """Highest operating temperature [°C]."""
    tube_length: Metres | None = Field(default=None, gt=0, le=30)
    """Length of the tube bundle that has to be pulled [m]."""
    npsh_available: Metres | None = Field(default=None, ge=-20, le=100)
    npsh_required: Metres | None = Field(default=None, gt=0, le=100)
    flare_height: Metres | None = Field(default=None, gt=0, le=300)

    @field_validator("kind", mode="after")
    @classmethod
    def _known(cls, value: str) -> str:
        return class_named(value)

    @field_validator("tag", mode="after")
    @classmethod
    def _plain(cls, value: str) -> str:
        if "." in value or value.strip() != value or ";" in value:
            raise ValueError(f"a tag must not hold '.', ';' or blanks at its ends, found {value!r}")
        return value

    @field_validator("size", mode="after")
    @classmethod
    def _sane(cls, value: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
        if value is not None:
            for name, number in zip(("length", "width", "height"), value, strict=True):
                if not 0.1 <= number <= 150:
                    raise ValueError(f"{name} {number:g} m is not between 0.1 and 150 m (sizes are metres)")
        return value

    @model_validator(mode="after")
    def _nozzles_differ(self) -> EquipmentItem:
        seen: set[str] = set()
        for nozzle in self.nozzles:
            if nozzle.id in seen:
                raise ValueError(f"{self.tag} has two nozzles called '{nozzle.id}'; ids must differ")
            seen.add(nozzle.id)
        return self


class LineItem(Row):
    """A line to be routed."""

    number: Tag
    """Line number; kept as it is written."""
    start: str = Field(alias="from", min_length=1, max_length=160)
    """``TAG.NOZZLE``, ``TAG``, a terminal, or the number of a line that it branches from."""
    end: str = Field(alias="to", min_length=1, max_length=160)
    branches: tuple[str, ...] = Field(default=(), max_length=100)
    """Further ends of a header."""
    nps: Inches | None = None
    """Nominal size [in]; left open, that of its nozzles."""
    rating: Rating | None = None
    """Flange class; left open 150."""
    spec: str = Field(default="", max_length=40)
    """Pipe class of the project, such as A1A."""
    fluid: str = Field(default="", max_length=40)
    service: Literal["liquid", "gas", "steam", "water", "air", "two_phase", "slurry", "drain", "relief"] = (
        "liquid"
    )
    insulation: Metres = Field(default=0.0, ge=0, le=0.5)
    """Thickness [m]."""
    insulation_type: str = Field(default="", max_length=20)
    traced: bool = False
    slope: Ratio | None = Field(default=None, gt=0, le=0.5)
    """Fall from its start to its end, metres per metre, such as 0.01."""
    no_pocket: bool = False
    """Free-draining: the elevation never rises again after falling."""
    straight_start: float = Field(default=0.0, ge=0, le=100)
    """Straight run that its start needs [pipe diameters]."""
    straight_end: float = Field(default=0.0, ge=0, le=100)
    """Straight run that its end needs, such as 5 before a pump [pipe diameters]."""
    max_length: Metres | None = Field(default=None, gt=0, le=5000)
    priority: int = Field(default=5, ge=0, le=9, strict=True)
    """9 is routed as if it were most expensive, 0 as if it were cheapest."""
    flow: float | None = Field(default=None, gt=0, le=1e6)
    """Volume flow at operating conditions [m³/h]."""
    temperature: float | None = Field(default=None, ge=-273.15, le=2000)
    """Operating temperature [°C]."""
    pressure: float | None = Field(default=None, ge=-1.1, le=5000)
    """Operating gauge pressure [bar]."""
    design_temperature: float | None = Field(default=None, ge=-273.15, le=2000)
    design_pressure: float | None = Field(default=None, ge=-1.1, le=5000)
    inline: tuple[
        Literal[
            "gate", "globe", "ball", "butterfly", "check", "control", "relief", "strainer", "flow_element"
        ],
        ...,
    ] = Field(default=(), max_length=40)
    """Valves and the like on the line, in order from its start."""
    pid: str = Field(default="", max_length=80)
    """Drawing that shows it."""

    _size = field_validator("nps", mode="after")(lambda value: None if value is None else _tabled(value))

    @field_validator("number", mode="after")
    @classmethod
    def _plain(cls, value: str) -> str:
        if value.strip() != value or ";" in value:
            raise ValueError(f"a line number must not hold ';' or blanks at its ends, found {value!r}")
        return value

    @property
    def ends(self) -> tuple[str, ...]:
        """All ends as written: start, end, branches."""
        return (self.start, self.end, *self.branches)


class SpacingItem(Row):
    """A company's distance between two classes or two tags; it replaces our default."""

    between: tuple[str, str]
    """Two classes, or two tags."""
    distance: Metres = Field(ge=0, le=500)
    """Edge to edge [m]."""
