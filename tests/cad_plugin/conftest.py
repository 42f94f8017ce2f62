"""Floor plans for the tests of drawings: rooms typed as letters, completed by the project itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pytest
import shapely

from layoutgan.core.layout import Layout, Provenance
from layoutgan.core.schema import validate
from layoutgan.core.sketch import cells
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.elements import Room


def plan(
    text: str,
    kinds: Mapping[str, str],
    *,
    doors: Sequence[str] = (),
    entrance: tuple[float, float] | None = None,
    scale: float = 1.0,
    name: str = "Test flat",
    names: Mapping[str, str] | None = None,
    obstacles: Sequence[tuple[str, list[list[float]]]] = (),
    north: float = 90.0,
    ids: Mapping[str, str] | None = None,
) -> Layout:
    """A completed plan; ``doors`` are pairs of letters, with ``:open`` for an opening."""
    ids = ids or {}
    shapes = {letter: found[0] for letter, found in cells(text, scale).items()}
    outline = shapely.union_all(list(shapes.values()))
    solid = [shapely.Polygon(ring) for kind, ring in obstacles if kind != "column"]
    outline = shapely.union_all([outline, *solid])
    brief = validate(
        FloorplanBrief,
        {
            "layoutgan": 1,
            "domain": "floorplan",
            "name": name,
            "north": north,
            "boundary": {
                "outer": list(map(list, outline.exterior.coords[:-1])),
                "holes": [list(map(list, ring.coords[:-1])) for ring in outline.interiors],
            },
            **({"entrance": list(entrance)} if entrance else {}),
            "obstacles": [{"kind": kind, "shape": ring} for kind, ring in obstacles],
            "spaces": [
                {
                    "id": ids.get(k, k),
                    "kind": kinds[k],
                    **({"name": names[k]} if names and k in names else {}),
                }
                for k in shapes
            ],
            "adjacencies": [
                {"between": [ids.get(d[0], d[0]), ids.get(d[1], d[1])], "kind": d[3:] or "door"}
                for d in doors
            ],
        },
    )
    rooms = tuple(
        Room(
            id=ids.get(k, k),
            kind=kinds[k],
            shape=s.difference(shapely.union_all(solid)) if solid else s,
            name=(names or {}).get(k, ""),
        )
        for k, s in shapes.items()
    )
    bare = Layout(
        domain="floorplan",
        name=name,
        boundary=outline,
        north=north,
        elements=rooms,
        brief=brief,
        provenance=Provenance(source="test", version="0", seed=7, brief=brief.digest(), rules="general"),
    )
    done = complete(bare)
    return done.replaced()


def flat(**changes: object) -> Layout:
    """Seven rooms, a shaft and a column."""
    return plan(
        """
        aaaaabbbcc
        aaaaabbbcc
        aaaaabbbcc
        aaaaaddddd
        kkkkkddddd
        kkkkkeefff
        kkkkkeefff
        """,
        {
            "a": "living_room",
            "b": "bedroom",
            "c": "bathroom",
            "d": "corridor",
            "e": "storage",
            "f": "bedroom",
            "k": "kitchen",
        },
        doors=("da", "db", "dc", "de", "df", "ka:open"),
        entrance=(12.0, 4.2),
        scale=1.2,
        obstacles=(
            ("column", [[2.4, 2.4], [2.7, 2.4], [2.7, 2.7], [2.4, 2.7]]),
            ("shaft", [[11.4, 7.8], [12.0, 7.8], [12.0, 8.4], [11.4, 8.4]]),
        ),
        **changes,
    )  # type: ignore[arg-type]


def one_room() -> Layout:
    return plan("aaa\naaa", {"a": "living_room"}, entrance=(1.5, 0.0), name="One room", scale=1.5)


def corner_flat() -> Layout:
    """Eight rooms, two notches, a balcony."""
    return plan(
        """
        aaaaaabbbb..
        aaaaaabbbb..
        aaaaaabbbbcc
        aaaaaahhhhcc
        eehhhhhhhhcc
        eehddddgggcc
        ffhddddggg..
        ffhddddggg..
        ...iiii.....
        """,
        {
            "a": "living_room",
            "b": "kitchen",
            "c": "bedroom",
            "d": "bedroom",
            "e": "bathroom",
            "f": "storage",
            "g": "bedroom",
            "h": "corridor",
            "i": "balcony",
        },
        doors=("ha", "hb", "hc", "hd", "he", "hf", "hg", "di"),
        entrance=(2.5, 1.0),
        name="Corner flat",
        north=120.0,
    )


def courtyard() -> Layout:
    """Rooms around a courtyard."""
    return plan(
        """
        aaaaaabbbb
        aaaaaabbbb
        cccc..dddd
        cccc..dddd
        eeeeeeffff
        eeeeeeffff
        """,
        {
            "a": "living_room",
            "b": "kitchen",
            "c": "bedroom",
            "d": "bedroom",
            "e": "corridor",
            "f": "bathroom",
        },
        doors=("ab", "ac", "bd", "ec", "ef"),
        entrance=(0.0, 1.0),
        name="Courtyard",
        scale=1.3,
    )


def many_rooms() -> Layout:
    """Twenty-four rooms along a corridor."""
    north, south = "ABCDEFGHIJKL", "MNOPQRSTUVW"
    text = "\n".join(
        ["".join(c * 3 for c in north)] * 4 + ["z" * 36] * 2 + [("".join(c * 3 for c in south)) + "WWW"] * 4
    )
    kinds = {c: ("bathroom" if i % 3 == 2 else "bedroom") for i, c in enumerate(north + south)} | {
        "z": "corridor"
    }
    return plan(
        text,
        kinds,
        doors=tuple(f"z{c}" for c in north + south),
        entrance=(0.0, 5.0),
        name="Twenty-four rooms",
    )


def chinese() -> Layout:
    """Names in Chinese, German, and with signs that formats treat as markup."""
    return flat(
        name="两居室 · Wohnung „A“ {x} \\P %%d ^J <b>&amp;",
        names={
            "a": "客厅",
            "b": "主卧",
            "c": "卫生间",
            "d": "Flur <Ø>",
            "e": "Ab%%ustell",
            "f": "Kinder\\Pzimmer",
            "k": "Küche {1}",
        },
    )


CORPUS: dict[str, Callable[[], Layout]] = {
    f.__name__: cache(f) for f in (flat, one_room, corner_flat, courtyard, many_rooms, chinese)}
"""What every exporter is tested with."""


@pytest.fixture(params=CORPUS, ids=str)
def layout(request) -> Layout:
    return CORPUS[request.param]()


@pytest.fixture(name="flat", scope="session")
def _flat() -> Layout:
    return CORPUS["flat"]()


@pytest.fixture(scope="session")
def corpus() -> dict[str, Callable[[], Layout]]:
    return CORPUS


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Path of a program, or the test is skipped; in CI a missing program is a failure."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            say = pytest.fail if os.environ.get("LAYOUTGAN_REQUIRE_CAD") == "1" else pytest.skip
            say(f"{name} is not installed")
        return str(path)

    return find
