"""Which partner: ranked, explained to the last millionth, the same whoever else comes or goes, careful with people."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from graph.errors import UnknownUnitError
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.questions.partners.pairing_plan import pairing_plan
from queries.questions.partners.partners import partners
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


def busy_district() -> District:
    """A community whose partner nobody would doubt, and others that are less fitting in one way each."""
    district = District()
    home = district.community("重二社区", 112.40, 34.66, ["法律援助", "健康义诊"], party_members=300)
    other = district.community("青一社区", 112.45, 34.70, ["环境整治"], party_members=150)
    best = district.enterprise("一机厂", 112.401, 34.661, ["法律援助", "健康义诊"], party_members=280, industry="C3571")
    district.enterprise("远方厂", 112.60, 34.80, ["法律援助", "健康义诊"], party_members=90)
    district.enterprise("邻居厂", 112.402, 34.66, ["环境整治"], party_members=80)
    partner = district.enterprise("老伙伴厂", 112.405, 34.66, ["法律援助", "健康义诊"], party_members=200)
    district.members(best, home, 24, "法律")
    district.members("ent:远方厂", other, 6, "绿化")
    district.members("ent:邻居厂", home, 3)
    district.agreement("1号", home, partner, signed=date(2025, 1, 1), expires=date(2027, 12, 31), rating="满意")
    district.agreement("2号", other, best, signed=date(2022, 1, 1), expires=date(2023, 1, 1), rating="非常满意")
    district.activity("清洁日", home, best, "ent:邻居厂")
    return district


def ask(district: District, unit: str = "重二社区", scope: Scope = ANALYST, **options: Any) -> Any:
    return partners(district.graph(), scope, unit, **options)


def test_the_obvious_partner_comes_first_with_reasons_in_words() -> None:
    answer = ask(busy_district())
    first = answer.rows[0]
    assert (first.unit, first.partner, first.rank) == ("重二社区", "一机厂", 1)
    said = {reason.signal: str(reason.text) for reason in first.reasons}
    assert said["needs_met"] == "满足需求：健康义诊、法律援助（2/2 项）"
    assert said["members_living_there"] == "该企业有 24 名党员居住在该社区"
    assert said["near"] == "相距 0.1 公里"
    assert set(said) == {kind.name for kind in ENTERPRISE_COMMUNITY.signals}
    assert answer.extra["weights"]["name"] == "default"


def test_contributions_add_up_to_the_score_and_what_speaks_for_a_pair_comes_first_the_largest_before_all() -> None:
    for row in ask(busy_district()).rows:
        assert sum(reason.contribution for reason in row.reasons) == pytest.approx(row.score, abs=1e-6)
        order = [(r.known and r.contribution > 0, r.contribution) for r in row.reasons]
        assert order == sorted(order, reverse=True)
        assert all(r.contribution == pytest.approx(r.weight * r.value, abs=1e-8) for r in row.reasons)
        assert row.confidence == pytest.approx(sum(r.weight for r in row.reasons if r.known))


def test_records_name_the_rows_of_the_files() -> None:
    needs = next(r for r in ask(busy_district()).rows[0].reasons if r.signal == "needs_met")
    assert {(record.entity, record.file, record.sheet) for record in needs.records} == {
        ("Need", "sample.xlsx", "Sheet1"), ("Offering", "sample.xlsx", "Sheet1"),
    }  # fmt: skip
    assert all(record.row > 1 for record in needs.records)


def test_an_enterprise_asks_from_its_side_with_the_same_scores() -> None:
    from_community = {row.partner: row for row in ask(busy_district()).rows}
    from_enterprise = ask(busy_district(), "一机厂").rows
    assert from_enterprise[0].partner == "重二社区"
    assert from_enterprise[0].score == from_community["一机厂"].score
    assert from_enterprise[0].reasons == from_community["一机厂"].reasons


def test_partners_with_an_agreement_in_force_are_left_out_and_said_why() -> None:
    answer = ask(busy_district(), why_not="老伙伴厂")
    assert "老伙伴厂" not in [row.partner for row in answer.rows]
    told = answer.extra["why_not"]
    assert told["text"] == "双方已有履行中的协议：1号"
    assert told["excluded"]["rule"] == "already_in_force"
    assert [record.entity for record in told["excluded"]["records"]] == ["Agreement"]


@pytest.mark.parametrize(
    ("values", "left_out"),
    [
        ({"signed": date(2025, 1, 1), "expires": date(2026, 6, 30)}, True),  # its last day
        ({"signed": date(2025, 1, 1), "expires": date(2026, 6, 29)}, False),
        ({"signed": date(2025, 1, 1), "term_open": True}, True),
        ({"signed": date(2026, 7, 1), "term_open": True}, False),  # not signed yet
        ({"signed": date(2025, 1, 1), "status": "已终止"}, False),
        ({"signed": date(2025, 1, 1), "status": "已终止", "rating": "不够满意"}, True),
        ({"signed": date(2025, 1, 1), "status": "拟签"}, False),
        ({"signed": None, "term_open": True}, True),  # a date that could not be read
    ],
)
def test_what_counts_as_in_force(values: dict[str, Any], left_out: bool) -> None:
    district = busy_district()
    district.agreement("9号", "com:重二社区", "ent:远方厂", **values)
    assert ("远方厂" not in [row.partner for row in ask(district).rows]) is left_out


def test_of_two_agreements_the_one_that_ended_in_dissatisfaction_is_named() -> None:
    district = busy_district()
    ended = {"signed": date(2025, 1, 1), "status": "已终止", "rating": "不够满意"}
    district.agreement("8号", "com:重二社区", "ent:远方厂", signed=date(2020, 1, 1), expires=date(2021, 1, 1))
    district.agreement("9号", "com:重二社区", "ent:远方厂", **ended)
    district.agreement("10号", "com:青一社区", "ent:远方厂", **ended)  # with another community
    told = ask(district, why_not="远方厂").extra["why_not"]
    assert told["text"] == "双方的协议因评价不够满意而终止：9号"
    assert len(told["excluded"]["records"]) == 1


def test_of_two_agreements_the_one_in_force_is_named() -> None:
    district = busy_district()
    district.agreement("8号", "com:重二社区", "ent:老伙伴厂", signed=date(2020, 1, 1), expires=date(2021, 1, 1))
    district.agreement("9号", "com:青一社区", "ent:老伙伴厂", signed=date(2025, 1, 1), expires=date(2027, 1, 1))
    assert ask(district, why_not="老伙伴厂").extra["why_not"]["text"] == "双方已有履行中的协议：1号"


def test_why_not_tells_rank_and_the_smallest_change_that_would_help() -> None:
    worst = ask(busy_district(), k=99).rows[-1]
    answer = ask(busy_district(), k=worst.rank - 1, why_not=worst.partner)
    told, last = answer.extra["why_not"], answer.rows[-1].score
    assert told["rank"] == worst.rank == 3
    change = told["change"]
    reason = next(r for r in told["reasons"] if r.signal == change["signal"])
    assert change["value"] == pytest.approx(reason.value)
    raised = told["score"] + reason.weight * (change["needed"] - change["value"])
    assert raised > last
    assert raised == pytest.approx(last, abs=1e-6)
    assert "排第 3" in told["text"]
    others = [r for r in told["reasons"] if r.weight > reason.weight]
    missing = last - told["score"]
    assert all(r.value + missing / r.weight > 1 for r in others)


def test_the_smallest_change_is_told_in_the_words_of_the_signal() -> None:
    district = District()
    home = district.community("甲社区", needs=["法律援助"])
    for name, members in (("多人厂", 30), ("少人厂", 5)):
        district.members(district.enterprise(name, offers=["法律援助"]), home, members)
    told = ask(district, "甲社区", k=1, why_not="少人厂").extra["why_not"]
    assert told["change"]["signal"] == "members_living_there"
    assert "若住在该社区的党员达到 31 名，可进入前1名" in told["text"]
    assert "it would be among the first 1 if 31 members lived there" in told["text_en"]


def test_what_is_missing_is_told_as_a_number_of_needs() -> None:
    district = District()
    district.community("甲社区", needs=["法律援助", "健康义诊", "环境整治"])
    district.enterprise("全能厂", 112.42, 34.6, offers=["法律援助", "健康义诊", "环境整治"])
    district.enterprise("单项厂", offers=["法律援助"])
    told = ask(district, "甲社区", k=1, why_not="单项厂").extra["why_not"]
    assert "若再满足社区 2 项需求" in told["text"]


def test_what_is_not_known_does_not_win() -> None:
    """Firms that reported their name, place and size only are named apart; they are no partners while others fit anything."""
    district = District()
    district.community("甲社区", 112.4, 34.6, ["法律援助", "健康义诊"], party_members=90)
    for name in ("静一厂", "静二厂"):
        district.enterprise(name, 112.4, 34.6, party_members=90, employees=900)
    for name, offer in (("律所", "法律援助"), ("远院", "健康义诊"), ("别厂", "环境整治")):
        district.enterprise(name, 112.5, 34.65, [offer])
    answer = ask(district, "甲社区", why_not="静一厂")
    assert [row.partner for row in answer.rows][:2] == ["律所", "远院"]
    assert {row.partner for row in answer.rows} == {"律所", "远院", "别厂"}
    assert answer.extra["silent"]["units"] == ["静一厂", "静二厂"]
    assert "未报送资源清单、需求清单的单位 2 家" in answer.extra["silent"]["text"]
    assert "shilian template offers" in answer.extra["silent"]["text"]
    assert "未报送" in answer.extra["why_not"]["text"]
    planned = pairing_plan(district.graph(), ANALYST)
    assert [row.right for row in planned.rows] == ["律所"]


def test_where_nobody_reported_anything_all_are_ranked_and_the_plan_leaves_nobody_out() -> None:
    district = District()
    for i in range(3):
        district.community(f"{i}社区", 112.4, 34.6 + i / 100, ["法律援助"])
        district.enterprise(f"{i}厂", 112.4, 34.6 + i / 100)
    assert len(ask(district, "0社区").rows) == 3
    assert ask(district, "0社区").extra["silent"] is None
    district.offer("ent:0厂", "Enterprise", "法律援助")
    planned = pairing_plan(district.graph(), ANALYST, enterprise_capacity=1)
    assert {row.left: row.right for row in planned.rows} == {f"{i}社区": f"{i}厂" for i in range(3)}


def test_a_partner_out_of_reach_is_none_and_the_reach_is_the_askers() -> None:
    district = District()
    district.community("甲社区", 112.4, 34.6, ["法律援助"])
    district.enterprise("近厂", 112.41, 34.6, ["环境整治"])
    district.enterprise("远厂", 112.4, 34.6 + 45 / 111, ["法律援助"])
    district.enterprise("异地厂", 87.6, 43.8, ["法律援助"])
    answer = ask(district, "甲社区", why_not="异地厂")
    assert [row.partner for row in answer.rows] == ["远厂", "近厂"]
    assert "超出结对范围：相距 2" in answer.extra["why_not"]["text"]
    assert [row.partner for row in ask(district, "甲社区", reach=40).rows] == ["近厂"]
    assert len(ask(district, "甲社区", reach=5000).rows) == 3
    assert {row.right for row in pairing_plan(district.graph(), ANALYST, community_capacity=3).rows} == {"近厂", "远厂"}


def test_members_that_could_not_be_counted_are_told() -> None:
    district = busy_district()
    for n in range(7):
        key = district.entity("Member", f"m:无单位:{n}", pseudonym=f"m:无单位:{n}")
        district.relate("LIVES_IN", ("Member", key), ("Community", "com:重二社区"))
    district.members("ent:一机厂", None, 6)
    assert "7 名没有可对应的工作单位" in ask(district).extra["not_counted"]
    assert "6 名党员的居住社区不详" in ask(district, "一机厂").extra["not_counted"]


def test_how_much_is_known_is_said_in_words() -> None:
    bases = {row.partner: str(row.basis) for row in ask(busy_district()).rows}
    signals = len(ENTERPRISE_COMMUNITY.signals)
    assert bases["一机厂"] == f"依据充分（{signals} 项中 {signals - 1} 项有数据）"
    assert "依据" in bases["远方厂"]


def test_a_signal_about_which_nothing_is_known_is_wished_for_as_such() -> None:
    district = District()
    home = district.community("甲社区", 112.0, 34.0)
    district.members(district.enterprise("近厂", 112.0, 34.0), home, 10)
    district.enterprise("另一厂", 112.0, 34.0, ["法律援助"])
    told = ask(district, "甲社区", k=1, why_not="另一厂").extra["why_not"]
    assert (told["change"]["signal"], told["change"]["known"]) == ("needs_met", False)
    assert f"若“满足需求”（目前资料不足）达到 {told['change']['needed']:.0%}" in told["text"]


def test_why_not_says_when_no_single_change_would_be_enough() -> None:
    district = busy_district()
    district.enterprise("空白厂", 112.8, 34.9, ["别的"])
    district.members("ent:空白厂", "com:青一社区", 1)
    told = ask(district, k=1, why_not="空白厂").extra["why_not"]
    assert told["change"] is None
    assert "不足以入选" in told["text"]


def test_why_not_of_one_that_is_among_the_first_says_so() -> None:
    assert "已在前 3 名之中" in ask(busy_district(), k=3, why_not="一机厂").extra["why_not"]["text"]


def test_a_pairing_that_somebody_declined_is_never_proposed() -> None:
    district = busy_district()
    district.relate("DECLINED", ("Community", "com:重二社区"), ("Enterprise", "ent:一机厂"))
    answer = ask(district, why_not="一机厂")
    assert "一机厂" not in [row.partner for row in answer.rows]
    assert answer.extra["why_not"]["text"] == "已决定双方不结对"


def test_partners_whose_places_are_taken_can_be_left_out() -> None:
    district = busy_district()
    district.agreement("3号", "com:青一社区", "ent:远方厂", signed=date(2025, 1, 1), term_open=True)
    answer = ask(district, partner_capacity=1, why_not="远方厂")
    assert "远方厂" not in [row.partner for row in answer.rows]
    assert answer.extra["why_not"]["excluded"]["rule"] == "over_capacity"
    assert "远方厂" in [row.partner for row in ask(district, partner_capacity=2).rows]


def test_ties_go_to_the_smaller_id() -> None:
    district = District()
    district.community("甲社区")
    for name in ("丙厂", "乙厂", "丁厂"):
        district.enterprise(name)
    rows = ask(district, "甲社区").rows
    assert len({row.score for row in rows}) == 1
    assert [row.partner_id for row in rows] == sorted(row.partner_id for row in rows)


def test_the_order_of_rows_changes_no_byte_of_the_answer() -> None:
    district = busy_district()
    answers = [
        partners(district.graph(reverse=reverse), ANALYST, "重二社区", why_not="邻居厂").to_dict()
        for reverse in (False, True)
    ]
    assert json.dumps(answers[0], ensure_ascii=False) == json.dumps(answers[1], ensure_ascii=False)


def test_an_unrelated_enterprise_changes_nobodys_score() -> None:
    before = {row.partner: (row.score, row.reasons) for row in ask(busy_district()).rows}
    district = busy_district()
    stranger = district.enterprise("外来厂", 113.9, 35.9, ["法律援助", "家政"], party_members=5000, industry="Q84")
    district.need(stranger, "Enterprise", "政策宣讲")
    far = district.community("边远社区", 113.9, 35.9)
    district.members(stranger, far, 30, "医疗")
    district.activity("别处的活动", far, stranger)
    district.agreement("8号", far, stranger, signed=date(2026, 1, 1), rating="一般", term_open=True)
    after = {row.partner: (row.score, row.reasons) for row in ask(district, k=10).rows}
    assert {name: score for name, (score, _) in before.items()} == {name: after[name][0] for name in before}


def test_no_partner_at_all_is_an_empty_answer() -> None:
    district = District()
    district.community("甲社区")
    assert ask(district, "甲社区").rows == []


def test_no_exact_number_of_members_reaches_a_viewer() -> None:
    text = json.dumps(ask(busy_district(), scope=VIEWER, why_not="邻居厂").to_dict(), ensure_ascii=False)
    assert "该企业有 20 名以上党员居住在该社区" in text
    assert "住在该社区的党员少于5人" in text
    assert "24 名" not in text
    assert str(round(24 / 34, 9)) not in text
    assert "24 名党员" in json.dumps(ask(busy_district()).to_dict(), ensure_ascii=False)


def test_the_answer_of_one_role_is_never_served_to_another() -> None:
    graph = busy_district().graph()
    exact = partners(graph, ANALYST, "重二社区").rows[0]
    banded = partners(graph, VIEWER, "重二社区").rows[0]
    assert exact.score != banded.score
    assert partners(graph, ANALYST, "重二社区").rows[0] == exact


def test_a_longer_list_says_that_it_was_cut() -> None:
    assert ask(busy_district(), k=1).truncated
    assert not ask(busy_district(), k=9).truncated


def test_an_unknown_unit_is_refused_with_what_comes_close() -> None:
    with pytest.raises(UnknownUnitError) as refused:
        ask(busy_district(), "重三社区")
    assert "重二社区" in refused.value.message("zh")


def test_the_obvious_partners_of_the_sample_come_first(sample: Any) -> None:
    check_obvious_partners(sample)


def test_the_obvious_partners_of_the_office_come_first(office: Any) -> None:
    check_obvious_partners(office)


def check_obvious_partners(loaded: Any) -> None:
    from graph.connect import connect

    ranks = []
    with connect(loaded.settings) as graph:
        for pair in loaded.truth["obvious_partners"]:
            rows = partners(graph, ANALYST, pair["community"], k=3).rows
            names = [row.partner for row in rows]
            ranks.append(names.index(pair["enterprise"]) + 1 if pair["enterprise"] in names else None)
            row = rows[names.index(pair["enterprise"])]
            assert {"needs_met", "near", "members_living_there"} <= {
                r.signal for r in row.reasons[:4] if r.known and r.value > 0
            }
            assert all(r.records for r in row.reasons if r.known and r.signal in {"needs_met", "near"})
    assert None not in ranks
    assert sum(rank == 1 for rank in ranks) >= len(ranks) - 1
