"""What a question returns: rows, where they come from, and the ways to look at them.

Answer            rows of one dataclass, the question and its arguments, the snapshot they were read from
├── to_dict       the JSON document of the command line and of HTTP
├── to_polars · to_pandas · to_csv · to_xlsx
├── to_networkx · picture
└── a table in a notebook and in a terminal (queries/answers/show.py)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from graph.errors import MissingPackageError, NothingToDrawError

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType

    from graph.shown import Shown

Row = TypeVar("Row")
Lang = Literal["zh", "en"]
DERIVED_TIES = {
    "USED": "借用",
    "SUGGESTED_TO": "建议使用",
    "MEMBERS_LIVE_IN": "党员居住",
}  # made by questions, no kind of the schema
Place = Literal["table", "detail", "hidden"]


class Sentence(str):
    """A sentence in Chinese that carries its English beside it; shows and JSON pick one."""

    en: str

    def __new__(cls, zh: str, en: str) -> Sentence:
        """Return the Chinese text with `en` as an attribute."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, str]]:
        return Sentence, (str(self), self.en)


@dataclass(frozen=True)
class Record:
    """A row of a file that an answer rests on."""

    entity: str
    file: str
    sheet: str
    row: int | None


def column(
    zh: str, en: str, show: Place = "table", words: Mapping[str, tuple[str, str]] | None = None, digits: int = 2
) -> Any:
    """Return a dataclass field with its headings.

    `show`: in every table, as a detail (on a page; in a terminal only reasons), or hidden. `words`: Chinese and English for a
    value that is a code (unused → 没人用, unused). `digits`: how many decimals a table shows.
    """
    return field(metadata={"zh": zh, "en": en, "show": show, "words": words or {}, "digits": digits})


@dataclass(frozen=True, repr=False)
class Answer(Generic[Row]):
    """Rows and where they come from; `extra` are further keys of the JSON document, beside `rows`.

    `entities` ({id, label, name}) and `relations` ({source, target, type}) are what a picture of the answer shows; `shown` are the
    recommendations among the rows, for the log of what was shown.
    """

    rows: Sequence[Row]
    question: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    snapshot: str = ""
    digest: str = ""
    truncated: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    entities: Sequence[Mapping[str, Any]] = ()
    relations: Sequence[Mapping[str, Any]] = ()
    row_type: Any = None
    shown: Shown | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """Return the answer as the JSON document that `ask` prints."""
        names = ("question", "arguments", "snapshot", "digest", "truncated", "rows")
        document: dict[str, Any] = {name: plain(getattr(self, name), lang) for name in names}
        return document | {name: plain(value, lang) for name, value in self.extra.items()}

    def fields(self) -> tuple[dataclasses.Field[Any], ...]:
        """Return the fields of a row, also of an answer without rows."""
        kind = self.row_type if self.row_type is not None else (type(self.rows[0]) if self.rows else None)
        return dataclasses.fields(kind) if kind is not None and dataclasses.is_dataclass(kind) else ()

    def to_polars(self, lang: Lang = "zh") -> pl.DataFrame:
        """Return the rows as a polars frame; nested values stay nested."""
        import polars as pl  # a second of import that asking without frames does not need

        columns: dict[str, list[Any]] = {}
        for name in (f.name for f in self.fields()):
            values = [plain(getattr(row, name), lang, dates=True) for row in self.rows]
            # A column of a frame has one type: where values differ in theirs, their texts are shown.
            columns[name] = (
                values
                if len({type(v) for v in values if v is not None}) <= 1
                else [None if v is None else str(v) for v in values]
            )
        return pl.DataFrame(columns, strict=False)

    def to_pandas(self, lang: Lang = "zh") -> Any:
        """Return the rows as a pandas frame (needs pandas, which is not installed by default)."""
        try:
            import pandas as pd
        except ImportError as missing:
            raise MissingPackageError(package="pandas") from missing
        names = [f.name for f in self.fields()]
        return pd.DataFrame(
            [{name: plain(getattr(row, name), lang, dates=True) for name in names} for row in self.rows], columns=names
        )

    def to_networkx(self) -> Any:
        """Return the units, resources and relations that the answer speaks of as a networkx graph."""
        if not self.entities:
            raise NothingToDrawError(question=self.question)
        from graph.network import to_networkx

        return to_networkx(self.entities, self.relations)

    def picture(self, title: str | None = None) -> Any:
        """Return the answer as a picture: shows itself in a notebook, `.save(path)` writes a page."""
        network = self.to_networkx()
        from graph.picture import draw
        from queries.answers.show import picture_title

        for _, _, facts in network.edges(data=True):
            facts["type"] = DERIVED_TIES.get(facts.get("type"), facts.get("type"))
        return draw(network, title=title or picture_title(self))

    def to_csv(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write the rows as CSV (UTF-8 with a mark, so that spreadsheets read it); texts like formulas are made harmless."""
        from queries.answers.saving import write_csv

        return write_csv(self, Path(path), lang)

    def to_xlsx(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write the rows as a workbook; texts like formulas are made harmless."""
        from queries.answers.saving import write_xlsx

        return write_xlsx(self, Path(path), lang)

    def to_text(self, width: int = 100, lang: Lang = "zh") -> str:
        """Return the answer as a text table for a terminal of `width` columns."""
        from queries.answers.show import text_table

        return text_table(self, width, lang)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from queries.answers.show import html_table

        return html_table(self)

    def __rich__(self) -> RenderableType:
        from queries.answers.show import rich_table

        return rich_table(self)


def plain(value: Any, lang: Lang = "zh", dates: bool = False) -> Any:
    """Return a value as JSON has it; dates stay dates where `dates` is set, and a Sentence becomes its text in `lang`."""
    if isinstance(value, Sentence):
        return value.en if lang == "en" else str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), lang, dates) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, lang, dates) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, lang, dates) for item in value]
    if isinstance(value, (date, datetime, time)) and not dates:
        return value.isoformat()
    return value
