"""LayoutGAN inside FreeCAD: the standard library and FreeCAD only; the work is done by the command line."""
