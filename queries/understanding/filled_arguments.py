"""What a sentence gives the arguments of a question, and how much of what it says the question cannot take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.reading.period import Period
from queries.understanding.column_conditions import find_subject_column
from queries.understanding.named_arguments import (
    ANYTHING,
    AREAS,
    AS_OF_DAY,
    COMING,
    COMPARED_DAY,
    DAY,
    GRAPH_TEXT,
    LAST_DAY,
    MEASURED,
    TIME,
    kinds_of,
    looks_ahead,
)  # fmt: skip
from queries.understanding.said_names import SaidThing
from queries.understanding.said_numbers import write_number
from queries.understanding.said_parts import SaidParts
from queries.understanding.said_subjects import fill_free_text

_AGAINST = {"name": 0.55, "subject": 0.75, "period": 0.8, "value": 0.85, "number": 0.9}  # what the question cannot take
GUESSED = 0.7  # what a reading counts that rests on words which nobody knows as what is looked for
# A name in a place for anything or for any unit, where another question has one for just its kind.
_WIDEST, _WIDE = 0.75, 0.87
_EACH_COMMUNITY = re.compile(r"[一每]个社区[^,，]{0,3}(?:最多|不超过)")
_DAYS_A_MONTH, _DAYS_A_QUARTER = 30.4, 92
_ROOMS = ("会议室", "食堂", "礼堂", "教室", "球场", "活动室", "报告厅", "多功能厅")
_HAPPENED = re.compile(r"(?<!没)(?<!没.)(?<!没..)[了过](?!几)|得分|打分")  # of a period that is over: 三季度去了哪些点
_OVER = re.compile(r"拖|超过|逾期|超期|过期")  # a number of days beside these is of days gone by
_AS_AREA = 0.9  # of a community as an area: whoever names one mostly means itself
# Arguments that take a name only beside a word of one of these concepts.
_ONLY_IF_SAID = {"why_not": ("why", "fit"), "near": ("around",)}


@dataclass(frozen=True)
class FilledArguments:
    """The arguments of a question that a sentence gives, a factor below 1 for what it cannot take, and what that is."""

    given: dict[str, str]
    factor: float
    unused: tuple[str, ...]


class _Filling:
    """The arguments of one question, filled step by step."""

    def __init__(self, question: Question, parts: SaidParts) -> None:
        self.question, self.parts = question, parts
        self.known = {argument.name: argument for argument in question.arguments}
        self.given: dict[str, str] = {}
        self.factor = 1.0
        self.unused: list[str] = []

    def give(self, argument: str, value: str) -> None:
        self.given[argument] = value

    def miss(self, what: str, said: str) -> None:
        """Note something that the question cannot take."""
        self.factor *= _AGAINST[what]
        self.unused.append(said)

    def first(self, names: tuple[str, ...]) -> str:
        """Return the first of some arguments that the question has and that is not given yet; "" for none."""
        return next((name for name in names if name in self.known and name not in self.given), "")


def fill_arguments(question: Question, parts: SaidParts) -> FilledArguments:
    """Return what a sentence gives the arguments of a question."""
    filling = _Filling(question, parts)
    _fill_names(filling)
    _fill_values(filling)
    _fill_times(filling)
    _fill_numbers(filling)
    _fill_options(filling)
    argument, text = fill_free_text(question, parts.subjects, parts.unknown)
    if parts.about and (name := filling.first(GRAPH_TEXT)) and filling.known[name].type is str:
        filling.give(name, parts.about)
    elif argument and argument not in filling.given:
        filling.give(argument, text)
        filling.factor *= GUESSED if not parts.subjects and filling.known[argument].required else 1.0
    given = {
        name: filling.given[name] for name in filling.known if name in filling.given
    }  # in the question's own order
    return FilledArguments(given, filling.factor, tuple(filling.unused))


def _fill_names(filling: _Filling) -> None:
    for thing in filling.parts.names:
        argument = _place_for(filling, thing)
        if argument:
            filling.factor *= _width(argument) * (_AS_AREA if _is_wide(argument, thing) else 1.0)
            filling.give(argument.name, thing.text)
        else:
            # Where an answer has a column for whom it is about, the name may narrow it down.
            is_subject = not filling.given and len(filling.parts.names) == 1 and find_subject_column(filling.question)
            filling.miss("subject" if is_subject else "name", thing.written)


def _fill_values(filling: _Filling) -> None:
    for thing in filling.parts.values:
        if thing.property in filling.known and filling.known[thing.property].type is str:
            filling.give(thing.property, thing.text)
        else:
            filling.factor *= _AGAINST["value"]


def _fill_options(filling: _Filling) -> None:
    for name in (name for name in filling.known if name in filling.parts.options and name not in filling.given):
        options = filling.parts.options[name]
        value = next((value for value in options if _takes(filling.known[name], value)), "")
        if value:
            filling.give(name, value)


def _width(argument: Argument) -> float:
    """Return what a name counts in the place of an argument: less where it takes many kinds."""
    kinds = kinds_of(argument)
    return _WIDEST if kinds == (ANYTHING,) else _WIDE if len(kinds) > 1 else 1.0


def _takes(argument: Argument, value: str) -> bool:
    """Tell whether an argument may have a value of the table of options."""
    if argument.name == "kind":  # a question that takes 会议室 takes any other kind of room
        return value in argument.help or (value in _ROOMS and _ROOMS[0] in argument.help)
    if argument.type is int and argument.between is not None:
        return argument.name not in ("limit", "k") and int(value) <= (argument.between.most or int(value))
    return argument.type in (bool, float) or argument.is_list or argument.type is str or value in argument.choices


def _fill_times(filling: _Filling) -> None:
    """Give the arguments that take a period, a day or hours."""
    known, days = filling.known, filling.parts.days
    if filling.parts.period.text:
        _fill_period(filling)
    ahead = next((name for name in COMING if name in known), "") if days.day and not filling.first(DAY) else ""
    if ahead:  # 七一去哪个基地
        filling.give(ahead, days.day[:7])
    said = (
        ("" if ahead else days.day, DAY),
        (days.compared, COMPARED_DAY),
        (days.as_of, AS_OF_DAY),
        (days.since, ("since",)),
        (days.time, TIME),
    )
    for value, names in said:
        if value and (name := next((name for name in names if name in known), "")):
            filling.give(name, value)
        elif value:
            filling.miss("period", value)
    if days.by and not _fill_last(filling, LAST_DAY, days.by):
        filling.miss("period", days.by)


def _fill_period(filling: _Filling) -> None:
    period = filling.parts.period
    name = next((name for name, argument in filling.known.items() if argument.type is Period), "")
    said_as_over = period.text if _HAPPENED.search(filling.parts.whole) else period.ahead
    is_over = said_as_over[-10:] < filling.parts.today.isoformat()
    if name in COMING and (is_over or _is_long(period.ahead)):  # 上季度 is no quarter to come, 今年 no month
        filling.miss("period", period.said)
    elif name:
        filling.give(name, period.ahead if name in COMING else period.text)
    elif "since" in filling.known:
        filling.give("since", _day_before(period.text, filling.parts.today))
    elif "months" in filling.known and (months := _count_months(period.text, filling.parts.today)):
        filling.give("months", str(months))
    elif not _fill_last(filling, (), period.ahead.partition("..")[2]):
        filling.miss("period", period.said)
    elif date.fromisoformat(period.ahead[:10]) > filling.parts.today + timedelta(days=1):
        filling.unused.append(period.said)  # 下周 is not all until its end


def _is_long(period: str) -> bool:
    """Tell whether a period is longer than a quarter."""
    first, last = (date.fromisoformat(day) for day in period.split(".."))
    return (last - first).days > _DAYS_A_QUARTER


def _day_before(period: str, today: date) -> str:
    """Return the last day of a period that is over, or the day before one that goes on: what is compared with."""
    first, last = (date.fromisoformat(day) for day in period.split(".."))
    return (last if last < today else first - timedelta(days=1)).isoformat()


def _count_months(period: str, today: date) -> int:
    """Return how many months a period that lasts until today has; 0 for another one."""
    first, last = (date.fromisoformat(day) for day in period.split(".."))
    goes_on = first < today <= last
    return max(1, round((today - first).days / _DAYS_A_MONTH)) if goes_on else 0


def _fill_last(filling: _Filling, names: tuple[str, ...], last: str) -> bool:
    """Give the last day of what is asked for, as such or as the number of days until then; tell whether the question takes it."""
    days = (date.fromisoformat(last) - filling.parts.today).days
    if name := filling.first(names):
        filling.give(name, last)
    elif days > 0 and "days" in filling.known and looks_ahead(filling.known["days"]):
        filling.give("days", str(days))
    else:
        return False
    return True


def _fill_numbers(filling: _Filling) -> None:
    is_past = _OVER.search(filling.parts.whole) is not None
    for measure, number in filling.parts.numbers:
        name = filling.first(
            tuple(n for n in MEASURED[measure] if not (is_past and n in filling.known and _is_ahead(filling.known[n])))
        )
        past = next(
            (n for n, a in filling.known.items() if a.type is Period and n not in (*COMING, *filling.given)), ""
        )
        if name:
            filling.give(_whose_capacity(name, filling.parts.plain), write_number(number))
        elif measure == "天" and "months" in filling.known:
            filling.give("months", str(max(1, round(number / _DAYS_A_MONTH))))
        elif measure == "天" and past and not is_past:  # 三个月没人上门
            today = filling.parts.today
            filling.give(past, f"{today - timedelta(days=int(number))}..{today}")
        else:
            filling.miss("number", f"{write_number(number)}{measure}")


def _is_ahead(argument: Argument) -> bool:
    """Tell whether a number of days is that until something is due, or of a rule."""
    return argument.name in ("soon", "red_after") or looks_ahead(argument)


def _whose_capacity(name: str, sentence: str) -> str:
    """Return the capacity of communities where a sentence limits these: 一个社区最多两家企业."""
    return "community_capacity" if name == "enterprise_capacity" and _EACH_COMMUNITY.search(sentence) else name


def _place_for(filling: _Filling, thing: SaidThing) -> Argument | None:
    """Return the argument that takes a name: the one made for fewest kinds; an area only for what is no other argument's."""
    parts, question = filling.parts, filling.question
    silent = {name for name, concepts in _ONLY_IF_SAID.items() if not parts.concepts.intersection(concepts)}
    silent -= {"near"} if any(measure == "公里" for measure, _ in parts.numbers) else set()
    free = [
        a for a in question.arguments if a.name not in filling.given and a.name not in silent - {_only_place(question)}
    ]
    fits = [a for a in free if {ANYTHING, *thing.labels} & set(kinds_of(a))]
    ranked = sorted(fits, key=lambda a: (_is_wide(a, thing), not a.required, len(kinds_of(a))))
    return ranked[0] if ranked else None


def _only_place(question: Question) -> str:
    """Return `near` where nothing else of a question takes the name of a unit: 重二社区的志愿活动 are those near by."""
    places = [argument.name for argument in question.arguments if set(kinds_of(argument)) - set(AREAS)]
    return places[0] if places == ["near"] else ""


def _is_wide(argument: Argument, thing: SaidThing) -> bool:
    """Tell whether an argument takes a community as an area only, beside others that take it as itself."""
    return argument.name == "area" and not all(label in kinds_of(argument)[:1] for label in thing.labels)
