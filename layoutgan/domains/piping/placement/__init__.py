"""Where equipment stands: legal spacing, rows, roads, racks and pull areas kept, connection cost as low as found."""
