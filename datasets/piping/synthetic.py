"""Our own process plants as a data set: shards on disk, split by topology; see ``docs/corpus.md``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from layoutgan.core.layout import Layout
from layoutgan.errors import DatasetError

from ..card import Card
from ..dataset import Dataset
from ..splits import SPLITS, split_of
from .shards import PARTS, Row, rows_in, shard_files

__all__ = ["LARGE", "Synthetic", "place_of"]

LARGE = 80
"""Plants of more items are never in train, so that generalisation to size can be judged."""


class Synthetic(Dataset):
    """Synthetic plants: arranged first and connected afterwards, or placed, or placed and routed.

    Args:
        root: folder with shards, as ``layoutgan corpus synthetic`` makes it.
        part: all, cheap, placed or expert.
        most_items: plants of more items of equipment are left out.
    """

    folder = "piping/synthetic"
    card = Card(
        name="synthetic",
        title="Synthetic process plants",
        domain="piping",
        licence="Apache-2.0",
        citation="layoutgan, synthetic process plants (part of the package).",
        source="layoutgan corpus synthetic FOLDER",
        units="m",
        metres_per_unit="1",
        may_train_shipped_weights=True,
        split="SHA-256 of the topology template (hash of the typed graph): train 80 %, val 10 %, test 10 %; "
        "plants of more than 80 items are in val or test only",
        known_limits=(
            "everything is synthetic: no real plot plan is among it, and no designer has judged it",
            "the cheap part is legal but not optimised, has no pipes and no placed nozzles",
            "the placed part is optimised but not routed, and no rule has judged it",
            "the expert part holds only briefs that our own placer and router answer without an error",
            "spacing between classes follows unverified published tables",
        ),
    )

    def __init__(
        self, root: Path | str | None = None, *, part: str = "all", most_items: int | None = None
    ) -> None:
        super().__init__(root)
        if part not in ("all", *PARTS):
            raise DatasetError(f"part must be all, {' or '.join(PARTS)}, found '{part}'")
        if most_items is not None and most_items < 1:
            raise DatasetError(f"most_items must be at least 1, found {most_items}")
        self.part, self.most_items = part, most_items

    def rows(self) -> Iterator[Row]:
        """Lines of all shards, in the order of their names; layouts are not read yet.

        Raises:
            DatasetError: there are no shards, or one is damaged.
        """
        for path in shard_files(self.root, self.part):
            for row in rows_in(path):
                if self.most_items is None or row.items <= self.most_items:
                    yield row

    def ids(self) -> tuple[str, ...]:
        """Ids of all plants, sorted."""
        return tuple(sorted(row.id for row in self.rows()))

    def read(self, plan: str) -> Layout:
        """One plant."""
        for row in self.rows():
            if row.id == plan:
                return row.layout()
        raise DatasetError(f"no plant '{plan}' in '{self.root}'; such as cheap-000042")

    def split(self, name: str) -> Iterator[Layout]:
        """Plants of a split, read while iterating."""
        if name not in (*SPLITS, "all"):
            raise DatasetError(f"no split called '{name}'; there are {', '.join(SPLITS)} and all")
        rows = self.rows()
        return (row.layout() for row in rows if name in ("all", place_of(row.template, row.items)))


def place_of(template: str, items: int) -> str:
    """train, val or test for a plant: by its topology, and never train for a large one."""
    found = split_of(f"plant/{template}")
    if found == "train" and items > LARGE:
        return "test" if split_of(f"large/{template}") == "test" else "val"
    return found
