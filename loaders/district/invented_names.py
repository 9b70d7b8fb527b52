"""Invented names for a synthetic district: no real place, firm or person is meant, and no number was ever given out."""

from __future__ import annotations

import random
from dataclasses import dataclass

CITY, DISTRICT, AREA_CODE, DIALLING_CODE = "霁川市", "梧东区", "999902", "0360"
SERVICES = ("文艺辅导", "帮困助残", "治安防范", "便民服务", "法律援助", "环境整治", "青少年课堂", "健康义诊")
SKILL_OF = {
    "文艺辅导": "书法", "帮困助残": "心理辅导", "治安防范": "安保", "便民服务": "家电维修",
    "法律援助": "法律", "环境整治": "绿化", "青少年课堂": "教学", "健康义诊": "医疗",
}  # fmt: skip
SKILLS = tuple(SKILL_OF.values())
# Words of GB/T 4754 industries with the character that a short name takes and the class code.
PRODUCTS = (
    ("轴承", "轴", "C3451"), ("玻璃", "玻", "C3041"), ("耐火材料", "耐", "C3089"), ("铜加工", "铜", "C3251"),
    ("起重机", "起", "C3432"), ("柴油机", "柴", "C3412"), ("通信设备", "通", "C3921"), ("机床", "床", "C3421"),
    ("电缆", "缆", "C3831"), ("化工", "化", "C2614"), ("热电", "热", "D4412"), ("矿山机械", "矿", "C3511"),
    ("水泥设备", "泥", "C3515"), ("仪表", "仪", "C4011"), ("变压器", "变", "C3821"), ("阀门", "阀", "C3443"),
    ("水泵", "泵", "C3441"), ("齿轮", "齿", "C3453"), ("模具", "模", "C3525"), ("棉纺", "棉", "C1711"),
    ("印刷", "印", "C2319"), ("制药", "药", "C2720"), ("钢管", "钢", "C3130"), ("铸造", "铸", "C3391"),
    ("切削工具", "切", "C3321"), ("焊接设备", "焊", "C3424"), ("电机", "电", "C3812"), ("锅炉", "锅", "C3411"),
)  # fmt: skip
LOOK_ALIKE = ("拖拉机", "拖", "C3571")
FORMS = ("集团有限公司", "股份有限公司", "有限责任公司", "有限公司")
NUMERALS = "一二三四五六七八九"
_STREET_FIRST, _STREET_SECOND = "松桐星麦云竹柳荷枫杏兰菊梅桂榆槐棠葵芦萍苇茶桑枣橘椿檀樟柏桦", "岫岚汀澜砚笙弦漪蕖屿"
_PAIRS = (
    "槐荫柳林南关北郭东冈西郊文昌永宁安和景明青云翠微望江清泉白石红旗建设工人新华光明和平友谊团结幸福胜利丰收向阳迎春春晖凤鸣"
    "龙泉玉带双泉三里五里九里老城铁西河东湖滨砚池书院瓷窑纱厂机床油坊水磨马场菜市花圃竹林杏林梨树桃源麦场芦荡石滩渡口车站粮库"
)
_PLACE_FIRST = [_PAIRS[i : i + 2] for i in range(0, len(_PAIRS), 2)]
_PLACE_SECOND = ["", *"里苑园坊巷湾台庄营岗坪塘井亭阁沟洼寨堡岭嘴圩铺湖洲渡源口坡"]
# Whose names stand in a list of units of the area, though none of them is an enterprise: full name, short name, what it is.
INSTITUTIONS = (
    (f"{DISTRICT}城市管理局", "区城管局", "机关"),
    (f"{DISTRICT}总工会", "区总工会", "社会团体"),
    (f"{DISTRICT}第三小学", "区三小", "事业单位"),
)
_BRAND_FIRST, _BRAND_SECOND = "璟岫屿砚琅翊槿沅朔珩旻铎钧湛蓼琮珂珏璞筠", "禾岳泽岭峰原舟帆塔桥洲麓野衡汇晖"
SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红文武建国庆海山波宁学永健生信子全富祥福顺才发龙"


