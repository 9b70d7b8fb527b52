"""How often a resource is used to count as used: so many times a year, or so large a share of its hours where all are on record."""

from datetime import date

import polars as pl
import pytest

from queries.reading.period import Days
from queries.reading.use import classify

YEAR = Days(date(2025, 7, 1), date(2026, 6, 30))
TYPES = {"registered": pl.String, "hours": pl.Float64, "hours_offered": pl.Float64}


@pytest.mark.parametrize(
    ("uses", "timed", "hours", "status"),
    [
        (0, 0, 0.0, "unused"), (4, 4, 1.0, "under_used"), (5, 5, 19.0, "under_used"), (4, 4, 20.0, "used"),
        (4, 3, 900.0, "under_used"), (6, 6, 1.0, "used"), (6, 0, 0.0, "used"),
    ],
)  # fmt: skip
def test_a_resource_is_used_six_times_a_year_or_for_a_fiftieth_of_its_hours(uses, timed, hours, status):
    seen = {
        "registered": None,
        "keeps_log": True,
        "ever": 9,
        "hours": hours,
        "hours_offered": 1000.0,
        "timed": timed,
        "taken_back": False,
    }
    room = pl.DataFrame([seen | {"uses": uses, "logged": uses, "seen": uses, "owner_id": "o"}], schema_overrides=TYPES)
    assert classify(room, YEAR)["status"].to_list() == [status]
