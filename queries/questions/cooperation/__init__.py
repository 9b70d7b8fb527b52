"""Agreements and what came of them."""
