"""Readers and checks for the fields of decisions, shared by the command line, HTTP and Python so that all accept the same values."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from graph.documents import Document
from graph.errors import ArgumentError
from graph.texts import Said
from graph.types.clock import read_range
from graph.types.hiding import HIDDEN
from graph.types.personal import mask_personal

LONGEST, LONGEST_PROFILE = 500, 4_000  # characters
LONGEST_NUMBER = 9  # digits
LINE_ENDS = "\t\r\n"  # the control characters that text may hold
# Marks that stand around a name where it was copied from a sentence; each with the one that closes it.
QUOTES = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", '"': '"', "'": "'", "＂": "＂", "＇": "＇", "`": "`",
    "„": "“", "«": "»", "”": "”", "’": "’",
}  # fmt: skip
TITLE_MARKS = "《〈"
MEANS, UNDER, IS_NOT = "=", "under", "not"  # how a decided word is related to what is named beside it
WORD_RELATION: Document = {"type": "string", "enum": [MEANS, UNDER, IS_NOT]}
_SAID_OF_WORDS = {
    "＝": MEANS,
    "是": MEANS,
    "is": MEANS,
    "属于": UNDER,
    "is not": IS_NOT,
    "isnot": IS_NOT,
    "不是": IS_NOT,
    "≠": IS_NOT,
}
SHOWN = 40  # characters of a refused value in the refusal


@dataclass(frozen=True)
class Form:
    """How one field of a decision is entered: the function that reads and checks it, its help text, and its JSON schema."""

    read: Callable[[str, object], Any]
    says: Said
    schema: Document
    is_unit: bool = False
    is_thing: bool = False  # something in the graph that is no unit: a venue, a need, an agreement
    is_free: bool = False  # free text, in which what tells of a person is hidden as in cells


def read_text(argument: str, value: object, longest: int = LONGEST) -> str:
    """Return text without invisible characters and without spaces around it; ArgumentError where there is none."""
    seen = "".join(c for c in value if unicodedata.category(c) != "Cf") if isinstance(value, str) else ""
    text = seen.strip()
    if not 0 < len(text) <= longest:
        raise refuse(argument, value, Said(f"1–{longest} 字", f"1–{longest} characters of text"))
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in text if c not in LINE_ENDS):
        raise refuse(argument, value, Said("含控制字符", "holds control characters"))
    return text


def strip_quotes(text: str) -> str:
    """Return text without the quotation marks of any kind that stand around the whole of it: “场地” is 场地, “甲”和“乙” stays."""
    inner = text[1:-1]
    if len(text) < 3 or QUOTES.get(text[0]) != text[-1] or text[0] in inner or text[-1] in inner:
        return text
    return strip_quotes(inner.strip()) or text


def read_word(argument: str, value: object) -> str:
    """Return text as a person pasted it, without quotation marks around it."""
    return strip_quotes(read_text(argument, value))


def read_value(argument: str, value: object) -> str:
    """Return a cell's value without quotation marks around it; 《 》 stay, which belong to the title of a work."""
    text = read_text(argument, value)
    return text if text[0] in TITLE_MARKS else strip_quotes(text)


def read_profile(argument: str, value: object) -> str:
    """Return a checked text with the distribution of a pairing's signals, for which a greater length is allowed than for other texts."""
    return read_text(argument, value, LONGEST_PROFILE)


def read_name(argument: str, value: object) -> str:
    """Return a name or an id as one line of text; ArgumentError for text without a letter or digit."""
    text = " ".join(read_word(argument, value).split())
    if not any(c.isalnum() for c in text.replace(HIDDEN, "")):
        raise refuse(argument, text, Said("不是名称，请写出文字", "is no name; write its letters"))
    return text


def read_day(argument: str, value: object) -> date:
    """Return a day, given as such or written 2026-06-30."""
    if type(value) is date:  # a time of day says nothing here
        return value
    try:
        return date.fromisoformat(read_text(argument, value))
    except ValueError as wrong:
        raise refuse(argument, value, Said("应写成 2026-06-30", "must be written 2026-06-30")) from wrong


def read_hours(argument: str, value: object) -> str:
    """Return from when to when on a day, as 14:00-16:00; 上午, 下午 and 全天 are understood."""
    found = read_range(read_text(argument, value).replace("—", "-"))
    if not found or not (found[0] and found[1]):
        raise refuse(argument, value, Said("应写成 14:00-16:00，或上午、下午、晚上", "must be written 14:00-16:00"))
    return f"{found[0]}-{found[1]}"


