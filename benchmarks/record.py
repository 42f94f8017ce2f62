"""What all benchmarks share: where data stands, how results are kept, how tables are printed."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.errors import LayoutError

ROOT = Path(__file__).resolve().parent.parent


def shared() -> Path:
    """The folder of data sets beside the checkout; ends with a sentence where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        sys.exit(
            f"benchmarks on real plans need data sets in {folder.name}/ of the folder 'shared' beside the "
            "checkout; set LAYOUTGAN_DATA or copy them there"
        )
    return folder


def validation_plans(split: str, names: tuple[str, ...] = ("r2v", "resplan")) -> list[Layout]:
    """Real plans of a split that answer briefs of 2 to 24 rooms, in a fixed order."""
    plans: list[Layout] = []
    for name in names:
        try:
            found = list(registry.find("dataset", name)().split(split))
        except LayoutError as error:
            print(f"without {name}: {error}", file=sys.stderr)
            continue
        plans += [p for p in found if 2 <= sum(e.tag == "room" for e in p.elements) <= 24]
    return plans


def _commit() -> str:
    answer = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def write_record(path: Path, figures: dict[str, Any]) -> None:
    """Keeps figures as JSON beside the commit and command that made them."""
    command = "python " + " ".join(["benchmarks/" + Path(sys.argv[0]).name, *sys.argv[1:]])
    record = {
        "command": command,
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, 2 cores",
        "figures": figures,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def print_table(sets: dict[str, Any], section: str) -> None:
    """Prints mean ± spread of one section of several sets side by side."""
    sets = {name: values[section] for name, values in sets.items() if section in values}
    names = list(dict.fromkeys(k for values in sets.values() for k in values))
    print(f"\n{section:<22}" + "".join(f"{s:>20}" for s in sets))
    for name in names:
        cells = [f"{v[name][0]:.4g} ± {v[name][1]:.2g}" if name in v else "" for v in sets.values()]
        print(f"{name:<22}" + "".join(f"{c:>20}" for c in cells))
