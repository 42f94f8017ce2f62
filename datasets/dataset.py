"""What every data set offers: a card, ids, splits, and plans as layouts in metres."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from layoutgan.core.layout import Layout
from layoutgan.errors import DatasetError

from .card import Card
from .splits import SPLITS, groups, signature, split_of

__all__ = ["ENVIRONMENT", "Dataset", "PlanRejected", "data_root"]

ENVIRONMENT = "LAYOUTGAN_DATA"
"""Environment variable with the folder that holds one subfolder per data set."""


class PlanRejected(DatasetError):
    """One plan does not come out clean; the rest of the data set goes on.

    Args:
        plan: its id.
        reason: a few words, the same for all plans that fail in this way, so that they can be counted.
        detail: what exactly was found.
    """

    def __init__(self, plan: str, reason: str, detail: str = "") -> None:
        self.plan, self.reason, self.detail = plan, reason, detail
        super().__init__(f"{plan}: {reason}" + (f" ({detail})" if detail else ""))


def data_root() -> Path:
    """The folder with all data sets.

    Raises:
        DatasetError: neither the environment variable nor the checkout leads to one.
    """
    given = os.environ.get(ENVIRONMENT)
    if given:
        if Path(given).is_dir():
            return Path(given)
        raise DatasetError(f"{ENVIRONMENT} names '{given}', and there is no such folder; correct or unset it")
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    if beside.is_dir():
        return beside
    raise DatasetError(
        f"no data found: {ENVIRONMENT} is not set, and there is no folder 'shared/data' beside the "
        f"checkout; download the data set and set {ENVIRONMENT} to the folder that holds it"
    )


class Dataset(ABC):
    """A collection of layouts.

    Args:
        root: the folder of this data set; by default its subfolder of ``data_root()``.
    """

    card: ClassVar[Card]
    folder: ClassVar[str] = ""
    """Name of the subfolder of ``data_root()``."""

    def __init__(self, root: Path | str | None = None) -> None:
        self._given = None if root is None else Path(root)
        self.rejected: dict[str, PlanRejected] = {}
        """Plans that did not come out clean, by id; complete after a split has been read."""

    @property
    def root(self) -> Path:
        """The folder of this data set.

        Raises:
            DatasetError: it does not exist.
        """
        root = self._given if self._given is not None else data_root() / self.folder
        if not root.is_dir():
            raise DatasetError(
                f"{self.card.title}: no folder '{root}'; get the files from {self.card.source} and put "
                f"them there, or set {ENVIRONMENT} to the folder that holds '{self.folder}'"
            )
        return root

    @abstractmethod
    def ids(self) -> tuple[str, ...]:
        """Ids of all plans in the files, sorted; some may turn out to be unusable.

        Raises:
            DatasetError: files are missing.
        """

    @abstractmethod
    def read(self, plan: str) -> Layout:
        """One plan.

        Raises:
            PlanRejected: it does not come out clean.
            DatasetError: there is no such plan, or its file is damaged.
        """

    def split(self, name: str) -> Iterator[Layout]:
        """The plans of train, val or test, or of ``all``; plans that do not come out clean are left out.

        Raises:
            DatasetError: there is no such split, or files are missing.
        """
        if name not in (*SPLITS, "all"):
            raise DatasetError(f"no split called '{name}'; there are {', '.join(SPLITS)} and all")
        layouts, leaders = self._clean
        return (layouts[plan] for plan in layouts if name in ("all", split_of(leaders[plan])))

    @cached_property
    def _clean(self) -> tuple[dict[str, Layout], dict[str, str]]:
        """All clean plans by id, and the leader of each one's group of near-duplicates."""
        layouts: dict[str, Layout] = {}
        for plan in self.ids():
            try:
                layouts[plan] = self.read(plan)
            except PlanRejected as error:
                self.rejected[plan] = error
        return layouts, groups({plan: signature(layout) for plan, layout in layouts.items()})
