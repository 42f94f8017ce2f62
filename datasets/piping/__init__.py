"""Our own process plants for training: briefs by grammar, and layouts for them."""
