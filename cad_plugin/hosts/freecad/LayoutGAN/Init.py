"""Run by FreeCAD at start, with and without a screen: file types that it may open, import and export."""

import FreeCAD

FreeCAD.addImportType("LayoutGAN layout (*.lgjson)", "layoutgan_wb.importer")
FreeCAD.addExportType("LayoutGAN layout (*.lgjson)", "layoutgan_wb.importer")
