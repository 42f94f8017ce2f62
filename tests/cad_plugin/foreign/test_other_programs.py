"""Drawings that other programs wrote: GDAL, which knows no blocks, no arcs and no units."""

from __future__ import annotations

import os
import subprocess

import pytest
from drawing_styles import STYLES
from foreign_pen import drawn, floors

from cad_plugin.dxf_read import understood_in
from cad_plugin.reading.floors import lost_area
from cad_plugin.reading.foreign import Options
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.walls import clear_shapes
from layoutgan.errors import InputError


@pytest.mark.cad
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["aia lines", "german cm"])
def test_gdal(name, corpus, program, tmp_path):
    layout, style = corpus["corner_flat"](), next(s for s in STYLES if s.name == name)
    drawn(layout, style).saveas(tmp_path / "in.dxf")
    command = [program("ogr2ogr"), "--config", "DXF_ENCODING", "UTF-8", "-f", "DXF", "out.dxf", "in.dxf"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60, capture_output=True, env={**os.environ})
    # GDAL's header says inches whatever was drawn: the doors contradict it, and the right unit is proposed.
    with pytest.raises(InputError, match=rf"header says in, but .* \({style.unit} would fit\)"):
        understood_in(tmp_path / "out.dxf")
    found = understood_in(tmp_path / "out.dxf", Options(units=style.unit))
    shapes = clear_shapes(found.layout)
    for key, shape in floors(layout, style).items():
        assert min(lost_area(shape, other) for other in shapes.values()) <= 0.02, key
    for kind in (Room, Door, Window):
        assert len(found.layout.of(kind)) == len(layout.of(kind))
    assert sum(d.opens_into is not None for d in found.layout.of(Door)) == sum(
        d.opens_into is not None for d in layout.of(Door)
    )
