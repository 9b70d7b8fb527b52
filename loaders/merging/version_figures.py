"""The figures by which a list counts as the newer version of another, and may close what it lacks.

A test stands on either side of each of them (tests/loaders/test_versions.py).
"""

MOSTLY = 0.5  # share of common ids above which two sheets are versions of one list
UNASKED = 0.1  # share of a list that its newer version may close without anybody being asked
