"""Plans for everybody: who is paired with whom at once, the exact solvers behind it, and what changes a plan."""
