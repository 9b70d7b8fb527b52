"""Shared resources: what lies idle, and who should use it."""
