"""What only a province or a nation needs: the same results, sooner. Everything works without it.

`queries.matching.kernels.load` is the one door to it from the rest of the product; tests prove that both sides of it give the same bytes.
"""
