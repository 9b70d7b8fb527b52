"""The figures of headers: what becomes of wordings, values, columns and sheets on either side of each of them."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from graph.kinds import Column, Ignored, Register, Schema
from graph.schema import SCHEMA
from loaders.headers.alike import compare
from loaders.headers.beside import read_beside
from loaders.headers.evidence import NO_EVIDENCE, ColumnEvidence, fit
from loaders.headers.likeness import Likeness, glance, likenesses
from loaders.headers.mapper import _assign, _find_contested, map_table
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.headers.meaning import Reading, Score
from loaders.headers.recognition import (
    RegisterStanding,
    is_named,
    rank_registers,
    title_likeness,
    title_share,
)
from loaders.headers.understanding import rate
from loaders.headers.verdict import Hypothesis, Witness, find_objections, is_promising
from loaders.sheets.table_finder import Header, Table
from loaders.vocabulary.crafts import is_craft
from loaders.vocabulary.header_words import Vocabulary, vocabulary_of
from loaders.vocabulary.profiles import Profiles
from loaders.vocabulary.wording import header_forms

WORDS = vocabulary_of(SCHEMA)
ENTERPRISES, VENUES, COMMUNITIES, MEMBERS, AGREEMENTS = (
    SCHEMA.register(name) for name in ("enterprises", "venues", "communities", "members", "agreements")
)


# --- How alike two wordings are.


@pytest.mark.parametrize(
    ("header", "wording", "likeness"),
    [
        ("名秤", "名称", 0.95),  # one pinyin
        ("行业类型", "产业分类", 0.9),  # other words of the same meaning
        ("场地联系电话", "场地联系地址", 0.54),  # different kinds of things
        ("报销情况", "开放情况", 0.3),  # nothing but the end
        ("项目实施地点", "项目", 0.35 + 0.3 / 3),  # a word of any sheet inside
        ("内部设施", "设施", 0.64 + 0.34 / 2),  # a wording at the end
        ("活动组织者", "活动组织", 0.875),  # most characters
        ("组织活动者们", "活动", 0.4 + 0.3 / 3),  # a wording in the middle
        ("甲乙丙", "甲己丙", 0.4),  # one of three characters: another word
        ("甲乙丙丁", "甲己丙丁", 0.64),  # one of four: as likely another word, a question
        ("甲乙丙丁戊", "甲乙己丁戊", 2 / 3),
        ("甲乙丙丁戊己", "甲乙庚丁戊己", 0.83),  # one of six: a slip of the pen
        ("甲乙丙丁戊己辛", "甲乙庚丁戊己辛", 0.88),
    ],
)
def test_wordings_are_as_alike_as_their_characters_and_words(header: str, wording: str, likeness: float) -> None:
    assert compare(header, wording) == pytest.approx(likeness, abs=1e-4)


@pytest.mark.parametrize(
    ("header", "form", "worth"),
    [
        ("党员/人数", "党员人数", 0.98),
        ("甲方（社区）", "甲方", 0.97),
        ("党员/人数", "人数", 0.95),
        ("能坐多少人", "能坐人数", 0.93),
        ("unit name", "unitname", 1.0),
        ("unit name", "单位名称", 0.99),
    ],
)
def test_the_nearer_a_known_form_is_to_the_whole_header_the_more_it_is_worth(
    header: str, form: str, worth: float
) -> None:
    assert dict(header_forms(header))[form] == worth


# --- How alike a header is to what a column's wordings are about.

WORDINGS = (
    ("households", "家庭户数 户数 党员家庭户数"), ("street", "街道名称 所在街道"), ("members", "党员人数 党员数 在册党员数"),
    ("number", "编号 街道编号 党员编号"), ("theme", "主题 红色主题"), ("other", "辛壬 壬辛"),
)  # fmt: skip
ABOUT = {field: Column(field, field) for field, _ in WORDINGS}
PROFILES = Profiles((ABOUT[field], form) for field, forms in WORDINGS for form in forms.split())


@pytest.mark.parametrize(
    ("header", "field", "likeness"),
    [
        ("街道", "street", 0.86),  # all its words are known
        ("街道", "number", 0.54),  # …and hardly used by this column, whose wordings say more
        ("户数", "households", 0.8101),  # it lacks what a third of the wordings have
        ("街道数", "street", 0.258),  # none ends like it, and a plain head is left
        ("宣教主题", "theme", 0.7),  # the head is that of one column alone
        ("女党员数", "members", 0.3137),  # a word makes something else of it
        ("吉祥数", "households", 0.1611),  # nothing in common but a plain head; two characters are unknown
        ("辛甲", "other", 0.199),  # half of the characters, no more
        ("甲辛壬", "other", 0.7167),  # two of three are more than that
        ("辛壬辛甲乙", "other", 0.3317),  # and so are three of five
        ("甲乙丙辛壬", "other", 0.4838),  # two of five: they may have strayed in
    ],
)
def test_a_header_is_about_a_column_as_far_as_its_words_are(header: str, field: str, likeness: float) -> None:
    assert {c.field: value for c, value in PROFILES.compare(header)}[field] == pytest.approx(likeness, abs=1e-4)


@pytest.mark.parametrize(("header", "left"), [("街道", 0.75), ("党员", 1.0), ("女党员数", 0.5), ("甲辛", 1.0)])
def test_words_of_other_columns_count_against_a_likeness_if_few_columns_have_them(header: str, left: float) -> None:
    assert PROFILES.discount(header, ABOUT["theme"]) == left


def like(register: Register, header: str, field: str) -> tuple[float, bool]:
    found = next(k for k in likenesses(header, register, WORDS) if k.column.field == field)
    return round(found.value, 4), found.exact


@pytest.mark.parametrize(
    ("register", "header", "field", "likeness"),
    [
        ("members", "备注", "category", (0.8, False)),  # of the record, and the column is not
        ("resource_uses", "时间(日期)", "day", (0.85, False)),  # either required column
        ("resource_uses", "借用时间（日期）", "day", (0.7, False)),  # it has a meaning of its own
        ("resource_uses", "使用时间（起止）", "time", (0.9999, True)),  # less usual than the first wording, by a trifle
        ("enterprises", "属性（央企/怪企）", "ownership", (0.94, False)),  # the choices are its own; no known wording
        ("enterprises", "怪甲（央企/怪企）", "ownership", (0.466, False)),  # half of the choices are its own
        ("enterprises", "怪甲（央企/省企/怪企/妖企/魔企）", "ownership", (0.166, False)),  # two in five are not enough
        ("enterprises", "怪甲地址（央企/怪企）", "address", (0.5483, False)),  # the choices are another column's
    ],
)  # fmt: skip
def test_a_header_is_alike_to_a_column(register: str, header: str, field: str, likeness: tuple[float, bool]) -> None:
    assert like(SCHEMA.register(register), header, field) == likeness


def test_a_glance_counts_a_likeness_less_than_a_wording_and_a_column_without_a_field_least() -> None:
    assert glance("统一社会信用代码", ENTERPRISES, WORDS) == 1.0
    assert glance("宣教主题", SCHEMA.register("red_bases"), WORDS) == pytest.approx(0.8 * 0.7)
    assert glance("序号", ENTERPRISES, WORDS) == 0.5


# --- What values look like.


def evidence(values: str = "甲 乙 丙", **shares: float) -> ColumnEvidence:
    return ColumnEvidence(pl.Series(values.split(), dtype=pl.String), shares)


NOTHING = evidence()
TEN_WITH_SIX = "甲 乙 丙 丁 戊 己 己 己 己 己"
PERSONS = {"person": 0.75, "three": 0.4}


@pytest.mark.parametrize(
    ("personal", "other"),
    [
        (evidence(national=0.2), evidence(national=0.19)),
        (evidence(mobile=0.3), evidence(mobile=0.29)),
        (evidence(home=0.5), evidence(home=0.49)),
        (evidence(sex=0.7), evidence(sex=0.69)),
        (evidence(mail=0.7), evidence("甲 乙", mail=0.7)),  # two values say nothing
        (evidence(**PERSONS), evidence(**PERSONS | {"person": 0.74})),
        (evidence(**PERSONS), evidence(**PERSONS | {"three": 0.39})),
        (
            evidence(TEN_WITH_SIX, **PERSONS),
            evidence(TEN_WITH_SIX.replace("戊", "己"), **PERSONS),
        ),  # half of them repeat
    ],
)
def test_a_column_is_one_of_persons_from_a_share_of_its_values(personal: ColumnEvidence, other: ColumnEvidence) -> None:
    assert personal.is_personal and not other.is_personal


@pytest.mark.parametrize(
    ("register", "field", "values", "fits"),
    [
        (ENTERPRISES, "address", evidence(number=0.7), (0.0, 0.0)),
        (ENTERPRISES, "address", evidence(number=0.71), (-0.8, 0.0)),  # figures are no text
        (ENTERPRISES, "name", evidence(number=0.7, organization=0.2), (0.2, 0.5)),
        (ENTERPRISES, "name", evidence(number=0.71, organization=0.2), (-1.0, 0.0)),
        (ENTERPRISES, "street", evidence(number=0.7), (-0.3, 0.8)),  # other names are little against it
        (ENTERPRISES, "street", evidence(number=0.71), (-1.0, 0.0)),
        (VENUES, "owner", evidence(organization=0.3), (0.3, 0.4)),  # several kinds of units
        (VENUES, "area_m2", evidence(number=1.0), (0.8, 0.3)),  # bare numbers are like any count
        (VENUES, "area_m2", evidence(number=1.0, area=0.2), (0.8, 0.3)),
        (VENUES, "area_m2", evidence(number=1.0, area=0.21), (0.8, 0.9)),
        (MEMBERS, "home", evidence(home=0.6), (0.2, 0.7)),
        (ENTERPRISES, "ownership", evidence("央企 省企 甲 乙"), (-0.2, 0.0)),
        (ENTERPRISES, "ownership", evidence("央企 省企 民企 甲 乙"), (0.2, 0.7)),
    ],
)  # fmt: skip
def test_values_fit_a_column_as_far_as_they_look_like_it(
    register: Register, field: str, values: ColumnEvidence, fits: tuple[float, float]
) -> None:
    assert fit(register.column(field), register, values) == pytest.approx(fits)


# --- What a column becomes, by its header and its values.


def read(header: str, register: Register = ENTERPRISES, values: ColumnEvidence = NOTHING, **scores: float) -> Reading:
    """Return a reading of a header; with scores of its own where some are given, by field."""
    reading = Reading(Header("A", header), values, register, WORDS, None)
    if scores:
        reading.exact = None
        reading.scores = sorted((score(register, *one) for one in scores.items()), key=lambda s: -s.value)
    return reading


def score(register: Register, field: str, value: float, exact: bool = False) -> Score:
    return Score(register.column(field), value, exact)


@pytest.mark.parametrize(("field", "value", "taken"), [("industry", 0.8, True), ("industry", 0.799, False), ("name", 0.799, False)])  # fmt: skip
def test_a_column_is_taken_without_asking_from_a_score(field: str, value: float, taken: bool) -> None:
    reading = read("某", **{field: value})
    assert reading.takes(score(ENTERPRISES, field, value)) is taken


@pytest.mark.parametrize(
    ("register", "header", "field", "value"),
    [
        (ENTERPRISES, "主业", "industry", 0.8),  # all its words are known to the column
        (ENTERPRISES, "前台电话", "phone", 0.8),  # one column alone holds telephones
        (ENTERPRISES, "官网地址", "address", 0.79),  # …but a word makes something else of it
        (COMMUNITIES, "网格员数", "grids", 0.79),  # what a count counts must be said
        (COMMUNITIES, "商户数", "households", 0.79),
        (VENUES, "销量", "capacity", 0.79),
        (ENTERPRISES, "部门", "name", 0.79),
        (COMMUNITIES, "所在社区", "name", 0.79),  # where it is, not what it is
    ],
)
def test_a_header_is_sure_only_if_none_of_its_words_is_left_over(
    register: Register, header: str, field: str, value: float
) -> None:
    found = next((s.value for s in read(header, register, NO_EVIDENCE).scores if s.column.field == field), 0.0)
    assert found >= value if value >= 0.8 else found <= value


def become(reading: Reading, needed: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    mapping = reading.decide(None, set(), needed)
    return mapping.treatment, mapping.alternatives


def test_a_column_is_asked_about_from_a_likeness_to_a_free_field_with_the_three_likeliest_offered() -> None:
    assert become(read("某", industry=0.31)) == ("asked", ("industry",))
    assert become(read("某", industry=0.309))[0] == "ignored"
    assert become(read("某", industry=0.5, address=0.151, scale=0.15)) == ("asked", ("industry", "address"))
    assert become(read("某", industry=0.5, address=0.4, scale=0.3, ownership=0.2))[1] == (
        "industry",
        "address",
        "scale",
    )


def test_a_persons_column_is_offered_only_where_it_is_likely() -> None:
    assert become(read("某", MEMBERS, name=0.5)) == ("asked", ("name",))
    assert become(read("某", MEMBERS, name=0.499))[0] == "ignored"


def test_a_needed_field_is_offered_unless_the_values_speak_against_it() -> None:
    assert become(read("某", ENTERPRISES, evidence(number=0.7), name=0.01), ("name",)) == ("asked", ("name",))
    assert become(read("某", ENTERPRISES, evidence(number=0.71), name=0.01), ("name",))[0] == "ignored"
    assert become(read("某", COMMUNITIES, evidence(street=0.26), street=0.01), ("street",))[0] == "asked"
    assert become(read("某", VENUES, evidence(area=0.25, number=0.0), area_m2=0.01), ("area_m2",))[0] == "ignored"
    assert become(read("某", VENUES, evidence(area=0.26, number=0.0), area_m2=0.01), ("area_m2",))[0] == "asked"


@pytest.mark.parametrize(
    ("carries_nothing", "field", "treatment"),
    [(0.51, 0.31, "ignored"), (0.509, 0.31, "asked"), (0.5, 0.01, "ignored"), (0.499, 0.01, "asked")],
)
def test_a_column_that_is_clearly_more_like_one_that_carries_nothing_is_left_out(
    carries_nothing: float, field: float, treatment: str
) -> None:
    reading = read("某", name=field)
    reading.aside["ignored"] = Likeness(Ignored("编号"), carries_nothing, exact=False)
    assert become(reading, ("name",))[0] == treatment


def best(register: Register, values: ColumnEvidence, field: str, header: str = "") -> float:
    return round(next(s.value for s in read(header, register, values).scores if s.column.field == field), 3)


@pytest.mark.parametrize(
    ("register", "field", "values", "value"),
    [
        (ENTERPRISES, "uscc", evidence(credit=0.9), 0.24), (ENTERPRISES, "uscc", evidence(credit=0.91), 0.8),  # nothing else looks like it
        (COMMUNITIES, "code", evidence(code12=1.0), 0.78), (VENUES, "area_m2", evidence(area=1.0), 0.78),
        (ENTERPRISES, "party_organization", evidence(party=1.0), 0.31), (VENUES, "open_hours", evidence(times=1.0), 0.31),  # worth a question
        (COMMUNITIES, "lat", evidence(lat=1.0), 0.31), (AGREEMENTS, "term", evidence(term=1.0), 0.31), (COMMUNITIES, "phone", evidence(fixed=1.0), 0.31),
        (AGREEMENTS, "signed", evidence(date=1.0), 0.15), (ENTERPRISES, "name", evidence(organization=1.0), 0.15),  # only nearer
        (MEMBERS, "joined_year", evidence(date=1.0), 0.0), (ENTERPRISES, "employees", evidence(number=1.0), 0.0),  # any count is like any other
    ],
)  # fmt: skip
def test_values_tell_what_they_are_of_only_where_little_else_looks_like_them(
    register: Register, field: str, values: ColumnEvidence, value: float
) -> None:
    assert best(register, values, field) == value


def test_who_is_asked_for_is_a_question_unless_most_values_name_units() -> None:
    assert best(VENUES, evidence(organization=0.49), "owner", "归谁管") == 0.59
    assert best(VENUES, evidence(organization=0.5), "owner", "归谁管") > 0.6


@pytest.mark.parametrize(
    ("values", "dropped"),
    [
        (evidence(mobile=0.8), True), (evidence(mobile=0.79), False),
        (evidence(person=0.9, three=1.0), True), (evidence(person=0.89, three=1.0), False),
    ],
)  # fmt: skip
def test_persons_values_drop_a_column_whose_header_is_known(values: ColumnEvidence, dropped: bool) -> None:
    assert read("单位名称", values=values).is_personal is dropped


# --- Which fields the columns of a sheet are given together.


def assign(register: Register, *columns: dict[str, float]) -> list[str | None]:
    chosen = _assign([read("某", register, **one) for one in columns])
    return [chosen[i].column.field if i in chosen else None for i in range(len(columns))]


def test_two_faint_likenesses_do_not_outweigh_a_strong_one_but_two_fair_ones_do() -> None:
    assert assign(ENTERPRISES, {"industry": 0.9, "scale": 0.79}, {"industry": 0.79}) == ["industry", None]
    assert assign(ENTERPRISES, {"industry": 0.9, "scale": 0.81}, {"industry": 0.81}) == ["scale", "industry"]


def test_a_needed_field_goes_before_one_that_is_a_little_more_alike() -> None:
    assert assign(ENTERPRISES, {"name": 0.7, "industry": 0.74}) == ["name"]
    assert assign(ENTERPRISES, {"name": 0.7, "industry": 0.76}) == ["industry"]


def test_no_field_is_given_for_less_than_would_be_asked_about_and_of_equals_the_left_one_is_taken() -> None:
    assert assign(ENTERPRISES, {"industry": 0.499}, {"industry": 0.5}) == [None, "industry"]
    assert assign(ENTERPRISES, {"industry": 0.7}, {"industry": 0.7}) == ["industry", None]


def test_two_columns_about_equally_like_a_field_contest_it() -> None:
    for rival, contested in ((0.671, {0}), (0.669, set())):
        rows = [read("某", industry=0.7), read("某", industry=rival)]
        assert _find_contested(rows, {0: rows[0].scores[0]}) == contested


# --- Which register a sheet is.


def standing(register: Register = ENTERPRISES, **more: Any) -> RegisterStanding:
    return RegisterStanding(**{"register": register, "score": 0.0, "coverage": 0.0, "title": 0.0, "missing": ()} | more)


def column(
    field: str, confidence: float, treatment: str = "mapped", header: str = "某", register: Register = ENTERPRISES
) -> ColumnMapping:
    known = register.column(field) if treatment == "mapped" else None
    return ColumnMapping("A", header, field if known else "", confidence, treatment, (), known)  # type: ignore[arg-type]


def mapping(*columns: ColumnMapping, register: Register = ENTERPRISES) -> TableMapping:
    return TableMapping(register, 1.0, columns, "", refused=False)


WHOLE = mapping(column("name", 1.0))


def hypothesis(found: TableMapping = WHOLE, worth: float = 1.0, title: float = 0.0, **more: Any) -> Hypothesis:
    return Hypothesis(standing(found.register or ENTERPRISES, title=title, **more), found, worth)


SEEN = Witness((("", 1.0),), {}, has_persons=False)
TELLING = mapping(column("name", 1.0, header="甲"), column("uscc", 1.0, header="乙"))


@pytest.mark.parametrize(
    ("worth", "title", "telling", "asked"),
    [
        (1.0, 0.0, 0.65, False), (1.0, 0.0, 0.649, True),  # two headers are the register's own
        (1.0, 0.31, 0.45, False), (1.0, 0.31, 0.449, True), (1.0, 0.3, 0.45, True),  # a title sounds like it
        (1.0, 0.6, 0.0, False), (1.0, 0.599, 0.0, True),  # a title names it
    ],
)  # fmt: skip
def test_common_headers_make_a_register_only_where_a_title_names_it(
    worth: float, title: float, telling: float, asked: bool
) -> None:
    best = hypothesis(TELLING, worth, title, telling={"甲": telling, "乙": telling})
    rival = hypothesis(mapping(column("name", 1.0), column("employees", 1.0), register=COMMUNITIES), 0.92)
    assert bool(find_objections(best, [rival], SEEN)) is asked


def test_a_register_that_comes_as_near_is_a_question() -> None:
    best = hypothesis(TELLING, 1.0, telling={"甲": 1.0, "乙": 1.0})
    near, far = (
        hypothesis(mapping(column("name", 1.0, register=COMMUNITIES), register=COMMUNITIES), w) for w in (0.951, 0.949)
    )
    assert find_objections(best, [near], SEEN) and not find_objections(best, [far], SEEN)


def test_a_title_that_is_another_registers_speaks_against_this_one() -> None:
    best = hypothesis(TELLING, 1.0, 0.45, telling={"甲": 1.0, "乙": 1.0})
    for title, asked in ((0.601, True), (0.599, False)):
        other = hypothesis(mapping(register=COMMUNITIES), 0.2, title)
        assert bool(find_objections(best, [other], SEEN)) is asked


@pytest.mark.parametrize(
    ("found", "worth", "title", "asked"),
    [
        (TELLING, 0.35, 0.0, True), (TELLING, 0.349, 0.0, False),  # nothing is missing
        (mapping(column("uscc", 1.0), column("address", 1.0)), 0.4, 0.0, True), (mapping(column("uscc", 1.0), column("address", 1.0)), 0.399, 0.0, False),
        (mapping(column("uscc", 1.0), column("address", 0.79, "asked")), 0.4, 0.31, True), (mapping(column("uscc", 1.0), column("address", 0.79, "asked")), 0.4, 0.3, False),
        (mapping(column("uscc", 1.0), column("address", 0.79, "asked")), 0.1, 0.6, True), (mapping(column("uscc", 1.0)), 0.9, 0.6, False),
    ],
)  # fmt: skip
def test_a_sheet_that_is_no_register_is_asked_about_where_it_comes_near_to_one(
    found: TableMapping, worth: float, title: float, asked: bool
) -> None:
    assert is_promising(hypothesis(found, worth, title)) is asked


def test_a_title_has_its_share_of_the_score_where_it_sounds_like_some_register() -> None:
    assert [title_share([standing(title=title)]) for title in (0.3, 0.301)] == [0.0, 0.3]
    assert [is_named(standing(title=title)) for title in (0.3, 0.301)] == [False, True]


HALLS = Register(
    "halls", zh="场馆名录", en="halls", row=VENUES.row, titles=("文化场馆登记",),
    columns=(Column("name", "场馆名称", required=True), Column("address", "馆址"), Ignored("序号")),
)  # fmt: skip
PLACES = Register(
    "places",
    zh="去处",
    en="places",
    row=VENUES.row,
    columns=(Column("name", "去处名称", required=True), Column("address", "馆址")),
)
TWO = Vocabulary(Schema(SCHEMA.entities, SCHEMA.relations, (HALLS, PLACES)))


@pytest.mark.parametrize(
    ("title", "likeness"),
    [
        ("文化场馆登记", 0.5 + 0.03 * 6 + 0.3), ("甲区文化场馆登记表", 0.5 + 0.03 * 6 + 0.3 * 6 / 8),  # the register's title is in it
        ("场馆登记", 0.75), ("场馆名", 0.75),  # what its rows are called
        ("文化场馆", 0.85),  # what its title is about
        ("化场馆登", 0.3 + 0.3 * 4 / 6), ("化场", 0.0),  # it is a part of the register's title
        ("化场馆登录", 0.95 * 0.8 - 0.45), ("文化馆登记", 10 / 11 - 0.45),  # a part of it, or the whole, is alike
    ],
)  # fmt: skip
def test_a_title_sounds_like_a_register(title: str, likeness: float) -> None:
    assert title_likeness(HALLS, ((title, 1.0),)) == pytest.approx(likeness, abs=1e-3)
    assert title_likeness(HALLS, ((title, 0.9),)) == pytest.approx(0.9 * likeness, abs=1e-3)


@pytest.mark.parametrize(
    ("headers", "coverage", "missing"),
    [
        ("场馆名称 馆址", 1.0, False), ("馆址", 1.0, True),
        ("场馆名称 怪", 1 / 1.4, False),  # a header that no register knows
        ("场馆名称 序号", 0.75, False),  # one that fills no field, known to a single register
        ("场某名称", 0.0, False), ("馆某名称", 0.0, True),  # …or the required column all the same
        ("场馆名", 0.8 * 0.9, False), ("场馆某名", 0.0, False),  # another wording: like enough, or hardly like it
    ],
)  # fmt: skip
def test_headers_cover_a_register_by_how_few_know_them(headers: str, coverage: float, missing: bool) -> None:
    found = next(s for s in rank_registers(headers.split(), (("", 1.0),), TWO) if s.register is HALLS)
    assert found.coverage == pytest.approx(coverage, abs=1e-4)
    assert bool(found.missing) is missing
    assert found.score == pytest.approx(coverage * (0.8 if missing else 1.0), abs=1e-4)


def test_a_sheet_is_worth_what_its_columns_tell_and_fill() -> None:
    """Of three columns one is understood, one is a guess, one is a person's; one of two fields is filled."""
    columns = (
        column("name", 0.8, register=HALLS),
        column("address", 0.59, register=HALLS),
        column("", 1.0, "dropped_personal"),
    )
    found, known = mapping(*columns, register=HALLS), (0.8 + 0.5 * 1.0) / 3 * 1 / 6
    more = 0.15 * (0.8**2 + 1.0) / 3 + 0.1 / 2
    assert rate(standing(HALLS), found, (), 0.0) == pytest.approx(known + more)
    assert rate(standing(HALLS, score=0.5), found, (), 0.0) == pytest.approx(0.5 + more)
    assert rate(standing(HALLS, title=0.8), found, (), 0.3) == pytest.approx(0.7 * known + 0.3 * 0.8 + more)
    retired = replace(HALLS, zh="离退休场馆")
    assert rate(standing(retired), found, ("场馆",), 0.0) == pytest.approx(known + more - 0.05)
    assert rate(standing(retired), found, ("离退休",), 0.0) == pytest.approx(known + more)


