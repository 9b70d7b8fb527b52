"""What search looks through: the kinds that are found, the texts of each, and the form in which a full-text index takes them.

An index of Chinese knows pairs of characters and whole words. Names are searched by any part of them, a single character and letters of
their spelling included. So an entity's index text and an asked text are cut alike, and what the index finds is always all that may fit
and something besides: whoever asks it compares what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import polars as pl

from graph.kinds import Entity, Property, Schema
from graph.names import folded
from graph.people import find_people
from graph.spelling import is_typed, syllables
from graph.types import ListOf, OfficePhone, Text

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"[a-z0-9]+|[{_HAN}]+")
_LONG, _PIECE, _STEP = re.compile("[a-z0-9]{201,}"), 200, 100  # letters: a word of more than 255 is no word to an index
_MOST_RUNS = 10  # of an asked text; more say nothing more
# Behind every word of letters, since an index leaves out "a" and "in"; behind two letters that may follow each other in a spelling.
_WORD_END, _PAIR_END = "0", "9"


def list_searched(schema: Schema) -> list[Entity]:
    """Return the kinds that have a name or number to be found by; people are never found."""
    people = find_people(schema)
    return [kind for kind in schema.entities if kind.found_by and not kind.computed and kind.label not in people]


def list_texts(kind: Entity) -> list[Property]:
    """Return the properties in which something is told of a thing in words, without its names; telephones and codes are no words."""
    found = (p for p in kind.properties if isinstance(p.type, (Text, ListOf)) and not isinstance(p.type, OfficePhone))
    return [p for p in found if p.name not in kind.found_by]


def join_texts(kind: Entity) -> pl.Expr:
    """Return the expression for all that is told of a thing in words."""
    told = list_texts(kind)
    words = [pl.col(p.name).list.join(" ") if isinstance(p.type, ListOf) else pl.col(p.name) for p in told]
    return pl.concat_str([pl.lit("", pl.String), *words], separator=" ", ignore_nulls=True)


def make_index_texts(frame: pl.DataFrame, kind: Entity) -> pl.Series:
    """Return the text by which a full-text index finds each entity of a table: its names, what is told of it, and letters."""
    names = frame.select(pl.col(kind.found_by).cast(pl.String))
    plain = names.with_columns(frame.with_columns(_told=join_texts(kind))["_told"])
    text = plain.select(
        pl.concat_str([folded(name) for name in plain.columns], separator=" ", ignore_nulls=True)
        .str.replace_all(f"[^a-z0-9{_HAN}]+", " ")
        .str.replace_all("([a-z0-9]+)", f"${{1}}{_WORD_END}")
    ).to_series()
    if text.str.contains(_LONG.pattern).any():
        text = text.map_elements(_cut_long, return_dtype=pl.String)
    return (text + " " + _spell(names)).alias("searched")


def _cut_long(text: str) -> str:
    """Return a text with overlapping pieces in the place of words that are too long for an index."""
    return _LONG.sub(lambda run: " ".join(run[0][at : at + _PIECE] for at in range(0, len(run[0]), _STEP)), text)


def _spell(names: pl.DataFrame) -> pl.Series:
    """Return for each row the pairs of letters that stand side by side in a spelling of one of its names, by any reading."""
    distinct = pl.concat([names[column] for column in names.columns]).drop_nulls().unique()
    pairs = dict(zip(distinct, map(_pairs_of, distinct), strict=True))
    spelled = [pl.col(name).replace_strict(pairs, default=None, return_dtype=pl.String) for name in names.columns]
    return names.select(pl.concat_str(spelled, separator=" ", ignore_nulls=True)).to_series()


def _pairs_of(name: str) -> str:
    letters = name.lower().replace(" ", "")
    found = [_inside(one) for one in letters] + [_between(*two) for two in pairwise(letters)]
    return " ".join(sorted(frozenset().union(*found)))


@lru_cache(maxsize=50_000)
def _inside(character: str) -> frozenset[str]:
    return _marked(two for read in syllables(character) for two in pairwise(read))


@lru_cache(maxsize=500_000)
def _between(first: str, second: str) -> frozenset[str]:
    """Return the pairs of letters where two characters meet: of full spellings the last and the first, of initials the first ones."""
    begins = {read[0] for read in syllables(second) if read}
    ends = {letter for read in syllables(first) if read for letter in (read[0], read[-1])}
    return _marked((one, other) for one in ends for other in begins)


def _marked(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    joined = ("".join(pair) for pair in pairs)
    return frozenset(two + _PAIR_END for two in joined if two.isascii() and two.isalnum())


def make_index_query(asked: str) -> str:
    """Return the query (of Lucene) that finds every entity in whose names or texts a normalized text may stand; "" where none can."""
    whole = " ".join(_clause(run) for run in _RUN.findall(asked)[:_MOST_RUNS])
    if not whole or not is_typed(asked):
        return whole
    typed = asked.replace("'", "")
    pairs = sorted(_marked(pairwise(typed)))
    return f"({' '.join(f'+{pair}' for pair in pairs)}) ({whole})" if pairs else ""


def _clause(run: str) -> str:
    if run.isascii():
        return f"+*{run[:_STEP]}*"
    return f'+"{run}"' if len(run) > 1 else f"+({run}* *{run})"
