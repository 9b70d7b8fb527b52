"""What a question returns, how it is shown and saved, and the catalogue of all questions."""
