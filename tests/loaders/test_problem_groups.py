"""Problems of one kind in one column are one message, with a count and the first cells, in every form of the report."""

from __future__ import annotations

from graph.problem_groups import group_problems
from graph.problems import ERROR, WARNING, Problem


def far(row: int, column: str = "C") -> Problem:
    return Problem("place.far", WARNING, "表.xlsx", "Sheet1", row, column, "lon", f"{row}.4,34.6")


def test_thirty_cells_with_one_problem_are_one_message_that_names_the_first_cells() -> None:
    (group,) = group_problems([far(row) for row in range(31, 1, -1)])
    assert group.text("zh") == "“2.4,34.6”、“3.4,34.6”、“4.4,34.6”离本表其他位置很远：30 处（C2、C3、C4 …）"
    assert group.text("en").endswith("30 places (C2、C3、C4 …)")
    assert len(group.problems) == 30, "the full list stays available"


def test_two_columns_two_sheets_and_two_severities_are_two_messages() -> None:
    told = [far(2), far(2, "D"), Problem("place.far", ERROR, "表.xlsx", "Sheet1", 2, "C")]
    told.append(Problem("place.far", WARNING, "表.xlsx", "Sheet2", 2, "C"))
    groups = group_problems(told)
    assert len(groups) == 4
    assert groups[0].first.severity == ERROR


def test_a_single_problem_is_told_as_it_was_and_a_name_counts_the_rows_that_have_it() -> None:
    name = Problem("unit.unknown", WARNING, "表.xlsx", "S", 2, "A", "unit", "某厂", "甲厂", (("rows", 7),))
    (group,) = group_problems([name])
    assert group.count == 7
    assert group.text("zh") == "没有找到名为“某厂”的单位：7 处（A2 …）"
    (alone,) = group_problems([far(9)])
    assert alone.text("zh") == far(9).message("zh")


def test_what_only_one_cell_says_is_not_said_of_all() -> None:
    one = Problem("key.duplicate", WARNING, "表.xlsx", "S", 3, "A", details=(("other", 2),))
    other = Problem("key.duplicate", WARNING, "表.xlsx", "S", 9, "A", details=(("other", 4),))
    (group,) = group_problems([one, other])
    assert group.text("zh") == "与第 … 行重复：2 处（A3、A9）"


def test_persons_who_are_told_with_their_rows_are_one_message_of_their_own() -> None:
    left_out = Problem(
        "person.other",
        WARNING,
        "表.xlsx",
        "S",
        None,
        "C",
        value="政治面貌",
        details=(("count", 2), ("where", "3、4"), ("who", "党员")),
    )
    (group,) = group_problems([left_out])
    assert group.text("zh") == left_out.message("zh") == "2 人（第 3、4 行）按“政治面貌”一栏不是党员，未载入"
