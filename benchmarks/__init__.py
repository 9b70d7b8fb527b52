"""Benchmarks: one module a bar, each comparing with a bare way of doing the same in the same run."""
