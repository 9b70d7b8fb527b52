"""Leaves out the person with whom the cells of a column begin that is about something else as well (负责人及使用要求)."""

from __future__ import annotations

import polars as pl

from graph.types.person_names import surnames
from graph.types.value_type import blank_to_null

_TITLE = r"(?:主任|书记|经理|师傅|老师|科长|部长|队长|站长|同志|女士|先生)?"
_NUMBER = r"(?:\s*[(（]?\s*(?:电话|手机)?\s*[:：]?\s*[0-9][0-9 \-—–.]{5,}[)）]?)?"
_PERSON = rf"^\s*[{surnames()}]\s*\p{{Han}}\s*\p{{Han}}?{_TITLE}{_NUMBER}\s*(?:[,，、;；:：/。\s]+|$)"


def cut_persons(texts: pl.Series) -> pl.Series:
    """Return what each cell says behind the person that it begins with; null where it says no more."""
    return blank_to_null(texts.str.replace(_PERSON, ""))
