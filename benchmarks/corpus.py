"""What the floor-plan data sets hold, and how well procedural plans can be told from real ones.

    python benchmarks/corpus.py [--plans 1200] [--seed 0]

Prints for each data set how many plans come out clean and why others do not, and statistics of the training
split. Then a classifier (boosted stumps on graph and geometry statistics of a plan, five-fold
cross-validation, 95 % interval by drawing plans anew) tries to tell procedural plans from the real training
split: 0.5 is perfect likeness.
Results go to benchmarks/results/corpus.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layoutgan.core import registry
from layoutgan.core.geometry import aspect_ratio, clear_width, corner_count
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room
from layoutgan.errors import DatasetError

RESULTS = Path(__file__).parent / "results" / "corpus.json"
REAL = ("r2v", "resplan")
MATCHES = {
    "small + flat against r2v": ({"small": 0.2, "flat": 0.5}, ("r2v",)),
    "hub against resplan": ({"hub": 1.0}, ("resplan",)),
    "all against r2v + resplan": (None, REAL),
}
MAIN = ("living_room", "bedroom", "kitchen", "bathroom", "toilet", "laundry", "corridor", "closet", "balcony")
PAIRS = (
    "bedroom-living_room",
    "bedroom-corridor",
    "bedroom-closet",
    "bedroom-kitchen",
    "bathroom-laundry",
    "corridor-living_room",
    "kitchen-living_room",
    "balcony-bedroom",
    "balcony-living_room",
    "bathroom-bedroom",
)


class Plan:
    """The statistics of one plan."""

    def __init__(self, layout: Layout) -> None:
        rooms = layout.of(Room)
        self.kinds = [room.kind for room in rooms]
        self.areas = np.array([room.shape.area for room in rooms])
        self.widths = np.array([clear_width(room.shape) for room in rooms])
        self.aspects = np.array([aspect_ratio(room.shape) for room in rooms])
        self.corners = np.array([corner_count(room.shape) for room in rooms])
        outline = layout.boundary
        x0, y0, x1, y1 = outline.bounds
        self.outline = (
            outline.area,
            max(x1 - x0, y1 - y0) / min(x1 - x0, y1 - y0),
            corner_count(outline),
            outline.area / ((x1 - x0) * (y1 - y0)),
        )
        self.facade = np.array(
            [room.shape.exterior.intersection(outline.exterior).length > 0.8 for room in rooms]
        )
        kinds = {room.id: room.kind for room in rooms}
        self.links = Counter(
            "-".join(sorted(kinds[e] for e in c.between))
            for c in layout.connections
            if c.kind in ("door", "open") and "outside" not in c.between
        )
        self.touching = sum("outside" not in c.between for c in layout.connections)
        self.complete = _complete(layout)
        self.front = next(
            (kinds[e] for d in layout.of(Door) if d.kind == "entrance" for e in d.between if e in kinds), ""
        )

    def of(self, kind: str) -> NDArray[np.int64]:
        """Places of the rooms of a kind."""
        return np.flatnonzero([k == kind for k in self.kinds])

    def features(self) -> list[float]:
        """What the classifier sees."""
        found = [
            len(self.kinds),
            *self.outline,
            self.corners.mean(),
            float((self.corners == 4).mean()),
            self.touching / len(self.kinds),
            sum(self.links.values()) / len(self.kinds),
            self.facade.mean(),
            float(np.log(self.aspects).mean()),
            float(np.log(self.areas).std()),
        ]
        for kind in MAIN:
            own = self.of(kind)
            found += [
                own.size,
                *(
                    [
                        self.areas[own].mean(),
                        self.widths[own].mean(),
                        self.aspects[own].mean(),
                        self.corners[own].mean(),
                        self.facade[own].mean(),
                    ]
                    if own.size
                    else [-1.0] * 5
                ),
            ]
        found += [self.links[pair] for pair in PAIRS]
        found += [float(self.front == kind) for kind in ("corridor", "kitchen", "living_room", "entrance")]
        return [float(v) for v in found]


def _complete(layout: Layout) -> bool:
    """Whether every room can be reached from outside through doors."""
    reached, links = {"outside"}, [set(c.between) for c in layout.connections if c.kind in ("door", "open")]
    for _ in links:
        for link in links:
            if link & reached:
                reached |= link
    return all(room.id in reached for room in layout.of(Room))


def names() -> list[str]:
    """Names of the features, in order."""
    found = [
        "rooms",
        "outline area",
        "outline aspect",
        "outline corners",
        "outline fill",
        "corners",
        "rectangles",
        "contacts per room",
        "doors per room",
        "facade",
        "aspect",
        "area spread",
    ]
    for kind in MAIN:
        found += [f"{kind} {what}" for what in ("count", "area", "width", "aspect", "corners", "facade")]
    return [*found, *PAIRS, *(f"front {k}" for k in ("corridor", "kitchen", "living_room", "entrance"))]


def boosted(
    x: NDArray[np.float64], y: NDArray[np.float64], rounds: int = 120, rate: float = 0.15, bins: int = 24
) -> list[tuple[int, float, float, float]]:
    """Stumps (feature, threshold, score below, score above) for the log-odds of y [N] given x [N, F]."""
    cuts = [np.unique(np.quantile(x[:, f], np.linspace(0, 1, bins + 1)[1:-1])) for f in range(x.shape[1])]
    low = [(x[:, f, None] <= cut[None, :]).astype(np.float64) for f, cut in enumerate(cuts)]
    score = np.zeros(len(y))
    stumps = []
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-score))
        slope, bend = y - p, p * (1 - p) + 1e-6
        best = (-1.0, 0, 0, 0.0, 0.0)
        for f, mask in enumerate(low):
            below, weight = slope @ mask, bend @ mask
            above, rest = slope.sum() - below, bend.sum() - weight
            gain = below**2 / (weight + 1) + above**2 / (rest + 1)
            i = int(gain.argmax()) if gain.size else 0
            if gain.size and gain[i] > best[0]:
                best = (
                    float(gain[i]),
                    f,
                    i,
                    float(below[i] / (weight[i] + 1)),
                    float(above[i] / (rest[i] + 1)),
                )
        _, f, i, below_score, above_score = best
        stumps.append((f, float(cuts[f][i]), rate * below_score, rate * above_score))
        score += np.where(low[f][:, i] > 0, rate * below_score, rate * above_score)
    return stumps


def predicted(
    stumps: Sequence[tuple[int, float, float, float]], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log-odds [N]."""
    return np.sum([np.where(x[:, f] <= cut, below, above) for f, cut, below, above in stumps], axis=0)


