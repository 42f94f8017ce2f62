"""The shipped generators: safetensors with their model cards."""
