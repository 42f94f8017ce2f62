"""How well and how fast drawings made elsewhere are read: every plan in every style, and one large drawing.

python benchmarks/reading.py             # styles, then 20,000 entities
python benchmarks/reading.py --large     # only the large drawing
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import logging
import resource
import sys
import tempfile
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drawing_styles import STYLES  # noqa: E402 - the folders must be on the path first
from foreign_pen import _Pen, drawn, floors  # noqa: E402
from record import write_record  # noqa: E402

from cad_plugin.dxf_read import document_in, understood_in  # noqa: E402
from cad_plugin.reading.floors import lost_area  # noqa: E402
from cad_plugin.reading.foreign import understood  # noqa: E402
from layoutgan.domains.floorplan.elements import Room  # noqa: E402
from layoutgan.domains.floorplan.walls import clear_shapes  # noqa: E402
from layoutgan.errors import LayoutError  # noqa: E402

ENTITIES = 20_000
FLATS = 12
"""Flats of the large drawing; the rest of its entities is furniture."""


def plans() -> dict[str, Any]:
    """The plans that the tests of drawings use."""
    spec = importlib.util.spec_from_file_location("plans", ROOT / "tests" / "cad_plugin" / "conftest.py")
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]  # the file stands in the repository
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return {name: make() for name, make in module.CORPUS.items() if name != "chinese"}


def styles() -> dict[str, Any]:
    """Share of rooms found with an IoU of at least 0.98, of names understood, and failures left unsaid."""
    found = files = rooms = named = silent = 0
    for style in STYLES:
        for name, layout in plans().items():
            files += 1
            truth = floors(layout, style)
            rooms += len(truth)
            doc, stream = drawn(layout, style), io.StringIO()
            doc.write(stream)
            try:
                seen = understood(document_in(doc.encode(stream.getvalue()), "plan.dxf"), "plan.dxf")
            except LayoutError as error:
                print(f"{style.name} {name}: {error}")
                continue
            own = {r.id: r for r in seen.layout.of(Room)}
            axis = style.walls == "axis"
            shapes = {k: r.shape for k, r in own.items()} if axis else clear_shapes(seen.layout)
            best = {k: min((lost_area(s, o), i) for i, o in shapes.items()) for k, s in truth.items()}
            hits = {k: i for k, (lost, i) in best.items() if lost <= 0.02}
            found += len(hits)
            named += sum(own[i].kind == layout[k].kind for k, i in hits.items())
            if len(hits) < len(truth):
                said = [r for r in seen.remarks if r.sort == "doubt"]
                silent += not said
                why = said[0] if said else "silent"
                print(f"{style.name} {name}: {len(hits)} of {len(truth)} rooms; {why}")
    return {"files": files, "rooms": rooms, "rooms_found": round(found / rooms, 4),
            "kinds_right": round(named / max(found, 1), 4), "files_with_unsaid_failure": silent}


def large() -> dict[str, Any]:
    """Seconds of this process and memory for a drawing of 20,000 entities."""
    layout = plans()["corner_flat"]
    style = replace(next(s for s in STYLES if s.name == "aia lines"), clutter=True)
    pen = _Pen(layout, style)
    for number in range(FLATS):
        pen.style = replace(style, moved=((number % 4) * 20.0, (number // 4) * 16.0))
        pen.document()
    while len(pen.doc.modelspace()) < ENTITIES:
        for points in pen._furniture():
            pen.polyline(points, "furniture")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.dxf"
        pen.doc.saveas(file)
        count, size = len(pen.doc.modelspace()), file.stat().st_size
        del pen
        started = time.process_time()
        seen = understood_in(file)
        seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"entities": count, "megabytes": round(size / 1e6, 1), "rooms": len(seen.layout.of(Room)),
            "seconds": round(seconds, 2), "memory_mb": round(memory)}


def main() -> None:
    """Prints the figures and keeps them."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--large", action="store_true")
    arguments = given.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    figures: dict[str, Any] = {"large": large()}
    print(figures["large"])
    if not arguments.large:
        figures["styles"] = styles()
        print(figures["styles"])
        write_record(ROOT / "benchmarks" / "results" / "reading.json", figures)


if __name__ == "__main__":
    main()
