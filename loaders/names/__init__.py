"""Finds the unit that a name stands for; similarity alone only gives suggestions, and people's decisions always count."""
