"""A text in two languages: `Said` is the only way to write one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypedDict

Lang = Literal["zh", "en"]


class Said(str):
    """A text in two languages: the string itself is Chinese, `en` holds the English, and `text(lang)` returns one of them."""

    en: str

    def __new__(cls, zh: str, en: str) -> Said:
        """Return the Chinese text with `en` as an attribute."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def text(self, lang: str) -> str:
        """Return the text in the language `lang` (zh or en) as a plain string."""
        return self.en if lang == "en" else str(self)

    def fill(self, **details: object) -> Said:
        """Return the text with each `{name}` replaced by a detail, in both languages; a detail that is a Said fits in its own."""
        # Thousands of sentences make an answer: in Chinese a Said is its own text, and only the others are looked at twice.
        en = {name: one if type(one) in (str, int, float) else in_language(one, "en") for name, one in details.items()}
        return Said(str(self).format(**details), self.en.format(**en))

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        return Said, (str(self), self.en)


NOTHING = Said("", "")


def in_language(value: Any, lang: str) -> Any:
    """Return a value, or the values of a dict, with each Said as its plain text in `lang`; all else stays."""
    if isinstance(value, dict):
        return {name: in_language(one, lang) for name, one in value.items()}
    return value.text(lang) if isinstance(value, Said) else value


def join_said(parts: Iterable[str], zh: str = "；", en: str = "; ") -> Said:
    """Join texts into one in both languages, with a separator for each: `zh` in Chinese, `en` in English."""
    listed = list(parts)
    return Said(zh.join(str(part) for part in listed), en.join(in_language(part, "en") for part in listed))


class SaidKeys(TypedDict):
    """The two keys under which JSON answers have a sentence: in the language asked for, and in English."""

    text: Said
    text_en: str


def text_keys(zh: str, en: str) -> SaidKeys:
    """Return a sentence as the two JSON keys `text` (in the language asked for) and `text_en` (English).

    Scripts written for the last release read `text_en`.
    """
    return {"text": Said(zh, en), "text_en": en}


def store_said(value: Any) -> Any:
    """Return a value as JSON keeps it: a Said as the list of its two halves, so that neither is lost."""
    return [str(value), value.en] if isinstance(value, Said) else value


def restore_said(value: Any) -> Any:
    """Return a value from the form in which JSON keeps it."""
    return Said(*value) if isinstance(value, list) and len(value) == 2 else value
