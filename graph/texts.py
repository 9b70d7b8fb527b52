"""A text in two languages: `Said` is the only way to write one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypedDict

Lang = Literal["zh", "en"]


class Said(str):
    """A text in Chinese that carries its English; whoever shows it picks one by `text(lang)`."""

    en: str

    def __new__(cls, zh: str, en: str) -> Said:
        """Return the Chinese text with `en` as an attribute."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def text(self, lang: str) -> str:
        """Return the half in `lang`, as plain text."""
        return self.en if lang == "en" else str(self)

    def fill(self, **details: object) -> Said:
        """Return the text with `{name}` replaced by each detail, in either language by the detail's own half."""
        return Said(*(self.text(lang).format(**in_language(details, lang)) for lang in ("zh", "en")))

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        return Said, (str(self), self.en)


NOTHING = Said("", "")


def in_language(value: Any, lang: str) -> Any:
    """Return a value, or the values of a dict, with each Said as its plain text in `lang`; all else stays."""
    if isinstance(value, dict):
        return {name: in_language(one, lang) for name, one in value.items()}
    return value.text(lang) if isinstance(value, Said) else value


def join_said(parts: Iterable[str], zh: str = "；", en: str = "; ") -> Said:
    """Return texts one after the other as one, with each language's own mark between them."""
    listed = list(parts)
    return Said(zh.join(str(part) for part in listed), en.join(in_language(part, "en") for part in listed))


class SaidKeys(TypedDict):
    """A sentence as documents have it: in the language asked for, and in English."""

    text: Said
    text_en: str


def text_keys(zh: str, en: str) -> SaidKeys:
    """Return a sentence under `text` and its English once more under `text_en`, which scripts of the last release read."""
    return {"text": Said(zh, en), "text_en": en}


def store_said(value: Any) -> Any:
    """Return a value as JSON keeps it: a Said as the list of its two halves, so that neither is lost."""
    return [str(value), value.en] if isinstance(value, Said) else value


def restore_said(value: Any) -> Any:
    """Return a value from the form in which JSON keeps it."""
    return Said(*value) if isinstance(value, list) and len(value) == 2 else value
