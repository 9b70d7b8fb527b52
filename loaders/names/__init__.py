"""Which unit a name stands for: never by likeness alone, always as people decided."""
