"""R2V vectors: Japanese rental flats as wall lines, openings and labels.

One text row per item, ``x_min y_min x_max y_max category a b`` in image pixels with y downwards. How a file
becomes a layout, in the order of the code:

* Walls are centre-lines without thickness. Slanted walls (both differences above 3 px) reject the plan. The
  outer wall's centre-line is taken as the inner face of the outline, so outer rooms come out half an outer
  wall too large.
* Scale: annotations have none. Three things hardly vary between such flats: the most frequent opening between
  two faces, long closet and sliding doors left out (0.70 m: toilet and bath doors prevail), unit baths (2.6
  m² between centre-lines) and toilets (1.4 m²). The geometric mean of the scales that they give is taken.
  Plans whose scales disagree by more than 2.2 times, or whose area or scale is impossible, are rejected. Use
  absolute sizes as a prior only. (0.8 m for all openings together gives the same median dwelling, 35 m², but
  bedrooms that scatter by a fifth more.)
* Coordinates within 0.15 m fall on one line, rounded to the millimetre. Faces below 0.6 m² join the neighbour
  with the longest shared wall; that also removes most pipe shafts. Of several storeys or detached parts the
  largest is kept.
* A face takes the kind of the labels whose rectangle centres lie inside it; several labels follow ``_kind``.
  A face without a label follows its fixtures, railing and doors, see ``_unlabelled``; what remains is
  ``other``. Plans with fewer than three rooms, or with more than a fifth of their area unexplained, are
  rejected.
* restroom is ``toilet``, washing_room (basin and washing machine, the way to the bath) is ``laundry``.
* Pipe shafts (PS) of 0.6 m² and more: on the façade they are cut off the outline, inside they are obstacles.
* Living-kitchens are often tagged kitchen: where a plan has no living room, its largest kitchen of at least
  10 m² is the living room (six tatami mats are 10 m²). A face with both bedroom and kitchen labels is a
  studio: living room.
* Openings lie on the nearest wall between two different labels. Between two rooms: door, towards a balcony
  sliding. Towards the outside: the one nearest to an ``entrance`` box (within 15 px) is the front door, or
  failing that a swing-style opening of the entrance or corridor; without front door the plan is rejected. The
  others are windows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from layoutgan.core.layout import Layout, Provenance
from layoutgan.errors import DatasetError

from ..card import Card
from ..dataset import Dataset, PlanRejected
from .faces import Faces, enclosed
from .openings import on_walls
from .partition import OUTSIDE, SOLID, Opening, Partition, assemble, components
from .r2v_rows import Row, metres_per_pixel, read_rows, wall_lines

__all__ = ["R2V"]

SMALLEST = 0.6
"""Smaller faces are merged [m²]."""
MERGE = 0.15
"""Coordinates this close fall on one line [m]."""
LIVING = 10.0
"""Kitchens from here on are living rooms where there is no other [m²]."""
DWELLING = (12.0, 250.0)
"""Plausible area of a dwelling [m²]."""
UNEXPLAINED = 0.2
"""Most of the area that faces without a kind may take [-]."""
MAX_ROOMS = 24
ENTRANCE_REACH = 15.0
"""How far an entrance box may be from its front door [px]."""

_ROOMS = {
    "living_room": "living_room",
    "kitchen": "kitchen",
    "bedroom": "bedroom",
    "corridor": "corridor",
    "bathroom": "bathroom",
    "washing_room": "laundry",
    "restroom": "toilet",
    "balcony": "balcony",
    "closet": "closet",
    "PS": "shaft",
}
"""Labels in order of precedence, and our kinds."""


class R2V(Dataset):
    """The R2V vectors; see the module for every rule applied."""

    folder = "r2v"
    card = Card(
        name="r2v",
        title="R2V floor-plan vectors",
        domain="floorplan",
        licence="MIT (annotations; the underlying drawings are not included)",
        citation="Liu, Wu, Kohli, Furukawa: Raster-to-Vector: Revisiting Floorplan Transformation. ICCV'17.",
        source="GitHub repository art-programmer/FloorplanTransformation, folder floorplan_representation",
        units="image pixels, y downwards",
        metres_per_unit="per plan, assuming doors of 0.70 m, unit baths of 2.6 m², toilets of 1.4 m²",
        may_train_shipped_weights=True,
        split="SHA-256 of the plan id, near-duplicates grouped: train 80 %, val 10 %, test 10 %",
        known_limits=(
            "absolute sizes rest on assumed doors, baths and toilets",
            "Japanese rental flats only: small, many closets",
            "walls have no thickness",
            "openings without style: windows and doors told apart by rule",
            "living-kitchens relabelled by area",
        ),
    )

    def ids(self) -> tuple[str, ...]:
        """Paths of all files below ``floorplan_representation``, without suffix."""
        base = self.root / "floorplan_representation"
        found = sorted(p.relative_to(base).with_suffix("").as_posix() for p in base.rglob("*.txt"))
        if not found:
            raise DatasetError(
                f"{self.card.title}: no *.txt below '{base}'; copy the repository's folder "
                "floorplan_representation there"
            )
        return tuple(found)

    def read(self, plan: str) -> Layout:
        """One flat."""
        rows = read_rows(self.root / "floorplan_representation" / f"{plan}.txt", plan)
        scale = metres_per_pixel(rows, plan)
        walls = wall_lines(rows)
        left, foot = float(walls[:, 0].min()), float(walls[:, 3].max())  # the origin; y turns upwards
        metric = [
            Row(
                (
                    scale * (r.box[0] - left),
                    scale * (foot - r.box[3]),
                    scale * (r.box[2] - left),
                    scale * (foot - r.box[1]),
                ),
                *r[1:],
            )
            for r in rows
        ]
        return _Reading(plan, metric, scale).layout()


class _Reading:
    """One file on its way to a layout; rows in metres, y upwards."""

    def __init__(self, plan: str, rows: Sequence[Row], scale: float) -> None:
        self.plan, self.rows, self.scale = plan, rows, scale

    def layout(self) -> Layout:
        faces = _merged(enclosed(wall_lines(self.rows), MERGE))
        if faces.count < 3:
            raise PlanRejected(self.plan, "fewer than three rooms")
        openings = on_walls(faces.partition, [(r.box, r.style) for r in self.rows if r.category == "door"])
        kinds = self._kinds(faces, openings)
        partition, kinds = _without_shafts(faces.partition, kinds)
        if len(kinds) > MAX_ROOMS:
            raise PlanRejected(self.plan, "more than 24 rooms")
        if len(kinds) < 3:
            raise PlanRejected(self.plan, "fewer than three rooms")
        areas = partition.areas(len(kinds))
        if not DWELLING[0] <= areas.sum() <= DWELLING[1]:
            raise PlanRejected(self.plan, "area not plausible", f"{areas.sum():.0f} m²")
        if sum(a for a, k in zip(areas, kinds, strict=True) if k == "other") > UNEXPLAINED * areas.sum():
            raise PlanRejected(self.plan, "rooms without a label")
        kinds = _living(kinds, areas)
        doors = [(r.box, r.style) for r in self.rows if r.category == "door"]
        return assemble(
            partition,
            kinds,
            self._openings(partition, kinds, on_walls(partition, doors)),
            name=f"r2v {self.plan}",
            provenance=Provenance(source=f"r2v/{self.plan}", licence=R2V.card.licence),
        )

    def _kinds(self, faces: Faces, openings: Sequence[tuple[Opening, str]]) -> list[str]:
        labels: list[set[str]] = [set() for _ in range(faces.count)]
        fixtures: list[set[str]] = [set() for _ in range(faces.count)]
        for row in self.rows:
            face = faces.at(*row.centre)
            if face >= 0 and row.category not in ("wall", "door", "point"):
                (labels if row.category in _ROOMS else fixtures)[face].add(row.category)
        doors = np.zeros(faces.count, int)
        for opening, _ in openings:
            for side in (opening.first, opening.second):
                if side >= 0:
                    doors[side] += 1
        railing = self._railing(faces)
        return [
            _kind(labels[i]) if labels[i] else _unlabelled(fixtures[i], int(doors[i]), railing[i], area)
            for i, area in enumerate(faces.partition.areas(faces.count))
        ]

    def _railing(self, faces: Faces) -> list[float]:
        """Share of each face's walls drawn in style 2, which balconies have."""
        rails = [r.box for r in self.rows if r.category == "wall" and r.style == "2"]
        boundary = [0.0] * faces.count
        railed = [0.0] * faces.count
        for run in faces.partition.runs():
            along = [
                (box[1 - run.axis], box[3 - run.axis])
                for box in rails
                if abs((box[run.axis] + box[run.axis + 2]) / 2 - run.at) <= MERGE
            ]
            covered = sum(max(0.0, min(run.end, hi) - max(run.start, lo)) for lo, hi in along)
            for side in (run.low, run.high):
                if side >= 0:
                    boundary[side] += run.length
                    railed[side] += min(covered, run.length)
        return [r / b if b else 0.0 for r, b in zip(railed, boundary, strict=True)]

    def _openings(
        self, partition: Partition, kinds: Sequence[str], found: Sequence[tuple[Opening, str]]
    ) -> list[Opening]:
        front = self._front_door(kinds, found)
        result = []
        for i, (opening, _) in enumerate(found):
            if opening.second >= 0:
                outdoor = "balcony" in (kinds[opening.first], kinds[opening.second])
                result.append(opening._replace(kind="sliding" if outdoor else "door"))
            elif i == front:
                result.append(opening._replace(kind="entrance"))
            elif kinds[opening.first] != "balcony":
                result.append(opening._replace(kind="window"))
        return result

    def _front_door(self, kinds: Sequence[str], found: Sequence[tuple[Opening, str]]) -> int:
        """Number of the opening that is the front door."""
        outer = [
            i
            for i, (o, _) in enumerate(found)
            if o.second == OUTSIDE and kinds[o.first] not in ("balcony", "shaft")
        ]
        boxes = [r.box for r in self.rows if r.category == "entrance"]
        near = sorted((min(_distance(found[i][0], box) for box in boxes), i) for i in outer) if boxes else []
        if near and near[0][0] <= ENTRANCE_REACH * self.scale:
            return near[0][1]
        for i in outer:
            if found[i][1] in ("1", "2") and kinds[found[i][0].first] in ("entrance", "corridor"):
                return i
        raise PlanRejected(self.plan, "no front door")


