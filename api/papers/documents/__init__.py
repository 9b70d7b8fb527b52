"""Official documents: a module each, which says what it asks, with the text of its form beside it."""