def auc(scores: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Chance that a procedural plan scores above a real one, ties half [-]."""
    order = np.unique(scores, return_inverse=True)[1]
    counts = np.bincount(order)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[order]
    n1 = y.sum()
    return float((ranks[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1)))


def interval(scores: NDArray[np.float64], y: NDArray[np.float64], draws: int = 1000) -> list[float]:
    """2.5th and 97.5th percentile of the AUC when plans of both classes are drawn anew with repetition."""
    random = np.random.default_rng(0)
    real, made = scores[y == 0], scores[y == 1]
    classes = np.r_[np.zeros(real.size), np.ones(made.size)]
    found = [
        auc(np.r_[random.choice(real, real.size), random.choice(made, made.size)], classes)
        for _ in range(draws)
    ]
    return [round(float(v), 3) for v in np.percentile(found, [2.5, 97.5])]


def told_apart(real: Sequence[Plan], made: Sequence[Plan]) -> dict[str, object]:
    """Five-fold AUC with its 95 % interval, and the features that give most away."""
    count = min(len(made), 3 * len(real))
    x = np.array([plan.features() for plan in (*real, *made[:count])])
    y = np.r_[np.zeros(len(real)), np.ones(count)]
    fold = np.random.default_rng(0).permutation(len(y)) % 5
    scores = np.zeros(len(y))
    for k in range(5):
        scores[fold == k] = predicted(boosted(x[fold != k], y[fold != k]), x[fold == k])
    use: Counter[str] = Counter()
    for f, _, below, above in boosted(x, y):
        use[names()[f]] += abs(below - above)
    return {
        "auc": round(auc(scores, y), 3),
        "interval": interval(scores, y),
        "real": len(real),
        "made": count,
        "given away by": [name for name, _ in use.most_common(8)],
    }


def percentiles(values: Sequence[float] | NDArray[np.float64]) -> list[float]:
    """5th, 50th and 95th."""
    return [round(float(v), 2) for v in np.percentile(values, [5, 50, 95])] if len(values) else []


def summary(plans: Sequence[Plan]) -> dict[str, object]:
    """Statistics of a collection."""
    kinds = sorted({kind for plan in plans for kind in plan.kinds})
    links: Counter[str] = Counter()
    for plan in plans:
        links.update(plan.links)
    gathered = {
        kind: [(p.areas[i], p.widths[i], p.aspects[i], p.corners[i]) for p in plans for i in p.of(kind)]
        for kind in kinds
    }
    return {
        "plans": len(plans),
        "rooms per plan": percentiles([len(p.kinds) for p in plans]),
        "area m2": percentiles([p.outline[0] for p in plans]),
        "outline aspect": percentiles([p.outline[1] for p in plans]),
        "outline corners": percentiles([p.outline[2] for p in plans]),
        "corners per room": round(float(np.mean(np.concatenate([p.corners for p in plans]))), 2),
        "contacts per room": round(sum(p.touching for p in plans) / sum(len(p.kinds) for p in plans), 2),
        "doors per plan": {pair: round(n / len(plans), 2) for pair, n in links.most_common(14)},
        "kinds": {
            kind: {
                "per plan": round(len(rows) / len(plans), 2),
                "area m2": percentiles([r[0] for r in rows]),
                "width m": percentiles([r[1] for r in rows]),
                "aspect": percentiles([r[2] for r in rows]),
                "corners": round(float(np.mean([r[3] for r in rows])), 1),
            }
            for kind, rows in gathered.items()
        },
    }


def measured(plans: int, seed: int) -> dict[str, object]:
    """Everything, data set by data set."""
    result: dict[str, object] = {}
    train: dict[str, list[Plan]] = {}
    for name in registry.names("dataset"):
        kind = registry.find("dataset", name)
        try:
            data = kind(count=plans, seed=seed) if name == "procedural" else kind()
            splits = {split: list(data.split(split)) for split in ("train", "val", "test")}
        except DatasetError as error:
            result[name] = {"missing": str(error)}
            continue
        train[name] = [Plan(layout) for layout in splits["train"]]
        result[name] = {
            "files": len(data.ids()),
            "accepted": sum(map(len, splits.values())),
            "rejected": dict(Counter(e.reason for e in data.rejected.values()).most_common()),
            "splits": {k: len(v) for k, v in splits.items()},
            "train": summary(train[name]),
        }
    procedural = registry.find("dataset", "procedural")
    likeness: dict[str, dict[str, object]] = {}
    for title, (styles, reals) in MATCHES.items():
        # Drawings that forgot a door would be told at once from plans that never do; they are counted and
        # left out.
        every = [plan for name in reals for plan in train.get(name, ())]
        real = [plan for plan in every if plan.complete]
        if real:
            made = [
                Plan(layout)
                for layout in procedural(count=plans, seed=seed + 1, styles=styles).split("train")
            ]
            left = {"left out for missing doors": len(every) - len(real)}
            likeness[title] = told_apart(real, made) | left
    floor = [plan for plan in train.get("r2v", ()) if plan.complete]
    if floor:
        likeness["floor: half of r2v against the other"] = told_apart(floor[::2], floor[1::2])
    result["likeness"] = likeness
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=1200, help="procedural plans to draw")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    result = measured(args.plans, args.seed)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout
    result = {
        "command": f"python benchmarks/corpus.py --plans {args.plans} --seed {args.seed}",
        "commit": commit.strip(),
        **result,
    }
    text = json.dumps(result, indent=1, ensure_ascii=False)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
