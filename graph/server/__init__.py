"""A graph kept in a server: brought to a snapshot by its difference, read without a workspace."""
