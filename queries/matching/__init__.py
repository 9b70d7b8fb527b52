"""Candidates, scores, ranks and plans: arrays in, arrays out."""
