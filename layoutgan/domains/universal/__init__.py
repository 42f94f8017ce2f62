"""Rules that hold in every domain."""
