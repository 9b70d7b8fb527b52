"""Who should pair with whom, and by which weights."""
