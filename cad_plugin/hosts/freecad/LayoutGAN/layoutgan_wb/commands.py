"""The commands of the workbench."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import FreeCAD
import FreeCADGui

from . import importer, program

__all__ = ["register"]


def _generate() -> None:
    """Asks for a brief, generates layouts and inserts the chosen one."""
    from . import panel

    brief = panel.ask_file("Choose a brief", "Briefs (*.yaml *.yml *.json)")
    if brief is None:
        return
    count = panel.ask_count()
    if count:
        folder = Path(tempfile.mkdtemp(prefix="layoutgan-"))
        _insert_one_of(program.generate(brief, folder, count))


def _browse() -> None:
    """Inserts one of the layouts of a folder."""
    from . import panel

    folder = panel.ask_folder("Folder with layouts")
    if folder is not None:
        _insert_one_of(program.candidates_in(folder))


def _insert_one_of(candidates: list[program.Candidate]) -> None:
    from . import panel

    if not candidates:
        panel.tell("There are no layouts.")
        return
    chosen = panel.choose(candidates)
    if chosen is not None:
        _insert_file(chosen.file)


def _insert() -> None:
    """Inserts a layout from a file."""
    from . import panel

    file = panel.ask_file("Choose a layout", "Layouts (*.lgjson *.json)")
    if file is not None:
        _insert_file(file)


def _insert_file(file: Path) -> None:
    document = FreeCAD.ActiveDocument or FreeCAD.newDocument("Layout")
    document.openTransaction("Insert layout")
    importer.insert(str(file), document.Name)
    document.commitTransaction()
    FreeCADGui.SendMsgToActiveView("ViewFit")


def _check() -> None:
    """Judges the layout of the document and marks findings."""
    from . import panel
    from .findings import check_document

    report = check_document(FreeCAD.ActiveDocument)
    found = report.get("findings", [])
    lines = [f"{n}. {f.get('message', '')}" for n, f in enumerate(found[:20], start=1)]
    panel.tell("\n".join([f"{len(found)} findings", *lines]))


def _locate() -> None:
    """Asks where the command line is."""
    from . import panel

    file = panel.ask_file("Where is the program layoutgan?", "Programs (*)")
    if file is not None:
        FreeCAD.ParamGet(program.SETTINGS).SetString("Program", str(file))


TABLE: tuple[tuple[str, str, str, Callable[[], None], bool], ...] = (
    ("LayoutGAN_Generate", "Generate", "Generate layouts from a brief", _generate, False),
    ("LayoutGAN_Browse", "Browse", "Browse layouts that were generated", _browse, False),
    ("LayoutGAN_Insert", "Insert", "Insert a layout from a file", _insert, False),
    ("LayoutGAN_Check", "Check", "Check the layout of this document and mark findings", _check, True),
    ("LayoutGAN_Program", "Program", "Say where the layoutgan program is", _locate, False),
)
"""Name, text, explanation, what it does, and whether it needs a document."""


class _Command:
    """A command as FreeCAD wants it."""

    def __init__(self, text: str, about: str, act: Callable[[], None], needs_document: bool) -> None:
        self._text, self._about, self._act, self._needs = text, about, act, needs_document

    def GetResources(self) -> dict[str, str]:
        """What menu and toolbar show."""
        return {"MenuText": self._text, "ToolTip": self._about}

    def IsActive(self) -> bool:
        """Whether it can be used now."""
        return not self._needs or FreeCAD.ActiveDocument is not None

    def Activated(self) -> None:
        """Does it; what goes wrong is told, never thrown at FreeCAD."""
        try:
            self._act()
        except (RuntimeError, OSError, ValueError) as error:
            from . import panel

            FreeCAD.Console.PrintError(f"LayoutGAN: {error}\n")
            panel.tell(str(error))


def register() -> list[Any]:
    """Makes the commands known and returns their names."""
    for name, text, about, act, needs in TABLE:
        FreeCADGui.addCommand(name, _Command(text, about, act, needs))
    return [row[0] for row in TABLE]
