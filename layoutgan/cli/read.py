"""``layoutgan read``: what a drawing shows, as a layout of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.terminal import remark, result
from layoutgan.errors import InputError

if TYPE_CHECKING:
    from cad_plugin.reading.foreign import Options
    from cad_plugin.reading.understood import Understood
    from layoutgan.core.layout import Layout

__all__ = ["layout_of", "read"]

SHOWN = 12
"""Most remarks that are printed beside a report [-]."""

Layers = Annotated[Path | None, typer.Option(help="YAML file: what the layers of the drawing hold.")]
Units = Annotated[str | None, typer.Option(help="Unit of the drawing: mm, cm, m, in, ft.")]
Scale = Annotated[float | None, typer.Option(help="The drawing is 1 to this, as on a sheet.")]
Gap = Annotated[float | None, typer.Option(help="Close gaps in wall lines up to this [m]; usually 0.05.")]


def read(
    file: Annotated[Path, typer.Argument(help="Drawing: DXF of ours or of anybody else.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Layout or outline to write.")] = None,
    layers: Layers = None,
    units: Units = None,
    scale: Scale = None,
    gap: Gap = None,
    picture: Annotated[Path | None, typer.Option(help="PNG of what was understood.")] = None,
    outline: Annotated[
        str | None, typer.Option(help="Only the outline inside the walls on this layer, for a brief.")
    ] = None,
) -> int:
    """Read a drawing, and say what was understood and what was not.

    The layout goes to --output (JSON, or any format that can be written).
    """
    if not file.is_file():
        raise InputError("no such file; check the name", file=str(file))
    options = options_of(layers, units, scale, gap)
    if outline is not None:
        return _outline(file, outline, options, output, picture)
    found = understood_in_file(file, options)
    result("\n".join(found.lines()))
    if picture is not None:
        from cad_plugin.reading.picture import picture_of
        from layoutgan.core.schema import write_whole

        write_whole(picture, picture_of(found))
        remark(f"wrote {picture}")
    if output is not None:
        import layoutgan

        layoutgan.write(found.layout, output)
        remark(f"wrote {output}")
    return 0


def options_of(layers: Path | None, units: str | None, scale: float | None, gap: float | None) -> Options:
    """What the user says about a drawing.

    Raises:
        InputError: the mapping is none, or a value cannot be.
    """
    from cad_plugin.reading.foreign import Options
    from cad_plugin.reading.names import LayerMapping, read_mapping
    from cad_plugin.reading.units import unit_named

    if units is not None:
        unit_named(units)
    if scale is not None and not 0 < scale <= 10_000:
        raise InputError(f"must be more than 0 and at most 10000, found {scale:g}", place="--scale")
    if gap is not None and not 0.001 <= gap <= 0.3:
        raise InputError(f"must be 0.001 to 0.3 m, found {gap:g}", place="--gap")
    return Options(read_mapping(layers) if layers else LayerMapping(), units, scale, gap)


def understood_in_file(file: Path, options: Options) -> Understood:
    """What a DXF or IFC file shows.

    Raises:
        InputError: it is neither, or shows no floor plan.
    """
    if file.suffix.lower() == ".ifc":
        from cad_plugin.ifc_read import understood_in_ifc

        return understood_in_ifc(file, options)
    if file.suffix.lower() != ".dxf":
        problem = "only DXF drawings and IFC models are read in this way; our JSON needs no reading"
        raise InputError(problem, file=str(file))
    from cad_plugin.dxf_read import understood_in

    return understood_in(file, options)


def layout_of(file: Path, layers: Path | None, units: str | None) -> Layout:
    """The layout in any file that can be read; doubts about a drawing go to stderr.

    Args:
        file: layout or drawing.
        layers: mapping of the layers of a drawing.
        units: of a drawing.
    """
    if file.suffix.lower() not in (".dxf", ".ifc"):
        if layers is not None or units is not None:
            raise InputError("--layers and --units are for DXF drawings", file=str(file))
        from layoutgan.cli.judging import read_any_layout

        return read_any_layout(file)
    if not file.is_file():
        raise InputError("no such file; check the name", file=str(file))
    found = understood_in_file(file, options_of(layers, units, None, None))
    doubts = found.doubtful()
    for one in doubts[:SHOWN]:
        remark(f"{file.name}: {one}")
    if len(found.remarks) > len(doubts[:SHOWN]):
        rest = len(found.remarks) - len(doubts[:SHOWN])
        remark(f"{file.name}: {rest} further remarks; see them with layoutgan read {file.name}")
    return found.layout


def _outline(file: Path, layer: str, options: Options, output: Path | None, picture: Path | None) -> int:
    """Writes the outline that a brief can use."""
    from cad_plugin.reading.outline import outline_in

    shape = outline_in(file, layer, options)
    x0, y0, x1, y1 = shape.bounds
    text = (
        f"understood: an outline of {shape.area:.2f} m² with {len(shape.exterior.coords) - 1} corners and "
        f"{len(shape.interiors)} holes, {x1 - x0:.2f} × {y1 - y0:.2f} m"
    )
    result(text)
    if output is not None:
        from layoutgan.core.schema import write_text

        rings = [
            [[round(float(x), 3), round(float(y), 3)] for x, y, *_ in ring.coords[:-1]]
            for ring in (shape.exterior, *shape.interiors)
        ]
        holes = f", holes: {rings[1:]}" if rings[1:] else ""
        write_text(output, f"# from {file.name}, layer {layer}\nboundary: {{outer: {rings[0]}{holes}}}\n")
        remark(f"wrote {output}")
    if picture is not None:
        from cad_plugin.reading.picture import picture_of_outline
        from layoutgan.core.schema import write_whole

        write_whole(picture, picture_of_outline(shape, text))
        remark(f"wrote {picture}")
    return 0
