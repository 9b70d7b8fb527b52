"""Which pairs people were shown, and which they accepted or refused, with the days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from graph.decisions import Accept, Reject
from queries.matching.signal import PairSpec
from queries.reading.facts import PAIRS, Facts

if TYPE_CHECKING:
    from graph.graph import Graph

ENDS = {"left": pl.String, "right": pl.String}
DATED = ENDS | {"day": pl.Date}


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=DATED)


@dataclass(frozen=True)
class Seen:
    """Frames of left, right (ids) and day: every showing, every acceptance (decided or signed), every refusal not withdrawn.

    The day of a refusal is null where the workspace does not keep its record.
    """

    shown: pl.DataFrame = field(default_factory=_nothing)
    accepted: pl.DataFrame = field(default_factory=_nothing)
    refused: pl.DataFrame = field(default_factory=_nothing)

    def shown_between(self, first: date, until: date | None) -> pl.DataFrame:
        """Return the pairs that were shown from `first` on, and before `until` where that is given."""
        late = pl.lit(True) if until is None else pl.col("day") < until
        return self.shown.filter((pl.col("day") >= first) & late)

    def outcomes(self, within: timedelta) -> pl.DataFrame:
        """Return each shown pair with the first day it was shown, and whether it was accepted or refused within a given time."""
        first = self.shown.group_by("left", "right").agg(pl.col("day").min()).sort("day", "left", "right")
        for said in ("accepted", "refused"):
            answers = first.join(getattr(self, said).rename({"day": "said"}), on=["left", "right"])
            timely = answers.filter(pl.col("said").is_between("day", pl.col("day") + within))
            told = timely.select("left", "right", pl.lit(True).alias(said)).unique()
            first = first.join(told, on=["left", "right"], how="left", maintain_order="left")
        return first.with_columns(pl.col("accepted", "refused").fill_null(False))


def read_seen(graph: Graph, spec: PairSpec, facts: Facts) -> Seen:
    """Return what people saw of a pairing and what they said to it, as far as the workspace here keeps it."""
    shown = graph.shown.read(spec.name) if graph.shown is not None else pl.DataFrame(schema=ENDS | {"at": pl.Datetime})
    signed = agreed_pairs(facts, spec).rename({"signed": "day"})
    accepted, refused = (
        orient(pairs, facts, spec).unique().join(_days(graph, kind, facts, spec), on=["left", "right"], how="left")
        for pairs, kind in ((facts.accepted, Accept), (facts.declined, Reject))
    )
    return Seen(
        shown.select("left", "right", day=pl.col("at").dt.date()).unique().sort("day", "left", "right"),
        pl.concat([signed, accepted.drop_nulls("day")]).unique().sort("day", "left", "right"),
        refused.sort("day", "left", "right", nulls_last=True),
    )


def agreed_pairs(facts: Facts, spec: PairSpec) -> pl.DataFrame:
    """Return left, right, signed of every dated agreement between the two sides."""
    ends = [
        facts.signers.filter(pl.col("label") == label).select("agreement", **{side: "unit"})
        for side, label in (("left", spec.left), ("right", spec.right))
    ]
    dated = facts.agreements.filter(pl.col("signed") <= facts.as_of).select("signed", agreement="id")
    pairs = ends[0].join(ends[1], on="agreement").join(dated, on="agreement").filter(pl.col("left") != pl.col("right"))
    return pairs.select("left", "right", "signed")


def orient(pairs: pl.DataFrame, facts: Facts, spec: PairSpec) -> pl.DataFrame:
    """Return pairs (source, target, …) as left and right units of a pairing; pairs of other kinds of units are left out."""
    both = [
        pairs.rename({one: "left", other: "right"}).select("left", "right", *pairs.columns[2:])
        for one, other in (("source", "target"), ("target", "source"))
    ]
    return pl.concat(both).filter(
        *(pl.col(side).is_in(_ids(facts, label)) for side, label in (("left", spec.left), ("right", spec.right)))
    )


def _ids(facts: Facts, label: str) -> list[str]:
    return facts.units.filter(pl.col("label") == label)["id"].to_list()


def _days(graph: Graph, kind: type[Accept] | type[Reject], facts: Facts, spec: PairSpec) -> pl.DataFrame:
    """Return left, right and the day of the last standing decision of a kind about each pair."""
    decisions = graph.history.decisions(kind) if graph.history is not None else ()
    stated = pl.DataFrame(
        [(d.left, d.right, d.taken_on) for d in decisions], schema=PAIRS | {"day": pl.Date}, orient="row"
    )
    return orient(stated, facts, spec).group_by("left", "right").agg(pl.col("day").max())
