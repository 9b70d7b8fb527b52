"""Pseudonyms: the same person one pseudonym, two people two, and nothing to read back."""

import polars as pl

from loaders.cleaning.pseudonym import add_named, make_pseudonyms

KEY = b"k" * 32
NUMBERS = ["11010519491231002X", "440308199901010012"]


def make(branch: list[str | None] | None = None, key: bytes = KEY, **parts: list[str | None]) -> list[str | None]:
    series = {name: pl.Series(values, dtype=pl.String) for name, values in parts.items()}
    return make_pseudonyms(key, series, None if branch is None else pl.Series(branch, dtype=pl.String)).to_list()


def test_one_number_is_one_person_however_it_is_written() -> None:
    made = make(
        number=[
            "11010519491231002X",
            " 11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "440308199901010012",
        ]
    )
    assert made[0] == made[1] == made[2]
    assert made[3] != made[0]


def test_the_key_makes_the_pseudonym() -> None:
    assert make(number=NUMBERS) != make(number=NUMBERS, key=b"x" * 32)
    assert not any(n[:6] in (p or "") for n, p in zip(NUMBERS, make(number=NUMBERS), strict=True))


def test_one_name_in_two_branches_is_two_people() -> None:
    made = make(name=["张三", "张三"], branch=["一支部", "二支部"])
    assert made[0] != made[1]
    assert make(name=["张三"], branch=["一支部"]) == made[:1]


def test_two_rows_of_one_name_and_branch_are_two_people_and_stay_so_in_any_order() -> None:
    six = make(name=["王伟"] * 6, branch=["一支部"] * 6)
    assert len(set(six)) == 6
    assert set(make(name=["王伟"] * 5, branch=["一支部"] * 5)) < set(six)
    names, content = ["王伟", "王伟", "李四"], ["乙", "甲", "丙"]
    there, back = (
        add_named(KEY, None, {"name": pl.Series(names[::step])}, None, pl.Series(content[::step]).gather).to_list()
        for step in (1, -1)
    )
    assert there == back[::-1]


def test_a_number_wins_over_the_name() -> None:
    made = make(number=[NUMBERS[0], NUMBERS[1]], name=["张三", "张三"], branch=["一支部", "一支部"])
    assert made[0] != made[1]


def test_a_number_that_a_spreadsheet_rounded_is_not_trusted() -> None:
    # Two people whose numbers Excel rounded to the same fifteen digits stay apart by their names.
    rounded = "999999196005251000"
    made = make(number=[rounded, rounded], name=["张三", "李四"], branch=["一支部", "一支部"])
    assert made[0] != made[1]


def test_nobody_to_identify_gives_no_pseudonym() -> None:
    assert make(number=[None, "无"], name=[None, None]) == [None, None]
