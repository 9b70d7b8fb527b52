from datetime import date, timedelta

import pytest

from graph.errors import ArgumentError, UnknownUnitError
from queries.asking import ask
from queries.reading.period import LAST_YEAR
from queries.reading.scope import Scope
from queries.reading.use import measure
from tests.queries.small_graph import AS_OF, ENTITIES, RELATIONS, small_district, small_graph

SCOPE = Scope("tester", "analyst")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def statuses(graph, **arguments):
    return {row.resource_id: row.status for row in ask(graph, SCOPE, "unused-resources", **arguments).rows}


def test_idle_is_told_apart_from_unknown_withdrawn_and_rarely_used(graph):
    assert statuses(graph, all=True) == {
        "ven:idle": "unused", "ven:rare": "under_used", "ven:blind": "no_record", "red:ngb": "no_record", "ven:shut": "withdrawn", "ven:busy": "used",
    }  # fmt: skip


def test_what_is_used_stays_out_and_the_idlest_comes_first(graph):
    found = statuses(graph)
    assert "ven:busy" not in found
    assert next(iter(found)) == "ven:idle"


def test_hours_are_offered_for_the_whole_period_and_used_as_logged(graph):
    row = next(r for r in ask(graph, SCOPE, "unused-resources").rows if r.resource_id == "ven:rare")
    assert row.hours_offered == round(40 * 365 / 7)
    assert (row.hours_used, row.days_since_use) == (3.0, 60)
    assert [r.row for r in row.records] == [4, 4]
    assert row.records[0].file == "登记表.xlsx"


def test_without_a_log_hours_used_are_unknown_not_zero(graph):
    rows = {r.resource_id: r for r in ask(graph, SCOPE, "unused-resources").rows}
    assert rows["ven:blind"].hours_used is None
    assert rows["ven:idle"].hours_used == 0


def held_at(resource, *days, log=True):
    """Return the small district with activities held at a resource, led by the owner of no such room, and without its log of use."""
    held = [{"id": f"act:{day}", "title": "宣讲", "day": date.fromisoformat(day), "headcount": 350} for day in days]
    tied = [("HELD_AT", one["id"], resource) for one in held] + [("LEADS", "com:zz", one["id"]) for one in held]
    kept = [r for r in RELATIONS if log or r[0] != "USES"]
    return small_graph(ENTITIES | {"Activity": [*ENTITIES["Activity"], *held]}, [*kept, *tied])


@pytest.mark.parametrize("resource", ["ven:idle", "ven:blind", "red:ngb"])
def test_an_activity_held_there_is_a_use_whether_a_log_is_kept_or_not(resource):
    with held_at(resource, "2026-03-01") as graph:
        row = next(r for r in ask(graph, SCOPE, "unused-resources", all=True).rows if r.resource_id == resource)
    assert (row.status, row.evidence, row.hours_used, row.days_since_use) == ("used", "活动 1 次", None, 121)
    assert "次数可能不全" in row.note and row.suggested_users == []


def test_an_activity_before_the_period_shows_no_use_in_it():
    with held_at("ven:idle", "2024-03-01") as graph:
        row = next(r for r in ask(graph, SCOPE, "unused-resources", all=True).rows if r.resource_id == "ven:idle")
    assert (row.status, row.evidence) == ("unused", "有使用登记，期内无记录")


def test_an_activity_on_a_day_that_the_log_has_is_one_use(graph):
    day = max(use["day"] for use in ENTITIES["ResourceUse"] if use["day"] <= AS_OF)
    before = {r["id"]: r["uses"] for r in measure(graph, LAST_YEAR.resolve(AS_OF)).iter_rows(named=True)}
    places = {r[1]: r[2] for r in RELATIONS if r[0] == "USES"}
    place = next(places[use["id"]] for use in ENTITIES["ResourceUse"] if use["day"] == day)
    for more, other in ((0, day), (1, day - timedelta(days=1))):
        with held_at(place, other.isoformat()) as held:
            uses = {r["id"]: r["uses"] for r in measure(held, LAST_YEAR.resolve(AS_OF)).iter_rows(named=True)}
        logged_then = any(u["day"] == other and places[u["id"]] == place for u in ENTITIES["ResourceUse"])
        assert uses[place] == before[place] + (0 if logged_then else more)


