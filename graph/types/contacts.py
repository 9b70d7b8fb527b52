"""Patterns that find what else tells of a person beside numbers: e-mail, WeChat and QQ accounts, number plates, passports and cards.

The patterns only detect and hide, as those of `personal` do; texts are compared in their plain form (`digit_runs`).
"""

from __future__ import annotations

import re

import polars as pl

from graph.types import personal_figures as figures
from graph.types.digit_runs import make_plain
from graph.types.hiding import hide_parts

_EMAIL = r"[A-Za-z0-9][A-Za-z0-9._%+-]*\s?(?:@|\(at\)|\[at\]|#(?=(?:qq|163|126|sina|gmail|139|189)\.))\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_SAYS = r"(?:号码|账号|帐号|号|群|id)?\s*(?:[:=是为]|同号)?\s*"
_WECHAT = (
    rf"(?:微信|薇信|威信|维信|徽信|wechat|weixin|vx|wx|v信|(?<=加)[vw](?=[:\s])){_SAYS}(?<![A-Za-z]_)[A-Za-z0-9][A-Za-z0-9_-]{{4,19}}"
    r"|\bwxid_[A-Za-z0-9_-]+"
)
_QQ = rf"(?<![a-z])(?:qq|扣扣|企鹅号){_SAYS}[1-9](?:\s?[0-9]){{4,10}}"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Five characters behind the letter, six on electric cars, at most two of them letters (GA 36).
_PLATE = (
    rf"[{_PROVINCES}]\s?[A-HJ-NP-Z][·•. -]?(?=[A-Z]{{0,2}}[0-9])"
    "(?:[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z挂学警港澳]|[0-9A-HJ-NP-Z]{6})(?![0-9A-Za-z])"
)
# A passport has a form of its own; what else the state gives out is known by its word.
_PASSPORT = r"(?<![0-9A-Za-z\-_./])(?P<passport>[EeGg]\s?[0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7})(?![0-9A-Za-z\-_./])"
_PRODUCT = re.compile("型号?|编号|图号|规格|订单|合同|批[号次]|货号|料号|产品|零件|轴承|文号|协议")
_CARDS = (
    "护照|通行证|回乡证|台胞证|居留证|居住证|军官证|士兵证|军人证|警官证|文职证|退役证|退伍证|优待证|残疾证|残疾人证|低保证|驾驶证|驾照|行驶证|社保卡|社会保障卡"
    "|医保卡|医保号|社保号|学生证|结婚证|户口簿|户口本|出生证|身份证|证件|银行卡|工资卡|一卡通"
)
_CARD = (
    rf"(?:{_CARDS})(?:号码|编号|号|件)?(?:\s|[:=是为(_])*"
    r"(?:[\u4e00-\u9fff]字)?第?\s?(?=[0-9A-Za-z\- ]{0,6}[0-9]{3})(?!(?:19|20)[0-9]{2}年)[0-9A-Za-z](?:[ \-]?[0-9A-Za-z]){4,19}号?"
)
_SOLDIER = r"(?<![\u4e00-\u9fff])(?:军|兵|士|政|参|后|装|文|武|沈|北|济|南|广|成|兰|空|海|总)字第?\s?[0-9]{6,8}号?"
_CONTACT = re.compile(f"{_EMAIL}|(?i:{_WECHAT}|{_QQ})|{_PLATE}|{_PASSPORT}|{_CARD}|{_SOLDIER}")
_CANDIDATE = (
    r"[@＠#]|(?i:[(\[]at[)\]]|qq|扣扣|企鹅|信|wechat|weixin|vx|wx|加[vw])|字第?[\p{Nd}]{6}"
    rf"|[{_PROVINCES}]\s?[A-HJ-NP-ZＡ-Ｚ]|[EeGgＥＧ][A-Za-z]?\s?\p{{Nd}}{{7}}|{_CARDS}"
)


def mask_contacts(texts: pl.Series, hidden: str) -> pl.Series:
    """Return a text series with `hidden` in the place of every address, account, number plate, passport and card."""
    return hide_parts(texts, _CANDIDATE, _find, hidden)


def _find(text: str) -> list[tuple[int, int]]:
    plain = make_plain(text, chinese=False)
    return [plain.span(*found.span()) for found in _CONTACT.finditer(plain.text) if not _is_product(plain.text, found)]


def _is_product(text: str, found: re.Match[str]) -> bool:
    """Tell whether what has the form of a passport is said to be a product or a paper."""
    return (
        found["passport"] is not None
        and _PRODUCT.search(text[max(0, found.start() - figures.PRODUCT_BEFORE) : found.start()]) is not None
    )
