"""All files of a plant: drawings as DXF and PDF, pipe component files, lists, and models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from cad_plugin.annotation import MM, SCALES
from cad_plugin.drawing import Drawing
from cad_plugin.plant.elevation import draw_arrangement
from cad_plugin.plant.isometric import draw_isometric
from cad_plugin.plant.plan import draw_plant, extent
from cad_plugin.sheet import PAPERS, Titles, fitting, sheeted
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables.files import deliverables, file_name
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.errors import ExportError
from layoutgan.validation.report import Report

__all__ = ["PAPERS_TRIED", "plant_files"]

PAPERS_TRIED = ("A3", "A2", "A1", "A0")
"""The smallest paper on which a drawing fits at 1:200 or larger is taken; else the largest."""
READABLE = 200
"""Plot scale at which the tags of pumps can still be read [-]."""


def plant_files(layout: Layout, report: Report | None = None) -> Iterator[tuple[str, bytes]]:
    """Names and contents of all files of a plant; the same bytes for the same layout and report.

    ``plot_plan``, ``equipment_arrangement``, ``piping_arrangement``, ``isometrics/LINE`` as DXF and PDF,
    ``pcf/LINE.pcf``, lists as CSV and ``lists.xlsx``, ``model.glb``, ``model.dxf`` and ``model.html``.

    Args:
        layout: in the domain ``piping``, with routed lines.
        report: findings, marked in the plot plan.

    Raises:
        ExportError: a file would be faulty.
    """
    yield from deliverables(layout).items()
    x0, y0, x1, y1 = (v * MM for v in extent(layout))
    wide, tall = x1 - x0, y1 - y0
    plans: tuple[tuple[str, str, Callable[[int], Drawing]], ...] = (
        ("plot_plan", "Plot plan",
         lambda s: draw_plant(layout, report, scale=s, schedules=True)),
        ("equipment_arrangement", "Equipment arrangement",
         lambda s: draw_plant(layout, scale=s, schedules=True, pipes=False, title="Equipment arrangement")),
        ("piping_arrangement", "Piping general arrangement",
         lambda s: draw_arrangement(layout, scale=s, schedules=True)),
    )
    for name, title, draw in plans:
        both = wide + tall if name == "piping_arrangement" else wide  # an elevation stands beside the plan
        paper, drawing = _on_paper(draw, both, tall)
        sheet = sheeted(drawing, paper, Titles({"TITLE": title}), layout.north)
        yield from _drawing_files([(name, sheet)])
    yield from _drawing_files(_isometrics(layout))
    yield from _models(layout)


def _on_paper(draw: Callable[[int], Drawing], wide: float, tall: float) -> tuple[str, Drawing]:
    """The smallest paper on which a drawing can be read, and the drawing for it.

    Args:
        draw: makes the drawing for a plot scale.
        wide: what it shows at least, without texts around it [mm].
        tall: likewise.
    """
    made = cache(draw)  # what a drawing holds depends on its scale, not on the paper
    for paper in PAPERS_TRIED:
        for scale in SCALES:
            width, height = PAPERS[paper]
            if wide / scale > width or tall / scale > height:
                continue  # drawing it would only show what is known already
            try:
                drawing = fitting(made, paper, scale)
            except ExportError:
                continue
            if scale <= READABLE or paper == PAPERS_TRIED[-1]:
                return paper, drawing
            break
    raise ExportError("the plant is too large for a sheet of A0 at any usual scale")


def _isometrics(layout: Layout) -> Iterator[tuple[str, Drawing]]:
    """Names and sheets of the isometrics."""
    used: set[str] = set()
    for number, line in enumerate(lines_of(layout), start=1):
        name = file_name(line.number)
        name = name if name not in used else f"{name}_{number}"
        used.add(name)
        titles = Titles({"TITLE": f"Isometric {line.number}", "NUMBER": line.number, "SCALE": "none"},
                        measured=False)
        yield f"isometrics/{name}", sheeted(draw_isometric(layout, line), "A3", titles)


def _drawing_files(drawings: Iterable[tuple[str, Drawing]]) -> Iterator[tuple[str, bytes]]:
    """Drawings with sheets as DXF (plan and tables in model space) and as PDF; all are checked before any."""
    from cad_plugin.dxf_series import DxfSeries
    from cad_plugin.layers import layers_of
    from cad_plugin.pdf import pdf_bytes
    from cad_plugin.tables import tabled

    series = DxfSeries(layers_of("aia"))
    made = []
    for name, drawing in drawings:
        made.append((f"{name}.dxf", series.data(tabled(drawing))))
        made.append((f"{name}.pdf", pdf_bytes(drawing)))
    series.audit()
    yield from made


def _models(layout: Layout) -> Iterator[tuple[str, bytes]]:
    from cad_plugin.annotation import facts_of
    from cad_plugin.glb import glb_bytes, things_shown
    from cad_plugin.plant.model_dxf import model_dxf
    from cad_plugin.plant.viewer import model_page
    from cad_plugin.plant_solids import plant_things

    things = list(plant_things(layout))
    makers: dict[str, Callable[[], bytes]] = {
        "model.glb": lambda: glb_bytes(things_shown(things), facts_of(layout)),
        "model.dxf": lambda: model_dxf(layout, things),
        "model.html": lambda: model_page(layout, things).encode("utf-8"),
    }
    for name, make in makers.items():
        yield name, make()
