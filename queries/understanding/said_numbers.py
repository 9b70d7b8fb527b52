"""Numbers in a sentence with what they measure: 50人, 一百来人, 两千平, 三公里, 90天内, 仨月, 第12行, top 5."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3, "半": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "零一二两俩仨三四五六七八九十百千万"
NUMBER = rf"(\d+(?:\.\d+)?[千万]?|[{CHINESE}]+)"
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12}
ENGLISH_NUMBER = rf"(\d+|{'|'.join(WORDS)})"
_PEOPLE = "老人|老年人|孩子|学生|党员|职工|干部|居民|群众|代表"
# What is measured, how it is written, and how many of it one such is: half a year is counted in days.
_MEASURES: tuple[tuple[str, str, float], ...] = (
    ("人", rf"[来多几余]?(?:个人|号人|人|位|口子|个?(?:{_PEOPLE}))|people|persons", 1),
    ("天", r"[来多几余]?(?:个工作日|天|日(?!照))|days?", 1),
    ("天", r"[来多几余]?(?:个月|月(?![初中底份一二三四五六七八九十\d]))|months?", 30),
    ("天", r"[来多几余]?(?:周|个?星期|个?礼拜)|weeks?", 7),
    ("天", r"[来多几余]?年(?![级度底初])|years?", 365),
    ("公里", r"[来多几余]?(?:公里|千米|里地)|km|kilomet(?:re|er)s?", 1), ("步", r"步|度|hops?|steps?", 1),
    ("平方米", r"[来多几余]?(?:平方米|平米|平方|平(?!安))|m2|square met(?:re|er)s?", 1),
    ("米", r"[来多几余]?米|met(?:re|er)s?", 1), ("吨", r"吨|tons?|tonnes?", 1),
    ("行", r"行(?!车|业|政)", 1), ("个", r"[来多几余]?(?:个|家|名|条|项|处|所|份|件|点)", 1),
)  # fmt: skip
_NUMBERS = tuple(
    (
        measure,
        times,
        re.compile(
            rf"(?:第|前|最多[带结配联接]?|至少|不少于|超过|top )?{NUMBER}\s*(?:{pattern})(?:及?以上|往上|上下|开外|左右)?"
        ),
    )
    for measure, pattern, times in _MEASURES
)
_HALF_YEAR = re.compile(r"大?半年")
_FIRST = re.compile(r"前|最多|top ")  # of how many are wanted, not of how many there are
_TOP = re.compile(r"(?:前|top )(\d+|[一二三四五六七八九十]+)")


def read_numbers_in(sentence: str) -> tuple[list[tuple[str, float]], str]:
    """Return the numbers of a sentence with their unit of measure, and the sentence without them."""
    found: list[tuple[str, float]] = []
    if half := _HALF_YEAR.search(sentence):
        found.append(("天", 180))
        sentence = f"{sentence[: half.start()]} {sentence[half.end() :]}"
    for measure, times, pattern in (*_NUMBERS, ("个", 1, _TOP)):
        # 一个 is an article, and 一年 in 一年到头 no period.
        said = [one for one in pattern.finditer(sentence) if one[1] != "一" or measure not in {"个", "天", "步"}]
        found += [("前" if _FIRST.match(one[0]) else measure, to_number(one[1]) * times) for one in said]
        for one in reversed(said):
            sentence = f"{sentence[: one.start()]} {sentence[one.end() :]}"
    return found, sentence


def to_number(text: str) -> float:
    """Return a number written in figures, in Chinese, in both (2千), or as an English word."""
    if text in WORDS:
        return WORDS[text]
    if text[-1] in "千万" and text[0].isdigit():
        return to_number(text[:-1]) * (1000 if text[-1] == "千" else 10000)
    if text[0].isdigit():
        return float(text[:12]) if "." in text else int(text[:9])
    thousands, ten_thousand, rest = text.rpartition("万")
    return (to_number(thousands) if thousands else 1) * 10000 * bool(ten_thousand) + _below_ten_thousand(rest)


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            # 十 by itself is ten; 百来人 is a hundred.
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


def write_number(number: float) -> str:
    """Return a number as an argument has it: whole ones without a point."""
    return str(int(number)) if number == int(number) else str(number)
