"""Patterns that find contact data other than phone numbers: e-mail, WeChat and QQ accounts, number plates.

The patterns only detect and hide, as those of `personal` do. Text is compared in its NFKC form.
"""

from __future__ import annotations

import re

import polars as pl

from graph.types.hiding import hide_in

_EMAIL = r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_SAYS = r"(?:号码|账号|号|群|id)?\s*(?:[:=是为]\s*)?"
_WECHAT = (
    rf"(?:微信|薇信|wechat|weixin|vx|wx|v信){_SAYS}(?<![A-Za-z]_)[A-Za-z0-9][A-Za-z0-9_-]{{4,19}}|\bwxid_[A-Za-z0-9_-]+"
)
_QQ = rf"(?<![a-z])(?:qq|扣扣){_SAYS}[1-9][0-9]{{4,10}}"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Five characters behind the letter, six on electric cars, at most two of them letters (GA 36).
_PLATE = (
    rf"[{_PROVINCES}][A-HJ-NP-Z][·•. -]?(?=[A-Z]{{0,2}}[0-9])"
    "(?:[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z挂学警港澳]|[0-9A-HJ-NP-Z]{6})(?![0-9A-Za-z])"
)
_CONTACT = re.compile(f"{_EMAIL}|(?i:{_WECHAT}|{_QQ})|{_PLATE}")
_CANDIDATE = rf"@|(?i:qq|扣扣|微信|薇信|wechat|weixin|vx|wx|v信)|[{_PROVINCES}][A-HJ-NP-Z]"


def mask_contacts(texts: pl.Series, hidden: str) -> pl.Series:
    """Return a text series with `hidden` in the place of every address, account and number plate."""
    return hide_in(texts, _CANDIDATE, _CONTACT, lambda found: hidden)
