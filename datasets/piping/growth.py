"""Growth of a flowsheet: patterns follow each other as a Markov chain that is steered to the usual mix.

Every pattern continues a stream that exists, so a flowsheet is connected by construction.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any, Final

from .patterns import FOLLOWS, PATTERNS, Pattern
from .sizes import SHARES, draw_nps
from .topology import Sheet, Stream

__all__ = ["grown"]

STEERING = 3.5
"""How strongly what is rare so far is preferred [-]."""
LATEST = 0.6
"""Share of steps that continue the latest stream [-]."""
HEADER = 8
"""Most users of one utility header: further ones get a header of their own."""
_GENEROUS = 1.8
"""Feeds over the usual size [-]: lines that split off are smaller, so that the median comes out right."""
_PASSES = 400
_UTILITIES: Final = (
    # name, inlet and outlet terminal, service there and back, temperatures [°C], pressure [bar]
    ("CW", "CWS", "CWR", "water", "water", 28.0, 38.0, 4.0),
    ("ST", "LPS", "COND", "steam", "water", 165.0, 110.0, 6.0),
    ("HO", "HOS", "HOR", "liquid", "liquid", 280.0, 240.0, 6.0),
    ("IA", "IA", "", "air", "", 25.0, 25.0, 6.0),
    ("FG", "FG", "", "gas", "", 30.0, 30.0, 3.0),
    ("VT", "", "FLARE", "", "relief", 60.0, 60.0, 0.3),
)
_RETURNED = 0.35
"""Share of left-over streams that go back into the process [-]."""


def grown(rng: random.Random, low: int, high: int) -> Sheet:
    """A flowsheet with a number of items between two bounds.

    Args:
        rng: everything is drawn from it.
        low: least number of placed items.
        high: most.
    """
    sheet = Sheet(rng)
    target = rng.randint(low, high)
    streams = [_feed(sheet)]
    latest = 0
    for _ in range(_PASSES):
        room = high - len(sheet.items)
        if len(sheet.items) >= target or not room:
            break
        if not streams:
            streams.append(sheet.split() or _feed(sheet))
        elif rng.random() < 0.04:
            streams.append((None if rng.random() < 0.3 else sheet.split()) or _feed(sheet))
        at = latest if latest < len(streams) and rng.random() < LATEST else rng.randrange(len(streams))
        stream = streams.pop(at)
        pattern = _next(sheet, stream, target, room)
        if pattern is None:
            _closed(sheet, stream)
            continue
        made = pattern.make(sheet, stream)
        latest = len(streams) + rng.randrange(len(made)) if made else 0
        streams += made
    for stream in streams:
        _closed(sheet, stream)
    _unite(sheet)
    _oil_heated(sheet, high)
    for row in _UTILITIES:
        _header(sheet, *row)
    return sheet


def _feed(sheet: Sheet) -> Stream:
    rng = sheet.rng
    phase = rng.choices(("liquid", "gas", "two_phase"), (0.65, 0.25, 0.1))[0]
    return Stream(
        (sheet.terminal("FEED"),), phase, draw_nps(rng, _GENEROUS), round(rng.uniform(15.0, 60.0)),
        round(math.exp(rng.gauss(1.8, 0.9)), 1), head=phase == "liquid",
    )  # fmt: skip


def _next(sheet: Sheet, stream: Stream, target: int, room: int) -> Pattern | None:
    """A pattern that fits the stream; None when there is none."""
    follows = FOLLOWS.get(stream.after, {})
    fit, weights = [], []
    for pattern in PATTERNS:
        if pattern.most > room or stream.phase not in pattern.phases or (pattern.head and not stream.head):
            continue
        wanted = sum(
            count * (1.0 - sheet.counts[kind] / (SHARES[kind] * max(target, 12)))
            for kind, count in pattern.contents.items()
        ) / sum(pattern.contents.values())
        weight = pattern.weight * follows.get(pattern.name, 1.0) * math.exp(STEERING * wanted)
        if weight > 0:
            fit.append(pattern)
            weights.append(weight)
    return sheet.rng.choices(fit, weights)[0] if fit else None


def _closed(sheet: Sheet, stream: Stream) -> None:
    """Leads a stream out of the unit, or back into it."""
    back = sheet.joins(stream) if sheet.rng.random() < _RETURNED else None
    if back is not None and stream.sources[0] not in {line["number"] for line in sheet.lines}:
        sheet.connect(stream, back)
        return
    sheet.connect(stream, sheet.terminal("PROD" if stream.phase != "gas" else "GAS"))


def _unite(sheet: Sheet) -> None:
    """Leads a product of what hangs apart into the rest: feeds and packages may start on their own."""
    while True:
        main = sheet.reached(sheet.lines[0]["number"])
        apart = next((row for row in sheet.lines if row["number"] not in main and _leaves(sheet, row)), None)
        if apart is None:
            return
        fit = [row for row in sheet.lines if row["number"] in main and not row.get("no_pocket")]
        alike = [row for row in fit if row["service"] == apart["service"]]
        leaving = [row for row in fit if _leaves(sheet, row)]
        sheet.terminals.remove(apart["to"])
        apart["to"] = sheet.rng.choice(alike or leaving)["number"]


def _leaves(sheet: Sheet, row: dict[str, Any]) -> bool:
    return row["to"] in sheet.terminals


def _oil_heated(sheet: Sheet, high: int) -> None:
    """A hot-oil loop of vessel, pumps and heater inside the unit, where there is room for it."""
    users = sheet.demands.get("HO", [])
    if len(users) < 2 or high - len(sheet.items) < 4 or sheet.counts["heater"] or sheet.rng.random() < 0.3:
        return
    size = max(3.0, 0.8 * math.sqrt(sum(user[2] ** 2 for user in users)))
    oil = Stream((), "liquid", size, 240.0, 2.0, fluid="HO")
    vessel = sheet.item("vessel", oil, "Oil expansion vessel")
    tags = sheet.pumps(oil, "Hot oil")
    heater = sheet.item("heater", oil, "Hot-oil heater")
    held = replace(oil, sources=(f"{vessel}.bottom",))
    sheet.connect(held, *(f"{tag}.suction" for tag in tags), draining=True)
    lifted = replace(oil, sources=tuple(f"{tag}.discharge" for tag in tags), pressure=8.0, inline=("check",))
    sheet.connect(lifted, f"{heater}.inlet")
    sheet.demand("FG", f"{heater}.fuel", "", 2.0)
    hot = replace(oil, sources=(f"{heater}.outlet",), temperature=280.0, pressure=6.0)
    _tree(sheet, hot, [(user[0], user[2]) for user in users])
    _gathered(sheet, replace(oil, pressure=3.0), [(user[1], user[2]) for user in users], f"{vessel}.inlet")
    del sheet.demands["HO"]


def _header(
    sheet: Sheet,
    name: str,
    inlet: str,
    outlet: str,
    there: str,
    back: str,
    warm: float,
    cold: float,
    bar: float,
) -> None:
    """Headers of one utility: from a battery-limit point to its users, and from them to another."""
    users = sheet.demands.get(name, [])
    for first in range(0, len(users), HEADER):
        some = users[first : first + HEADER]
        size = 0.9 * math.sqrt(sum(user[2] ** 2 for user in some))
        to = [(user[0], user[2]) for user in some if user[0]]
        out = [(user[1], user[2]) for user in some if user[1]]
        if to and inlet:
            supply = Stream((sheet.terminal(inlet),), there, size, warm, bar, fluid=name)
            _tree(sheet, supply, to)
        if out and outlet:
            state = Stream((), back, size, cold, bar / 2, fluid=name)
            _gathered(sheet, state, out, sheet.terminal(outlet))


def _tree(sheet: Sheet, supply: Stream, users: list[tuple[str, float]]) -> None:
    """A header that ends at its last user, and branch lines to the others."""
    number = sheet.connect(supply, users[-1][0])
    for end, size in users[:-1]:
        sheet.connect(replace(supply, sources=(number,), size=size, inline=()), end)


def _gathered(sheet: Sheet, state: Stream, users: list[tuple[str, float]], end: str) -> None:
    """A header that starts at its first user, and lines from the others that join it."""
    number = sheet.connect(replace(state, sources=(users[0][0],)), end)
    for source, size in users[1:]:
        sheet.connect(replace(state, sources=(source,), size=size), number)
