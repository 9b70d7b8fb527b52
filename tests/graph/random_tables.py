"""Random tables of the small schema, for properties that hold for all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from graph.tables import Tables
from tests.graph.small import DAY_1, clubs, joined, knows, people

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
ROW = st.fixed_dictionaries(
    {
        "name": TEXTS, "count": st.none() | st.integers(-(2**62), 2**62), "score": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "day": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)), "order": st.none() | st.booleans(),
        "tags": st.none() | st.lists(st.none() | st.text("ab\x1f", max_size=2), max_size=3), "row": st.none() | st.integers(1, 99),
    }
)  # fmt: skip


@st.composite
def random_tables(draw):
    ids = draw(st.lists(st.sampled_from([f"p{i}" for i in range(12)]), unique=True))
    persons = people(*({"id": i, **draw(ROW)} for i in ids))
    ends = st.sampled_from(ids) if ids else st.nothing()
    days = st.none() | st.sampled_from([DAY_1, date(2025, 2, 3)])
    links = draw(st.lists(st.tuples(ends, ends, days, TEXTS), unique_by=lambda r: r[:3], max_size=15)) if ids else []
    friends = knows(*({"source": s, "target": t, "since": d, "note": n} for s, t, d, n in links))
    groups = clubs({"id": "c1"}, {"id": "c2"})
    pairs = (
        draw(
            st.lists(
                st.tuples(ends, st.sampled_from(["c1", "c2"]), st.none() | st.integers(0, 9)),
                unique_by=lambda r: r[:2],
                max_size=9,
            )
        )
        if ids
        else []
    )
    members = joined(*({"source": s, "target": t, "fee": f} for s, t, f in pairs))
    return Tables(
        {"Person": persons, "Club": groups},
        {("KNOWS", "Person", "Person"): friends, ("JOINED", "Person", "Club"): members},
    )
