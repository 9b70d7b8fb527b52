"""Sentences: the question that is meant, what it is about, and asking back where that is not plain."""

from datetime import date
from pathlib import Path

import pytest

from graph.texts import Said
from queries.answers.catalogue import catalogue
from queries.understanding.phrase_words import read_vocabulary
from queries.understanding.said_days import SaidDays, read_days_in
from queries.understanding.said_numbers import read_numbers_in
from queries.understanding.said_times import read_period_in
from queries.understanding.sentences import understand
from tests.queries.small_graph import small_graph

TODAY = date(2026, 6, 30)
# Written before the words by which they are read, by people who had only the titles of the questions.
SENTENCES, HELD_OUT = (
    [line.split("\t") for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]
    for name in ("sentences.tsv", "sentences_held_out.tsv")
)
HELD_FLOOR = 0.75  # and .82 before what they say beside had to be used: 停水, 八小时以外, 装备制造 are asked back


@pytest.fixture(scope="module")
def graph():
    return small_graph(
        {
            "Community": [
                {"id": "com:1", "name": "重二社区"},
                {"id": "com:2", "name": "平安社区"},
                {"id": "com:3", "name": "东冈坊社区"},
            ],
            "Enterprise": [
                {"id": "ent:1", "name": "第一拖拉机股份有限公司", "short_name": "一拖"},
                {"id": "ent:2", "name": "中国东方轴承集团有限公司"},
            ],
            "Subdistrict": [{"id": "sub:1", "name": "北街街道"}],
            "Venue": [
                {"id": "ven:1", "name": "重二社区二楼", "kind": "会议室"},
                {"id": "ven:2", "name": "图书室", "kind": "图书室"},
            ],
        }
    )


def read(graph, sentence):
    found = understand(graph, sentence)
    assert found.is_sure, (sentence, found.doubt, [(one.question.name, one.score) for one in found.asked])
    return found.asked[0].question.name, found.asked[0].given


def test_what_the_issue_asks_is_understood(graph):
    assert read(graph, "谁和重二社区结对最合适") == ("partners", {"unit": "重二社区"})
    assert read(graph, "北街有哪些会议室闲着？") == ("unused-resources", {"area": "北街街道", "kind": "会议室"})


def test_units_are_known_by_every_name_they_go_by(graph):
    for written in ("一拖", "第一拖拉机", "第一拖拉机股份有限公司"):
        assert read(graph, f"{written}和谁结对最好")[1] == {"unit": "第一拖拉机股份有限公司"}
    assert read(graph, "东方轴承该和谁共建")[1] == {"unit": "中国东方轴承集团有限公司"}
    # 平安 by itself is a word, not the community.
    assert "平安社区" not in str(understand(graph, "平安星级怎么样").asked)


def test_two_names_go_where_each_belongs(graph):
    name, given = read(graph, "重二社区和一拖有什么联系")
    assert (name, given) == ("member-links", {"enterprise": "第一拖拉机股份有限公司", "community": "重二社区"})
    assert read(graph, "为什么重二社区不和一拖结对") == (
        "partners",
        {"unit": "重二社区", "why_not": "第一拖拉机股份有限公司"},
    )


def test_what_is_not_plain_is_asked_back_and_says_why(graph):
    for sentence in ("今天天气怎么样", "谁是书记", "asdf", "？", "重二社区"):
        assert not understand(graph, sentence).is_sure
    assert [argument.name for argument in understand(graph, "和谁结对最合适").asked[0].missing] == ["unit"]
    strange = understand(graph, "无名公司和谁结对最合适")
    assert not strange.is_sure and isinstance(strange.doubt, Said)
    misspelt = understand(graph, "东岗坊社区还有哪些需求没人对接")
    assert not misspelt.is_sure and misspelt.doubt == "图里没有“东岗坊社区”，相近的有：东冈坊社区。"


