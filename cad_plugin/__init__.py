"""Layouts as drawings: DXF, SVG, PNG and what else CAD people need. Never torch."""
