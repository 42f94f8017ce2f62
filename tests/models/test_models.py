"""What holds for every network: shapes, gradients, seeds, padding, second derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from layoutgan.models.config import SIZES, Config, Head
from layoutgan.models.encoder import Encoder
from layoutgan.models.generator import Generator
from layoutgan.models.graph_discriminator import Discriminator as GraphDiscriminator
from layoutgan.models.graph_transformer import Proposal
from layoutgan.models.networks import build
from layoutgan.models.raster_discriminator import Discriminator as RasterDiscriminator

KINDS, PLANES = 5, 12


class Brief(NamedTuple):
    """A condition made of random tensors."""

    kinds: Tensor
    present: Tensor
    attributes: Tensor
    relations: Tensor
    weights: Tensor
    site: Tensor
    target_sides: Tensor
    fixed: Tensor
    fixed_boxes: Tensor
    sizes: Tensor


def tiny(head: Head = Head.RECTANGLES, pixels: int = 32) -> Config:
    return Config(
        kinds=KINDS,
        raster_channels=PLANES,
        head=head,
        width=32,
        heads=2,
        generator_layers=2,
        discriminator_layers=2,
        encoder_layers=1,
        node_noise=4,
        graph_noise=6,
        pixels=pixels,
        channels=(8, 16),
    )


def brief(pixels: int = 32, size: int = 3, count: int = 5, seed: int = 0) -> Brief:
    random = torch.Generator().manual_seed(seed)
    present = torch.ones(size, count, dtype=torch.bool)
    present[0, 3:] = False
    relations = torch.randint(0, 7, (size, count, count), generator=random)
    fixed = torch.zeros(size, count, dtype=torch.bool)
    fixed[1, 2] = True
    return Brief(
        kinds=torch.randint(0, KINDS, (size, count), generator=random),
        present=present,
        attributes=torch.rand(size, count, 16, generator=random),
        relations=relations,
        weights=torch.rand(size, count, count, generator=random),
        site=torch.rand(size, 8, pixels, pixels, generator=random),
        target_sides=torch.rand(size, count, generator=random) * 0.3,
        fixed=fixed,
        fixed_boxes=torch.rand(size, count, 4, generator=random) * fixed[..., None],
        sizes=torch.rand(size, count, 2, generator=random) * 0.2,
    )


def padded(condition: Brief, extra: int = 3) -> Brief:
    def wider(value: Tensor, axes: int) -> Tensor:
        for axis in range(1, 1 + axes):
            shape = list(value.shape)
            shape[axis] = extra
            value = torch.cat([value, torch.ones(shape).to(value.dtype)], axis)
        return value

    axes = {"site": 0, "relations": 2, "weights": 2}
    fields = {name: wider(value, axes.get(name, 1)) for name, value in condition._asdict().items()}
    fields["present"][:, -extra:] = False
    return Brief(**fields)


def proposal(condition: Brief, seed: int = 1) -> Proposal:
    random = torch.Generator().manual_seed(seed)
    size, count = condition.kinds.shape
    gates = torch.rand(size, count, 2, generator=random)
    turns = torch.rand(size, count, 4, generator=random)
    return Proposal(torch.rand(size, count, 2, 4, generator=random), gates, turns)


def noise(condition: Brief, config: Config) -> tuple[Tensor, Tensor]:
    random = torch.Generator().manual_seed(2)
    size, count = condition.kinds.shape
    return (
        torch.randn(size, count, config.node_noise, generator=random),
        torch.randn(size, config.graph_noise, generator=random),
    )


def generate(config: Config, condition: Brief) -> tuple[nn.Module, Tensor]:
    network = Generator(config)
    made = network(condition, *noise(condition, config))
    return network, torch.cat([made.boxes.flatten(2), made.gates, made.turns], -1)


def encode(config: Config, condition: Brief) -> tuple[nn.Module, Tensor]:
    network = Encoder(config)
    code = network(condition, proposal(condition))
    return network, torch.cat([*(c.flatten(1) for c in code)], 1)


def judge_graph(config: Config, condition: Brief) -> tuple[nn.Module, Tensor]:
    network = GraphDiscriminator(config)
    verdict = network(condition, proposal(condition))
    return network, torch.cat([verdict.whole[:, None], verdict.elements], 1)


def judge_raster(config: Config, condition: Brief) -> tuple[nn.Module, Tensor]:
    network = RasterDiscriminator(config)
    with torch.no_grad():  # the last layer of each block starts at zero, which hides the others
        for parameter in network.parameters():
            parameter += 0.01
    raster = torch.rand(
        len(condition.kinds), PLANES, config.pixels, config.pixels, generator=torch.Generator().manual_seed(3)
    )
    return network, network(condition, raster)


NETWORKS: dict[str, Callable[[Config, Brief], tuple[nn.Module, Tensor]]] = {
    "generator": generate,
    "encoder": encode,
    "graph": judge_graph,
    "raster": judge_raster,
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("head", Head)
def test_every_parameter_has_a_gradient(name: str, head: Head) -> None:
    torch.manual_seed(0)
    network, out = NETWORKS[name](tiny(head), brief())
    (out * torch.rand(out.shape, generator=torch.Generator().manual_seed(4))).square().sum().backward()
    silent = [
        key for key, p in network.named_parameters() if p.grad is None or float(p.grad.abs().sum()) == 0
    ]
    assert silent == []


@pytest.mark.parametrize("name", NETWORKS)
def test_same_seed_same_result(name: str) -> None:
    results = []
    for _ in range(2):
        torch.manual_seed(0)
        results.append(NETWORKS[name](tiny(), brief())[1])
    assert torch.equal(*results)


@pytest.mark.parametrize("head", Head)
@pytest.mark.parametrize("pixels", [16, 32, 64])
def test_a_proposal_has_the_documented_shape(head: Head, pixels: int) -> None:
    config, condition = tiny(head, pixels), brief(pixels)
    made = Proposal(*(part.detach() for part in Generator(config)(condition, *noise(condition, config))))
    assert made.boxes.shape == (3, 5, 2, 4)
    assert made.gates.shape == (3, 5, 2)
    assert made.turns.shape == (3, 5, 4)
    real = condition.present
    assert bool((made.gates[..., 0][real] == 1).all())
    assert float(made.boxes[~real].abs().max()) == 0
    if head is Head.ORIENTED:
        free = real & ~condition.fixed
        assert torch.allclose(made.turns[real].sum(-1), torch.ones(int(real.sum())))
        sides = made.boxes[:, :, 0, 2:][free].sort(-1).values
        assert torch.allclose(sides, condition.sizes[free].sort(-1).values, atol=1e-6)


def test_a_fixed_element_keeps_its_box() -> None:
    config, condition = tiny(), brief()
    made = Proposal(*(part.detach() for part in Generator(config)(condition, *noise(condition, config))))
    assert torch.equal(made.boxes[1, 2, 0], condition.fixed_boxes[1, 2])
    assert float(made.gates[1, 2, 1]) == 0


def test_noise_changes_the_answer() -> None:
    config, condition = tiny(), brief()
    network = Generator(config)
    nodes, graph = noise(condition, config)
    first = network(condition, nodes, graph).boxes
    assert float((network(condition, nodes + 1, graph).boxes - first).detach().abs().max()) > 1e-4
    assert float((network(condition, nodes, graph + 1).boxes - first).detach().abs().max()) > 1e-4


def test_padding_is_ignored() -> None:
    torch.manual_seed(0)
    config, condition = tiny(), brief()
    wide = padded(condition)
    generator, encoder, judge = Generator(config), Encoder(config), GraphDiscriminator(config)
    nodes, graph = noise(condition, config)
    wide_nodes = torch.cat([nodes, torch.ones(3, 3, config.node_noise)], 1)
    made = generator(condition, nodes, graph)
    made_wide = generator(wide, wide_nodes, graph)
    real = condition.present
    for small, large in zip(made, made_wide, strict=True):
        assert torch.allclose(small[real], large[:, :5][real], atol=1e-5)
    given = proposal(condition)
    given_wide = Proposal(*(torch.cat([p, torch.ones_like(p[:, :3])], 1) for p in given))
    assert torch.allclose(judge(condition, given).whole, judge(wide, given_wide).whole, atol=1e-5)
    code, code_wide = encoder(condition, given), encoder(wide, given_wide)
    assert torch.allclose(code.graph, code_wide.graph, atol=1e-5)
    assert torch.allclose(code.nodes[real], code_wide.nodes[:, :5][real], atol=1e-5)


def test_the_order_of_elements_does_not_matter() -> None:
    torch.manual_seed(0)
    config, condition = tiny(), brief()
    order = torch.tensor([4, 2, 0, 1, 3])
    shuffled = Brief(
        *(
            value
            if name == "site"
            else value[:, order][:, :, order]
            if name in ("relations", "weights")
            else value[:, order]
            for name, value in condition._asdict().items()
        )
    )
    network = Generator(config)
    nodes, graph = noise(condition, config)
    made, other = network(condition, nodes, graph), network(shuffled, nodes[:, order], graph)
    assert torch.allclose(made.boxes[:, order], other.boxes, atol=1e-5)


def test_discriminators_can_be_differentiated_twice() -> None:
    """Fused attention could not: the penalties of the slopes need the second derivative."""
    config, condition = tiny(), brief()
    given = proposal(condition)
    boxes = given.boxes.clone().requires_grad_()
    graph = GraphDiscriminator(config)
    score = graph(condition, given._replace(boxes=boxes)).whole
    (slope,) = torch.autograd.grad(score.sum(), boxes, create_graph=True)
    slope.square().sum().backward()
    assert graph.trunk.blocks[0].project.weight.grad is not None
    raster = torch.rand(3, PLANES, 32, 32, requires_grad=True)
    judge = RasterDiscriminator(config)
    (slope,) = torch.autograd.grad(judge(condition, raster).sum(), raster, create_graph=True)
    slope.square().sum().backward()
    assert judge.score.weight.grad is not None


@pytest.mark.parametrize("size", SIZES)
def test_sizes_build_and_their_config_survives_json(size: str) -> None:
    config = SIZES[size](Config(kinds=KINDS, raster_channels=PLANES))
    assert Config.parse(config.document()) == config
    if size != "large64":
        networks = build(config, 1)
        assert list(networks.modules()) == [
            "generator",
            "encoder",
            "graph_discriminator",
            "raster_discriminator",
        ]


def test_building_leaves_torch_alone() -> None:
    torch.manual_seed(5)
    wanted = torch.rand(1)
    torch.manual_seed(5)
    first = build(replace(tiny()), 1).generator.state_dict()
    assert torch.equal(torch.rand(1), wanted)
    second = build(tiny(), 1).generator.state_dict()
    assert all(torch.equal(first[key], second[key]) for key in first)
