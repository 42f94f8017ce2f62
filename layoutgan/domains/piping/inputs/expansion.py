"""What a column needs beside itself: condenser, reflux drum, reflux pumps, reboiler, cooling water and steam.

A flowsheet draws a column as one unit. Its overhead product leaves the drum as vapour, or as liquid where a
pump takes it; it is a project default that the brief may be edited from.
"""

from __future__ import annotations

from typing import Any

__all__ = ["expanded"]


def expanded(
    equipment: list[dict[str, Any]], lines: list[dict[str, Any]], terminals: list[dict[str, Any]]
) -> None:
    """Adds to the rows, in place, what each column needs."""
    columns = [row["tag"] for row in equipment if row["class"] == "column"]
    condensers, reboilers = [], []
    for column in columns:
        number = column.partition("-")[2] or column
        condenser, reboiler = f"E-{number}C", f"E-{number}R"
        drum, pump = f"D-{number}", f"P-{number}"
        equipment += [
            {"tag": condenser, "class": "exchanger", "service": f"Condenser of {column}", "group": column},
            {"tag": reboiler, "class": "exchanger", "service": f"Reboiler of {column}", "group": column},
            {"tag": drum, "class": "drum", "service": f"Reflux drum of {column}", "group": column,
             "size": [4.5, 1.8, 1.8], "base": 3.6},
            {"tag": f"{pump}RA", "class": "pump", "service": f"Reflux of {column}", "set": f"{pump}R"},
            {"tag": f"{pump}RB", "class": "pump", "service": f"Reflux of {column}", "set": f"{pump}R"},
        ]  # fmt: skip
        drawn_off = _pumped(lines, column)
        _move_product(lines, column, drum)
        lines += [
            {"number": f"L-{number}01", "from": f"{column}.top", "to": f"{condenser}.shell_in",
            "service": "gas"},
            {"number": f"L-{number}02", "from": f"{condenser}.shell_out", "to": f"{drum}.inlet"},
            {"number": f"L-{number}03", "from": f"{drum}.liquid", "to": f"{pump}RA.suction",
             "branches": [f"{pump}RB.suction", *drawn_off], "no_pocket": True},
            {"number": f"L-{number}04", "from": f"{pump}RA.discharge", "to": f"{column}.reflux",
             "branches": [f"{pump}RB.discharge"], "nps": 3, "inline": ["check", "control"]},
            {"number": f"L-{number}05", "from": f"{column}.side", "to": f"{reboiler}.shell_in"},
            {"number": f"L-{number}06", "from": f"{reboiler}.shell_out", "to": f"{column}.boilup",
             "service": "two_phase"},
        ]  # fmt: skip
        condensers.append(condenser)
        reboilers.append(reboiler)
    for name, service, role, users, flows_in in (
        ("CWS", "water", "tube_in", condensers, True),
        ("CWR", "water", "tube_out", condensers, False),
        ("STEAM", "steam", "tube_in", reboilers, True),
        ("COND", "water", "tube_out", reboilers, False),
    ):
        if not users:
            continue
        terminals.append({"id": name, "side": "west"})
        ends = [f"{user}.{role}" for user in users]
        first, second = (name, ends[0]) if flows_in else (ends[0], name)
        lines.append(
            {
                "number": f"U-{name}",
                "from": first,
                "to": second,
                "branches": ends[1:],
                "service": service,
                "insulation": 0.05 if service == "steam" else 0.0,
            }
        )


def _pumped(lines: list[dict[str, Any]], column: str) -> list[str]:
    """Suctions of pumps that take the column's overhead; the drum feeds them instead of these lines."""
    found = []
    for row in list(lines):
        others = [row["to"], *row.get("branches", ())]
        if row["from"] == f"{column}.top" and all(end.endswith(".suction") for end in others):
            found += others
            lines.remove(row)
    return found


def _move_product(lines: list[dict[str, Any]], column: str, drum: str) -> None:
    """The line that took the column's overhead now starts at the drum."""
    old, new = f"{column}.top", f"{drum}.vapour"
    for row in lines:
        for key in ("from", "to"):
            if row[key] == old:
                row[key] = new
        row["branches"] = [new if end == old else end for end in row.get("branches", ())]
