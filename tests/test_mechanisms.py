"""The 54 mechanisms of the joint conference's document: none without a register, and none that is not written back without a reason."""

from api.papers.paper_list import paper_list
from graph.headings import HEADINGS
from graph.mechanisms import MECHANISMS
from graph.schema import SCHEMA
from queries.answers.catalogue import catalogue

OUTSIDE: set[str] = set()  # registers that keep none of the mechanisms
LOADED = {mechanism: [r for r in SCHEMA.registers if mechanism in r.loads] for mechanism in MECHANISMS}


def test_there_are_54_of_them_under_ten_headings():
    assert (len(MECHANISMS), len({m.name for m in MECHANISMS})) == (54, 54)
    assert list(dict.fromkeys(m.heading for m in MECHANISMS)) == list(HEADINGS)


def test_each_is_loaded_by_a_register_and_each_register_keeps_one():
    assert [str(m.name) for m, registers in LOADED.items() if not registers] == []
    without = {r.name for r in SCHEMA.registers if not r.loads}
    assert without == OUTSIDE, "say in loads= which mechanisms a register keeps; one that keeps none stands in OUTSIDE"


def test_each_is_written_back_as_a_paper_or_says_why_not():
    written = {p.register.name for p in paper_list().values() if p.register is not None}
    blank = [m for m, registers in LOADED.items() if not m.withheld and not written & {r.name for r in registers}]
    assert [str(m.name) for m in blank] == []


def test_each_is_answered_by_a_question_and_no_question_answers_what_nothing_loads():
    asked = {m for question in catalogue().values() for m in question.answers}
    assert [str(m.name) for m in MECHANISMS if m not in asked] == []
    assert asked <= {m for m, registers in LOADED.items() if registers}
