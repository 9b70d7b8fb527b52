"""Sentences that an answer has in addition to its rows, such as why a unit is missing or what changed in a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.texts import Lang, Said
from queries.answers.contents import Contents

MOST = 12  # sentences shown; all of them are in the JSON document
COLON = Said("：", ": ")
_MORE = Said("…另有 {n} 条（--json 显示全部）", "… {n} more (--json shows all)")


def remarks(answer: Contents[Any], lang: Lang = "zh") -> list[str]:
    """Return the sentences in an answer's additional JSON keys, in their order; one about a unit begins with its name."""
    found = [text for value in answer.extra.values() for text in _sentences(value, lang)]
    more = [_MORE.fill(n=len(found) - MOST).text(lang)] if len(found) > MOST else []
    return found[:MOST] + more


def _sentences(value: Any, lang: Lang) -> Iterator[str]:
    if isinstance(value, Said):
        yield value.text(lang)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _sentences(item, lang)
    elif isinstance(value, Mapping):
        said = value.get("text", value.get("why"))
        if isinstance(said, Said):
            about = f"{value['unit']}{COLON.text(lang)}" if isinstance(value.get("unit"), str) else ""
            yield about + said.text(lang)
