"""Refuses every Cypher text that could do anything but read the graph, before the engine gets it.

Opening a file read-only keeps no engine from reading other files or from a second statement behind a semicolon, so a text is
taken apart into words and every clause that is not for reading is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.errors import WriteRefusedError
from graph.texts import Said

READING = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN"})  # what a statement may begin with
REFUSED = frozenset({
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "CHECKPOINT", "COMMENT", "COMMIT", "COPY", "CREATE", "CSV",
    "DELETE", "DENY", "DETACH", "DROP", "EXPLAIN", "EXPORT", "EXTENSION", "FINISH", "FORCE", "FOREACH", "GRANT",
    "IMPORT", "INSERT", "INSTALL", "LOAD", "MACRO", "MERGE", "PERIODIC", "PROFILE", "PROJECT_GRAPH", "REMOVE",
    "RENAME", "REVOKE", "ROLLBACK", "SET", "SHOW", "START", "STOP", "TERMINATE", "UNINSTALL", "UPDATE", "USE",
    "USING", "YIELD",
})  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n\r]*|/\*.*?\*/)|(?P<text>'[^'\\]*'|"[^"\\]*")|(?P<quoted>`[^`]*`)|(?P<word>[^\W\d]\w*)|(?P<number>\d\w*)|(?P<sign>[^\w\s])""",
    re.DOTALL,
)
_NAME_FOLLOWS = frozenset({".", ":", "$"})  # after these a word is a name: a property, a label or type, a parameter
LONGEST = 20_000


@lru_cache(maxsize=1000)
def refuse_writes(text: str) -> str:
    """Return the text without a final semicolon; WriteRefusedError when it could do anything but read the graph."""
    body = text.strip().removesuffix(";")
    if len(body) > LONGEST:
        raise WriteRefusedError(reason=f"> {LONGEST}")
    if "\\" in body or "\0" in body:
        raise WriteRefusedError(
            reason=Said("文本中不能有反斜杠，请改用参数", "no backslash: pass the value as a parameter")
        )
    words = _words(body)
    if not words or words[0] not in READING:
        raise WriteRefusedError(
            reason=Said(
                f"应以 MATCH、WITH、UNWIND 或 RETURN 开头：{body[:40]!r}",
                f"begin with MATCH, WITH, UNWIND or RETURN: {body[:40]!r}",
            )
        )
    for word in words:
        if word in REFUSED:
            raise WriteRefusedError(
                reason=Said(f"{word}（作名称用时请加反引号）", f"{word} (as a name, put it in back-ticks)")
            )
    return body


@lru_cache(maxsize=1000)
def quote_properties(text: str, reserved: frozenset[str]) -> str:
    """Return a text in which properties that an engine takes for its own words stand in back-ticks: a.ends → a.`ends`."""
    parts, before = [], ""
    for token in _TOKEN.finditer(text):
        word = token["word"]
        is_property = before == "." and word is not None and word.lower() in reserved
        parts.append(f"`{word}`" if is_property else token.group())
        before = before if token["space"] is not None else token.group()
    return "".join(parts)


def _words(body: str) -> list[str]:
    """Return the bare words of a text in capitals, without strings, comments, quoted names and names after a sign."""
    words, before, position = [], "", 0
    while position < len(body):
        token = _TOKEN.match(body, position)
        if token is None or token["sign"] in {"'", '"', "`", ";"}:
            raise WriteRefusedError(reason=f"{body[position : position + 20]!r}")
        position = token.end()
        if token["space"] is not None:
            continue
        if token["word"] is not None and before not in _NAME_FOLLOWS:
            words.append(token["word"].upper())
        before = token.group()
    return words
