"""Optional faster code for very large data (a province or a nation), with exactly the same results.

`queries.matching.kernels.load` is the one door to it from the rest of the product; tests prove that both sides of it give the same bytes.
"""