def test_each_class_names_its_evidence(graph):
    rows = {r.resource_id: r.evidence for r in ask(graph, SCOPE, "unused-resources", all=True).rows}
    assert rows["ven:idle"] == "有使用登记，期内无记录" and rows["ven:blind"] == "无使用登记，也未见活动"
    assert rows["ven:shut"].startswith("登记表写明“") and rows["ven:rare"] == "使用登记 1 次"


def test_a_resource_with_a_use_on_record_at_any_time_has_a_log(graph):
    assert statuses(graph, period="2025-01..2025-06", all=True)["ven:rare"] == "unused"


def test_a_log_that_stopped_for_all_of_an_owner_is_said_to_be_stale(graph):
    rows = {r.resource_id: r for r in ask(graph, SCOPE, "unused-resources", period="2025-01..2025-06").rows}
    assert "中断" in rows["ven:rare"].note
    assert "2024-09-01" in rows["ven:rare"].note
    assert ask(graph, SCOPE, "unused-resources").rows[0].note is None


def test_both_thresholds_can_be_set(graph):
    assert statuses(graph, all=True, min_uses=1)["ven:rare"] == "used"
    assert statuses(graph, all=True, min_share=0.001)["ven:rare"] == "used"
    assert statuses(graph, all=True, min_uses=30, min_share=0.02)["ven:busy"] == "under_used"
    with pytest.raises(ArgumentError):
        statuses(graph, min_share=2)


def test_six_uses_a_year_are_no_longer_few(graph):
    # Twenty-four uses, all since January: in four years six a year, in a day more a little less.
    assert statuses(graph, period="2022-07-01..2026-06-30", all=True)["ven:busy"] == "used"
    assert statuses(graph, period="2022-06-30..2026-06-30", all=True)["ven:busy"] == "under_used"


def test_a_fiftieth_of_the_offered_hours_is_no_longer_a_small_share():
    for hours, status in ((41.7, "under_used"), (41.8, "used")):  # of 40 · 365 ÷ 7 = 2085.7 hours
        uses = [u | ({"time_hours": hours} if u["id"] == "use:1" else {}) for u in ENTITIES["ResourceUse"]]
        with small_graph(ENTITIES | {"ResourceUse": uses}, RELATIONS) as graph:
            assert statuses(graph, all=True)["ven:rare"] == status


def test_an_owner_whose_resources_were_never_used_is_not_said_to_have_stopped_logging():
    rooms = [*ENTITIES["Venue"], {"id": "ven:new", "name": "新会议室", "kind": "会议室", "keeps_log": True}]
    with small_graph(ENTITIES | {"Venue": rooms}, [*RELATIONS, ("OWNS", "com:zz", "ven:new")]) as graph:
        row = next(r for r in ask(graph, SCOPE, "unused-resources").rows if r.resource_id == "ven:new")
    assert (row.status, row.note) == ("unused", None)


def test_where_the_offered_hours_are_unknown_the_number_of_uses_decides():
    venues = [v | {"open_hours_weekly": None} for v in ENTITIES["Venue"]]
    with small_graph(ENTITIES | {"Venue": venues}, RELATIONS) as graph:
        assert statuses(graph, all=True)["ven:rare"] == "under_used"


def test_area_and_kind_narrow_the_list(graph):
    assert set(statuses(graph, area="长安路街道", kind="会议室")) == {"ven:idle", "ven:shut"}
    assert set(statuses(graph, area="郑州路", all=True)) == {"ven:busy", "red:ngb"}
    with pytest.raises(UnknownUnitError):
        statuses(graph, area="解放路")


def test_an_owner_and_what_was_not_used_once_narrow_the_list(graph):
    every = ask(graph, SCOPE, "unused-resources").rows
    never = ask(graph, SCOPE, "unused-resources", never=True).rows
    # What nobody logs is not known to be used either, and its status says so.
    assert {row.status for row in every} > {"unused", "no_record"} == {row.status for row in never}
    owner = next(row.owner for row in never if row.owner)
    own = ask(graph, SCOPE, "unused-resources", unit=owner).rows
    assert {row.owner for row in own} == {owner} and len(own) == sum(row.owner == owner for row in every)