def _distance(opening: Opening, box: tuple[float, float, float, float]) -> float:
    """Distance between an opening and a box [m]."""
    place, lo, hi = (opening.at, opening.start, opening.end)
    across = max(box[opening.axis] - place, place - box[opening.axis + 2], 0.0)
    along = max(box[1 - opening.axis] - hi, lo - box[3 - opening.axis], 0.0)
    return float(np.hypot(across, along))


def _kind(labels: set[str]) -> str:
    """The kind of a labelled face: the first in the order of ``_ROOMS``, studios and full baths apart."""
    if {"bedroom", "kitchen"} <= labels:
        return "living_room"
    if {"restroom", "washing_room"} <= labels and not labels & {
        "corridor",
        "kitchen",
        "bedroom",
        "living_room",
    }:
        return "bathroom"
    return next(kind for label, kind in _ROOMS.items() if label in labels)


def _unlabelled(fixtures: set[str], doors: int, railing: float, area: float) -> str:
    """The kind of a face without a label, from what stands in it."""
    for fixture, kind in (
        ("stairs", "stairs"),
        ("entrance", "entrance"),
        ("cooking_counter", "kitchen"),
        ("bathtub", "bathroom"),
        ("toilet", "toilet"),
        ("washing_basin", "laundry"),
    ):
        if fixture in fixtures:
            return kind
    if railing > 0.4:
        return "balcony"
    if doors >= 3:
        return "corridor"
    if doors == 1 and area <= 2.5:
        return "closet"
    return "shaft" if doors == 0 and area <= 1.5 else "other"


