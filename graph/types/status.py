"""Where a thing stands, as an office words it: kept as written, read by `graph.state_words`, told where it says nothing known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from graph.state_words import is_known
from graph.types.choices import NO_WORDS, YES_WORDS, OneOf
from graph.types.value_type import Cleaned, find_problems

_ASKED = re.compile(r"是否(?:已经?)?(.{1,6})$")


@dataclass(frozen=True)
class Status(OneOf):
    """A status in an office's own words; the usual ones (`choices`) are offered in templates and stand for their other spellings.

    A wording that says no state is kept and told. Under a header such as 是否办结 a bare 是 is 已办结, a bare 否 is 未办结.
    """

    name = "status"
    closed = False  # unlike the other choices it keeps what was written
    asked: str = ""  # what the header asks: 办结

    def in_header(self, header: str) -> Status:
        """Return the type for the cells under a header that asks for yes or no."""
        found = _ASKED.search(header.strip())
        return replace(self, asked=found[1]) if found else self

    def _clean(self, raw: pl.Series) -> Cleaned:
        plain = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        words = self.words | self._answers()
        kept = plain.replace_strict(words, default=raw, return_dtype=pl.String)
        known = {text: is_known(text) for text in kept.drop_nulls().unique()}
        unknown = ~kept.replace_strict(known, default=True, return_dtype=pl.Boolean) & kept.is_not_null()
        return Cleaned({"": kept}, find_problems(raw, unknown, "status.unknown", "warning"))

    def _answers(self) -> dict[str, str]:
        if not self.asked:
            return {}
        return dict.fromkeys(YES_WORDS, f"已{self.asked}") | dict.fromkeys(NO_WORDS, f"未{self.asked}")