def test_what_was_called_off_is_no_use_but_shows_that_a_log_is_kept():
    uses = [one | {"called_off": True} for one in ENTITIES["ResourceUse"]]
    with small_graph(ENTITIES | {"ResourceUse": uses}, RELATIONS) as graph:
        assert statuses(graph, all=True)["ven:rare"] == "unused"


def test_a_remark_takes_a_room_back_and_its_name_says_what_room_it_is():
    told = {"remark": "后勤代管，2026年6月起收回自用", "kind": None, "name": "二车间会议室"}
    rooms = [one | (told if one["id"] == "ven:idle" else {"remark": None}) for one in ENTITIES["Venue"]]
    with small_graph(ENTITIES | {"Venue": rooms}, RELATIONS) as graph:
        rows = {row.resource_id: row for row in ask(graph, SCOPE, "unused-resources", kind="会议室", all=True).rows}
    row = rows["ven:idle"]
    assert (row.status, row.kind, row.evidence) == ("withdrawn", "会议室", "登记表写明“2026年6月起收回自用”")


def test_a_planned_closure_says_until_when_and_whether_that_is_past():
    rooms = [
        *ENTITIES["Venue"],
        {"id": "ven:a", "name": "东楼礼堂", "status": "改造中至2027年8月"},
        {"id": "ven:b", "name": "西楼礼堂", "status": "装修", "remark": "预计2026.3.15恢复"},
        {"id": "ven:c", "name": "附小操场", "remark": "寒暑假不对外开放"},
    ]
    with small_graph(ENTITIES | {"Venue": rooms}, RELATIONS) as graph:
        notes = {row.resource_id: str(row.note or "") for row in ask(graph, SCOPE, "unused-resources").rows}
    assert "期限到 2027-08-31" in notes["ven:a"]
    assert "2026-03-15 已过" in notes["ven:b"]
    assert "寒暑假不开放" in notes["ven:c"]


def test_a_kind_that_there_is_not_is_refused_with_those_there_are(graph):
    assert set(statuses(graph, kind="场地", all=True)) == {one["id"] for one in ENTITIES["Venue"]}
    assert set(statuses(graph, kind="红色基地", all=True)) == {one["id"] for one in ENTITIES["RedBase"]}
    with pytest.raises(ArgumentError) as refused:
        statuses(graph, kind="飞机")
    assert "会议室" in str(refused.value) and "idle property" in str(refused.value)


def test_suggested_users_have_no_such_room_and_say_why(graph):
    rows = {r.resource_id: r for r in ask(graph, SCOPE, "unused-resources").rows}
    users = rows["ven:idle"].suggested_users
    assert users[0].unit == "长安社区"
    assert "公里" in users[0].text
    assert "法律援助" in users[0].text
    assert {"ent:yt", "com:ce"}.isdisjoint(u.unit_id for u in users)
    assert [u.score for u in users] == sorted((u.score for u in users), reverse=True)
    assert rows["ven:shut"].suggested_users == []


def test_a_room_is_not_said_to_serve_what_it_serves_only_in_part():
    need = {"id": "need:drill", "title": "防汛抢险演练指导"}
    entities = ENTITIES | {"Need": [*ENTITIES["Need"], need]}
    with small_graph(entities, [*RELATIONS, ("SEEKS", "com:ca", "need:drill")]) as graph:
        row = next(r for r in ask(graph, SCOPE, "unused-resources").rows if r.resource_id == "ven:idle")
    first = next(u for u in row.suggested_users if u.unit_id == "com:ca")
    assert "可在此开展其所需：法律援助（1/" in first.text and "防汛" not in first.text


def test_a_base_is_suggested_to_who_was_not_there_before_who_was_and_says_when():
    entities = ENTITIES | {"RedBase": [one | {"keeps_log": True} for one in ENTITIES["RedBase"]]}
    entities |= {"Activity": [*ENTITIES["Activity"], {"id": "act:old", "title": "宣讲", "day": date(2024, 5, 1)}]}

    def users(*tied):
        with small_graph(entities, [*RELATIONS, *tied]) as graph:
            rows = {row.resource_id: row for row in ask(graph, SCOPE, "unused-resources").rows}
        return rows["red:ngb"].suggested_users

    before = users()
    assert all("其党组织未见前往记录" in user.text for user in before)
    visitor = before[0].unit_id
    after = users(("HELD_AT", "act:old", "red:ngb"), ("LEADS", visitor, "act:old"))
    assert visitor not in {user.unit_id for user in after if "未见前往记录" in user.text}
    assert after[0].unit_id != visitor
    units = [unit["id"] for label in ("Community", "Enterprise") for unit in ENTITIES[label]]
    everybody = users(("HELD_AT", "act:old", "red:ngb"), *(("TAKES_PART_IN", unit, "act:old") for unit in units))
    assert everybody and all("其党组织上次前往为2024年5月1日" in user.text for user in everybody)


