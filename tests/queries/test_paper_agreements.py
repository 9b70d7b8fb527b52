from datetime import date

import pytest

from graph.texts import in_language
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, small_district, small_graph

SCOPE = Scope("tester", "viewer")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def rows(graph, **arguments):
    return {row.agreement_id: row for row in ask(graph, SCOPE, "paper-agreements", **arguments).rows}


def test_only_agreements_without_an_activity_of_both_since_signing_are_listed(graph):
    assert set(rows(graph)) == {"agr:2", "agr:3", "agr:4"}


def test_those_in_force_come_first(graph):
    assert list(rows(graph))[-1] == "agr:4"
    assert [r.in_force for r in rows(graph).values()] == [True, True, False]


def test_an_agreement_without_a_day_of_signing_counts_activities_of_any_time():
    tied = [*RELATIONS, ("TAKES_PART_IN", "com:zz", "act:2")]
    with small_graph(ENTITIES, tied) as graph:
        assert "agr:3" not in rows(graph)


def test_visits_to_each_others_venues_are_no_activity_but_are_told(graph):
    row = rows(graph)["agr:2"]
    assert str(row.last_contact) == "2026-06-13"
    assert "24次" in row.text
    assert row.parties == "长安社区 — 洛阳轴承集团有限公司"


def test_in_a_period_only_its_own_activities_count(graph):
    assert "agr:1" in rows(graph, period="2026")
    assert "agr:1" not in rows(graph, period="2025")
    assert "agr:4" not in rows(graph, period="2025")


def test_each_row_names_its_cell(graph):
    assert rows(graph)["agr:3"].records[0].row == 5


def test_a_period_holds_an_agreement_from_the_day_it_was_signed_to_its_last(graph):
    assert "agr:2" in rows(graph, period="2025-01-01..2025-01-10")
    assert "agr:2" not in rows(graph, period="2025-01-01..2025-01-09")
    assert "agr:4" in rows(graph, period="2021-12-31..2022-03-31")
    assert "agr:4" not in rows(graph, period="2022-01-01..2022-03-31")


def test_an_agreement_without_a_number_is_called_by_its_parties_and_the_month_never_by_an_id():
    ended = {"id": "agr:com:x|ent:y::1", "signed": date(2024, 5, 20), "expires": date(2026, 7, 30)}
    endless = {"id": "agr:com:x|ent:y::2", "signed": date(2025, 2, 1)}
    entities = ENTITIES | {"Agreement": [ended, endless]}
    ties = [
        ("SIGNED", unit, one["id"], {"side": side})
        for one in (ended, endless)
        for unit, side in (("com:zz", "甲"), ("ent:lz", "乙"))
    ]
    with small_graph(entities, [r for r in RELATIONS if r[0] not in {"SIGNED", "PARTNERED_WITH"}] + ties) as graph:
        drawn = {entity["name"] for entity in ask(graph, SCOPE, "paper-agreements").entities}
        answer = ask(graph, SCOPE, "expiring-agreements")
    assert "郑州路社区—洛阳轴承集团有限公司 2024 年 5 月协议" in drawn
    assert in_language(answer.extra["no_end"], "en") == (
        "1 more agreements in force have no end on record: agreement 郑州路社区—洛阳轴承集团有限公司, 2025-02"
    )
    assert answer.extra["no_end"] == (
        "另有 1 份履行中的协议未登记期限，何时到期不明：郑州路社区—洛阳轴承集团有限公司 2025 年 2 月协议"
    )
