"""联席会成员名册: the member units of each joint conference, with the number by which each can be reached."""

from __future__ import annotations

from collections.abc import Mapping

from api.papers.paper import Writing, paper
from api.papers.shown_rows import cite_rows, show_rows
from api.papers.written_register import write_register
from graph.schema.conference import conference_members
from graph.texts import Said


@paper(Said("联席会成员名册", "members of the joint conferences"))
def conference_roster(writing: Writing) -> Mapping[str, object]:
    """Return the conferences, each with its member units, their role and since when."""
    rows = write_register(writing.graph, conference_members, writing.scope)
    names = list(dict.fromkeys(str(row.cells["name"]) for row in rows))
    parts = {name: [row for row in rows if row.cells["name"] == name] for name in names}
    return {
        "conferences": [
            {
                "name": name,
                "secretariat": part[0].cells.get("secretariat") or "",
                "number": f"{len({row.cells.get('unit') for row in part})} 家{cite_rows(writing, part)}",
                "rows": show_rows(writing, part, conference_members),
            }
            for name, part in parts.items()
        ]
    }
