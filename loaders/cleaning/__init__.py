"""From text cells to typed records, without anything that tells of persons."""