def rate(graph, sentences):
    """How many of the sentences are read right, which are taken for another question, and which are asked back without theirs."""
    right, wrong, lost = 0, [], []
    for sentence, names in ((sentence, set(names.split("|"))) for sentence, names in sentences):
        found = understand(graph, sentence, TODAY)
        asked = [one.question.name for one in found.asked]
        right += found.is_sure and asked[0] in names
        wrong += [(sentence, asked[0])] if found.is_sure and asked[0] not in names else []
        lost += [(sentence, asked)] if not names & set(asked) else []
    return right / len(sentences), wrong, lost


def test_sentences_are_understood_or_asked_back_with_what_is_meant_never_taken_for_another(graph):
    right, wrong, lost = rate(graph, SENTENCES)
    assert (wrong, lost) == ([], [])
    assert right >= 0.85


def test_of_sentences_that_nobody_looked_at_four_of_five_are_understood(graph):
    """Written with the others and by the same hand, but no word or figure was chosen by them; mend kinds, never these."""
    right, wrong, lost = rate(graph, HELD_OUT)
    assert right >= HELD_FLOOR and len(wrong) <= 1 and len(lost) <= 1


def test_a_question_understands_its_own_title(graph):
    """Without one phrase more: a new question is found by what it says of itself."""
    known = read_vocabulary()
    assert {phrase.question for phrase in known.phrases} >= set(catalogue()) - {"search", "figure"}


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("今年", "2026-01-01..2026-12-31"), ("去年上过", "2025-01-01..2025-12-31"), ("2025年3月", "2025-03-01..2025-03-31"),
        ("上个季度", "2026-01-01..2026-03-31"), ("近三个月", "2026-03-30..2026-06-30"), ("最近90天", "2026-04-01..2026-06-30"),
        ("十二月", "2025-12-01..2025-12-31"), ("5月份", "2026-05-01..2026-05-31"), ("this year", "2026-01-01..2026-12-31"),
        ("last three months", "2026-03-30..2026-06-30"), ("没有时间", ""), ("二季度", "2026-04-01..2026-06-30"), ("去年三季度", "2025-07-01..2025-09-30"),
        ("下周", "2026-07-06..2026-07-12"), ("下季度", "2026-07-01..2026-09-30"), ("下个月", "2026-07-01..2026-07-31"), ("去年3月", "2025-03-01..2025-03-31"), ("1到3月", "2026-01-01..2026-03-31"),
        ("去年下半年", "2025-07-01..2025-12-31"),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_say_them(written, period):
    assert read_period_in(written, TODAY)[0].text == period


def test_numbers_are_read_with_what_they_measure():
    assert read_numbers_in("能坐八十人的地方，三公里以内，前5个")[0] == [("人", 80), ("公里", 3), ("前", 5)]
    assert read_numbers_in("找一个地方，一年到头")[0] == []
    assert read_numbers_in("一百来人，两千平，仨月，两周，1.5公里，层高8米，第12行")[0] == [
        ("人", 100), ("天", 90), ("天", 14), ("公里", 1.5), ("平方米", 2000), ("米", 8), ("行", 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("下周五下午", SaidDays(day="2026-07-10", time="下午")), ("7月11日14:00-16:30", SaidDays(day="2026-07-11", time="14:00-16:30")),
        ("明天", SaidDays(day="2026-07-01")), ("七一的党课", SaidDays(day="2026-07-01")), ("8月底前", SaidDays(by="2026-08-31")),
        ("跟去年底比", SaidDays(compared="2025-12-31")), ("3号楼", SaidDays()), ("2月30日", SaidDays()), ("三季度", SaidDays()),
    ],
)  # fmt: skip
def test_days_and_hours_are_read_as_people_say_them(written, days):
    assert read_days_in(written, TODAY)[0] == days


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("哪些社区到现在一家企业都没结上", "community"), ("还有哪几家国企没有结对社区", "enterprise"),
        ("哪些企业还没跟社区结对", "enterprise"), ("哪几个社区没有企业结对", "community"),
    ],
)  # fmt: skip
def test_of_several_kinds_the_one_that_is_asked_for_is_listed(graph, sentence, side):
    first = understand(graph, sentence).asked[0]
    assert (first.question.name, first.given["side"]) == ("without-partner", side)


