"""What rooms can be, and what is usual for each: one row per kind, data rather than code.

Areas and widths are the middle of Swiss, Finnish and Chinese dwellings (5th, 50th and 95th percentile),
rounded; they fill in what a brief leaves open and never overrule it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALIASES", "KINDS", "NAMES", "Kind", "kind"]


@dataclass(frozen=True)
class Kind:
    """What is usual for one kind of room."""

    name: str
    title: str
    area: tuple[float, float, float]
    """Small, usual and large clear area [m²]."""
    min_width: float
    """Least clear width that works [m]."""
    window: bool = False
    """People stay here by day: wants daylight."""
    wet: bool = False
    """Has water and waste pipes."""
    circulation: bool = False
    """People walk through it to other rooms."""
    outdoor: bool = False
    """Open air: a balcony, not a heated room."""
    private: bool = False
    """Nobody walks through it to another room, except to its own bathroom, closet or balcony."""
    max_aspect: float = 4.0
    """Long over short side above which it looks odd [-]."""
    colour: str = "#DDDDDD"
    """Fill in previews."""


_ROWS = (
    Kind("living_room", "Living room", (14.0, 26.0, 45.0), 2.4, window=True, circulation=True,
         colour="#F6E3B4"),
    Kind("kitchen", "Kitchen", (4.0, 8.0, 16.0), 1.5, wet=True, circulation=True, window=True,
         colour="#F2C6A0"),
    Kind("dining_room", "Dining room", (5.0, 10.0, 22.0), 2.0, window=True, circulation=True, max_aspect=3.5,
         colour="#F4D6A8"),
    Kind("bedroom", "Bedroom", (7.5, 13.0, 20.0), 2.0, window=True, private=True, max_aspect=3.0,
         colour="#C9DDF0"),
    Kind("study", "Study", (4.5, 9.0, 15.0), 1.8, window=True, private=True, max_aspect=3.0,
         colour="#D6E4E0"),
    Kind("bathroom", "Bathroom", (2.0, 4.0, 7.0), 1.2, wet=True, private=True, max_aspect=3.5,
         colour="#B9E0DE"),
    Kind("toilet", "Toilet", (1.1, 1.6, 3.0), 0.8, wet=True, private=True, max_aspect=3.5, colour="#A9D4D2"),
    Kind("laundry", "Laundry", (1.2, 3.5, 8.0), 0.9, wet=True, private=True, max_aspect=5.0,
         colour="#C4DADF"),
    Kind("entrance", "Entrance", (1.5, 4.0, 10.0), 1.0, circulation=True, max_aspect=5.0, colour="#E8E2D8"),
    Kind("corridor", "Corridor", (2.0, 6.0, 16.0), 0.9, circulation=True, max_aspect=12.0, colour="#EFEAE0"),
    Kind("storage", "Storage", (0.6, 2.5, 8.0), 0.6, private=True, max_aspect=6.0, colour="#D9CFC4"),
    Kind("closet", "Closet", (0.5, 1.5, 5.0), 0.5, private=True, max_aspect=6.0, colour="#CFC3B6"),
    Kind("balcony", "Balcony", (2.0, 5.5, 14.0), 0.8, outdoor=True, private=True, max_aspect=10.0,
         colour="#DCE9CF"),
    Kind("garage", "Garage", (12.0, 20.0, 42.0), 2.4, private=True, colour="#D2D2D2"),
    Kind("stairs", "Stairs", (2.5, 5.0, 9.0), 0.9, circulation=True, max_aspect=6.0, colour="#E0D6E6"),
    Kind("outdoor", "Outdoor", (4.0, 12.0, 60.0), 0.8, outdoor=True, private=True, max_aspect=12.0,
         colour="#E3EFD8"),
    Kind("other", "Room", (0.6, 6.0, 20.0), 0.6, max_aspect=6.0, colour="#E4E4E4"),
)

NAMES: tuple[str, ...] = tuple(row.name for row in _ROWS)
"""Names of all kinds; the position is the number that networks see, so new ones go to the end."""
KINDS: dict[str, Kind] = {row.name: row for row in _ROWS}
ALIASES: dict[str, str] = {
    "living": "living_room", "lounge": "living_room", "dining": "dining_room", "hall": "corridor",
    "hallway": "corridor", "passage": "corridor", "foyer": "entrance", "lobby": "entrance",
    "bath": "bathroom", "shower": "bathroom", "wc": "toilet", "restroom": "toilet",
    "master_bedroom": "bedroom", "office": "study", "store": "storage", "storeroom": "storage",
    "wardrobe": "closet", "terrace": "balcony", "loggia": "balcony", "utility": "laundry", "stair": "stairs",
}
"""Other words that people use, and the kind each one means."""


def kind(name: str) -> Kind:
    """The row of a kind; an unknown word gives the row of ``other``."""
    return KINDS.get(ALIASES.get(name, name), KINDS["other"])
