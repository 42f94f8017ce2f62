"""Training: the experiment document, losses, the loop, checkpoints and monitoring."""