def test_a_name_that_a_reading_has_no_use_for_is_a_doubt(graph):
    for sentence, *_ in SENTENCES + HELD_OUT:
        found = understand(graph, sentence)
        assert not found.is_sure or {one.text for one in found.named} <= set(found.asked[0].given.values()), sentence


def test_a_community_that_nobody_knows_is_asked_about(graph):
    found = understand(graph, "滦东二社区还缺什么，谁能给补上")
    assert not found.is_sure and found.doubt is not None and "没有的名称" in found.doubt


@pytest.fixture(scope="module")
def mines():
    """A district whose units go by parts of their names, one of them by a word for what it does."""
    return small_graph(
        {
            "Subdistrict": [{"id": "sub:1", "name": "东井街道"}, {"id": "sub:2", "name": "道口街道"}],
            "Community": [
                {"id": "com:1", "name": "矿工新村第一社区"},
                {"id": "com:2", "name": "矿工新村第二社区"},
                {"id": "com:3", "name": "道口北社区"},
            ],
            "Enterprise": [
                {"id": "ent:1", "name": "霍岭供水集团有限公司"},
                {"id": "ent:2", "name": "霍岭矿业集团东井煤矿有限公司"},
                {"id": "ent:3", "name": "北铁局集团霍岭机务段"},
            ],
            "Project": [{"id": "pro:1", "title": "矿山路路灯更新", "category": "市政"}],
        }
    )


@pytest.mark.parametrize(
    ("sentence", "name", "given"),
    [
        ("供水集团名下还有多少闲置厂房", "idle-property", {"unit": "霍岭供水集团有限公司"}),
        ("东井煤矿和谁结对最合适", "partners", {"unit": "霍岭矿业集团东井煤矿有限公司"}),
        ("新村二社区还有哪些需求没人认领", "unmatched-needs", {"unit": "矿工新村第二社区"}),
        ("带行车的空厂房有没有", "idle-property", {"crane": "1"}),
        ("坐30人的免费会议室，要投影", "venues-for", {"people": "30", "equipment": "投影", "free": "true", "kind": "会议室"}),
        ("路灯改造项目到哪一步了", "projects", {"text": "路灯"}),
        ("区内有没有能做皮带托辊的厂家", "suppliers", {"wanted": "皮带托辊"}),
        ("下个月有哪些协议要到期", "expiring-agreements", {"days": "31"}),
        ("哪些企业三个月没人上门了", "visits", {"period": "2026-04-01..2026-06-30", "missing": "true"}),
        ("给全区排个结对方案，一家企业最多带3个社区", "pairing-plan", {"enterprise_capacity": "3"}),
        ("跟上个月相比数据有哪些变化", "changes", {"since": "2026-05-31"}),
    ],
)  # fmt: skip
def test_what_a_sentence_says_goes_where_it_belongs(mines, sentence, name, given):
    found = understand(mines, sentence, TODAY)
    assert (found.asked[0].question.name, found.asked[0].given, found.doubt) == (name, given, None)


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("仓库里还有什么物资可以借出来", "仓库"),
        ("道口社区和谁结对最合适", "图里没有“道口社区”，相近的有：道口"), ("水泵厂和谁结对最合适", "没有的名称"), ("北街哪些会议室从来没人用", "北街"),
    ],
)  # fmt: skip
def test_nothing_that_is_said_is_dropped_without_a_word(mines, sentence, doubt):
    found = understand(mines, sentence, TODAY)
    assert not found.is_sure and doubt in str(found.doubt)


@pytest.mark.parametrize(
    ("sentence", "question", "given"),
    [
        ("附近有没有周末的志愿者招募", "volunteer-calls", {"on": "weekend"}),
        ("去年党员示范岗评了几个", "model-posts", {"kind": "示范岗", "period": "2025-01-01..2025-12-31"}),
    ],
)  # fmt: skip
def test_days_of_the_week_and_years_are_given_to_the_questions_that_take_them(mines, sentence, question, given):
    found = understand(mines, sentence, TODAY)
    assert found.is_sure and (found.asked[0].question.name, found.asked[0].given) == (question, given)


