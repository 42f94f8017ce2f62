"""Floor plans: rooms, walls, doors and windows inside an outline."""
