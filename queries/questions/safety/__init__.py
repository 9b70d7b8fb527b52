"""Safety: star ratings and counts of appeals, never of whom."""