def test_what_a_unit_does_is_not_its_name(mines):
    assert not understand(mines, "供水移交还剩多少没交", TODAY).named


# Conditions that no question of these sentences has words for: grades, kinds of people, bounds, exclusions, times of meetings.
CONDITIONS = ("五星的", "蓝底的", "残疾人的", "第三次的", "除了国企的", "带电梯的", "往届的")


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_sentence_with_something_left_over_is_never_sure(graph, condition):
    """A condition put into sentences that are plain without it is used or asked about, never dropped."""
    plain = [s for s, _ in SENTENCES[::6] if understand(graph, s, TODAY).is_sure]
    assert len(plain) > 20
    lost = []
    for sentence in plain:
        found = understand(graph, f"{condition}{sentence}", TODAY)
        first = found.asked[0] if found.asked else None
        used = first and any(
            condition[:2] in value for value in (*first.given.values(), *(n.value for n in first.narrowed))
        )
        lost += [(sentence, first)] if found.is_sure and not used else []
    assert lost == []


@pytest.mark.parametrize(
    ("sentence", "question", "narrowed"),
    [
        ("五星的平安企业有哪些", "star-ratings", {"_is.stars": "五星"}), ("省级以上荣誉都是哪些单位的", "honours", {"_is.level": "国家|省"}),
        ("今年开会缺席两次以上的成员单位", "meetings", {"_least.absent": "2"}), ("空置楼宇里没写租金的", "idle-property", {"_none.rent": "1"}),
        ("过期没办完的督办事项", "follow-ups", {"_is.standing": "overdue"}), ("东井煤矿上半年参会情况", "meetings", {"_has.unit": "霍岭矿业集团东井煤矿有限公司"}),
        ("预算超过十万的项目", "projects", {"_least.budget": "100000"}),
        ("下周有什么要到期要办的", "due", {"_least.day": "2026-07-06", "_most.day": "2026-07-12"}),
    ],
)  # fmt: skip
def test_what_no_argument_takes_narrows_the_answer_down(mines, sentence, question, narrowed):
    found = understand(mines, sentence, TODAY)
    first = found.asked[0]
    assert (found.doubt, first.question.name) == (None, question)
    assert {one.parameter: one.value for one in first.narrowed} == narrowed


def test_what_a_sentence_is_narrowed_down_by_is_said_in_both_languages(mines):
    said = understand(mines, "省级以上荣誉都是哪些单位的", TODAY).asked[0].said
    assert "级别：国家、省" in said and "level: 国家, 省" in said.en


def test_a_value_that_only_the_answer_has_narrows_it_down_and_is_asked_about_where_no_row_has_it():
    named = [
        {"id": f"hon:{n}", "title": f"第{n}块牌匾", "issuer": issuer}
        for n, issuer in enumerate(("总工会", "文明办", "文明办"))
    ]
    held = [("RECOGNISED_AS", "com:1", one["id"], {}) for one in named]
    honours = small_graph({"Community": [{"id": "com:1", "name": "重二社区"}], "Honour": named}, held)
    found = understand(honours, "文明办命名的荣誉有哪些", TODAY)
    assert (found.doubt, [(n.parameter, n.value) for n in found.asked[0].narrowed]) == (
        None,
        [("_is.issuer", "文明办")],
    )
    assert not understand(honours, "科技局命名的荣誉有哪些", TODAY).is_sure


@pytest.mark.parametrize("sentence", ["我们支部还没去过的红色教育点", "上季度观摩点有哪几个", "东井煤矿跟谁结了对子"])
def test_our_own_unit_past_visits_to_come_and_pairs_that_there_are_are_asked_about(mines, sentence):
    assert not understand(mines, sentence, TODAY).is_sure
