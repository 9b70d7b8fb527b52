"""What only a province or a nation needs: the same results, sooner. Everything works without it."""
