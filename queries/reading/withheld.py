"""Offers that are none for others: lent to nobody else, booked out, worn out, or in truth a search for the same thing."""

from __future__ import annotations

import re

import polars as pl

_OWN = "本(?:单位|公司|厂|院|校|局|段|矿|所|部门|系统|集团)|内部|自用|自己(?:用|使用)?"
_CLOSED = (
    r"不(?:外借|对外|外租|出借|借给?外|搭外|接待外|提供给外)",
    rf"(?:仅|只|专|限)(?:供|限|给|为|对|能)?(?:{_OWN})",
    rf"^(?:{_OWN})(?:使用|自用)?$",
    r"凭(?:工作|职工|员工|厂|校)(?:证|牌|卡)",
    r"(?:已|均已|全部)(?:排满|约满|订满|占满|借出|租出|停用|停办|停供|报废|作废|送完|发完|用完)",
    r"(?:今年|全年|年内|名额)(?:已|均已)?(?:排满|约满|订满)",
    r"报废|作废|只作废",
    r"(?:暂|不再|停止|取消)(?:停|不)?(?:提供|供应|开放|外借|服务)",
    r"已(?:经)?(?:封闭|停用|关闭|闭馆|停业|拆除|拆迁|拆|收回)|(?:月|年)拆(?:了|除)|拆了|封闭停用|闭馆改造|收回自用|D级危房|鉴定为.{0,4}危房",
)
_SEEKS = (
    r"^(?:我们?|本单位|我单位|我公司|我厂|我社区)?(?:也|还|正|亟|急)?(?:缺[^一]|求购?|想要|需要|急需|寻求|征求|征集)"
)
WITHHELD = re.compile("|".join((*_CLOSED, _SEEKS))).pattern


def is_withheld(*texts: str) -> pl.Expr:
    """Tell whether one of the text columns says that an offer is not to be had by others."""
    return pl.any_horizontal(pl.col(text).str.contains(WITHHELD).fill_null(False) for text in texts)
