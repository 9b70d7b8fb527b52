"""The questions: a module each, in folders by subject."""
