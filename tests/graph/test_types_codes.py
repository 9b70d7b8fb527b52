"""Credit codes, digit codes, industries, office phones."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.types import AreaCode, Codes, CreditCode, Industry, OfficePhone
from graph.types.codes import is_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

CALM = settings(max_examples=50, deadline=None)


def right_check(first_17: str) -> str:
    """Return the check character by the text of GB 32100, digit by digit."""
    total = sum(ALPHABET.index(c) * 3**i for i, c in enumerate(first_17))
    return ALPHABET[(31 - total % 31) % 31]


def read(kind, cell):
    """Return the value of one cell, and severity, code and suggestion of its problem if it has one."""
    cleaned = kind.clean(pl.Series([cell], dtype=pl.String))
    return cleaned.values[""][0], *cleaned.problems.select("severity", "code", "suggestion").rows()


FIRST_17 = st.text(ALPHABET, min_size=15, max_size=15).map(lambda text: "91" + text)


@CALM
@given(FIRST_17)
def test_a_valid_code_is_accepted_and_every_other_last_character_refused(first_17):
    codes = [first_17 + last for last in ALPHABET]
    kept = CreditCode().clean(pl.Series(codes)).values[""].drop_nulls().to_list()
    assert kept == [first_17 + right_check(first_17)]


@CALM
@given(FIRST_17, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_a_code_with_one_wrong_character_is_refused_with_a_valid_suggestion(first_17, position, character):
    code = first_17 + right_check(first_17)
    wrong = code[:position] + character + code[position + 1 :]
    if wrong != code:
        cleaned = CreditCode().clean(pl.Series([wrong]))
        assert cleaned.values[""].to_list() == [None]
        told = cleaned.problems.row(0, named=True)
        assert told["code"] == "uscc.check" and told["severity"] == "error"
        assert is_credit_code(told["suggestion"]) if told["value"] == wrong else told["suggestion"] is None


@CALM
@given(st.text(ALPHABET, min_size=14, max_size=14))
def test_a_sum_of_zero_has_the_check_character_zero(middle):
    seventeenth = next(c for c in ALPHABET if right_check("91" + middle + c) == "0")
    assert is_credit_code("91" + middle + seventeenth + "0")


@pytest.mark.parametrize(
    "cell", ["91110000600037341L", "９１11０000600037341l", "9111-0000-6000-37341L", " 91110000 600037341L "]
)
def test_a_code_is_read_in_any_dress(cell):
    assert read(CreditCode(), cell) == ("91110000600037341L",)


@pytest.mark.parametrize(
    "cell", ["9111OOOO6OOO37341L", "911100006O0037341L", "9III0000600037341L", "91110000600037341X"]
)
def test_slips_of_the_eye_are_suggested_and_never_mended(cell):
    assert read(CreditCode(), cell) == (None, ("error", "uscc.check", "91110000600037341L"))


@pytest.mark.parametrize(
    ("cell", "severity"),
    [
        ("12345678X", "warning"),
        ("12345678-X", "warning"),
        ("410305000012345", "warning"),
        ("abc", "error"),
        ("9111000060003734", "error"),
        ("V" * 18, "error"),
    ],
)
def test_other_identifiers_are_told_apart_from_rubbish(cell, severity):
    assert read(CreditCode(), cell) == (None, (severity, "uscc.form", None))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("551385082", "org:551385082"), ("60003734-1", "org:600037341"), ("110108551", None), ("410300100001234", "licence:410300100001234"),
        ("110101900307757", None), ("91110000600037341L", None),
    ],
)  # fmt: skip
def test_older_identifiers_are_kept_beside_the_code_and_those_of_persons_are_not(cell, kept):
    assert CreditCode().clean(pl.Series([cell])).values["_older"].to_list() == [kept]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("410305001001", None), ("999901001001", None), ("410306001001", ("code.revoked", "warning")), ("770305001001", ("code.unknown", "warning")),
        ("410305900001", ("code.unknown", "warning")), ("410305001000", ("code.unknown", "warning")),
    ],
)  # fmt: skip
def test_an_area_code_that_is_no_more_or_never_was_is_kept_and_told(cell, problem):
    cleaned = AreaCode(12).clean(pl.Series([cell]))
    assert cleaned.values[""].to_list() == [cell]
    assert cleaned.problems.select("code", "severity").rows() == ([problem] if problem else [])


def test_the_code_that_took_the_place_of_another_is_suggested():
    assert AreaCode(12).clean(pl.Series(["410306001001"])).problems["suggestion"][0].startswith("410308")


def test_the_number_of_a_person_is_no_credit_code_and_is_not_told():
    problem = CreditCode().clean(pl.Series(["110101199003077571"])).problems.row(0, named=True)
    assert (problem["value"], problem["suggestion"]) == ("[已隐去]", None)


@pytest.mark.parametrize(
    "cell",
    ["410305001001", "４１０３０５001001", "4103 0500 1001", "410305001001.0", "'410305001001", "4.10305001001E+11"],
)
def test_an_area_code_is_read_in_any_dress(cell):
    assert read(Codes(12), cell) == ("410305001001",)


@pytest.mark.parametrize("cell", ["41030500100", "4103050010011", "4.10305E+11", "四一〇三"])
def test_a_code_that_lost_digits_is_refused_and_never_filled_up(cell):
    assert read(Codes(12), cell) == (None, ("error", "code.lost" if "E" in cell else "code.form", None))


@pytest.mark.parametrize("cell", ["9.14103E+17", "914103001234567000", "4.103E+14"])
def test_a_credit_code_that_a_spreadsheet_cut_is_lost_and_nothing_is_suggested(cell):
    assert read(CreditCode(), cell) == (None, ("error", "code.lost", None))


@pytest.mark.parametrize(
    ("cell", "industry"),
    [
        ("C3571", "C3571"), ("3571", "C3571"), ("C-35-71", "C3571"), ("c3571", "C3571"), ("C3571 拖拉机制造", "C3571"), ("35", "C35"), ("0111", "A0111"),
        ("D4430", "D4430"), ("拖拉机制造", "拖拉机制造"), ("2025年", "2025年"), ("9999", "9999"),
    ],
)  # fmt: skip
def test_an_industry_is_its_code_or_its_text(cell, industry):
    assert read(Industry(), cell) == (industry,)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0379-64912345", "0379-64912345"), ("037964912345", "0379-64912345"), ("（0379）64912345", "0379-64912345"), ("0379 6491 2345", "0379-64912345"),
        ("+86-379-64912345", "0379-64912345"), ("0379-64912345-123", "0379-64912345-123"), ("0379-64912345转8012", "0379-64912345-8012"), ("010-62345678", "010-62345678"),
        ("400-123-4567", "400-123-4567"), ("8008101234", "800-810-1234"), ("64912345", "64912345"), ("62345", "62345"), ("王主任 64912345", "64912345"),
        ("64912345/64912346", "64912345"),
    ],
)  # fmt: skip
def test_an_office_line_is_kept_in_one_form(cell, phone):
    assert read(OfficePhone(), cell) == (phone,)


@pytest.mark.parametrize(
    "cell", ["13900001234", "139 0000 1234", "张三 13900001234", "+86 13900001234", "110101199003077571"]
)
def test_the_number_of_a_person_is_dropped_and_said_so(cell):
    cleaned = OfficePhone().clean(pl.Series([cell]))
    assert cleaned.values[""].to_list() == [None]
    assert cleaned.problems["code"].to_list() == ["phone.personal"]
    assert "张三" not in cleaned.problems["value"][0]


def test_beside_a_mobile_the_office_line_is_kept():
    assert read(OfficePhone(), "0379-64912345/13900001234") == ("0379-64912345", ("warning", "phone.personal", None))


def test_what_is_no_phone_is_a_warning():
    assert read(OfficePhone(), "见备注") == (None, ("warning", "phone.form", None))
