"""Run by FreeCAD when it has a screen: the workbench with its commands."""

import FreeCADGui


class LayoutGANWorkbench(FreeCADGui.Workbench):  # type: ignore[misc]  # FreeCAD has no types
    """Generates layouts from a brief, inserts and checks them."""

    MenuText = "LayoutGAN"
    ToolTip = "Floor plans and plant layouts from a brief, checked by rules"

    def Initialize(self) -> None:
        """Makes menu and toolbar; FreeCAD calls it when the workbench is chosen first."""
        from layoutgan_wb import commands

        names = commands.register()
        self.appendToolbar("LayoutGAN", names)
        self.appendMenu("LayoutGAN", names)

    def GetClassName(self) -> str:
        """The word by which FreeCAD knows workbenches written in Python."""
        return "Gui::PythonWorkbench"


FreeCADGui.addWorkbench(LayoutGANWorkbench())
