"""Where the limits of plant rules come from.

All are secondary sources that somebody of us has read: good enough for a default, not for a claim of
compliance. Limits that nobody has read anywhere have no source, and their findings are warnings.
"""

from __future__ import annotations

from layoutgan.validation.rule import Source

__all__ = [
    "CADMATIC", "CODE_B31_1", "DECREE_1967", "DECREE_1997", "FLOWSERVE", "LAYOUT_TABLE",
    "OSHA_PAGES",
    "PETROCHEM",
    "PIPING_HANDBOOK", "PIPING_WORLD", "PLANTWISE", "RACK_PAGES", "RED_BAG", "SH3012", "SPACING_PAGE",
    "SPACING_PAGES", "UHDE", "UNREAD", "VALVE_TEXTS",
]  # fmt: skip

SH3012 = Source("SH 3012, piping layout of petrochemical plants", "2011, English text", verified=True)
RED_BAG = Source("BN-DS-C47, plant layout guidelines", verified=True)
LAYOUT_TABLE = Source("plant clearance table, softecksblog", verified=True)
PLANTWISE = Source("PlantWise user help", verified=True)
RACK_PAGES = Source("pipe rack design pages, pipingengineer.org", verified=True)
SPACING_PAGES = Source("pipe spacing pages, piping-engineering.com and pipingengineer.org", verified=True)
FLOWSERVE = Source("Flowserve pump manual", clause="4.4.2", verified=True)
VALVE_TEXTS = Source("Chinese texts on the arrangement of valves", verified=True)
OSHA_PAGES = Source("calculator pages that quote OSHA 1910.28", verified=True)
PETROCHEM = Source("plant layout notes, petrochemlink", verified=True)
PIPING_HANDBOOK = Source("allaboutpipingengineering, pipe rack pages", verified=True)
PIPING_WORLD = Source("piping-world, pump piping page", verified=True)
CADMATIC = Source("CADMATIC Plant Modeller, slope options", verified=True)
UHDE = Source("Uhde India, piping training manual", verified=True)
DECREE_1967 = Source("French decree of 4 September 1967", clause="art. 16-20", verified=True)
DECREE_1997 = Source("French decree of 6 May 1997, ethylene oxide", verified=True)
SPACING_PAGE = Source("equipment spacing page, pdfyar", verified=True)
CODE_B31_1 = Source("ASME B31.1", clause="table 121.5, as a secondary source reproduces it", verified=True)
UNREAD = Source("project default, no source")
"""For limits that nobody of us has read in a source: findings are warnings."""
