"""Whether an action item is overdue, on the very days that decide it."""

from datetime import date

import polars as pl
import pytest

from graph.schema.governance import ActionItem
from graph.schema.members import Lecturer
from loaders.merging.deadlines import apply_deadlines

TODAY = date(2026, 6, 30)
BEFORE, AFTER = date(2026, 6, 29), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("status", "due", "closed_at", "overdue"),
    [
        ("办理中", BEFORE, None, True), ("办理中", TODAY, None, False), ("办理中", BEFORE, TODAY, False), ("办理中", BEFORE, AFTER, True),
        ("已办结", BEFORE, None, False), ("逾期", AFTER, None, True), ("办理中", None, None, None),
    ],
)  # fmt: skip
def test_an_item_is_overdue_after_its_last_day_until_the_day_it_is_closed(status, due, closed_at, overdue):
    schema = {"status": pl.String, "due": pl.Date, "closed_at": pl.Date}
    tables = {ActionItem.label: pl.DataFrame([(status, due, closed_at)], schema=schema, orient="row")}
    apply_deadlines(tables, TODAY)
    assert tables[ActionItem.label]["overdue"].to_list() == [overdue]


@pytest.mark.parametrize(("until", "is_named"), [(BEFORE, False), (TODAY, True), (AFTER, True), (None, True)])
def test_a_lecturer_is_named_to_the_last_day_of_the_consent(until, is_named):
    schema = {"display_name": pl.String, "consent_until": pl.Date}
    tables = {Lecturer.label: pl.DataFrame([("王小明", until)], schema=schema, orient="row")}
    apply_deadlines(tables, TODAY)
    assert (tables[Lecturer.label]["display_name"].to_list() == ["王小明"]) is is_named
