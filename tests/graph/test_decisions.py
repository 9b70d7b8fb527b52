"""A decision is checked when it is made, comes back from the ledger as it was, and tells nothing of a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decision_forms import LONGEST, read_day, read_hours, read_number, read_profile, read_text
from graph.decisions import (
    KINDS,
    Accept,
    Decision,
    Former,
    HeaderMeaning,
    PutOff,
    Same,
    Unreadable,
    forms_of,
    is_optional,
    make_decision,
    read_decision,
    read_standing,
)
from graph.errors import ArgumentError
from graph.ledger import Ledger

MOBILE, NATIONAL = "13912345678", "11010519491231002X"


def says(kind: type[Decision], name: str) -> st.SearchStrategy[Any]:
    """Return the values that a field of a decision may have."""
    form = forms_of(kind)[name]
    if form.read is read_day:
        return st.dates()
    if form.read is read_number:
        return st.integers(0, 999_999_999)
    if form.read is read_hours:
        return st.sampled_from(["14:00-16:30", "上午", "下午2点到4点"])
    if "enum" in form.schema:
        return st.sampled_from(form.schema["enum"])
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    return st.builds(
        "{}。{}".format, st.sampled_from(["一拖", "a", f"找{MOBILE}", "张三主任"]), st.text(letters, max_size=30)
    )


def decisions(kind: type[Decision]) -> st.SearchStrategy[Decision]:
    """Return any decision of a kind."""
    # What is put off is a point or a pair: one of the two is said, whole.
    said_apart = [{"point"}, {"left", "right"}] if kind is PutOff else [set[str]()]
    return st.sampled_from(said_apart).flatmap(
        lambda needed: decisions_of(kind, needed, set().union(*said_apart) - needed)
    )


def decisions_of(kind: type[Decision], needed: set[str], barred: set[str]) -> st.SearchStrategy[Decision]:
    """Return any decision of a kind that says what is needed and nothing of what is barred."""
    fields = {
        name: st.none() | says(kind, name) if is_optional(kind, name) and name not in needed else says(kind, name)
        for name in forms_of(kind)
        if name not in barred
    }
    stated = st.fixed_dictionaries(fields).map(lambda said: {k: v for k, v in said.items() if v is not None})
    lasting = stated.filter(lambda said: said.get("start", date.min) <= said.get("until", date.max))
    return lasting.map(lambda said: kind(**said))


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: decisions(KINDS[kind])))
def test_every_decision_is_read_back_as_it_was_made(one: Decision) -> None:
    row = {**one.to_payload(), "id": 0, "kind": one.kind, "by": "", "at": ""}
    assert read_decision(row) == one
    assert one.without_persons().without_persons() == one.without_persons()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "ledger.sqlite")
    made.create()
    return made


def test_the_ledger_gives_decisions_by_kind_with_who_took_them_and_when(ledger: Ledger) -> None:
    same = Same(name="一拖", unit="ent:一", until=date(1997, 5, 31), reason="问过")
    for one in (same, Accept(left="com:甲", right="ent:一")):
        ledger.add_decision(one.kind, one.to_payload(), "张")
    (found,) = read_standing(ledger, Same)
    assert (found.number, found.by, found.taken_on) == (1, "张", date.fromisoformat(found.at[:10]))
    assert found.to_payload() == same.to_payload() == {
        "name": "一拖", "unit": "ent:一", "until": "1997-05-31", "reason": "问过",
    }  # fmt: skip
    assert [one.kind for one in read_standing(ledger, Decision)] == ["same", "accept"]


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("same", {"name": "一拖"}),
        ("same", {"name": "…", "unit": "a"}),
        ("merge", {"a": "b"}),
        ("former", {"until": "?"}),
        ("same", {"n": 5}),
    ],
)
def test_what_an_older_version_stored_and_this_one_cannot_use_stays_on_the_record(
    ledger: Ledger, kind: str, stored: dict[str, Any]
) -> None:
    ledger.add_decision(kind, {**stored, "reason": "问过"}, "张")
    (one,) = read_standing(ledger, Decision)
    assert isinstance(one, Unreadable) and one.number == 1
    assert one.as_dict().items() >= {**stored, "kind": kind, "by": "张"}.items()
    assert read_standing(ledger, Same) == ()


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        "１３９１２３４５６７８",
        "139 1234 5678",
        "139\u200b12345678",
        "139.1234—5678",
        "一三九一二三四五六七八",
        NATIONAL,
    ],
)
def test_a_reason_and_a_name_hide_personal_numbers_however_they_are_written(text: str) -> None:
    one = Same(name=f"老厂{text}", unit="ent:一", reason=f"问过 {text}").without_persons()
    assert text not in one.name + one.reason and "老厂" in one.name and "[已隐去]" in one.reason
    header = HeaderMeaning(
        register="venues", header=f"面积{text}", field="area_m2", sender=f"街道{text}"
    ).without_persons()
    assert text not in header.header + header.sender and (header.header[:2], header.sender[:2]) == ("面积", "街道")
    plain = Same(name="老厂（原）", unit="ent:一", reason="问过，属实。").without_persons()
    assert (plain.name, plain.reason) == ("老厂（原）", "问过，属实。"), "other text stays as it was written"


def test_whatever_an_official_writes_in_his_own_words_is_free_text() -> None:
    own_words = {"reason", "purpose", "content", "result", "point", "proof", "header", "headers", "sender", "word"}
    written = {(kind, field) for kind, one in KINDS.items() for field in forms_of(one) if field in own_words}
    names = {(kind, "name") for kind in ("same", "new", "different", "former", "weights")}
    free = {(kind, field) for kind, one in KINDS.items() for field, form in forms_of(one).items() if form.is_free}
    assert free == written | names


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "  ",
        "。、—",
        "…",
        "a\0b",
        "a\x1bb",
        "\ud800",
        "字" * (LONGEST + 1),
        MOBILE,
        "\u200b\u202e",
        5,
        None,
        ["一拖"],
        False,
    ],
)
def test_what_is_no_name_is_refused(wrong: Any) -> None:
    with pytest.raises(ArgumentError) as refused:
        make_decision("same", {"name": wrong, "unit": "ent:一"}).without_persons()
    assert refused.value.details["argument"] == "name"
    assert MOBILE not in refused.value.message()


def test_the_longest_name_and_one_that_holds_a_sign_are_names() -> None:
    for name in ("字" * LONGEST, "㊣7", "7", "河 轴"):
        assert make_decision("same", {"name": name, "unit": "ent:一"}).to_payload()["name"] == name


@pytest.mark.parametrize(
    ("kind", "said", "argument"),
    [
        ("odd", {}, "kind"),
        (["same"], {}, "kind"),
        ("same", {"name": "x"}, "unit"),
        ("same", {"name": "x", "unit": "y", "colour": "z"}, "colour"),
        ("accept", {"left": "a", "right": "b", "until": "2026-01-01"}, "until"),
        ("former", {"name": "x", "unit": "y", "until": "2024-02-30"}, "until"),
        ("former", {"name": "x", "unit": "y", "until": ""}, "until"),
        ("former", {"name": "x", "unit": "y", "from": "2000-01-02", "until": "2000-01-01"}, "until"),
        ("weights", {"pairing": "p", "name": "n", "version": "1" * 10, "weights": "w", "proof": "p"}, "version"),
        ("weights", {"pairing": "p", "name": "n", "version": True, "weights": "w", "proof": "p"}, "version"),
        ("reject", {"left": "a", "right": "b", "reason": 0}, "reason"),
    ],
)
def test_a_refusal_names_the_field_that_is_wrong(kind: Any, said: dict[str, Any], argument: str) -> None:
    with pytest.raises(ArgumentError) as refused:
        make_decision(kind, said)
    assert refused.value.details["argument"] == argument


@pytest.mark.parametrize(
    ("said", "is_whole"),
    [
        ({"point": "老厂"}, True), ({"left": "甲", "right": "乙"}, True), ({}, False), ({"left": "甲"}, False), ({"right": "乙"}, False),
        ({"point": "老厂", "left": "甲"}, False), ({"point": "老厂", "right": "乙"}, False), ({"point": "老厂", "left": "甲", "right": "乙"}, False),
    ],
)  # fmt: skip
def test_what_is_put_off_is_one_point_or_both_units_of_a_pair(said: dict[str, str], is_whole: bool) -> None:
    if is_whole:
        PutOff(**said)
    else:
        with pytest.raises(ArgumentError):
            PutOff(**said)


def test_every_field_that_holds_a_unit_or_a_thing_says_so() -> None:
    pair, one = {("left", "unit"), ("right", "unit")}, {("unit", "unit")}
    expected: dict[str, set[tuple[str, str]]] = {
        **dict.fromkeys(("accept", "reject", "later"), pair), **dict.fromkeys(("same", "different", "former"), one),
        "parent": one | {("parent", "unit")}, "branch": one | {("branch", "unit")}, "book": one | {("venue", "thing")},
        **{kind: {("need", "thing"), ("other", "thing")} for kind in ("duplicate", "distinct")},
        "claim": one | {("need", "thing")}, "close": {("item", "thing")}, "renew": {("agreement", "thing")},
    }  # fmt: skip
    found = {
        kind: {(name, "unit" if form.is_unit else "thing") for name, form in forms_of(one_kind).items() if form.is_unit or form.is_thing}
        for kind, one_kind in KINDS.items()
    }  # fmt: skip
    assert {kind: fields for kind, fields in found.items() if fields} == expected


def test_no_field_of_text_may_be_left_empty() -> None:
    texts = [
        f.schema
        for one in KINDS.values()
        for f in forms_of(one).values()
        if f.schema.get("maxLength") and "pattern" not in f.schema
    ]
    assert texts and all(schema["minLength"] == 1 for schema in texts)  # fmt: skip


def test_a_period_of_one_day_is_one() -> None:
    day = date(2000, 1, 1)
    assert Former(name="x", unit="y", start=day, until=day).until == day


@pytest.mark.parametrize(("read", "longest"), [(read_text, 500), (read_profile, 4000)])
def test_a_text_may_be_as_long_as_said_and_no_longer(read, longest):
    assert read("reason", "字" * longest) == "字" * longest
    with pytest.raises(ArgumentError):
        read("reason", "字" * (longest + 1))


def test_a_whole_number_has_nine_digits_at_most():
    assert read_number("version", "9" * 9) == 999_999_999
    with pytest.raises(ArgumentError):
        read_number("version", "1" + "0" * 9)
