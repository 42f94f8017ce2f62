"""House rules of the Acme office."""
