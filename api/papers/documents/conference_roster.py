"""联席会成员名册: the units that belong to each joint conference, those that have left it, and those that never joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from api.papers.paper import Writing, paper
from graph.schema.governance import JointConference
from graph.schema.organizations import Community, Enterprise, Institution, Subdistrict
from graph.texts import Said
from queries.questions.conference.conference_members import ConferenceMember
from queries.reading.entities import open_entities

_RANKS = ("副牵头", "牵头")  # whoever leads comes first, then whoever stands in
_WITH_OFFICES = (Enterprise, Community, Subdistrict, Institution)


@paper(Said("联席会成员名册", "members of the joint conferences"))
def conference_roster(writing: Writing) -> Mapping[str, object]:
    """Return the conferences, each with its member units and who left it; then the enterprises and communities that never joined."""
    rows: Sequence[ConferenceMember] = writing.ask("conference-members").rows
    phones = _read_phones(writing)
    names = list(dict.fromkeys(row.conference for row in rows if row.conference))
    seats = dict(
        open_entities(writing.graph, JointConference, "name", "secretariat").select("name", "secretariat").iter_rows()
    )
    out = [row for row in rows if row.standing == "out"]
    return {
        "conferences": [
            {
                "name": name,
                "secretariat": seats.get(name) or "",
                **_tell(writing, [r for r in rows if r.conference == name], phones),
            }
            for name in names
        ],
        "outside": _show(writing, out, phones),
        "n_outside": _count(writing, out),
    }


def _tell(writing: Writing, rows: Sequence[ConferenceMember], phones: Mapping[str, str]) -> dict[str, Any]:
    inside = sorted((row for row in rows if row.standing == "in"), key=_order)
    left = [row for row in rows if row.standing == "left"]
    return {
        "number": _count(writing, inside),
        "rows": _show(writing, inside, phones),
        "left": _show(writing, left, phones),
    }


def _order(row: ConferenceMember) -> tuple[int, str, str]:
    rank = next((2 - n for n, word in enumerate(_RANKS, 1) if (row.role or "").startswith(word)), 2)
    return rank, str(row.since or "9999"), row.unit


def _count(writing: Writing, rows: Sequence[ConferenceMember]) -> str:
    """Return how many units there are, and how many of each kind: 28 家[1]，其中企业 10 家、社区 18 家."""
    kinds = Counter(str(row.kind) for row in rows)
    parts = "、".join(f"{kind} {number} 家" for kind, number in sorted(kinds.items()))
    return f"{len(rows)} 家{writing.cite(one for row in rows for one in row.records)}" + (
        f"，其中{parts}" if parts else ""
    )


def _show(writing: Writing, rows: Sequence[ConferenceMember], phones: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "n": number, "unit": row.unit, "kind": str(row.kind), "role": row.role or "未登记", "since": row.since or "未登记",
            "until": row.until or "", "party": row.party_organization or "未登记", "posts": row.posts or "未登记",
            "phone": phones.get(row.unit_id, ""), "source": writing.cite(row.records),
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def _read_phones(writing: Writing) -> dict[str, str]:
    """Return the telephones of units' offices, for those who may see them."""
    if not writing.scope.sees_members:
        return {}
    parts = [
        open_entities(writing.graph, kind, "phone").select("id", "phone")
        for kind in _WITH_OFFICES
        if "phone" in kind.columns()
    ]
    return {id: phone for part in parts for id, phone in part.drop_nulls().iter_rows()}
