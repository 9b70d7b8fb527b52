"""Fills the form of a document, the stock one or an office's own: what its {{ … }} name, every text as a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from api.door_errors import PaperFormError
from api.papers.told_sources import Footnotes

_BODY = "word/document.xml"
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
# What no XML may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fill_word(form: bytes, title: str, values: Mapping[str, object], footnotes: Footnotes) -> bytes:
    """Return a form with its names filled in and its footnotes at the end; a form that names what the paper does not have is refused.

    It is filled twice: only then the order of the footnotes is known, by which they are numbered.
    """
    draft = _render(form, title, {**values, "sources": []}, str)
    with ZipFile(BytesIO(draft)) as archive:
        numbered = footnotes.number(archive.read(_BODY).decode("utf-8"))
    return _render(form, title, {**values, "sources": numbered.lines}, numbered.apply)


def _render(form: bytes, title: str, values: Mapping[str, object], change: Callable[[str], str]) -> bytes:
    """Return a form with its names filled in, each text changed by a function before.

    Templates are run in a sandbox: they reach the values and nothing of the program. Texts are escaped, so that none is markup, and
    none is read as an instruction.
    """
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters["day"] = write_in_words
    plain = _make_plain(values, change)
    try:
        document = DocxTemplate(BytesIO(form))
        document.render({**plain, "chapter": _count_chapters()}, jinja_env=environment)
    except (TemplateError, KeyError, ValueError, OSError) as wrong:
        raise PaperFormError(paper=title) from wrong
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write_in_words(day: str) -> str:
    """Return a day in words, 2026年3月5日 for 2026-03-05; a month or a year stays as it is."""
    found = _DAY.match(day)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else day


def _make_plain(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value without characters that a document cannot hold; nothing known is nothing written."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub("", change(value))
    if isinstance(value, Mapping):
        return {name: _make_plain(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_make_plain(one, change) for one in value]
    return f"{value:g}" if isinstance(value, float) else value


def _count_chapters() -> Callable[[], str]:
    """Return what gives the number of the next chapter (一, 二, …), since chapters without content are left out."""
    numbers = count(1)
    return lambda: write_numeral(next(numbers))


def write_numeral(number: int) -> str:
    """Return a number below a hundred in Chinese numerals: 十二."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
