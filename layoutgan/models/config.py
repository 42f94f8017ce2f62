"""Sizes of the networks, and what the networks of one shipped file have in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Head(StrEnum):
    """What a generator answers per element."""

    RECTANGLES = "rectangles"
    """K gated axis-parallel rectangles (rooms)."""
    ORIENTED = "oriented"
    """centre and quarter turn of a rectangle of given size (equipment)."""


@dataclass(frozen=True)
class Config:
    """Everything needed to build the networks anew."""

    kinds: int
    """element kinds of the domain."""
    raster_channels: int
    """planes of the rendered raster that the raster discriminator reads."""
    attributes: int = 16
    relations: int = 7
    site_channels: int = 8
    rectangles: int = 2
    head: Head = Head.RECTANGLES
    node_noise: int = 16
    graph_noise: int = 64
    width: int = 128
    heads: int = 4
    generator_layers: int = 6
    discriminator_layers: int = 4
    encoder_layers: int = 3
    pixels: int = 32
    """side of the site raster and of the rendered raster; a power of two, 16 at least."""
    channels: tuple[int, ...] = (64, 128)
    """widths of the raster discriminator, the first after patches of 4 x 4, then one per halving."""

    def document(self) -> dict[str, Any]:
        """The config as plain JSON types."""
        return asdict(self) | {"head": self.head.value, "channels": list(self.channels)}

    @classmethod
    def parse(cls, document: dict[str, Any]) -> Config:
        """The config that `document` wrote.

        Raises:
            TypeError, ValueError: a field is unknown or of the wrong type.
        """
        given = dict(document)
        given["head"] = Head(given.get("head", Head.RECTANGLES))
        given["channels"] = tuple(int(width) for width in given.get("channels", cls.channels))
        return cls(**given)


def small32(config: Config) -> Config:
    """Sizes for a quick training on two CPU cores (2 M parameters in all)."""
    return replace(
        config,
        width=96,
        generator_layers=4,
        discriminator_layers=3,
        encoder_layers=2,
        pixels=32,
        channels=(64, 96),
    )


def base32(config: Config) -> Config:
    """Sizes for a CPU (5 M parameters in all)."""
    return replace(config, width=128, generator_layers=6, discriminator_layers=4, encoder_layers=3)


def large64(config: Config) -> Config:
    """Sizes for a GPU (25 M parameters in all)."""
    return replace(
        config,
        width=256,
        heads=8,
        generator_layers=8,
        discriminator_layers=6,
        encoder_layers=4,
        pixels=64,
        channels=(128, 256, 384),
    )


SIZES = {"small32": small32, "base32": base32, "large64": large64}
