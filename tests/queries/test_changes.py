from datetime import date

import pytest

from graph.connect import connect
from graph.errors import ArgumentError
from graph.publish import publish
from graph.schema import SCHEMA
from graph.workspace import Workspace
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, make_tables

VIEWER, ANALYST = Scope("t", "viewer"), Scope("t", "analyst")


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """Two snapshots: a venue came, a capacity changed, most uses are gone, and there is a member more."""
    path = tmp_path_factory.mktemp("changes") / "w"
    workspace = Workspace.open(path, create=True)
    gone = {row["id"] for row in ENTITIES["ResourceUse"][2:]}
    later = ENTITIES | {
        "Venue": [
            {"id": "ven:new", "name": "新礼堂"},
            {**ENTITIES["Venue"][0], "capacity": 60},
            *ENTITIES["Venue"][1:],
        ],
        "ResourceUse": ENTITIES["ResourceUse"][:2],
        "Member": [*ENTITIES["Member"], {"id": "m30", "pseudonym": "m30"}],
        "Enterprise": [
            {**ENTITIES["Enterprise"][0], "phone": "0379-64000001", "party_members": 4},
            ENTITIES["Enterprise"][1],
        ],
    }
    earlier = ENTITIES | {
        "Enterprise": [
            {**ENTITIES["Enterprise"][0], "phone": "0379-64000001", "party_members": 3},
            ENTITIES["Enterprise"][1],
        ]
    }
    for entities, relations in ((earlier, RELATIONS), (later, [row for row in RELATIONS if row[1] not in gone])):
        publish(workspace, make_tables(entities, relations), SCHEMA, {"as_of": date(2026, 6, 30)})
    with connect(workspace=path) as graph:
        yield graph


def test_what_came_and_what_reads_otherwise_is_told_with_both_values_and_cells(district):
    answer = ask(district, VIEWER, "changes", kind="场地")
    assert [(row.what, row.name, [field.text for field in row.fields]) for row in answer.rows] == [
        ("added", "新礼堂", []), ("changed", "一拖会议室", ["可容纳人数：空 → 60"]),
    ]  # fmt: skip
    assert [record.entity for record in answer.rows[1].records] == ["Venue", "Venue"]
    assert [row.name for row in ask(district, VIEWER, "changes", kind="场地", area="长安路街道").rows] == ["一拖会议室"]


def test_a_day_names_the_last_snapshot_up_to_it(district):
    assert ask(district, VIEWER, "changes", since="2026-07-31").extra["since"] == "1"
    with pytest.raises(ArgumentError):
        ask(district, VIEWER, "changes", since="2026-06-29")


def test_a_list_that_was_cut_short_is_told_as_a_suspicious_drop(district):
    drops = ask(district, VIEWER, "changes").extra["drops"]
    assert drops == ["使用记录减少 24 项（原有 26 项），请核对是否漏报"]


def test_people_are_counted_for_those_who_see_them_and_told_to_nobody_else(district):
    found = {
        scope.role: [r for r in ask(district, scope, "changes").rows if r.label == "Member"]
        for scope in (VIEWER, ANALYST)
    }
    assert found["viewer"] == []
    assert [(row.id, row.name, row.what, row.number) for row in found["analyst"]] == [("", "", "added", 1)]


def test_a_snapshot_that_is_not_kept_is_refused_with_those_that_are(district):
    with pytest.raises(ArgumentError, match="kept: 1"):
        ask(district, VIEWER, "changes", since="9")


def test_personal_data_is_told_by_number_purpose_and_end_and_what_was_dropped(district):
    answer = ask(district, VIEWER, "personal-data")
    members = next(row for row in answer.rows if row.kind == "党员")
    assert (members.kept, members.number) == ("pseudonym", 30)
    assert "化名" in members.held
    assert "居住于" in members.held
    assert all(row.why and row.until and "未说明" not in row.why for row in answer.rows)
    assert "m30" not in str(answer.to_dict())


def test_what_an_asker_may_not_see_is_no_change_to_him(district):
    told = {
        scope.role: [field.text for row in ask(district, scope, "changes", kind="企业").rows for field in row.fields]
        for scope in (VIEWER, ANALYST)
    }
    assert told == {"viewer": [], "analyst": ["党员数：3 → 4"]}
