"""The names of the columns and codes that the compiled part reads and writes.

The compiled part works on a few plain tables instead of objects, because passing many arrays makes compiling
slow.
"""

from typing import Final

CAP_LINES: Final = 64
"""Most grid lines per axis that a tiling may have; a row of cells then fits the bits of one integer."""
CAP_CELLS: Final = CAP_LINES - 1
CAP_ROOMS: Final = 24
TOLERANCE: Final = 1e-6
"""Slack of every comparison with a limit [m] or [m²]; far below the millimetre that lines are rounded to."""

OUTSIDE: Final = -1
"""A cell outside the site across a facade: windows and doors may face it."""
BLOCKED: Final = -2
"""A cell that no window may face: a neighbour behind a party wall, a shaft, an obstacle."""
SLANTED: Final = -3
"""A facade cell beyond a slanted edge; its staircase makes neither corners nor necks."""

# Columns of the room table, one row per room: what is asked.
AREA_MIN: Final = 0
AREA_TARGET: Final = 1
AREA_MAX: Final = 2
WIDTH_MIN: Final = 3
NECK: Final = 4
ASPECT_MAX: Final = 5
ASPECT_HARD: Final = 6
FACADE_MIN: Final = 7
LOCKED: Final = 8
WET: Final = 9
CORRIDOR: Final = 10
ASKED_X0: Final = 11
ASKED_Y0: Final = 12
ASKED_X1: Final = 13
ASKED_Y1: Final = 14
FIDELITY: Final = 15
TILE_AREA: Final = 16
TILE_WIDTH: Final = 17
ROOM_COLUMNS: Final = 18

# Columns of the record table, one row per room: what is.
AREA: Final = 0
CLEAR: Final = 1
WIDTH: Final = 2
UNCOVERED: Final = 3
CORNERS: Final = 4
BOX_X0: Final = 5
BOX_Y0: Final = 6
BOX_X1: Final = 7
BOX_Y1: Final = 8
OFF_AREA: Final = 9
OFF_WIDTH: Final = 10
OFF_NECK: Final = 11
OFF_ASPECT: Final = 12
SHAPE: Final = 13
SOFT: Final = 14
BROKEN: Final = 15
RECORD_COLUMNS: Final = 16

# Kinds of hard constraint; the first four belong to one room and follow the order of the record's OFF
# columns.
KIND_AREA: Final = 0
KIND_WIDTH: Final = 1
KIND_NECK: Final = 2
KIND_ASPECT: Final = 3
KIND_CONTACT: Final = 4
KIND_NEVER: Final = 5
KIND_FACADE: Final = 6
KIND_ENTRANCE: Final = 7
KIND_EITHER: Final = 8
KINDS: Final = 9

# Rows of the links table: what two rooms are to each other, as kind, room, other room, length [m], group.
LINK_KIND: Final = 0
LINK_A: Final = 1
LINK_B: Final = 2
LINK_LENGTH: Final = 3
LINK_GROUP: Final = 4
LINK_COLUMNS: Final = 5

# Phases of a try: stop at the first state that keeps every constraint, wander past it, or never leave such.
CLIMB: Final = 0
SETTLE: Final = 1
POLISH: Final = 2

# Slots of the settings vector.
WALL: Final = 0
SIZE: Final = 1
STEPS: Final = 2
HOT: Final = 3
COLD: Final = 4
SHAPE_WEIGHT: Final = 5
PHASE: Final = 6
HAS_SLANT: Final = 7
# Move mix, as rising thresholds of a random number in [0, 1): which move ...
UP_TO_SHIFT_WALL: Final = 8
UP_TO_SHIFT_LINE: Final = 9
UP_TO_STEAL: Final = 10
UP_TO_SWAP: Final = 11
# ... how far a wall is shifted ...
UP_TO_OWN_AREA: Final = 12
UP_TO_OTHER_AREA: Final = 13
UP_TO_OWN_DEPTH: Final = 14
UP_TO_OTHER_DEPTH: Final = 15
UP_TO_JOG: Final = 16
UP_TO_LINE: Final = 17
# ... how much of a wall is shifted, and how often lines may come close to others.
UP_TO_WHOLE_WALL: Final = 18
UP_TO_FACING_WALL: Final = 19
FINE_SHARE: Final = 20
SETTINGS: Final = 21

# Rows and slots of the totals table: the rows are the two states and the weights of the kinds.
WEIGHTS: Final = 2
TOTAL_SOFT: Final = KINDS
TOTAL_SHAPE: Final = KINDS + 1
TOTAL_BROKEN: Final = KINDS + 2
TOTAL_WET: Final = KINDS + 3
TOTALS: Final = KINDS + 4

# Rows of the shares table, one column per room and one for nobody: two states' blame, then scratch.
FACADE: Final = 2
OWNED: Final = 3
GAIN: Final = 4
SHARES: Final = 5

# Rows of the whole-number scratch table.
LINES_X: Final = 0
LINES_Y: Final = 1
COVER: Final = 2
HEIGHT: Final = 3
STACK: Final = 4
COUNTS: Final = 5
PARTS: Final = 6
WORK_ROWS: Final = 7
