"""Compiles the search ahead of time, so that nobody waits for it later.

`python -m layoutgan.domains.floorplan.tiling.compile`.
"""

import numpy as np

from layoutgan.domains.floorplan.tiling.problem import Budget, Problem
from layoutgan.domains.floorplan.tiling.solve import tile


def compile_ahead() -> None:
    """Compiles the search if its cache is not current, or loads it: both by tiling two rooms."""
    lines = np.array([-1.0, 0.0, 4.0, 5.0])
    site = np.full((3, 3), -1, np.int16)
    site[1, 1] = 0
    ones = np.ones(2)
    problem = Problem(
        x_lines=lines,
        y_lines=lines,
        site=site,
        area_min=6.0 * ones,
        area_target=8.0 * ones,
        area_max=10.0 * ones,
        width_min=ones,
        neck=ones,
        aspect_max=4.0 * ones,
        aspect_hard=np.ones(2, np.bool_),
        facade_min=ones,
    )
    tile(problem, budget=Budget(steps=10, tries=1))


if __name__ == "__main__":
    compile_ahead()
