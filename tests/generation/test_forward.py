"""The networks in numpy against the same networks in torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import torch
from generation.briefs import CASES

from layoutgan.core.schema import validate
from layoutgan.domains.domain import domain_of
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.piping.settle import settle
from layoutgan.domains.piping.sketches import unit_brief
from layoutgan.encoding.batch import collate
from layoutgan.encoding.record import Attribute, Record
from layoutgan.encoding.records import encode_brief
from layoutgan.errors import InputError
from layoutgan.generation import network
from layoutgan.generation.forward import Answer, fits, generated, scores
from layoutgan.generation.network import Frozen, frozen, propose
from layoutgan.models.config import Config, Head
from layoutgan.models.networks import build
from layoutgan.training.weights import load_trained, save_trained, shipped

SMALL = {"width": 32, "heads": 4, "generator_layers": 3, "discriminator_layers": 2, "encoder_layers": 1}
CLOSE = {"rtol": 1e-4, "atol": 1e-5}


def flat() -> FloorplanBrief:
    return validate(FloorplanBrief, CASES["columns and shafts"].brief)


def noise(count: int, rooms: int, config: Config) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    return (rng.standard_normal((count, rooms, config.node_noise), np.float32),
            rng.standard_normal((count, config.graph_noise), np.float32))


def made_up(config: Config, rooms: int) -> Record:
    """A record with everything in it: fixed rooms, all relations, costs, a rough site."""
    rng = np.random.default_rng(5)
    relations = rng.integers(0, config.relations, (rooms, rooms))
    attributes = rng.uniform(0, 0.5, (rooms, len(Attribute))).astype(np.float32)
    attributes[:, Attribute.FIXED] = np.arange(rooms) % 3 == 1
    attributes[0, Attribute.TARGET_SIDE] = 0
    site = rng.uniform(-0.5, 1, (config.site_channels, config.pixels, config.pixels)).astype(np.float32)
    return Record(
        "made up", rng.integers(0, config.kinds, rooms), attributes, np.maximum(relations, relations.T),
        rng.uniform(0, 1, (rooms, rooms)).astype(np.float32), site, 12.0, (-1.0, 2.0),
        np.zeros((rooms, config.rectangles, 4), np.float32), np.ones((rooms, config.rectangles), np.float32),
        np.zeros(rooms, np.int64),
    )  # fmt: skip


@pytest.mark.parametrize("head", list(Head))
@pytest.mark.parametrize("rooms", [1, 5, 8])
def test_any_weights_give_the_same_in_numpy_and_torch(head, rooms):
    config = Config(kinds=6, raster_channels=4, head=head, **SMALL)
    nets = build(config, 7)
    modules = {"generator": nets.generator, "graph_discriminator": nets.graph_discriminator}
    for module in modules.values():  # far from the small numbers of a fresh network
        for parameter in module.parameters():
            torch.nn.init.normal_(parameter, std=0.2, generator=torch.Generator().manual_seed(1))
        module.eval().requires_grad_(False)
    tensors = {f"{part}.{k}": v.numpy() for part, m in modules.items() for k, v in m.state_dict().items()}
    assert fits(tensors, config)
    record = made_up(config, rooms)
    nodes, graph = noise(3, rooms, config)
    batch = collate([record], multiple=1).repeat(3)
    expected = nets.generator(batch, torch.from_numpy(nodes), torch.from_numpy(graph))
    answer = generated(tensors, config, record, nodes, graph)
    for mine, theirs in zip(answer, expected, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), **CLOSE)
        assert mine.dtype == np.float32
    verdict = nets.graph_discriminator(batch, expected).whole.numpy()
    same = Answer(*(part.numpy() for part in expected))  # the sines of coordinates make much of small changes
    np.testing.assert_allclose(scores(tensors, config, record, same), verdict, **CLOSE)


@pytest.mark.parametrize("name", shipped())
def test_shipped_weights_give_the_same_in_numpy_and_torch(name):
    nets = frozen(name)
    brief = {"floorplan": flat, "piping": unit_brief}[nets.domain]()
    assert nets.trained is None, "networks that numpy does not know make every generate load torch"
    record = encode_brief(brief, domain_of(nets.domain), nets.config.pixels)
    nodes, graph = noise(6, len(record.kinds), nets.config)
    mine, score = nets.answer(record, nodes, graph)
    theirs, verdict = Frozen(nets.domain, nets.config, {}, load_trained(name)).answer(record, nodes, graph)
    for one, other in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(one, other, **CLOSE)
    np.testing.assert_allclose(score, verdict, **CLOSE)


def test_networks_of_another_build_are_left_to_torch(tmp_path, monkeypatch):
    config = Config(kinds=17, raster_channels=4, **SMALL)
    nets = build(config, 1)
    path = tmp_path / "mine.safetensors"
    parts = {n: m for n, m in nets.modules().items() if n != "raster_discriminator"}
    save_trained(path, parts, config, domain="floorplan", kinds=domain_of("floorplan").kinds, card={})
    assert frozen(str(path)).trained is None
    numpy = propose(flat(), 3, 0, weights=str(path))
    frozen.cache_clear()
    monkeypatch.setattr(network, "fits", lambda *_: False)
    assert frozen(str(path)).trained is not None
    for one, other in zip(numpy, propose(flat(), 3, 0, weights=str(path)), strict=True):
        np.testing.assert_allclose(one.rectangles, other.rectangles, rtol=1e-3, atol=1e-3)
    frozen.cache_clear()


def test_proposals_repeat_with_the_seed_whatever_their_number():
    first, again, other = (propose(flat(), n, s) for n, s in ((4, 1), (4, 1), (4, 2)))
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.rectangles, two.rectangles)
    assert np.abs(first[0].rectangles - other[0].rectangles).max() > 0.01


@pytest.mark.parametrize(
    ("content", "said"), [(None, "mine.json is missing"), (b"{}", "not of format"), (b"\xff", "not JSON")]
)
def test_damaged_weights_are_one_line(tmp_path, content, said):
    path = tmp_path / "mine.safetensors"
    path.write_bytes(b"nothing")
    if content is not None:
        path.with_suffix(".json").write_bytes(content)
    with pytest.raises(InputError, match=said):
        frozen(str(path))


def test_proposing_loads_no_torch():
    code = (
        "import sys; from layoutgan.domains.domain import domain_of;"
        "from layoutgan.core.schema import parse, validate;"
        "from layoutgan.generation.network import propose; domain = domain_of('floorplan');"
        "tree, _ = parse(domain.example()); propose(validate(domain.brief, tree), 1, 0);"
        "print('torch' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_plants_get_places_turns_and_keep_their_battery_limit_points():
    brief = settle(unit_brief(), 1, 0)[0].brief
    nodes = brief.programme().nodes
    first, second = propose(brief, 2, 4), propose(brief, 2, 4)
    for one, two in zip(first, second, strict=True):
        assert np.array_equal(one.rectangles, two.rectangles)
        assert one.source == "network"
        assert set(one.turns) <= {0, 1, 2, 3}
        for node, box, turn in zip(nodes, one.rectangles[:, 0], one.turns, strict=True):
            size = (box[2] - box[0], box[3] - box[1])
            wanted = node.size if turn % 2 == 0 or node.fixed is not None else node.size[::-1]
            assert size == pytest.approx(wanted, abs=1e-3)
            if node.fixed is not None:
                assert box == pytest.approx(node.fixed.bounds, abs=1e-3)
    assert not np.array_equal(first[0].rectangles, first[1].rectangles)
