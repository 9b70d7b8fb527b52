"""Unified social credit codes written in a name's cell: 「91410300…(一拖)」, 「一拖 91410300…」."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.types.codes import is_credit_code

CODE_LENGTH = 18
_FORM = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")


def find_codes(text: str) -> tuple[str, ...]:
    """Return the valid credit codes that stand in a text, in upper case and without what width or spacing hides."""
    if len(text) < CODE_LENGTH:
        return ()
    return _find(text)


@lru_cache(maxsize=10_000)
def _find(text: str) -> tuple[str, ...]:
    folded = re.sub(r"(?<=[0-9A-Z])[\s-]+(?=[0-9A-Z])", "", unicodedata.normalize("NFKC", text).upper())
    return tuple(code for code in _FORM.findall(folded) if is_credit_code(code))
