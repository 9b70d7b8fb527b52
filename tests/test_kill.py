"""`shilian load` is killed at random moments: the old or the new graph is served, and the next command works without help."""

import random

import pytest

from benchmarks.crash import Crasher


@pytest.mark.slow
@pytest.mark.drill
@pytest.mark.parametrize("kills", [3, 12])
def test_a_killed_load_leaves_the_old_or_the_new_graph(tmp_path, kills):
    crasher = Crasher(tmp_path)
    moments = random.Random(kills)
    found = [crasher.kill_once(crasher.seconds * 1.05 * moments.random() ** 0.5) for _ in range(kills)]
    assert not [what for what in found if what.startswith("BAD")]
    assert crasher.old != crasher.new
