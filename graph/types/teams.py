"""Names of teams and groups, in columns where offices also write the names of single persons: those are never kept."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.types.hiding import HIDDEN
from graph.types.person_names import surnames
from graph.types.text import Name
from graph.types.value_type import Cleaned, find_problems, join_problems

_PERSON = rf"^[{surnames()}][\u4e00-\u9fff]{{1,2}}$"
_GROUP = r"[队团会社站组部班厂院校局所家]$"


def may_be_person(names: pl.Series) -> pl.Series:
    """Tell for each text whether it may be a person's name: two or three characters, a surname first, no word for a group last."""
    return (names.str.contains(_PERSON) & ~names.str.contains(_GROUP)).fill_null(value=False)


@dataclass(frozen=True)
class TeamName(Name):
    """The name of a team; a name of two or three characters that begins with a surname is a person's and refused."""

    name = "team"

    def _clean(self, raw: pl.Series) -> Cleaned:
        is_person = may_be_person(raw)
        hidden = pl.select(pl.when(is_person).then(pl.lit(HIDDEN)).otherwise(raw)).to_series()
        cleaned = super()._clean(pl.select(pl.when(~is_person).then(raw)).to_series())
        refused = find_problems(hidden, is_person, "row.personal")
        return Cleaned(cleaned.values, join_problems(refused, cleaned.problems))
