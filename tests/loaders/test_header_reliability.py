"""The promise of confidence: what is mapped from .8 is right, also among columns that are in no register."""

from benchmarks.header_reliability import foreign_columns, known_columns, reliability


def test_from_eight_tenths_a_meaning_is_right_and_a_column_of_no_register_is_hardly_ever_taken_for_one():
    known, foreign = reliability(known_columns()), reliability(foreign_columns())
    sure = [counts for band, counts in known.items() if band > 0]
    mapped, right = (sum(numbers) for numbers in zip(*sure, strict=True))
    assert right >= 0.995 * mapped, known
    assert sum(mapped for mapped, _ in foreign.values()) <= 3, foreign
