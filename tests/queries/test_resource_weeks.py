"""Resources week by week and the calendar of one: used, idle, closed, booked; what is not known is said so."""

from datetime import date

import pytest

from graph.errors import ArgumentError
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, small_graph

SCOPE = Scope("tester", "analyst")
AHEAD = date(2026, 7, 15)  # a Wednesday after the day of which the graph speaks


@pytest.fixture(scope="module")
def graph():
    booked = {"id": "use:ahead", "day": AHEAD, "time_from": "14:00", "time_to": "16:00", "purpose": "宣讲"}
    uses = [*ENTITIES["ResourceUse"], booked]
    return small_graph(
        ENTITIES | {"ResourceUse": uses},
        [*RELATIONS, ("USES", "use:ahead", "ven:busy"), ("USED_BY", "use:ahead", "com:zz")],
    )


def test_every_week_is_used_idle_closed_booked_or_not_known(graph):
    answer = ask(graph, SCOPE, "resource-weeks")
    rows = {row.resource_id: row for row in answer.rows}
    states = {id: set(row.states) - {""} for id, row in rows.items()}
    assert states["ven:idle"] == {"idle"} and states["ven:shut"] == {"closed"} and states["ven:blind"] == {"unknown"}
    assert states["ven:rare"] == {"used", "idle"}
    busy, week = rows["ven:busy"], answer.extra["weeks"].index("2026-07-13")
    assert (busy.states[week], busy.uses[week]) == ("booked", 1)
    assert all(len(row.states) == len(row.uses) == len(answer.extra["weeks"]) for row in answer.rows)
    assert answer.rows[0].resource_id == "ven:idle"  # the idlest first
    assert rows["ven:idle"].weeks_used == 0 and rows["ven:blind"].weeks_idle == 0


def test_a_booking_ahead_leaves_the_past_and_the_last_use_as_they_were(graph):
    def told(booked):
        more = (
            [{"id": "use:first", "day": AHEAD, "time_from": "14:00", "time_to": "16:00", "purpose": ""}]
            if booked
            else []
        )
        ties = [("USES", "use:first", "ven:blind"), ("USED_BY", "use:first", "com:zz")] if booked else []
        alone = small_graph(ENTITIES | {"ResourceUse": [*ENTITIES["ResourceUse"], *more]}, [*RELATIONS, *ties])
        weeks = {row.resource_id: row for row in ask(alone, SCOPE, "resource-weeks").rows}
        last = next(row.note for row in ask(alone, SCOPE, "overview").rows if row.name == "最近使用登记")
        past = [state for state in weeks["ven:blind"].states if state not in {"", "booked"}]
        return past, last, ask(alone, SCOPE, "unused-resources").rows[0].resource_id

    assert told(True) == told(False)


def test_the_calendar_tells_who_has_a_resource_when_and_what_for(graph):
    answer = ask(graph, SCOPE, "resource-calendar", resource="ven:busy", period="2026-07")
    assert [(r.day, r.time, r.unit_id, r.purpose) for r in answer.rows] == [(AHEAD, "14:00-16:00", "com:zz", "宣讲")]
    assert answer.rows[0].records[0].file == "登记表.xlsx"
    assert ask(graph, SCOPE, "resource-calendar", resource="ven:idle", period="2026-07").rows == []
    with pytest.raises(ArgumentError):
        ask(graph, SCOPE, "resource-calendar", resource="com:zz")
