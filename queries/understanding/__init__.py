"""Sentences as people say them: which question is meant, about what, and when it is better to ask back."""
