"""A set of layouts against a reference set."""
