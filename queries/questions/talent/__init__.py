"""Posts between units, and who teaches what: never who holds a post, never a person without consent."""
