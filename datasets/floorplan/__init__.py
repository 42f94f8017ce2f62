"""Floor plans from elsewhere."""
