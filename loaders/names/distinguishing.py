"""Words in a unit's name that tell it from another one of the same name: a number, a side, a part (第二, 东区, 北厂, 二分厂)."""

from __future__ import annotations

import re

_NUMBER = r"第?[0-9一二三四五六七八九十甲乙丙丁a-z]{1,3}"
_SIDE = r"[东西南北中新老旧上下前后左右内外总]{1,2}"
_PART = (
    r"分?(?:厂|矿|区|院|校|店|部|馆|站|所|园|场|库)|[校院厂园小片]区|号|期|队|组|班|楼|片|门|段|车间|支行|公司|社区|村"
)
_TELLING = re.compile(rf"(?:{_NUMBER}|{_SIDE})(?:{_PART})|第[0-9一二三四五六七八九十]{{1,3}}")


def tells_apart(text: str) -> bool:
    """Tell whether a text, as it stands in brackets behind a name, says which of several units of that name is meant."""
    return bool(_TELLING.fullmatch(text))
