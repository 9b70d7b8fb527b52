"""People who do not exist, with numbers made at run time: what must not be found anywhere after loading."""

from __future__ import annotations

import random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NAMES = ("王小明", "欧阳修远", "张建国", "刘芳", "陈志强")


def national_number(numbers: random.Random) -> str:
    body = f"410305{numbers.randint(1950, 2005)}{numbers.randint(1, 12):02d}{numbers.randint(1, 28):02d}{numbers.randint(0, 999):03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True)) % 11]


def mobile(numbers: random.Random) -> str:
    return f"13{numbers.randint(0, 10**9 - 1):09d}"


def bank_card(numbers: random.Random) -> str:
    body = f"622202{numbers.randint(0, 10**12 - 1):012d}"
    doubled = [int(c) * 2 - 9 * (int(c) > 4) if i % 2 == 0 else int(c) for i, c in enumerate(reversed(body))]
    return body + str(-sum(doubled) % 10)


def secrets(seed: int = 5) -> dict[str, str]:
    """Return one of each kind: what it is → how it is written."""
    numbers = random.Random(seed)
    return {
        "national": national_number(numbers), "mobile": mobile(numbers), "card": bank_card(numbers),
        "email": f"zhang{numbers.randint(1000, 9999)}@example.org", "wechat": f"wxuser{numbers.randint(10**5, 10**6)}",
        "qq": str(numbers.randint(10**8, 10**9)), "plate": f"豫C{numbers.randint(10**4, 10**5 - 1)}",
    }  # fmt: skip


def sentences(told: dict[str, str]) -> list[str]:
    """Return remarks as people write them, each with something about a person in it."""
    return [
        f"联系{NAMES[0]}{told['mobile']}",
        f"身份证{told['national']}，请保密",
        f"打款到{told['card']}",
        f"邮箱{told['email']}",
        f"加微信：{told['wechat']}",
        f"QQ{told['qq']}",
        f"车牌{told['plate']}可进",
        f"找{NAMES[1]}老师",
        f"由{NAMES[2]}主任负责",
        f"联系人：{NAMES[3]}，电话 0379-64912345",
        f"书记{NAMES[4]}",
    ]
