"""Pairing: who should cooperate with whom, a plan for everybody, and what serves what."""

from queries.matching.plans.assignment import assign
from queries.words.fitting import judge_fits
from queries.words.skill_fits import judge_skills

__all__ = ["assign", "judge_fits", "judge_skills"]
