"""What is announced, and calls for volunteers."""
