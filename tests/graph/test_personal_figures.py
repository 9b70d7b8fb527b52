"""The limits by which personal data is found: what lies just inside is found, what lies just outside is not."""

from graph.types import personal_figures as figures
from graph.types.hiding import HIDDEN
from graph.types.personal import mask_personal
from graph.types.personal_numbers import is_national


def test_years_of_birth_without_a_check_digit():
    assert [is_national(f"999901{year}0101001{check}") for year in (1899, 1900, 2015, 2016) for check in "1"] == [
        False,
        True,
        True,
        False,
    ]
    assert (figures.OLDEST_BIRTH, figures.YOUNGEST_BIRTH) == (1900, 2015)


def test_how_many_numbers_written_as_one_are_searched():
    assert mask_personal("13900001234" * 10) == HIDDEN  # 110 digits
    assert mask_personal("13900001234" * 11) != HIDDEN  # 121


def test_from_how_many_digits_groups_need_not_be_those_of_one_number():
    assert mask_personal("1390000 1234139 00001234") == HIDDEN  # 22 digits in three groups
    assert mask_personal("1390000 123 5") == "1390000 123 5"


def test_how_far_before_a_fixed_line_its_owner_is_looked_for():
    assert mask_personal(f"办公{'甲' * 14}0379-64912345").endswith("0379-64912345")
    assert mask_personal(f"办公{'甲' * 15}0379-64912345").endswith(HIDDEN)
    assert mask_personal("0379-64912345(办公室") == "0379-64912345(办公室"
    assert mask_personal("0379-64912345,甲甲甲甲办公") == f"{HIDDEN},甲甲甲甲办公"


def test_how_far_before_a_room_the_kind_of_house_is_looked_for():
    assert mask_personal(f"小区{'甲' * 22}3-2-501").endswith("甲")
    assert mask_personal(f"小区{'甲' * 23}3-2-501").endswith("3-2-501")


def test_how_far_before_a_passport_a_product_is_looked_for():
    assert mask_personal(f"型号{'甲' * 6}E12345678").endswith("E12345678")
    assert mask_personal(f"型号{'甲' * 7}E12345678").endswith(HIDDEN)


def test_a_surname_that_is_a_word_needs_a_frequent_name():
    assert mask_personal("高伟芳") == HIDDEN
    assert mask_personal("高培默") == "高培默"
    assert mask_personal("王培默") == HIDDEN


def test_a_frequent_name_needs_nothing_beside_it():
    assert mask_personal("需要王伟芳帮忙照看") == f"需要{HIDDEN}帮忙照看"
    assert mask_personal("需要王培默帮忙照看") == "需要王培默帮忙照看"  # characters beyond the frequent ones
    assert mask_personal("需要虞伟芳帮忙照看") == "需要虞伟芳帮忙照看"  # a surname beyond them
    assert mask_personal("在龙子湖区和汪清林业局") == "在龙子湖区和汪清林业局"
    assert (figures.FREQUENT_SURNAMES, figures.SURELY_GIVEN) == (100, 200)