def test_rows_are_read_once_more_only_by_wordings_that_are_known() -> None:
    halls = replace(HALLS, beside=(PLACES,))
    for confidence, registers in ((0.9, ["places"]), (0.899, [])):
        again = mapping(column("name", confidence, register=PLACES), register=PLACES)
        assert [
            m.register.name for m in read_beside(mapping(register=halls), lambda _, found=again: found) if m.register
        ] == registers


def test_a_title_weighs_more_than_the_name_of_the_sheet_and_that_more_than_the_name_of_the_file() -> None:
    def confidence(**named: str) -> float:
        body = pl.DataFrame({"row": pl.Series([2], dtype=pl.UInt32), "A": ["某"], "B": ["某"]})
        names = {"file": "某.xlsx", "sheet": "某", "title": ""} | named
        table = Table(
            **names,
            sender="",
            reported=None,
            headers=(Header("A", "场馆名称"), Header("B", "怪")),
            body=body,
            skipped=0,
            problems=(),
        )
        return map_table(table, TWO.schema).confidence

    by_title, by_sheet, by_file = (
        confidence(**named)
        for named in ({"title": "文化场馆登记"}, {"sheet": "文化场馆登记"}, {"file": "文化场馆登记.xlsx"})
    )
    assert by_title - by_sheet == pytest.approx(0.3 * 0.98 * (1.0 - 0.9))
    assert by_sheet - by_file == pytest.approx(0.3 * 0.98 * (0.9 - 0.85))


@pytest.mark.parametrize(("length", "is_one"), [(24, True), (25, False)])
def test_a_craft_has_at_most_24_characters(length: int, is_one: bool) -> None:
    assert is_craft("电工" + "熟" * (length - 2)) is is_one
