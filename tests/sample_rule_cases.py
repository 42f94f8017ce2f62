"""The rules for plants and their cases, by code."""

from pathlib import Path

import yaml

from layoutgan.domains.piping.rules import packs

PACKS = (packs.PLANT_GENERAL, packs.SPACING, packs.ACCESS, packs.PIPING, packs.PUMPS)
RULES = {r.code: r for pack in PACKS for r in pack.rules if r.code.startswith("PI")}
TABLES = sorted((Path(__file__).parent / "domains" / "piping" / "rules" / "cases").glob("*.yaml"))
CASES = {code: row for table in TABLES for code, row in yaml.safe_load(table.read_text()).items()}
