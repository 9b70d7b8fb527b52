"""企业产品（技术）供需名录: who makes what, who wants what, and to whom the list goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.organizations import enterprises
from graph.schema.products import product_needs, products
from graph.texts import Said


@paper(
    Said("企业产品（技术）供需名录", "list of products and techniques made and wanted"),
    "供需名录",
    "企业产品技术供需名录",
)
def supply_list(writing: Writing) -> Mapping[str, object]:
    """Return what enterprises make and what they want, and the enterprises to which the list is distributed."""
    made = write_things(writing.graph, writing.scope, products)
    wanted = write_things(writing.graph, writing.scope, product_needs)
    units = write_things(writing.graph, writing.scope, enterprises)
    return {
        "made": show_rows(writing, made, products),
        "wanted": show_rows(writing, wanted, product_needs),
        "n_made": count_rows(writing, made),
        "n_wanted": count_rows(writing, wanted),
        "receivers": _receivers(writing, units, made, wanted),
        "n_receivers": count_rows(writing, units, "家"),
    }


def _receivers(
    writing: Writing, units: list[WrittenRow], made: list[WrittenRow], wanted: list[WrittenRow]
) -> list[dict[str, Any]]:
    """Return the enterprises that get the list, with how many entries of theirs it has."""
    shown = show_rows(writing, units, enterprises)
    return [
        one
        | {
            "made": sum(row.cells.get("unit") == one["name"] for row in made) or "",
            "wanted": sum(row.cells.get("unit") == one["name"] for row in wanted) or "",
        }
        for one in shown
    ]
