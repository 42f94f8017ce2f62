"""Drawings of process plants: plot plan, arrangement, piping with elevations, isometrics, all their files."""
