"""A field of design as a value: its words, documents, rules, and how proposals become layouts.

A third party adds one by an entry point in ``layoutgan.domains`` that names such a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layoutgan.core import registry
from layoutgan.core.brief import Brief
from layoutgan.core.layout import Element, Layout
from layoutgan.core.plain import place_of, read_tree
from layoutgan.core.schema import shown, validate
from layoutgan.errors import InputError, UnknownName

__all__ = ["Domain", "Effort", "Proposal", "Realised", "Settled", "domain_of", "read_brief", "read_layout"]


@dataclass(frozen=True)
class Proposal:
    """Where a network (or a baseline) would put things, before anything is exact."""

    ids: tuple[str, ...]
    """Ids of the brief's nodes [N]."""
    rectangles: NDArray[np.float64]
    """Boxes [N, K, 4] as x0, y0, x1, y1 [m]."""
    gates: NDArray[np.bool_]
    """Which boxes count [N, K]."""
    turns: NDArray[np.int64] | None = None
    """Quarter turns of equipment [N]."""
    source: str = "network"
    """network, random, graph, retrieved, greedy or analytic."""
    trust: float = 1.0
    """How closely the exact step follows it [-]: 0 not at all, 1 as far as the brief lets it."""
    score: float = 0.0
    """The discriminators' opinion, higher is better [-]."""


@dataclass(frozen=True)
class Effort:
    """How hard the exact step works; counted in steps, never in seconds, so that results repeat."""

    quality: bool = False
    """Go on after the first feasible result and keep the best form."""
    scale: float = 1.0
    """Multiple of the usual number of steps [-]."""


@dataclass(frozen=True)
class Realised:
    """What the exact step made of a proposal."""

    layout: Layout
    feasible: bool
    """Every hard constraint of the brief holds."""
    violations: tuple[str, ...] = ()
    """What does not hold, in the brief's words."""
    displacement: float = 0.0
    """Mean distance from proposed to final centres over the square root of the site's area [-]."""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """A brief as the exact step answers it."""

    brief: Brief
    asked: Brief | None = None
    """By what layouts are judged, when that is not the brief above."""
    misfit: str = ""
    """Why the brief cannot be met as it stands, in one line with figures."""
    restore: Callable[[Layout], Layout] | None = None
    """Brings a layout of the brief above back to the one that was asked, such as turned back."""


@dataclass(frozen=True)
class Domain:
    """A field of design."""

    name: str
    title: str
    kinds: tuple[str, ...]
    """What a node can be; the position is the number that networks see."""
    elements: Mapping[str, type[Element]]
    """Types of elements by their tag in files."""
    brief: type[Brief]
    packs: tuple[str, ...]
    """Rule packs that judge a layout unless the brief says otherwise."""
    example: Callable[[], str]
    """A commented brief."""
    realise: Callable[[Any, Proposal, int, Effort], Realised]
    """The exact step with completion: brief, proposal, seed, effort."""
    explain: Callable[[Any, int], tuple[str, ...]]
    """A small set of the brief's demands that cannot hold together; brief, seed."""
    answered: Callable[[Layout], Brief]
    """The brief that a finished layout answers."""
    boxes: int = 1
    """Boxes per node in a proposal (K)."""
    warm: Callable[[], None] | None = None
    """Loads what ``realise`` needs, compiled code included."""
    settle: Callable[[Any, int, int], tuple[Settled, ...]] | None = None
    """Versions of a brief with everything settled that it leaves open before things are placed (an outline,
    a balcony's place): brief, most versions, seed. None: briefs leave nothing of that kind open."""
    starts: Mapping[str, Callable[[Any, int, int], list[Proposal]]] = field(default_factory=dict)
    """Further sources of proposals by name: brief, how many, seed."""


def domain_of(name: str) -> Domain:
    """The domain of that name.

    Raises:
        UnknownName: there is none.
    """
    found = registry.find("domain", name)
    if not isinstance(found, Domain):
        raise UnknownName("domain", name, registry.names("domain"))
    return found


def read_brief(path: str | Path) -> Brief:
    """The brief in a YAML or JSON file.

    Raises:
        InputError: the file is not a brief; names file, line or path, value and remedy.
    """
    path = Path(path)
    tree, node = _document(path)
    context = {"folder": path.parent}  # for tables that stand beside a brief
    return validate(domain_of(tree["domain"]).brief, tree, file=str(path), node=node, context=context)


def read_layout(path: str | Path) -> Layout:
    """The layout in a JSON file of ours.

    Raises:
        InputError: the file is not a layout.
    """
    path = Path(path)
    tree, node = _document(path)
    return validate(Layout, tree, file=str(path), node=node)


def _document(path: Path) -> tuple[dict[str, Any], Any]:
    """The tree of one of our documents, version and domain checked, and its nodes for line numbers."""
    tree, node = read_tree(path)
    if not isinstance(tree, dict):
        raise InputError(
            f"expected a document with keys such as 'layoutgan: 1', found {shown(tree)}", file=str(path)
        )
    version = tree.get("layoutgan")
    if "layoutgan" not in tree:
        raise InputError(
            "is missing; a document of ours begins with 'layoutgan: 1'", file=str(path), place="layoutgan"
        )
    if version != 1 or isinstance(version, bool):
        raise InputError(
            f"must be 1 (the version of our documents), found {shown(version)}",
            file=str(path),
            place=place_of(tree, node, ("layoutgan",)) or "layoutgan",
        )
    name, known = tree.get("domain"), registry.names("domain")
    if not isinstance(name, str) or name not in known:
        near = get_close_matches(str(name)[:40], known, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise InputError(
            f"must be one of {', '.join(known)}, found {shown(name)}{hint}",
            file=str(path),
            place=place_of(tree, node, ("domain",)) or "domain",
        )
    return tree, node
