"""Tells the number of a document (GJ-2025-01, 河党联〔2025〕3号) from an amount, a day, or the serial number of a row."""

from __future__ import annotations

import re

from graph.names import normalize

_AMOUNT = re.compile(r"[约近]?[¥￥$]?[\d.,]+(?:万|亿|千|百)?(?:余|多)?[元块份个项]?(?:整|/年|每年|人民币)?")
_DAY = re.compile(r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月](?:\d{1,2}日?)?)?")
_SERIAL = re.compile(r"[(\[第]?(?:\d{1,4}|[一二三四五六七八九十百]{1,3})[)\]、.号项条]?")
_TELLS = re.compile(r"[a-z\u4e00-\u9fff\[\](){}—–_/-]")


def read_number(text: str) -> str | None:
    """Return the number of a document in comparable form; None for what looks like an amount, a day or a serial number.

    Figures alone number nothing: every office counts its rows 1, 2, 3, and 20000 is money as well as a number.
    """
    number = normalize(text)
    if not re.search(r"\d", number) or not _TELLS.search(number):
        return None
    return None if any(form.fullmatch(number) for form in (_AMOUNT, _DAY, _SERIAL)) else number