def read_number(argument: str, value: object) -> int:
    """Return a whole number of up to nine digits, given as such or written."""
    text = str(value)
    if isinstance(value, bool) or not (text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise refuse(argument, value, Said("应是整数", "must be a whole number"))
    return int(text)


def read_word_relation(argument: str, value: object) -> str:
    """Return how a word is related to a service: =, under or not; also as 是, 属于, 不是 or "is not"."""
    text = " ".join(read_text(argument, value).lower().split())
    relation = _SAID_OF_WORDS.get(text, text)
    if relation not in WORD_RELATION["enum"]:
        raise refuse(argument, value, Said("应是 =、under 或 not", "must be =, under or not"))
    return relation


def hide_personal(text: str) -> str:
    """Return text with what tells of a person hidden, also where its digits are written in full width."""
    plain = unicodedata.normalize("NFKC", text)
    hidden = mask_personal(plain)
    return text if hidden == plain else hidden


def refuse(argument: str, value: object, reason: Said) -> ArgumentError:
    """Return the error for a field with a wrong value; it quotes the beginning of the value with personal data hidden."""
    # JSON may hold lone surrogates, which no answer can be encoded with.
    plain = str(value)[:LONGEST].encode("utf-8", "replace").decode()
    # Hidden before it is cut: the first half of a number fits no pattern and would be shown.
    return ArgumentError(argument=argument, value=mask_personal(plain, keep_ends=True)[:SHOWN], reason=reason)


TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST}
Name = Annotated[str, Form(read_name, Said("表格里写的名称", "a name as a spreadsheet has it"), TEXT, is_free=True)]
UnitText = Annotated[
    str, Form(read_name, Said("图中的单位：名称或编号", "a unit in the graph: its name or id"), TEXT, is_unit=True)
]

OneUnit = Annotated[
    str, Form(read_name, Said("结对的一方：名称或编号", "one unit of the pair: its name or id"), TEXT, is_unit=True)
]
OtherUnit = Annotated[
    str,
    Form(read_name, Said("结对的另一方：名称或编号", "the other unit of the pair: its name or id"), TEXT, is_unit=True),
]

RegisterText = Annotated[
    str,
    Form(
        read_word,
        Said(
            "登记表：代号或名称，如 venues；不载入写 ignored", "the register: its name or title, as venues; or ignored"
        ),
        TEXT,
    ),
]
_DAY = {"type": "string", "format": "date"}
FirstDay = Annotated[date | None, Form(read_day, Said("从哪天起", "the first day for which it holds"), _DAY)]
LastDay = Annotated[date | None, Form(read_day, Said("到哪天止", "the last day for which it holds"), _DAY)]
ServiceWord = Annotated[str, Form(read_text, Said("清单里的用词", "a word of the lists"), TEXT, is_free=True)]
WordRelation = Annotated[
    str, Form(read_word_relation, Said("关系：=、under 或 not", "how it is related: =, under or not"), WORD_RELATION)
]
ServiceTarget = Annotated[
    str, Form(read_text, Said("另一用词、服务类别或领域", "another word, a kind of service, or a field"), TEXT)
]
Version = Annotated[
    int, Form(read_number, Said("版本", "version"), {"type": "string", "pattern": f"^[0-9]{{1,{LONGEST_NUMBER}}}$"})
]
ProfileText = Annotated[
    str,
    Form(read_profile, Said("学成时的信号分布", "how signals were spread"), {**TEXT, "maxLength": LONGEST_PROFILE}),
]
SenderText = Annotated[
    str,
    Form(
        read_word,
        Said("只用于这个填报单位的表", "only in sheets that this unit filled in (填报单位)"),
        TEXT,
        is_free=True,
    ),
]
Result = Annotated[str, Form(read_text, Said("办理结果", "what came of it"), TEXT, is_free=True)]
DayText = Annotated[date, Form(read_day, Said("哪一天，如 2026-06-30", "the day, such as 2026-06-30"), _DAY)]
ClosingDay = Annotated[
    date | None,
    Form(read_day, Said("哪天办结的；不填则为今天", "the day on which it was done; today without it"), _DAY),
]
HoursText = Annotated[
    str,
    Form(
        read_hours,
        Said(
            "几点到几点，如 14:00-16:00；不填则为全天",
            "from when to when, such as 14:00-16:00; the whole day without it",
        ),
        TEXT,
    ),
]
_NUMBER = {"type": "string", "pattern": f"^[0-9]{{1,{LONGEST_NUMBER}}}$"}
PeopleNumber = Annotated[int | None, Form(read_number, Said("多少人", "how many people"), _NUMBER)]
ThingNumber = Annotated[int | None, Form(read_number, Said("认领数量", "how many of it"), _NUMBER)]


def thing_form(zh: str, en: str) -> Form:
    """Return the form of a field that names something in the graph which is no unit."""
    return Form(read_name, Said(zh, en), TEXT, is_thing=True)
