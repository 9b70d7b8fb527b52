"""Tells a table that lies on its side: each column is a thing, and the first column holds what headers are elsewhere."""

from __future__ import annotations

from graph.texts import Said
from loaders.sheets import sheet_figures as figures
from loaders.sheets.table_finder import Table
from loaders.vocabulary.concepts import HEADS, concepts_of
from loaders.vocabulary.header_words import Vocabulary
from loaders.vocabulary.wording import normalize_header

TURNED = Said(
    "每一列是一个单位、每一行是一项内容，行和列是反的；请转置后再载入",
    "each column is a thing and each row says one matter of it: turn the table, rows to columns, and load it again",
)


def is_turned(table: Table, words: Vocabulary) -> bool:
    """Tell whether the headers but the first are no words for columns, and most cells of the first column are (企业 | 甲厂 | 乙厂)."""
    first, *others = table.headers
    cells = table.body[first.letter].drop_nulls().head(figures.HEAD_ROWS).to_list()
    if len(others) < figures.TURNED_LEAST or len(cells) < figures.TURNED_LEAST or len(set(cells)) < len(cells):
        return False
    if not words.is_known(first.text) or any(words.is_known(header.text) for header in others):
        return False
    labels = [cell for cell in cells if words.is_known(cell)]
    telling = [cell for cell in labels if HEADS.intersection(concepts_of(normalize_header(cell))[-1:])]
    return len(labels) >= figures.TURNED_KNOWN * len(cells) and len(telling) >= figures.TURNED_LEAST / 2