def write_numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{NUMERALS[tens - 1]}十")
    return head + (NUMERALS[ones - 1] if ones else "")


def street_name(index: int) -> str:
    """Return the name of the street with this number, without 街道: 松岫路. There are 300."""
    wide = len(_STREET_FIRST)
    second = _STREET_SECOND[(index + index // wide) % len(_STREET_SECOND)]
    return f"{_STREET_FIRST[index % wide]}{second}{'桥' if index % 4 == 1 else '路'}"


def community_name(street: int, place: int) -> str:
    """Return the name of the community at a place (from 1 to 6) of a street: 槐荫里社区. 1,800 differ."""
    number = street * 6 + place - 1
    first, second = len(_PLACE_FIRST), len(_PLACE_SECOND)
    # Neighbours share neither word, as the quarters of a town do not.
    return f"{_PLACE_FIRST[number % first]}{_PLACE_SECOND[(number + number // first) % second]}社区"


def brand(index: int) -> str:
    """Return a trade name of two characters; 320 differ."""
    first, second = len(_BRAND_FIRST), len(_BRAND_SECOND)
    return _BRAND_FIRST[index % first] + _BRAND_SECOND[(index + index // first) % second]


@dataclass(frozen=True)
class FirmName:
    """A firm's full name, short name and industry code."""

    name: str
    short: str
    industry: str


def firm_names(count: int) -> list[FirmName]:
    """Return `count` firms (8,900 at most have names of their own); the first and the last look alike and are two."""
    product, letter, code = LOOK_ALIKE
    trade = brand(0)
    alike = [
        FirmName(f"中国{trade}{product}集团有限公司", trade[0] + letter, code),
        FirmName(f"{trade}{product}股份有限公司", f"{trade[0]}{letter}股份", code),
    ]
    between = [_firm_name(i) for i in range(max(count - 2, 0))]
    taken: set[str] = {a.short for a in alike}
    firms = [alike[0]]
    for firm, longer in between:
        short = firm.short if firm.short not in taken else longer
        taken.add(short)
        firms.append(FirmName(firm.name, short, firm.industry))
    return [*firms, alike[1]][:count]


def _firm_name(index: int) -> tuple[FirmName, str]:
    product, letter, code = PRODUCTS[index % len(PRODUCTS)]
    form = FORMS[index % len(FORMS)]
    if index < len(PRODUCTS):  # one firm a product goes by the place alone
        place = (CITY[:2], DISTRICT[:2])[index % 2]
        return FirmName(f"{place}{product}{form}", f"{place[0]}{letter}", code), f"{place}{letter}"
    trade = brand(1 + (index - len(PRODUCTS)) // len(PRODUCTS))
    return FirmName(f"{CITY[:2]}{trade}{product}{form}", f"{trade}{letter}", code), f"{trade}{product}"


def person_name(stream: random.Random) -> str:
    """Return an invented name of a person; some come twice, as among real people."""
    return stream.choice(SURNAMES) + "".join(stream.choices(GIVEN, k=stream.choice((1, 2, 2))))


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def national_number(birth: str, serial: int) -> str:
    """Return a number of the right form for a birth date (YYYYMMDD), of an area (999999) that does not exist."""
    body = f"999999{birth}{serial:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def mobile_number(stream: random.Random) -> str:
    """Return a mobile number of a range that no operator has."""
    return f"16{stream.choice('13489')}{stream.randrange(10**8):08d}"


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(stream: random.Random) -> str:
    """Return a valid unified social credit code of an area that does not exist."""
    organization = "".join(stream.choices(_ALPHABET, k=8))
    body = f"91{AREA_CODE}{organization}{_organization_check(organization)}"
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]


def _organization_check(organization: str) -> str:
    """Return the check character of GB 11714, whose alphabet is 0-9, A-Z."""
    values = (int(c, 36) * w for c, w in zip(organization, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    check = 11 - sum(values) % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def spoil_code(code: str) -> str:
    """Return a credit code whose check character is wrong."""
    return code[:-1] + _ALPHABET[(_ALPHABET.index(code[-1]) + 1) % 31]
