"""The sentences that an answer has beside its rows: why somebody is not among them, who stays without, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from queries.answers.answer import Answer, Lang, Sentence, plain

MOST = 12  # sentences shown; all of them are in the JSON document
COLON = {"zh": "：", "en": ": "}
_MORE = {"zh": "…另有 {n} 条（--json 显示全部）", "en": "… {n} more (--json shows all)"}


def remarks(answer: Answer[Any], lang: Lang = "zh") -> list[str]:
    """Return the sentences of an answer's further keys, in their order; a sentence about a unit begins with its name."""
    found = [text for value in answer.extra.values() for text in _sentences(value, lang)]
    more = [_MORE[lang].format(n=len(found) - MOST)] if len(found) > MOST else []
    return found[:MOST] + more


def _sentences(value: Any, lang: Lang) -> Iterator[str]:
    if isinstance(value, Sentence):
        yield str(plain(value, lang))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _sentences(item, lang)
    elif isinstance(value, Mapping):
        said = value.get("text", value.get("why"))
        if isinstance(said, Sentence):
            about = f"{value['unit']}{COLON[lang]}" if isinstance(value.get("unit"), str) else ""
            yield about + str(plain(said, lang))
