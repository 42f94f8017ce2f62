"""One rule, one file; ``packs`` lists them."""
