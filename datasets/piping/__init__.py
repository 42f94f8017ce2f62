"""Our own process plants for training: briefs by grammar, arrangements, and layouts that the exact step found."""
