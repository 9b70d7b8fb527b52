"""`shilian load` is killed at random moments: the old or the new graph is served, and the next command works without help."""

import random

import pytest

from benchmarks.crash import Crasher

KILLS = 8


@pytest.mark.slow
def test_a_killed_load_leaves_the_old_or_the_new_graph(tmp_path):
    crasher = Crasher(tmp_path)
    moments = random.Random(KILLS)
    found = [crasher.kill_once(crasher.seconds * 1.05 * moments.random() ** 0.5) for _ in range(KILLS)]
    assert not [what for what in found if what.startswith("BAD")]
    assert crasher.old != crasher.new
