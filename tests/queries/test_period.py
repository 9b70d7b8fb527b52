from datetime import date

import pytest

from graph.errors import ArgumentError
from queries.reading.period import LAST_YEAR, Days, Period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-07..2026-06", "2025-07-01", "2026-06-30"),
        ("2025-07-05..2025-07-05", "2025-07-05", "2025-07-05"),
        ("2025年7月至2026年6月", "2025-07-01", "2026-06-30"),
        ("2026Q2", "2026-04-01", "2026-06-30"),
        ("2026年第一季度", "2026-01-01", "2026-03-31"),
        ("2025年四季度..2026年1季度", "2025-10-01", "2026-03-31"),
    ],
)
def test_a_month_or_year_stands_for_all_of_its_days(text, start, end):
    assert Period.parse(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_the_last_year_ends_on_the_day_the_graph_speaks_of():
    assert LAST_YEAR.resolve(date(2026, 6, 30)) == Days(date(2025, 7, 1), date(2026, 6, 30))
    assert LAST_YEAR.resolve(date(2026, 6, 30)).count == 365
    assert LAST_YEAR.resolve(date(2024, 2, 29)).count == 366


def test_without_a_day_of_its_own_the_last_year_ends_today():
    assert LAST_YEAR.resolve(None).end == date.today()


@pytest.mark.parametrize("text", ["gestern", "2025-13", "2025-02-30", "2026..2025", "2025..", "0000"])
def test_what_is_no_period_is_refused_with_a_hint(text):
    with pytest.raises(ArgumentError, match="period"):
        Period.parse(text)


def test_a_period_is_shown_as_it_can_be_written():
    assert str(Period.parse("2025")) == "2025-01-01..2025-12-31"
    assert Period.parse(str(LAST_YEAR)) == LAST_YEAR
