"""Where lines end: the words of a brief as nozzles, battery-limit points and other lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from layoutgan.core.schema import FieldError
from layoutgan.domains.piping.assumptions import Assumptions
from layoutgan.domains.piping.nozzles import extra_nozzle

if TYPE_CHECKING:
    from layoutgan.domains.piping.plant import Item

__all__ = ["End", "Ends"]


@dataclass(frozen=True)
class End:
    """Where a line ends."""

    kind: Literal["nozzle", "terminal", "line"]
    owner: str
    """Tag, terminal or line number."""
    nozzle: str = ""

    def __str__(self) -> str:
        return f"{self.owner}.{self.nozzle}" if self.nozzle else self.owner


class Ends:
    """Turns the words of lines into ends, and makes nozzles where an item has too few.

    Args:
        items: equipment by tag; an item that gets a nozzle is replaced in it.
        lines: line numbers, as a mapping for order.
        terminals: battery-limit points.
        notes: takes what was assumed.
    """

    def __init__(
        self,
        items: MutableMapping[str, Item],
        lines: Mapping[str, object],
        terminals: Mapping[str, object],
        notes: Assumptions,
    ) -> None:
        self.items, self.lines, self.terminals, self.notes = items, lines, terminals, notes
        self.used: Counter[tuple[str, str]] = Counter()

    def named(self, text: str, *place: str | int) -> End | None:
        """The end, or None for a bare tag whose nozzle is still to be chosen.

        Args:
            text: the words of the brief.
            place: where they stand, for errors.

        Raises:
            FieldError: nothing is called so.
        """
        if text in self.terminals:
            return End("terminal", text)
        if text in self.lines:
            return End("line", text)
        if text in self.items:
            return None
        tag, dot, name = text.rpartition(".")
        if not dot or tag not in self.items:
            problem = f"'{text[:80]}' is no equipment, terminal or line; {self._hint(text)}"
            raise FieldError(problem, *place)
        nozzle = self.items[tag].nozzle(name)
        if nozzle is None:
            has = ", ".join(n.id for n in self.items[tag].nozzles) or "none"
            raise FieldError(f"{tag} has no nozzle called '{name[:40]}'; it has: {has}", *place)
        if self.used[tag, nozzle.id]:
            problem = f"nozzle {tag}.{nozzle.id} has a line already; branch from that line instead"
            raise FieldError(problem, *place)
        self.used[tag, nozzle.id] += 1
        return End("nozzle", tag, nozzle.id)

    def _hint(self, text: str) -> str:
        tag = text.rpartition(".")[0] or text
        near = get_close_matches(tag, [*self.items, *self.terminals, *self.lines], n=1)
        return f"did you mean '{near[0]}'?" if near else "write TAG.NOZZLE, a terminal or a line number"

    def chosen(self, tag: str, flow: str, line: str) -> End:
        """A free nozzle of the item for a line that flows that way, made anew when there is none."""
        item = self.items[tag]
        free = [n for n in item.nozzles if not self.used[tag, n.id]]
        fitting = [n for n in free if n.flow == flow] or ([] if not item.source.nozzles else free)
        if fitting:
            nozzle = fitting[0]
        else:
            count = len(item.nozzles)
            name = next(f"N{k}" for k in range(count + 1, 2 * count + 3) if item.nozzle(f"N{k}") is None)
            nozzle = extra_nozzle(name, count, item.row, item.box)
            self.items[tag] = replace(item, nozzles=(*item.nozzles, nozzle))
        self.used[tag, nozzle.id] += 1
        self.notes.add("nozzle chosen because the line names only the tag", f"{line} at {tag}.{nozzle.id}")
        return End("nozzle", tag, nozzle.id)
