"""The experiment document: everything that decides what a training gives."""

from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from layoutgan.core.schema import Document
from layoutgan.encoding.costs import COSTS
from layoutgan.encoding.masks import Renderer
from layoutgan.models.config import Head

__all__ = ["DatasetChoice", "Experiment", "Penalties", "Schedule", "Weights"]

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(strict=True, ge=0)]


def _costs() -> dict[str, float]:
    """Weights of the structural costs of rooms."""
    return {
        "edge_gap": 3.0,
        "shared_length": 2.0,
        "never_contact": 2.0,
        "overlap": 1.0,
        "exterior_contact": 1.0,
        "entrance_contact": 2.0,
        "share_ratio": 0.1,
        "misalignment": 0.3,
        "outside": 2.0,
        "uncovered": 5.0,
        "narrow": 1.0,
        "unreachable": 0.1,
    }


class DatasetChoice(Document):
    """One data set and its part in each batch."""

    name: str
    """A registered data set."""
    options: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Arguments of its reader, such as ``root``."""
    split: Literal["train", "val", "test"] = "train"
    limit: Count | None = None
    """Most layouts read."""
    weight: Share = 1.0
    """Part of each batch in the first stage, relative to the other data sets [-]."""
    adversarial_weight: Share | None = None
    """The same in the second stage; left open, as in the first."""


class Penalties(Document):
    """Gradient penalties of the discriminators: start and end of a cosine."""

    graph: tuple[Share, Share] = (0.05, 0.05)
    raster: tuple[Share, Share] = (0.2, 0.1)
    interval: Annotated[int, Field(strict=True, ge=1)] = 4
    """A penalty is applied every so many steps, multiplied by that number."""


class Weights(Document):
    """Weights of the losses other than the adversarial ones."""

    reconstruction: Share = 20.0
    gates: Share = 0.2
    divergence: tuple[Share, Share] = (0.02, 0.4)
    """Divergence of codes from the normal distribution, per element [1 / nat]: start and end of a ramp over
    the first half of the first stage. Small ends give sharp copies of what was encoded and nonsense from
    noise."""
    discrepancy: Share = 0.1
    """Distance of all codes together from the normal distribution."""
    recovery: Share = 0.05
    """Noise read back from what it made."""
    nearest: Share = 20.0
    """Error of the best of several answers from noise alone: it draws the answers towards real layouts, each
    towards another one."""
    attempts: Annotated[int, Field(strict=True, ge=1, le=64)] = 5
    """Answers of which the best counts."""
    sameness: Share = 4.0
    """Two answers to one brief that lie closer together than `least_difference`."""
    least_difference: Share = 0.12
    """Mean distance of centres between two answers that is different enough, in unit squares."""
    structural: Share = 0.3
    """Multiplies `Experiment.costs`."""
    blur: Share = 0.015
    """Standard deviation of the noise on the boxes that discriminators see, real or not, in unit squares."""
    adversarial_reconstruction: Share = 20.0
    """Reconstruction in the second stage."""
    structural_share: Annotated[float, Field(gt=0)] = 2.0
    """What the costs' slope at the boxes is of the adversarial one in the second stage [-]; the adversarial
    one is scaled to that."""
    greatest_boost: Annotated[float, Field(ge=1)] = 20.0
    """Most by which it is raised [-]."""


class Schedule(Document):
    """Lengths and rates; stages end by steps, so that a run repeats."""

    pretraining_steps: Count = 2000
    restarts: tuple[Count, ...] = ()
    """Steps of the first stage at which its rate rises and falls anew."""
    adversarial_steps: Count = 1500
    batch: Annotated[int, Field(strict=True, ge=2)] = 64
    """Layouts per step, over all processes."""
    pretraining_rate: Positive = 5.0e-4
    """Adam's rate in the first stage, after warming up; falls on a cosine to a tenth."""
    adversarial_rate: Positive = 1.0e-4
    """The same in the second stage."""
    judging_rate: Positive = 3.0e-4
    """Rate of the discriminators, which start from nothing."""
    judging_steps: Count = 40
    """First steps of the second stage, in which only the discriminators learn."""
    average_half_life: Positive = 6000.0
    """Layouts after which a generator counts half in the average."""
    monitor_every: Annotated[int, Field(strict=True, ge=1)] = 250
    checkpoint_every: Annotated[int, Field(strict=True, ge=1)] = 250

    @model_validator(mode="after")
    def _rising(self) -> Self:
        places = (0, *self.restarts, self.pretraining_steps)
        if self.restarts and any(b <= a for a, b in pairwise(places)):
            raise ValueError("restarts must rise, and lie within the steps of pre-training")
        return self

    @property
    def first_cycle(self) -> int:
        """Steps of pre-training before its rate first starts anew, one at least."""
        return max((*self.restarts, self.pretraining_steps)[0], 1)

    def cycle(self, step: int) -> tuple[int, int]:
        """First step and length of the stretch of pre-training that a step lies in."""
        starts = (0, *self.restarts, self.pretraining_steps)
        first = max(start for start in starts[:-1] if start <= step)
        return first, min(start for start in starts if start > first) - first


class Experiment(Document):
    """One training."""

    layoutgan: Literal[1]
    """Version of the document; always 1."""
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
    """Names the files of weights."""
    domain: str
    datasets: tuple[DatasetChoice, ...] = Field(min_length=1)
    model: str = "base32"
    """A registered model."""
    begin: str | None = None
    """Weights, by name or file, that the first step begins with; left open, random ones."""
    head: Head = Head.RECTANGLES
    renderer: Renderer = Renderer.PARTITION
    schedule: Schedule = Schedule()
    penalties: Penalties = Penalties()
    weights: Weights = Weights()
    costs: dict[str, float] = Field(default_factory=_costs)
    """Weight of each structural cost."""
    symmetries: bool = True
    """Mirror and turn every layout at random."""
    seed: Annotated[int, Field(strict=True, ge=0)] = 0
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Literal["32-true", "bf16-mixed"] = "32-true"
    processes: Annotated[int, Field(strict=True, ge=1, le=64)] = 1
    threads: Annotated[int, Field(strict=True, ge=1, le=256)] | None = None
    """CPU threads per process; left open, torch decides."""
    out: Path = Path("runs")
    """Folder of checkpoints, logs and pictures."""
    tensorboard: bool = False

    @field_validator("costs")
    @classmethod
    def _known(cls, value: dict[str, float]) -> dict[str, float]:
        for name in value:
            if name not in COSTS:
                raise ValueError(f"no cost called '{name}'; known: {', '.join(COSTS)}")
        return value

    @property
    def steps(self) -> int:
        """Steps of both stages."""
        return self.schedule.pretraining_steps + self.schedule.adversarial_steps
