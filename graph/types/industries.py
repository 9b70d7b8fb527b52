"""What the code of an industry means in words: the twenty sections of GB/T 4754-2017."""

from __future__ import annotations

import re

from graph.texts import Said

_CODE = re.compile(r"([A-T])\d{2,4}")
UNKNOWN = Said("未填写", "not told")
SECTIONS = {
    "A": Said("农、林、牧、渔业", "agriculture, forestry and fishery"),
    "B": Said("采矿业", "mining"),
    "C": Said("制造业", "manufacturing"),
    "D": Said("电力、热力、燃气及水生产和供应业", "electricity, heat, gas and water"),
    "E": Said("建筑业", "construction"),
    "F": Said("批发和零售业", "wholesale and retail"),
    "G": Said("交通运输、仓储和邮政业", "transport, storage and post"),
    "H": Said("住宿和餐饮业", "hotels and catering"),
    "I": Said("信息传输、软件和信息技术服务业", "information technology"),
    "J": Said("金融业", "finance"),
    "K": Said("房地产业", "real estate"),
    "L": Said("租赁和商务服务业", "leasing and business services"),
    "M": Said("科学研究和技术服务业", "research and technical services"),
    "N": Said("水利、环境和公共设施管理业", "water, environment and public facilities"),
    "O": Said("居民服务、修理和其他服务业", "household services and repair"),
    "P": Said("教育", "education"),
    "Q": Said("卫生和社会工作", "health and social work"),
    "R": Said("文化、体育和娱乐业", "culture, sports and entertainment"),
    "S": Said("公共管理、社会保障和社会组织", "public administration and social organizations"),
    "T": Said("国际组织", "international organizations"),
}


def name_industry(stored: str | None) -> Said:
    """Return an industry in words: of a code its section, else the text as it was written."""
    if not stored:
        return UNKNOWN
    code = _CODE.fullmatch(stored)
    return SECTIONS[code[1]] if code else Said(stored, stored)
