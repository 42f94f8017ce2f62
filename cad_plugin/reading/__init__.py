"""What drawings show, turned back into layouts: our own after people changed them, and those of others."""
