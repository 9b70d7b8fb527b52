"""What people saw and what they said to it: shown, accepted and refused pairs as learning and the rate of acceptance count them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from graph.decisions import Decision, make_decision
from graph.errors import ArgumentError
from queries.pairing.learning.acceptance import RIPE, Rate, has_fallen, parse_rate, read_rates
from queries.pairing.learning.past_choices import past_choices
from queries.pairing.learning.seen import DATED, Seen, read_seen
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.facts import read_facts
from tests.queries.memory_graph import District


@dataclass(frozen=True)
class Kept:
    """What a workspace keeps beside the graph: a log of what was shown, and decisions."""

    pairs: tuple[tuple[str, str, str], ...] = ()
    said: tuple[tuple[str, str, str, str], ...] = field(default=())

    def read(self, pairing: str) -> pl.DataFrame:
        assert pairing == "enterprise-community"
        rows = [(left, right, datetime.fromisoformat(at)) for left, right, at in self.pairs]
        return pl.DataFrame(rows, schema={"left": pl.String, "right": pl.String, "at": pl.Datetime}, orient="row")

    def decisions(self, kind: type[Decision]) -> list[Decision]:
        said = [row for row in self.said if row[0] == kind.kind]
        return [make_decision(k, {"left": a, "right": b}, at=f"{at}T08:00:00.000+00:00") for k, a, b, at in said]


def town(kept: Kept | None = None) -> Any:
    """Three communities, three enterprises, agreements of two half-years, one pair refused and one accepted."""
    district = District()
    for n in range(3):
        district.community(f"{n}社区", 112.4 + n / 50, needs=["法律援助"])
        district.enterprise(f"{n}厂", 112.4 + n / 50, offers=["法律援助"])
    district.agreement("旧", "com:0社区", "ent:0厂", signed=date(2024, 3, 1), expires=date(2025, 2, 28))
    district.agreement("新", "com:1社区", "ent:1厂", signed=date(2025, 9, 1), expires=date(2027, 9, 1))
    district.relate("DECLINED", ("Enterprise", "ent:2厂"), ("Community", "com:1社区"))
    district.relate("ACCEPTED", ("Community", "com:2社区"), ("Enterprise", "ent:2厂"))
    return replace(district.graph(), shown=kept, history=kept)


KEPT = Kept(
    pairs=(
        ("com:1社区", "ent:0厂", "2025-08-01T09:00:00"), ("com:1社区", "ent:0厂", "2025-08-01T17:00:00"),
        ("com:1社区", "ent:1厂", "2025-08-02T09:00:00"), ("com:2社区", "ent:2厂", "2026-05-01T09:00:00"),
    ),
    said=(("reject", "ent:2厂", "com:1社区", "2025-09-20"), ("accept", "com:2社区", "ent:2厂", "2026-06-01")),
)  # fmt: skip


def test_pairs_are_read_left_and_right_with_their_days_however_they_were_stated() -> None:
    graph = town(KEPT)
    seen = read_seen(graph, ENTERPRISE_COMMUNITY, read_facts(graph))
    assert seen.shown.rows() == [
        ("com:1社区", "ent:0厂", date(2025, 8, 1)),
        ("com:1社区", "ent:1厂", date(2025, 8, 2)),
        ("com:2社区", "ent:2厂", date(2026, 5, 1)),
    ]
    assert seen.refused.rows() == [("com:1社区", "ent:2厂", date(2025, 9, 20))]
    assert [day for *_, day in seen.accepted.rows()] == [date(2024, 3, 1), date(2025, 9, 1), date(2026, 6, 1)]


def test_without_a_workspace_here_a_refusal_is_known_and_its_day_is_not() -> None:
    graph = town()
    seen = read_seen(graph, ENTERPRISE_COMMUNITY, read_facts(graph))
    assert seen.refused.rows() == [("com:1社区", "ent:2厂", None)]
    assert seen.shown.is_empty()


def marks(kept: Kept | None) -> dict[str, list[tuple[int, int, int]]]:
    """Return how many pairs of each half-year were chosen, shown and refused."""
    graph = town(kept)
    facts = read_facts(graph)
    seen = read_seen(graph, ENTERPRISE_COMMUNITY, facts)
    found = past_choices(facts, ENTERPRISE_COMMUNITY, lambda n: n, seen)
    return {str(start): [(int(c.chosen.sum()), int(c.shown.sum()), int(c.refused.sum()))] for start, c in found}


def test_a_refused_pair_stands_among_the_candidates_of_its_half_year_and_is_marked() -> None:
    assert marks(KEPT) == {"2024-03-01": [(1, 0, 0)], "2025-08-29": [(1, 3, 1)], "2026-02-27": [(1, 1, 0)]}


def test_a_pair_refused_before_stands_to_choose_no_more() -> None:
    early = replace(KEPT, said=(("reject", "com:1社区", "ent:2厂", "2024-04-01"),))
    graph = town(early)
    facts = read_facts(graph)
    seen = read_seen(graph, ENTERPRISE_COMMUNITY, facts)
    (_, first), (_, then), _ = past_choices(facts, ENTERPRISE_COMMUNITY, lambda n: n, seen)
    assert first.refused.sum() == 1
    assert first.chosen[first.refused].sum() == 0
    assert (len(then.chosen), then.refused.sum()) == (2, 0)  # of three enterprises one is out of the question


def test_what_was_refused_on_an_unknown_day_counts_in_the_newest_half_year() -> None:
    assert [row[0][2] for row in marks(None).values()] == [0, 0, 1]


def frame(*rows: tuple[str, str, date]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=DATED, orient="row")


def test_a_pair_is_accepted_when_that_was_soon_after_it_was_first_shown() -> None:
    day = date(2026, 1, 1)
    seen = Seen(
        frame(("a", "1", day), ("a", "1", day + RIPE), ("a", "2", day), ("a", "3", day), ("b", "1", day)),
        frame(("a", "1", day + RIPE), ("a", "2", day + RIPE + timedelta(1)), ("b", "1", day - timedelta(1))),
        frame(("a", "3", day)),
    )
    outcomes = {(a, b): (yes, no) for a, b, _, yes, no in seen.outcomes(RIPE).rows()}
    nothing = (False, False)
    assert outcomes == {("a", "1"): (True, False), ("a", "2"): nothing, ("a", "3"): (False, True), ("b", "1"): nothing}


def test_the_rate_counts_only_what_had_its_time_and_compares_half_years() -> None:
    last = date(2026, 6, 30)
    days = [last - timedelta(n) for n in (0, 60, 100, 200, 300, 400, 500)]
    shown = frame(*((f"c{n}", "e", day) for n, day in enumerate(days)))
    seen = Seen(shown, frame(("c0", "e", days[0]), ("c2", "e", days[2]), ("c4", "e", days[4])))
    now, before = read_rates(seen)
    assert (now, before) == (Rate(2, 1), Rate(2, 1))
    on_the_day = frame(*((f"c{n}", "e", last - timedelta(n)) for n in (0, 89, 90, 90 + 181, 90 + 182, 90 + 364)))
    assert read_rates(Seen(on_the_day)) == (Rate(2), Rate(1)), (
        "of a half-year the last day counts, the day before it not"
    )
    assert read_rates(Seen()) == (Rate(), Rate())


@pytest.mark.parametrize(
    ("before", "now", "fell"),
    [
        (Rate(100, 30), Rate(100, 10), True), (Rate(100, 12), Rate(100, 10), False), (Rate(5, 2), Rate(5, 0), False),
        (Rate(), Rate(9, 0), False), (Rate(100, 10), Rate(100, 30), False),
    ],
)  # fmt: skip
def test_a_fall_is_only_said_where_chance_does_not_explain_it(before: Rate, now: Rate, fell: bool) -> None:
    assert has_fallen(before, now) is fell


def test_a_kept_rate_is_read_back_and_nonsense_refused() -> None:
    for rate in (Rate(85, 12), Rate(9, 9), Rate(9, 0), Rate()):  # all, none of them, and nothing shown
        assert parse_rate(str(rate)) == rate
    for text in ("", "12", "a/b", "9/3", "-1/4", "1/2/3"):
        with pytest.raises(ArgumentError):
            parse_rate(text)


def test_refusals_alone_and_refusals_of_known_and_unknown_days_are_read() -> None:
    alone = District()
    home, firm = alone.community("甲社区", needs=["法律援助"]), alone.enterprise("一厂", offers=["法律援助"])
    alone.relate("DECLINED", ("Community", home), ("Enterprise", firm))
    facts = read_facts(alone.graph("alone"))
    seen = Seen(refused=frame((home, firm, date(2026, 1, 1))))
    assert past_choices(facts, ENTERPRISE_COMMUNITY, lambda n: n, seen) == []
    facts = read_facts(town())
    mixed = pl.concat([frame(("com:0社区", "ent:2厂", date(2024, 3, 2))), frame(("com:1社区", "ent:2厂", None))])
    found = past_choices(facts, ENTERPRISE_COMMUNITY, lambda n: n, Seen(refused=mixed))
    assert [int(c.refused.sum()) for _, c in found] == [1, 0, 1]
    earlier = Seen(refused=frame(("com:0社区", "ent:2厂", date(2020, 1, 1))))
    found = past_choices(facts, ENTERPRISE_COMMUNITY, lambda n: n, earlier)
    assert [int(c.refused.sum()) for _, c in found] == [1, 0, 0]  # before the first choice: among the first
