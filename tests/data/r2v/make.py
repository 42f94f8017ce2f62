"""Writes flats in the R2V row format: bedroom, bath, toilet, corridor, kitchen, balcony and a pipe shaft."""

from __future__ import annotations

from pathlib import Path

FOLDER = "floorplan_representation"
PIXELS = 80.0  # per metre


def rows(wide: float = 0.0, deep: float = 0.0, slanted: bool = False) -> str:
    """A flat of about 35 m² whose main room is wider and deeper by so much [m]."""
    w, d = 6.0 + wide, 4.0 + deep
    x = {"w0": 0.0, "w1": 1.8, "w2": 3.0, "w3": w}
    y = {"s0": 0.0, "s1": d, "s2": d + 1.45, "s3": d + 2.25}  # from south (y up); turned when written
    lines: list[tuple[float, float, float, float, str, int]] = []

    def add(x0: float, y0: float, x1: float, y1: float, category: str, style: int = 1) -> None:
        lines.append((x0, 10 - y1, x1, 10 - y0, category, style))

    for level in ("s0", "s1"):
        add(x["w0"], y[level], x["w3"], y[level], "wall")
    add(x["w0"], y["s3"], x["w3"], y["s3"], "wall")
    add(x["w0"], y["s2"], x["w1"], y["s2"], "wall")
    for side in ("w0", "w3"):
        add(x[side], y["s0"], x[side], y["s3"], "wall")
    for side in ("w1", "w2"):
        add(x[side], y["s1"], x[side], y["s3"], "wall")
    add(x["w0"], y["s0"] - 1.1, x["w3"], y["s0"] - 1.1, "wall", 2)
    add(x["w0"], y["s0"] - 1.1, x["w0"], y["s0"], "wall", 2)
    add(x["w3"], y["s0"] - 1.1, x["w3"], y["s0"], "wall", 2)
    if slanted:
        add(0.3, 0.3, 2.0, 1.9, "wall")
    label = {
        "bedroom": (2.0, 1.5),
        "bathroom": (0.9, d + 0.7),
        "restroom": (0.9, d + 1.85),
        "corridor": (2.4, d + 1.4),
        "kitchen": (4.4, d + 1.4),
        "balcony": (3.0, -0.5),
    }
    for kind, (cx, cy) in label.items():
        add(cx - 0.3, cy - 0.1, cx + 0.3, cy + 0.1, kind)
    add(1.8, d + 0.4, 1.8, d + 1.1, "door")  # bath
    add(1.8, d + 1.5, 1.8, d + 2.2, "door")  # toilet
    add(2.1, d, 2.8, d, "door")  # bedroom
    add(3.0, d + 1.0, 3.0, d + 1.7, "door", 2)  # kitchen
    add(2.0, d + 2.25, 2.8, d + 2.25, "door")  # front
    add(2.0, d + 1.6, 2.8, d + 2.2, "entrance")
    add(1.0, 0.0, 2.8, 0.0, "door", 3)  # balcony
    add(w, 1.0, w, 2.5, "door", 3)  # window
    return "".join(
        f"{x0 * PIXELS:g}\t{y0 * PIXELS:g}\t{x1 * PIXELS:g}\t{y1 * PIXELS:g}\t{kind}\t{style}\t1\t\n"
        for x0, y0, x1, y1, kind, style in lines
    )


def write(root: Path, count: int = 24) -> Path:
    """The folder of the data set: different flats, a near-duplicate of the first, and a slanted one."""
    for i in range(count):
        place = root / FOLDER / f"{i:02d}" / "0001.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(rows(0.45 * (i % 6), 0.4 * (i // 6)), encoding="utf-8")
    (root / FOLDER / "copy.txt").write_text(rows(0.01), encoding="utf-8")
    (root / FOLDER / "slanted.txt").write_text(rows(slanted=True), encoding="utf-8")
    return root
