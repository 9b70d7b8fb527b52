"""Sentences: the question that is meant, what it is about, and asking back where that is not plain."""

from datetime import date
from pathlib import Path

import pytest

from graph.texts import Said
from queries.answers.catalogue import catalogue
from queries.understanding.phrase_words import read_vocabulary
from queries.understanding.said_times import read_numbers_in, read_period_in
from queries.understanding.sentences import understand
from tests.queries.small_graph import small_graph

TODAY = date(2026, 6, 30)
# Written before the phrases were, by somebody who had only the titles of the questions.
WRITTEN = Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8")
SENTENCES = [line.split("\t") for line in WRITTEN.splitlines()]


@pytest.fixture(scope="module")
def graph():
    return small_graph(
        {
            "Community": [{"id": "com:1", "name": "重二社区"}, {"id": "com:2", "name": "平安社区"}],
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


def test_sixty_sentences_are_understood_or_asked_back_never_taken_for_another(graph):
    right, wrong = 0, []
    asked = [
        (sentence, set(names.split("|"))) for sentence, names in SENTENCES if set(names.split("|")) & set(catalogue())
    ]
    for sentence, names in asked:
        found = understand(graph, sentence, TODAY)
        if found.is_sure and found.asked[0].question.name not in names:
            wrong.append((sentence, found.asked[0].question.name))
        elif found.is_sure:
            right += 1
    assert wrong == []
    assert right >= 0.75 * len(asked)


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
        ("last three months", "2026-03-30..2026-06-30"), ("没有时间", ""),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_say_them(written, period):
    assert read_period_in(written, TODAY)[0] == period


def test_numbers_are_read_with_what_they_measure():
    assert read_numbers_in("能坐八十人的地方，三公里以内，前5个")[0] == [("人", 80), ("公里", 3), ("个", 5)]
    assert read_numbers_in("找一个地方")[0] == []
