"""What a unit has or wants, from free text to single items: 可提供会议室1间、志愿者10名 is a room and ten volunteers.

An item is a noun, with a count and a unit before or behind it, and one of six categories. Nothing is certain about free text, so
every item is marked for review, in the graph and in the report. The words are data: `items.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from graph.types.numerals import numerals_to_digits
from loaders.cleaning import cleaning_figures as figures

_SQUARE_METRES = {"m2", "平方米", "平米", "平方"}
_NUMBERED = re.compile(r"^(?:\(?[0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9]))\s*")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_VAGUE = re.compile("(?:若干|多名|多个|一批|等)$")
_NOTHING = re.compile("^(?:$|无|暂无|没有|不需要|暂不)")
# At commas outside brackets, before 和 with a count behind it, at the numbers of a list, at gaps between words.
_PARTING = re.compile(
    r"[、,](?![^(]*\))|(?<=[0-9一-龥])(?:和|及)(?=[^(]*[0-9一二两三四五六七八九十])"
    r"|(?<=\S)\s*(?=(?<![0-9])\([0-9]{1,2}\)\S)|\s+(?=[0-9]{1,2}[.、](?![0-9]))|(?<=[一-龥])\s+(?=[一-龥])"
)
_PLACE = "场地"  # the category of rooms and grounds
_SEATS = {"座", "席", "座位", "席位", "个座位", "个席位"}
# What a room has or is, and is no thing to lend by itself; and words that end or begin what only describes one.
_OF_ROOMS = re.compile("席|座|位$|面积|层高|占地|容量|人数|规模|舞台|灯|出入口")
_FITTED = re.compile(
    "^(?:内设|内有|内含|自带|配备?有?|附有?|另配|设施|设备|环境|交通|光线|带|含)|(?:齐全|齐备|完善|完好|良好|便利|方便|充足|明亮|宽敞|整洁|一应俱全)$"
)
_SCALES = {"万元": ("元", 10_000), "千元": ("元", 1000), "百": ("", 100), "千": ("", 1000), "万": ("", 10_000)}


@dataclass(frozen=True)
class Item:
    """One thing that a text lists; `content` are its own words, with what is said of when and how."""

    title: str
    category: str
    quantity: int | None
    unit: str
    content: str
    noun: bool = (
        True  # whether its title is a noun of the text; without one it is the category, or the words themselves
    )


@dataclass(frozen=True)
class ItemWords:
    """The words of `items.toml`, as patterns."""

    opening: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    condition: re.Pattern[str]
    counted: str  # for whole columns: a number, not 第几, with a unit behind it
    category_of: dict[str, str]
    category_of_unit: dict[str, str]


@lru_cache(maxsize=1)
def load_words() -> ItemWords:
    """Return the words by which texts are taken apart."""
    told = tomllib.loads((Path(__file__).parent / "items.toml").read_text(encoding="utf-8"))
    units = "|".join(sorted(map(re.escape, told["units"]), key=len, reverse=True))
    number = r"(?P<number>[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+)\s*(?P<scale>[百千万])?"
    about = r"(?:大约|不少于|至少|约|近|共|达|各)?\s*"
    vague = r"(?:余|多|来)?\s*"
    every = r"(?:每(?P<every>次|天|日|周|月|年|季度|学期))?"
    per = r"(?:/\s*(?P<per>次|天|日|周|月|年|季度?|学期|人))?"
    tail = r"(?:左右|以上|以内|不等)?"
    return ItemWords(
        re.compile("^(?:" + "|".join(sorted(map(re.escape, told["openings"]), key=len, reverse=True)) + ")+[:,]?"),
        re.compile(
            rf"^(?P<noun>.*?[^0-9.\s约近共达各第一二两三四五六七八九十百千])\s*{every}[:(]?{about}{number}{vague}(?P<unit>{units}){per}{tail}\)?$"
        ),
        re.compile(rf"^{about}{number}{vague}(?P<unit>{units}){per}的?(?P<noun>[^0-9]*)$"),
        re.compile("^(?:" + "|".join(map(re.escape, told["conditions"])) + ")"),
        rf"(?:^|[^第0-9.一二两三四五六七八九十百千])\s*(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+)\s*[百千万余多来]*\s*(?:{units})",
        {word: category for category, words in told["categories"].items() for word in words},
        {unit: category for category, words in told["unit_categories"].items() for unit in words},
    )


@lru_cache(maxsize=20_000)
def read_items(text: str) -> tuple[Item, ...]:
    """Return what a text lists, each thing once, in the order written; empty where it is too long for a list.

    Things without a count are items too; a sentence is one item. `text` is in its NFKC form, with persons hidden.
    """
    if len(text) > figures.LONGEST_TEXT:
        return ()
    items: dict[str, Item] = {}
    for group in re.split(r"[;。\n]", text):
        last = ""
        for piece in _split(group):
            if last and (load_words().condition.match(piece) or _tells_of_place(items[last], piece)):
                items[last] = _with_condition(items[last], piece)
                continue
            item = _read(piece)
            if item is not None and last and not item.noun:  # 服务队2支，约30人: a second measure of the same thing
                items[last] = _with_condition(items[last], piece)
            elif item is not None:
                last = item.title
                items.setdefault(last, item)
    return tuple(items.values()) if len(items) <= figures.MOST_ITEMS else ()


def _tells_of_place(place: Item, piece: str) -> bool:
    """Whether a part of a text only says more of the room before it: its seats, its area, how it is fitted out."""
    if place.category != _PLACE:
        return False
    found = load_words().behind.match(_REMARK.sub("", piece))
    if found is None:
        return bool(_FITTED.search(piece))
    noun = found["noun"].strip(" :的")
    known = load_words().category_of_unit.get(found["unit"], _PLACE if found["unit"] in _SQUARE_METRES else "")
    return (
        not _category(noun, "")
        and (known in {"", _PLACE})
        and (bool(_OF_ROOMS.search(noun)) or found["unit"] in _SEATS)
    )


def may_count(texts: pl.Series) -> pl.Series:
    """Tell quickly which texts might list counted things, so that only these are read one by one."""
    return texts.str.contains(load_words().counted)


def is_list(items: tuple[Item, ...]) -> bool:
    """Tell whether a text surely lists things: at least one of them is counted."""
    return any(item.quantity is not None for item in items)


def _split(group: str) -> list[str]:
    """Return the parts of a clause at its commas; those in brackets part nothing."""
    return [piece.strip(" :") for piece in _PARTING.split(group) if piece.strip(" :.")]


def _read(piece: str) -> Item | None:
    words = load_words()
    bare = words.opening.sub("", _NUMBERED.sub("", piece)).strip()
    if _NOTHING.match(bare) or not re.search(r"\w", bare):
        return None
    plain = _REMARK.sub("", bare)  # 会议室2间(可容纳60人) has two rooms
    found = next(filter(None, (p.match(t) for t in (plain, bare) for p in (words.behind, words.before))), None)
    if found is None:
        title = _VAGUE.sub("", plain) or bare
        return Item(title[: figures.LONGEST_TITLE], _category(title, ""), None, "", piece)
    quantity, unit = _measure(found)
    parts = found.groupdict()
    noun = words.opening.sub("", parts["noun"].strip(" :的")) or ""
    category = _category(noun, unit)
    period = parts.get("every") or parts["per"] or ""
    shown = f"{unit}/{period}" if period else unit
    return Item((noun or category or bare)[: figures.LONGEST_TITLE], category, quantity, shown, piece, bool(noun))


def _measure(found: re.Match[str]) -> tuple[int | None, str]:
    """Return the whole number and the unit that an item says; 1.5万元 is 15000 元, half a thing is no count."""
    text, unit = found["number"], found["unit"]
    if not text[0].isdigit():
        text = str(numerals_to_digits(pl.Series([text]), quantities=True)[0])
        if not text[0].isdigit():  # 十三五 is no number
            return None, unit
    number = float(text) * _SCALES.get(found["scale"] or "", ("", 1))[1]
    if unit in _SCALES:
        unit, factor = _SCALES[unit]
        number *= factor
    whole = number == round(number) and number < figures.MOST_THINGS
    return (round(number) if whole else None), "㎡" if unit in _SQUARE_METRES else unit


def _category(noun: str, unit: str) -> str:
    """Return the category of the word that ends last in a noun (法律咨询志愿者 is people), the longest of those; else the unit's."""
    known = load_words()
    ends = [(noun.rfind(word) + len(word), len(word), word) for word in known.category_of if word in noun]
    if ends:
        return known.category_of[max(ends)[2]]
    return known.category_of_unit.get("m2" if unit == "㎡" else unit, "")


def _with_condition(item: Item, piece: str) -> Item:
    return Item(item.title, item.category, item.quantity, item.unit, f"{item.content},{piece}", item.noun)
