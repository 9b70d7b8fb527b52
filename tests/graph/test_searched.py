"""The text by which a full-text index finds an entity, and the query for it: what fits is always among what is found."""

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds import Entity, Property, Schema
from graph.names import normalize
from graph.people import find_people
from graph.schema import SCHEMA
from graph.searched import list_searched, make_index_query, make_index_texts
from graph.spelling import is_typed, readings
from graph.types import ListOf, OfficePhone, Text

Place = Entity(
    "Place", zh="地", en="place", keys=("p:{name}",),
    properties=(
        Property("name", Text()), Property("number", Text(), finds=True), Property("told", Text()), Property("words", ListOf()),
        Property("phone", OfficePhone()),
    ),
)  # fmt: skip
STOP = {
    "a",
    "an",
    "and",
    "in",
    "is",
    "it",
    "no",
    "of",
    "or",
    "the",
    "to",
}  # left out by the analyser `cjk`, among others
COLUMNS = {
    "id": pl.String,
    "name": pl.String,
    "number": pl.String,
    "told": pl.String,
    "words": pl.List(pl.String),
    "phone": pl.String,
}


def index(**values):
    frame = pl.DataFrame([{name: values.get(name) for name in COLUMNS}], schema=COLUMNS)
    return make_index_texts(frame, Place)[0]


def words_of(text):
    """Return what the analyser makes of a text: pairs of Chinese characters that stand side by side, else words."""
    found = []
    for run in re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", text):
        is_chinese = not run.isascii()
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] if is_chinese and len(run) > 1 else [run]
        found += [pair for pair in pairs if pair not in STOP and len(pair) <= 255]
    return found


def finds(query, text):
    """Tell whether a query finds a text, as Lucene reads it: any of its groups, each of all its clauses."""
    words = set(words_of(text))
    groups = re.findall(r"\((\+[^()]*)\)", query) if query.startswith("(+") else [query]
    return any(all(_fits(clause, words) for clause in re.findall(r"\+(\([^)]*\)|\S+)", group)) for group in groups)


def _fits(clause, words):
    if clause.startswith("("):
        return any(_fits(one, words) for one in clause[1:-1].split())
    if clause.startswith('"'):
        return set(words_of(clause)) <= words
    pattern = re.compile(re.escape(clause).replace(r"\*", ".*"))
    return any(pattern.fullmatch(word) for word in words)


@pytest.mark.parametrize(
    "asked",
    [
        "重二",
        "社",
        "重二社区",
        "cesq",
        "chonger",
        "zhonger",
        "ersq",
        "共建[2025]3号",
        "2025",
        "db-20",
        "b-2026-0",
        "法律援助",
        "a区",
        "区图",
    ],
)
def test_a_thing_is_found_by_any_part_of_its_names_numbers_and_texts_and_by_letters(asked):
    text = index(name="重二社区", number="共建〔2025〕3号 DB-2026-03", told="A区图书室：法律 援助", words=["理发"])
    assert finds(make_index_query(asked), text)
    assert not finds(make_index_query(asked), index(name="天河街道", told="无", words=[]))


def test_what_no_index_can_tell_is_looked_through():
    assert [make_index_query(asked) for asked in ("%", "。", "a", "é")] == ["", "", "", ""]


def test_people_and_telephones_are_in_no_index():
    assert not find_people(SCHEMA) & {kind.label for kind in list_searched(SCHEMA)}
    assert "63900001" not in index(name="重二社区", phone="0379-63900001")
    assert [kind.label for kind in list_searched(Schema((Place,), ()))] == ["Place"]


@given(st.text(alphabet="重长行社区安厦AbT2-. ", min_size=1, max_size=9), st.data())
@settings(max_examples=150, deadline=None)
def test_no_part_of_a_name_and_of_its_spellings_is_missed(name, data):
    text = index(name=name)
    whole = normalize(name)
    spelled = [one for part in readings(name) for one in part]
    for fits in filter(None, (whole, *spelled[:4])):
        start = data.draw(st.integers(0, len(fits) - 1))
        asked = normalize(fits[start : data.draw(st.integers(start + 1, len(fits)))])
        query = make_index_query(asked)
        assert not query or finds(query, text) or (fits is not whole and not is_typed(asked)), (asked, query, text)


def test_a_word_longer_than_an_index_takes_is_found_by_any_part():
    long = "".join(f"word{n}" for n in range(90))
    text = index(name="重二社区", told=long)
    assert all(finds(make_index_query(long[at : at + 60]), text) for at in range(0, len(long) - 60, 7))
