"""The four networks of one training, and the named sizes that the entry points list."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from layoutgan.models import config as sizes
from layoutgan.models import graph_discriminator, raster_discriminator
from layoutgan.models.config import Config
from layoutgan.models.encoder import Encoder
from layoutgan.models.generator import Generator


@dataclass
class Networks:
    """What is trained together."""

    config: Config
    generator: Generator
    encoder: Encoder
    graph_discriminator: graph_discriminator.Discriminator
    raster_discriminator: raster_discriminator.Discriminator

    def modules(self) -> dict[str, nn.Module]:
        """The networks by name, in a fixed order."""
        return {
            "generator": self.generator,
            "encoder": self.encoder,
            "graph_discriminator": self.graph_discriminator,
            "raster_discriminator": self.raster_discriminator,
        }


def build(config: Config, seed: int = 0) -> Networks:
    """Networks of that config with weights that depend on the seed alone; torch's own state is kept."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Networks(
            config=config,
            generator=Generator(config),
            encoder=Encoder(config),
            graph_discriminator=graph_discriminator.Discriminator(config),
            raster_discriminator=raster_discriminator.Discriminator(config),
        )


def small32(config: Config, seed: int = 0) -> Networks:
    """About 2 M parameters, rasters of 32 x 32 pixels: trains on two CPU cores."""
    return build(sizes.small32(config), seed)


def base32(config: Config, seed: int = 0) -> Networks:
    """About 4 M parameters, rasters of 32 x 32 pixels: the default on a CPU."""
    return build(sizes.base32(config), seed)


def large64(config: Config, seed: int = 0) -> Networks:
    """About 25 M parameters, rasters of 64 x 64 pixels: for a GPU."""
    return build(sizes.large64(config), seed)
