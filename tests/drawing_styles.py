"""Ways in which other offices draw a floor plan, as data; ``foreign_pen`` draws any plan in any of them."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["INSUNITS", "METRES", "STYLES", "WORDS", "Style"]

INSUNITS = {"mm": 4, "cm": 5, "m": 6, "in": 1, "ft": 2}
METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
AIA = {
    "wall": "A-WALL",
    "door": "A-DOOR",
    "window": "A-GLAZ",
    "text": "A-AREA-IDEN",
    "room": "A-AREA",
    "hatch": "A-WALL-PATT",
    "furniture": "A-FURN",
    "dims": "A-ANNO-DIMS",
}
GERMAN = {
    "wall": "WAENDE",
    "door": "TUEREN",
    "window": "FENSTER",
    "text": "BESCHRIFTUNG",
    "room": "RAUMFLAECHEN",
    "hatch": "WAND-SCHRAFFUR",
    "furniture": "MOEBEL",
    "dims": "BEMASSUNG",
}
FRENCH = {
    "wall": "MURS",
    "door": "PORTES",
    "window": "FENETRES",
    "text": "TEXTES",
    "room": "SURFACES",
    "hatch": "MURS_HACHURES",
    "furniture": "MOBILIER",
    "dims": "COTATIONS",
}
CHINESE = {
    "wall": "墙体",
    "door": "门",
    "window": "窗",
    "text": "文字",
    "room": "房间",
    "hatch": "墙体填充",
    "furniture": "家具",
    "dims": "尺寸标注",
}
TARCH = {
    "wall": "WALL",
    "door": "WINDOW",
    "window": "WINDOW",
    "text": "PUB_TEXT",
    "room": "SPACE",
    "hatch": "PUB_HATCH",
    "furniture": "FURNITURE",
    "dims": "PUB_DIM",
}
SPANISH = {
    "wall": "MUROS",
    "door": "PUERTAS",
    "window": "VENTANAS",
    "text": "TEXTO",
    "room": "AREAS",
    "hatch": "RELLENO",
    "furniture": "MUEBLES",
    "dims": "COTAS",
}
ONE_LAYER = dict.fromkeys(AIA, "0")

WORDS = {
    "en": {"living_room": "LIVING ROOM", "kitchen": "KITCHEN", "bedroom": "BEDROOM", "bathroom": "BATH",
           "corridor": "HALL", "storage": "STORAGE", "balcony": "BALCONY"},
    "de": {"living_room": "Wohnen", "kitchen": "Küche", "bedroom": "Schlafzimmer", "bathroom": "Bad",
           "corridor": "Flur", "storage": "Abstellraum", "balcony": "Balkon"},
    "fr": {"living_room": "Séjour", "kitchen": "Cuisine", "bedroom": "Chambre", "bathroom": "Salle de bain",
           "corridor": "Dégagement", "storage": "Rangement", "balcony": "Balcon"},
    "es": {"living_room": "Sala", "kitchen": "Cocina", "bedroom": "Dormitorio",
           "bathroom": "Baño", "corridor": "Pasillo", "storage": "Despensa", "balcony": "Terraza"},
    "zh": {"living_room": "客厅", "kitchen": "厨房", "bedroom": "卧室", "bathroom": "卫生间",
           "corridor": "走廊", "storage": "储藏室", "balcony": "阳台"},
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """One way of drawing."""

    name: str
    layers: dict[str, str] = field(default_factory=lambda: AIA)
    unit: str = "mm"
    header: bool = True
    version: str = "R2010"
    walls: str = "lines"
    """lines, outlines, open lines (without the ends of walls), axis, hatch, none."""
    doors: str = "block"
    """block, nested, mirrored, scaled, exploded, bulge."""
    windows: str = "lines"
    rooms: bool = False
    """Closed outlines of rooms."""
    words: str = "en"
    texts: str = "text"
    """text, mtext, attribute or none."""
    short: float = 0.0
    """Every line of a wall ends that much too early [m]."""
    long: float = 0.0
    """Every line of a wall ends that much too late [m]."""
    paper: bool = False
    clutter: bool = False
    """Furniture, dimensions, a grid and a title."""
    turned: float = 0.0
    """The whole drawing is turned [°]."""
    moved: tuple[float, float] = (0.0, 0.0)
    swapped: bool = False
    """Everything stands in one mirrored block."""


STYLES = (
    Style("aia lines"),
    Style("aia outlines", walls="outlines", clutter=True),
    Style("german cm", GERMAN, "cm", words="de", walls="open lines"),
    Style("german metres exploded", GERMAN, "m", words="de", doors="exploded", texts="mtext"),
    Style("french hatched", FRENCH, "cm", words="fr", walls="hatch", doors="nested"),
    Style("chinese", CHINESE, words="zh", doors="mirrored", version="R2007"),
    Style("tarch", TARCH, words="zh", doors="scaled", windows="block", clutter=True),
    Style("spanish r12", SPANISH, version="R12", words="es", header=False, texts="text"),
    Style("feet and inches", AIA, "in", doors="mirrored", clutter=True),
    Style("feet r12", AIA, "ft", header=False, version="R12", doors="exploded"),
    Style("tiny gaps", AIA, short=0.006, doors="nested"),
    Style("gaps and no ends", GERMAN, "mm", walls="open lines", short=0.006, words="de", windows="block"),
    Style("overshoots", AIA, long=0.02, doors="exploded"),
    Style("single lines", AIA, "m", walls="axis", header=True),
    Style("single lines exploded", FRENCH, "mm", walls="axis", doors="exploded", words="fr"),
    Style("room outlines only", AIA, walls="none", rooms=True, texts="attribute"),
    Style("outlines and walls", GERMAN, "m", rooms=True, words="de", doors="bulge", texts="attribute"),
    Style("paper space only", AIA, paper=True, doors="nested", texts="mtext"),
    Style("one layer", ONE_LAYER, doors="exploded", texts="text"),
    Style("turned", AIA, turned=17.0, doors="mirrored"),
    Style("far away", AIA, "m", moved=(512_300.0, 5_403_200.0), doors="exploded"),
    Style("one mirrored block", AIA, swapped=True, doors="nested", version="R2018"),
)
