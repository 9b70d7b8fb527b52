"""What a question returns, how it is shown and saved, and the catalogue by which every door asks."""
