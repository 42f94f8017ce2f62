"""What a layout is: briefs, layouts, rasters, geometry. Never torch."""
