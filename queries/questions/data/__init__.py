"""The data itself: what is there, from which cell, how fresh, what disagrees."""
