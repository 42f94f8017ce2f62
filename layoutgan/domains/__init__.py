"""Fields of design: what they place, and by which rules it is judged."""
