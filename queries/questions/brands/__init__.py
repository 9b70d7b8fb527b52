"""Brands of Party building, and honours."""