def _living(kinds: list[str], areas: NDArray[np.float64]) -> list[str]:
    """Kinds with the largest big kitchen as living room, where there is none."""
    if "living_room" in kinds:
        return kinds
    kitchens = [i for i, kind in enumerate(kinds) if kind == "kitchen" and areas[i] >= LIVING]
    if not kitchens:
        return kinds
    best = max(kitchens, key=lambda i: areas[i])
    return ["living_room" if i == best else kind for i, kind in enumerate(kinds)]


def _merged(faces: Faces) -> Faces:
    """Faces with the small ones joined to the neighbour with the longest shared wall."""
    partition, count = faces.partition, faces.count
    while count:
        areas = partition.areas(count)
        smallest = int(areas.argmin())
        if areas[smallest] >= SMALLEST:
            break
        shared: dict[int, float] = {}
        for run in partition.runs():
            if smallest in (run.low, run.high):
                other = run.high if run.low == smallest else run.low
                if other >= 0:
                    shared[other] = shared.get(other, 0.0) + run.length
        target = max(sorted(shared), key=lambda k: shared[k]) if shared else OUTSIDE
        labels = np.where(partition.labels == smallest, target, partition.labels)
        labels = np.where(labels > smallest, labels - 1, labels)
        partition, count = Partition(partition.xs, partition.ys, labels), count - 1
    return Faces(partition.compact(), count)


def _without_shafts(partition: Partition, kinds: list[str]) -> tuple[Partition, list[str]]:
    """Shafts on the façade cut off the outline, shafts inside as obstacles; rooms numbered anew."""
    shaft = np.array(
        [kind == "shaft" for kind in kinds] + [False, False]
    )  # -1 and -2 read the two last places
    solid = shaft[partition.labels]
    pieces = components(np.pad(solid | (partition.labels == OUTSIDE), 1, constant_values=True))
    labels = np.where(solid, np.where(pieces[1:-1, 1:-1] == pieces[0, 0], OUTSIDE, SOLID), partition.labels)
    rooms = [i for i, kind in enumerate(kinds) if kind != "shaft"]
    number = np.full(len(kinds) + 2, -1)
    number[rooms] = np.arange(len(rooms))
    labels = np.where(labels >= 0, number[labels], labels)
    return Partition(partition.xs, partition.ys, labels).compact(), [kinds[i] for i in rooms]
