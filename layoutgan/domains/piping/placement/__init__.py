"""Where equipment stands: legal spacing, rows, roads, racks and pull areas kept, connection cost low.

`place.place` is the way in; `evaluate.evaluate` judges any placement without the optimiser's code.
"""
