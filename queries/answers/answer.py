"""What a question returns: rows, where they come from, and the ways to look at them.

Contents          rows of one dataclass, the question and its arguments, the snapshot they were read from
├── to_dict       the JSON document of the command line and of HTTP
└── Answer
    ├── to_polars · to_pandas · to_csv · to_xlsx
    ├── to_networkx · to_pyvis · picture
    └── a table in a notebook and in a terminal (queries/answers/show.py)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.errors import MissingPackageError, NothingToDrawError
from graph.texts import Lang
from queries.answers.contents import Contents, Row
from queries.answers.rows import DERIVED_TIES, plain
from queries.answers.saving import write_csv, write_xlsx
from queries.answers.show import html_table, picture_title, rich_table, text_table

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, repr=False)
class Answer(Contents[Row]):
    """The contents of an answer with the ways to look at them: as frames, files, a network, a picture, a table."""

    def to_polars(self, lang: Lang = "zh") -> pl.DataFrame:
        """Return the rows as a polars frame; nested values stay nested."""
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
            import pandas as pd  # optional: only this way of looking needs it
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
        from graph.network import to_networkx  # start-up: networkx takes 0.2 s, which only pictures need

        return to_networkx(self.entities, self.relations)

    def to_pyvis(self, height: str = "600px") -> Any:
        """Return the answer as pyvis's own `Network`, to restyle; `.show("page.html")` or a notebook shows it."""
        network = self._named_network()
        from graph.picture import to_pyvis  # start-up: pyvis, which only pictures need

        return to_pyvis(network, height=height)

    def picture(self, title: str | None = None) -> Any:
        """Return the answer as a picture: shows itself in a notebook, `.save(path)` writes a page."""
        network = self._named_network()
        from graph.picture import draw  # start-up: pyvis, which only pictures need

        return draw(network, title=title or picture_title(self))

    def _named_network(self) -> Any:
        """Return the network with ties that the schema does not have under the names that pictures give them."""
        network = self.to_networkx()
        for _, _, facts in network.edges(data=True):
            facts["type"] = str(DERIVED_TIES.get(facts.get("type"), facts.get("type")))
        return network

    def to_csv(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write the rows as CSV (UTF-8 with a mark, so that spreadsheets read it); texts like formulas are made harmless."""
        return write_csv(self, Path(path), lang)

    def to_xlsx(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write the rows as a workbook; texts like formulas are made harmless."""
        return write_xlsx(self, Path(path), lang)

    def to_text(self, width: int = 100, lang: Lang = "zh") -> str:
        """Return the answer as a text table for a terminal of `width` columns."""
        return text_table(self, width, lang)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return html_table(self)

    def __rich__(self) -> RenderableType:
        return rich_table(self)
