"""Names of other things (units, venues, class words) in cells: kept as text until merging, which resolves them against all loads."""

from __future__ import annotations

import polars as pl

from graph.kinds import Link
from graph.names import map_unique
from graph.types import ListOf, Text
from graph.types.hiding import HIDDEN
from graph.types.personal import mask_free_text
from graph.types.value_type import PROBLEM_SCHEMA, blank_to_null
from loaders.cleaning import cleaning_figures as figures
from loaders.vocabulary.job_titles import cut_job

_NUMBERED_UNITS = ListOf(at_words=False)
MENTION = "@"  # begins the name of a column of names still to be resolved
# A home address is cut after the name of its community; without one, before the first number. What is left names no household.
_COMMUNITY_OF_ADDRESS = r"^([^\d\s]*?(?:社区居委会|社区|居委会|居民区))"
_PLACE_OF_ADDRESS = r"^([^\d\s]+)"


def read_mentions(link: Link, raw: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """Return the names in a column of names, and the problems of its cells; of an address only the community, of an employer no job.

    The names are texts, or lists where a cell may hold several.
    """
    if link.personal:
        text = blank_to_null(raw)
        place = text.str.extract(_COMMUNITY_OF_ADDRESS)
        if place.null_count() > text.null_count():
            place = place.fill_null(text.str.extract(_PLACE_OF_ADDRESS))
        place = mask_free_text(place.str.head(figures.LONGEST_PLACE))
        nothing = pl.DataFrame(schema=PROBLEM_SCHEMA)
        return pl.select(pl.when(~place.str.contains(HIDDEN, literal=True)).then(place)).to_series(), nothing
    if link.titled:
        cleaned = Text().clean(raw)
        return map_unique(cleaned.values[""], cut_job).replace("", None), cleaned.problems
    named = raw if not link.pattern else pl.select(pl.when(raw.str.contains(link.pattern)).then(raw)).to_series()
    cleaned = _kind_of(link).clean(named)
    return cleaned.values[""], cleaned.problems


def _kind_of(link: Link) -> ListOf | Text:
    if not link.split:
        return Text()
    # 民政和社会保障局: merging knows which names are one.
    return _NUMBERED_UNITS if all(entity.is_unit for entity in link.other) else ListOf()


def one_a_row(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return records with one row for each name in the column `name`, whose cells may hold several."""
    return frame.explode(name) if frame.schema[name] == pl.List(pl.String) else frame
