"""The FreeCAD workbench's menu, with modules that stand for FreeCAD; the real one runs in test_freecad."""

from __future__ import annotations

import importlib.util
import sys
import types
from pathlib import Path

import pytest

HOSTS = Path(str(importlib.util.find_spec("cad_plugin.hosts.install").origin)).parent
FOLDER = HOSTS / "freecad" / "LayoutGAN"


class Gui(types.ModuleType):
    """Remembers what it is given."""

    Workbench = object

    def __init__(self) -> None:
        super().__init__("FreeCADGui")
        self.workbenches, self.commands = [], {}

    def addWorkbench(self, made):
        self.workbenches.append(made)

    def addCommand(self, name, command):
        self.commands[name] = command


@pytest.fixture
def gui(monkeypatch):
    made = Gui()
    app = types.ModuleType("FreeCAD")
    app.ActiveDocument = None
    app.said = []
    app.Console = types.SimpleNamespace(PrintError=app.said.append)
    app.types = []
    app.addImportType = app.addExportType = lambda *given: app.types.append(given)
    app.ParamGet = lambda path: types.SimpleNamespace(GetString=lambda name, usual: usual)
    panel = types.ModuleType("layoutgan_wb.panel")
    panel.told, panel.file = [], None
    panel.tell = panel.told.append
    panel.ask_file = lambda title, kinds: panel.file
    panel.ask_folder = lambda title: panel.file
    panel.ask_count = lambda: 2
    panel.choose = lambda candidates: None
    monkeypatch.syspath_prepend(str(FOLDER))
    for name, module in (("FreeCAD", app), ("FreeCADGui", made), ("layoutgan_wb.panel", panel)):
        monkeypatch.setitem(sys.modules, name, module)
    yield made, app, panel
    for name in [n for n in sys.modules if n.startswith("layoutgan_wb")]:
        sys.modules.pop(name)


def started(gui):
    for file in ("Init.py", "InitGui.py"):
        exec(compile((FOLDER / file).read_text(), file, "exec"), {})
    return gui.workbenches[0]


def test_the_workbench_offers_its_commands(gui):
    made, app, _ = gui
    bench = started(made)
    assert [t[1] for t in app.types] == ["layoutgan_wb.importer"] * 2
    assert bench.GetClassName() == "Gui::PythonWorkbench"
    bars = []
    bench.appendToolbar = bench.appendMenu = lambda name, names: bars.append(names)
    bench.Initialize()
    assert set(bars[0]) == set(made.commands)
    assert {n.split("_")[1] for n in bars[0]} == {"Generate", "Browse", "Insert", "Check", "Program"}
    for name, command in made.commands.items():
        assert command.GetResources()["ToolTip"]
        assert command.IsActive() == (name != "LayoutGAN_Check")  # which needs a document


def test_what_goes_wrong_is_told(gui, tmp_path, monkeypatch):
    made, app, panel = gui
    bench = started(made)
    bench.appendToolbar = bench.appendMenu = lambda name, names: None
    bench.Initialize()
    for name in ("Generate", "Browse", "Insert", "Program"):
        made.commands[f"LayoutGAN_{name}"].Activated()  # the person goes back
    assert panel.told == []
    panel.file = tmp_path
    made.commands["LayoutGAN_Browse"].Activated()
    assert panel.told == ["There are no layouts."]
    monkeypatch.setenv("LAYOUTGAN_CLI", "no-such-program-of-ours")
    panel.file = tmp_path / "brief.yaml"
    made.commands["LayoutGAN_Generate"].Activated()
    assert "cannot be started" in panel.told[-1]
    assert "cannot be started" in app.said[-1]
