"""Personal data planted in every column of valid workbooks is found nowhere after loading: not in graph, reports, ledger or export."""

from pathlib import Path

import pytest

from benchmarks.planting import NAMES_ALLOWED, STYLES, run
from graph.schema import SCHEMA


def check(folder: Path, names: list[str], each: int) -> None:
    planted, found = run(folder, [r for r in SCHEMA.registers if r.name in names], seed=each, each=each)
    named = [one for one in found if one.style == "name with a role"]
    assert [(one.register, one.column, one.text) for one in found if one not in named] == []
    assert len(named) <= NAMES_ALLOWED * len(planted) / len(STYLES)


def test_nothing_planted_is_found_in_a_roll_or_a_list_of_venues(tmp_path):
    check(tmp_path, ["members", "venues"], each=1)


@pytest.mark.slow
def test_nothing_planted_is_found_where_people_write_most(tmp_path):
    # All registers are planted by `make bench`, which takes its time.
    check(tmp_path, ["visits", "wishes", "needs", "activities"], each=1)
