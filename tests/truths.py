"""What a district's truth says beside what the product answers: shared by the everyday tests and the slow ones over several seeds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from queries import District

Truth = dict[str, Any]


def count_obvious_partners(district: District, truth: Truth) -> tuple[int, int]:
    """Return how many of the planted obvious partners come first, and how many there are."""
    firsts = [
        district.partners(p["community"], k=1).rows[0].partner == p["enterprise"] for p in truth["obvious_partners"]
    ]
    return sum(firsts), len(firsts)


def find_silent_partners(district: District, truth: Truth) -> list[tuple[str, str]]:
    """Return the communities that are offered a silent firm among the first three though three others fit, with the firm."""
    found = []
    for community in {n["community"] for n in truth["needs"]}:
        partners = {r.partner for r in district.partners(community, k=3).rows}
        if len(_fitting(truth, community)) >= 3:
            found += [(community, partner) for partner in sorted(partners & set(truth["silent"]))]
    return sorted(found)


def find_institutions_recommended(district: District, truth: Truth) -> list[str]:
    """Return the institutions that are recommended to any community as if they were enterprises."""
    communities = {n["community"] for n in truth["needs"]}
    partners = {r.partner for c in communities for r in district.partners(c, k=5).rows}
    return sorted(partners & set(truth["institutions"]))


def _fitting(truth: Truth, community: str) -> set[str]:
    """Return the enterprises that offer anything a community needs and have no agreement with it."""
    needed = {n["service"] for n in truth["needs"] if n["community"] == community and n["open"]}
    offering = {o["enterprise"] for o in truth["offers"] if o["service"] in needed}
    return {firm for firm in offering if f"{firm}|{community}" not in truth["pair_history"]}


def find_misplaced_resources(district: District, truth: Truth) -> dict[str, tuple[str, str | None]]:
    """Return the venues that are not in their true class of use, with the true class and the one answered."""
    rows = district.unused_resources(all=True).rows
    found = {r.resource: r.status.replace("under_used", "under-used").replace("_", " ") for r in rows}
    return {name: (kind, found.get(name)) for name, kind in truth["venues"].items() if found.get(name) != kind}


def count_members_by_pair(district: District) -> dict[str, int]:
    """Return how many members of each enterprise live in each community."""
    found = district.graph.read(
        "MATCH (e:Enterprise)<-[:WORKS_AT]-(m:Member)-[:LIVES_IN]->(c:Community) RETURN e.name AS e, c.name AS c, count(m) AS n"
    )
    return {f"{e}|{c}": n for e, c, n in found.select("e", "c", "n").iter_rows()}


def find_wrong_histories(district: District, truth: Truth) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Return the pairs whose agreements and activities are told otherwise than they were, with both."""
    wrong = {}
    for pair, history in truth["pair_history"].items():
        groups = district.unit_links(*pair.split("|")).rows[0].links
        told = Counter({g.kind: g.count for g in groups if g.kind in {"agreement", "activity"}})
        if told != +Counter(history):
            wrong[pair] = (+Counter(history), told)
    return wrong


def find_closed_needs_offered(district: District, truth: Truth) -> list[str]:
    """Return the needs that are answered already and still are matched with offers."""
    open_titles = {(n["title"], n["community"]) for n in truth["needs"] if n["open"]}
    closed = [(n["title"], n["community"]) for n in truth["needs"] if not n["open"]]
    matched = {row.left for row in district.matches("need-offering", limit=1000).rows}
    return [t for t, c in closed if (t, c) not in open_titles and any(t in m and c in m for m in matched)]