def test_past_borrowing_counts_for_a_suggested_user():
    closed = [
        v
        | ({"keeps_log": True, "id": "ven:court", "name": "新球场", "kind": "篮球场"} if v["id"] == "ven:idle" else {})
        for v in ENTITIES["Venue"]
    ]
    tied = [tuple("ven:court" if part == "ven:idle" else part for part in relation) for relation in RELATIONS]
    with small_graph(ENTITIES | {"Venue": closed}, tied) as graph:
        rows = {r.resource_id: r for r in ask(graph, SCOPE, "unused-resources").rows}
    first = rows["ven:court"].suggested_users[0]
    assert first.unit == "长安社区"
    assert "24" in first.text


def test_the_answer_can_be_drawn(graph):
    answer = ask(graph, SCOPE, "unused-resources")
    assert {"OWNS", "SUGGESTED_TO"} == {r["type"] for r in answer.relations}
    assert {r["source"] for r in answer.relations} | {r["target"] for r in answer.relations} <= {
        e["id"] for e in answer.entities
    }


def offered(*claims, kind, **arguments):
    """Ask for what of a kind lies idle where a firm offers tents and money, has a course and two plants, and claimed needs."""
    entities = {
        "Enterprise": [{"id": "ent:a", "name": "甲厂"}], "Community": [{"id": "com:b", "name": "乙社区"}],
        "Offering": [{"id": "off:t", "title": "捐赠帐篷"}, {"id": "off:m", "title": "共建活动经费", "category": "资金"}],
        "Need": [{"id": "need:t", "title": "义诊活动缺帐篷"}],
        "Course": [{"id": "crs:1", "name": "老厂长讲创业史"}, {"id": "crs:2", "name": "安全用电课"}],
        "Activity": [{"id": "act:1", "title": "党日活动：老厂长讲创业史", "day": date(2026, 3, 1)}],
        "IdleProperty": [{"id": "prop:1", "name": "东厂房", "status": "未使用"}, {"id": "prop:2", "name": "西厂房", "status": "已使用"}],
    }  # fmt: skip
    ties = [("OFFERS", "ent:a", one) for one in ("off:t", "off:m", "crs:1", "crs:2")]
    ties += [("OWNS", "ent:a", "prop:1"), ("OWNS", "ent:a", "prop:2"), ("SEEKS", "com:b", "need:t")]
    ties += [("CLAIMED", "ent:a", "need:t", {"at": day, "status": "已认领"}) for day in claims]
    with small_graph(entities, ties) as graph:
        return {r.resource: r for r in ask(graph, SCOPE, "unused-resources", kind=kind, all=True, **arguments).rows}


def test_goods_and_funds_are_used_by_claims_of_needs_that_they_serve():
    assert offered(kind="物资")["捐赠帐篷"].status == "no_record"
    used = offered(date(2026, 5, 1), kind="物资")["捐赠帐篷"]
    assert (used.status, str(used.evidence)) == ("used", "用于认领需求 1 次，最近一次为2026年5月1日")
    assert offered(date(2020, 5, 1), kind="goods")["捐赠帐篷"].status == "unused"
    assert offered(date(2026, 5, 1), kind="资金")["共建活动经费"].status == "unused"


def test_courses_are_used_where_an_activity_names_them_and_property_where_it_is_let():
    assert {name: row.status for name, row in offered(kind="师资").items()} == {
        "老厂长讲创业史": "used",
        "安全用电课": "no_record",
    }
    assert {name: row.status for name, row in offered(kind="闲置房产").items()} == {
        "东厂房": "unused",
        "西厂房": "used",
    }
