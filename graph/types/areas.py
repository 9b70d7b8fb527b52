"""Codes of administrative areas: the 12-digit code of a community, whose levels are checked and whose abolished codes are known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from graph.documents import Document
from graph.types.codes import Codes
from graph.types.value_type import Cleaned, find_problems, join_problems

# Below the county: 001-399 subdistricts, towns and townships, 400-599 the like; below these 001-199 residents' and 200-399
# villagers' committees, 400-599 the like.
_STREETS = _COMMITTEES = (1, 599)


@lru_cache(maxsize=1)
def _known() -> Document:
    return tomllib.loads((Path(__file__).parent / "area_codes.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class AreaCode(Codes):
    """An area code of 6, 9 or 12 digits.

    One of no known province or level, or of a county that was dissolved, is kept and reported as a warning.
    The list of dissolved counties is short (`area_codes.toml`); that a code is not told does not mean that it is in force.
    """

    name = "area code"

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = super()._clean(raw)
        code = read.values[""]
        successors = {old: f"{new}（{name}，{year} 年撤销）" for old, name, year, new in _known()["revoked"]}
        successor = code.str.slice(0, 6).replace_strict(successors, default=None, return_dtype=pl.String)
        unknown = ~code.str.slice(0, 2).is_in(_known()["provinces"])
        for start, (first, last) in ((6, _STREETS), (9, _COMMITTEES)):
            if self.digits > start:
                unknown |= ~code.str.slice(start, 3).cast(pl.Int32, strict=False).is_between(first, last)
        found = [
            find_problems(raw, successor.is_not_null(), "code.revoked", "warning", successor),
            find_problems(raw, unknown & code.is_not_null(), "code.unknown", "warning"),
        ]
        return Cleaned(read.values, join_problems(read.problems, *found))
