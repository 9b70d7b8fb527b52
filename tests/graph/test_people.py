"""Who is a person is known of every schema, and no number of fewer than five persons is told."""

import pytest

from graph.errors import SchemaError
from graph.kinds import Column, Entity, Identity, Personal, Property, Register, Relation, Schema
from graph.people import find_people, find_persons, round_down, suppress
from graph.schema import SCHEMA
from graph.types import Text

PSEUDONYM = Property("pseudonym", Text())


def kind(label, **more):
    return Entity(label, zh="类", en="kind", keys=("{pseudonym}",), properties=(PSEUDONYM,), **more)


def roll(row, *columns):
    return Register("roll", zh="花名册", en="roll", row=row, columns=columns)


def test_the_persons_of_the_schema_are_members_and_lecturers_and_cohorts_are_people_too():
    assert find_persons(SCHEMA) >= {"Member", "Lecturer"}
    assert find_people(SCHEMA) >= {*find_persons(SCHEMA), "MemberCohort"}


def test_what_a_register_of_persons_fills_is_a_person_without_being_told():
    nurse, room, ward = kind("Nurse"), kind("Room"), kind("Ward", is_cohort=True)
    schema = Schema((nurse, room, ward), (), (roll(nurse, Identity("name", "姓名")),))
    assert find_persons(schema) == {"Nurse"}
    assert find_people(schema) == {"Nurse", "Ward"}


def test_a_kind_that_says_it_is_a_person_needs_no_register():
    assert find_persons(Schema((kind("Nurse", is_person=True),), ())) == {"Nurse"}


@pytest.mark.parametrize("row", [
    kind("Nurse", is_person=False), kind("Clinic", is_unit=True), kind("Ward", is_cohort=True), kind("Guest", mention="resolve"),
    Relation("NURSES", zh="护", en="nurses", source=(kind("Nurse"),), target=(kind("Room"),)),
], ids=lambda row: row.label)  # fmt: skip
def test_rows_under_a_pseudonym_that_say_they_are_no_persons_stop_the_import(row):
    with pytest.raises(SchemaError, match="persons"):
        roll(row, Identity("name", "姓名"))


def test_persons_that_a_register_keeps_under_their_names_stop_the_import():
    with pytest.raises(SchemaError, match=r"Identity\(\)"):
        roll(kind("Nurse", is_person=True), Column("pseudonym", "姓名"), Personal("身份证号"))


@pytest.mark.parametrize("more", [{"is_unit": True}, {"is_cohort": True}, {"mention": "create"}], ids=str)
def test_a_person_is_nothing_else(more):
    with pytest.raises(SchemaError, match="Nurse"):
        kind("Nurse", is_person=True, **more)


def test_five_are_told_and_four_are_not():
    assert [round_down(n) for n in (0, 4, 5, 9, 10)] == [None, None, 5, 5, 10]


def test_a_single_small_number_takes_the_next_smallest_with_it():
    assert suppress({"a": 3, "b": 9, "c": 21}) == {"a": None, "b": None, "c": 20}
    assert suppress({"a": 3, "b": 4, "c": 21}) == {"a": None, "b": None, "c": 20}
    assert suppress({"a": 7, "b": 0}) == {"a": 5, "b": None}
