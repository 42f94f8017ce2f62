"""Layouts as tensors: batches, symmetries, rectangles, rasters and structural costs."""
