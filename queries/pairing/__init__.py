"""Pairing: who should cooperate with whom, and a plan for everybody."""

from queries.matching.plans.assignment import assign

__all__ = ["assign"]
