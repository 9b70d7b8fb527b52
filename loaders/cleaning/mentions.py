"""Names of other things (units, venues, class words) in cells: kept as text until merging, which resolves them against all loads."""

from __future__ import annotations

import polars as pl

from graph.kinds import Link
from graph.names import map_unique
from graph.types import ListOf, Text
from graph.types.value_type import blank_to_null
from loaders.cleaning import cleaning_figures as figures
from loaders.vocabulary.job_titles import cut_job

_NUMBERED_UNITS = ListOf(at_words=False)
MENTION = "@"  # begins the name of a column of names still to be resolved
# A home address is cut after the name of its community; without one, before the first number. What is left names no household.
_COMMUNITY_OF_ADDRESS = r"^([^\d\s]*?(?:社区居委会|社区|居委会|居民区))"
_PLACE_OF_ADDRESS = r"^([^\d\s]+)"


def read_mentions(link: Link, raw: pl.Series) -> pl.Series:
    """Return the names in a column of names: text, or a list where a cell may hold several.

    Of an address only the community is kept, of an employer no job.
    """
    if link.personal:
        text = blank_to_null(raw)
        place = text.str.extract(_COMMUNITY_OF_ADDRESS)
        if place.null_count() > text.null_count():
            place = place.fill_null(text.str.extract(_PLACE_OF_ADDRESS))
        return place.str.head(figures.LONGEST_PLACE)
    if link.titled:
        named = map_unique(Text().clean(raw).values[""], cut_job)
        return named.replace("", None)
    named = raw if not link.pattern else pl.select(pl.when(raw.str.contains(link.pattern)).then(raw)).to_series()
    if link.split and all(
        entity.is_unit for entity in link.other
    ):  # 民政和社会保障局: merging knows which names are one
        return _NUMBERED_UNITS.clean(named).values[""]
    return (ListOf() if link.split else Text()).clean(named).values[""]


def one_a_row(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return records with one row for each name in the column `name`, whose cells may hold several."""
    return frame.explode(name) if frame.schema[name] == pl.List(pl.String) else frame
