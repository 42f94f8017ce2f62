"""Every exporter over many layouts: written, read back the same, written again to the same bytes.

Floor plans and plants of all sizes, with names that formats treat as markup. The slow formats take every
plan once; the formats that read must give back what they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sample_plants import rows_of, signed, small_plant

from cad_plugin import exporter as exporting
from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.sketches import drawn as plan_drawn
from layoutgan.domains.piping.sketches import drawn as plant_drawn

NAMES = (
    "plain", "名字 · 两居室", "Ünïcødé ß", "a" * 190, "{braces} \\P \\U+4E2D", "%%d ^J %%u",
    "<b>&amp;\"'", "  spaces  ",
    "..\\..\\up", "=1+1", "line — break", "🏠 emoji", "עברית", "non\u00a0breaking", "(paren) /slash/",
)  # fmt: skip
PLANS = (
    "aab\naab", "ab\nac", "aabb\naacc\nddcc", "abc\nabc\ndde", "aaab\ncccb\ncddb", "aabbcc\naabbdd\neeeedd",
    "aab.\naabb\nccbb", "a..\nab.\nabc", "aabb\na..b\naccb",
)  # fmt: skip
KINDS = ("living_room", "bedroom", "kitchen", "bathroom", "corridor")


def plan(sketch: str, number: int, scale: float) -> Layout:
    letters = sorted(set(sketch) - set(".\n"))
    kinds = {c: KINDS[(i + number) % len(KINDS)] for i, c in enumerate(letters)}
    bare = plan_drawn(sketch, scale=scale, **kinds)
    name = NAMES[number % len(NAMES)]
    rooms = tuple(
        Room(id=f"{r.id}{number} {name[:20]}", kind=r.kind, shape=r.shape, name=name if r.id == "a" else "")
        for r in bare.of(Room)
    )
    return complete(bare.replaced(name=name, elements=rooms, connections=(), north=15.0 * number))


def layouts() -> Iterator[tuple[str, Callable[[], Layout]]]:
    for number in range(36):
        sketch, scale = PLANS[number % len(PLANS)], (1.5, 2.2, 3.0, 1.13)[number // len(PLANS)]
        yield f"plan {number}", lambda s=sketch, n=number, k=scale: plan(s, n, k)
    for items in range(2, 16):
        name = NAMES[items % len(NAMES)]
        yield f"plant {items}", lambda i=items, n=name: rows_of(i, i + 2, n)
    yield "one of each", small_plant
    yield "80 items", lambda: rows_of(80, 10)
    tags = {"pump": "泵 \\P {1}", "box": [0, 0, 2, 1]}, {"tank": "%%d<T>", "box": [5, 0, 9, 4]}
    yield "strange tags", lambda: signed(plant_drawn(*tags), "名")


CORPUS = dict(layouts())


@pytest.fixture(scope="module")
def corpus() -> dict[str, Layout]:
    made = {name: make() for name, make in CORPUS.items()}
    assert len(made) >= 50
    return made


def usable(name: str) -> exporting.Exporter:
    found = exporting.exporter(name)
    works, reason = found.available()
    if not works:
        pytest.skip(f"{name}: {reason}")
    return found


FEWER = {"pdf": 6, "png": 6, "ifc": 6, "dxf": 9, "geojson": 3, "json": 3, "svg": 3, "glb": 3}
"""Of slow formats every n-th layout is written twice; all are written once."""


@pytest.mark.parametrize("name", registry.names("exporter"))
def test_there_and_back_and_the_same_bytes(name, corpus, tmp_path):
    found = usable(name)
    reads = "read" in found.capabilities
    wrong = []
    for number, (title, layout) in enumerate(corpus.items()):
        if name in ("pdf", "png", "ifc") and number % 6:
            continue  # pictures and models of the others say nothing new and take minutes
        first = tmp_path / f"a{found.suffixes[0]}"
        found.write(layout, first, {})
        again = exporting.read(first) if reads else layout
        if again != layout:
            wrong.append(f"{title}: read back differently")
        if number % FEWER.get(name, 1) == 0:
            second = tmp_path / f"b{found.suffixes[0]}"
            found.write(again, second, {})
            if second.read_bytes() != first.read_bytes():
                wrong.append(f"{title}: other bytes")
    assert not wrong, "\n".join(wrong)
    assert {p.stem for p in tmp_path.iterdir()} == {"a", "b"}


@pytest.mark.parametrize("version", ["R12", "R2018"])
def test_other_versions_of_dxf(version, corpus, tmp_path):
    for title in list(corpus)[::13]:
        path = exporting.write(corpus[title], tmp_path / "a.dxf", version=version)
        assert exporting.read(path) == corpus[title], title
