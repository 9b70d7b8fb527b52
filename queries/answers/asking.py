"""Ask a question by its name, with arguments as people write them: every door (command line, HTTP, Python) comes through here."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from graph.errors import ArgumentError
from queries.answers.answer import Answer
from queries.answers.catalogue import Argument, Question, find_question
from queries.reading.period import Period
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

LIMITS: Mapping[str, tuple[int, int]] = {"k": (1, 100), "limit": (1, 1000), "hops": (1, 3)}
LONGEST_TEXT = 500
MOST_ITEMS = 1000
MOST_ITEMS_OF: Mapping[str, int] = {"keep": 10_000, "compare": 10_000}  # the pairs of a city's plan


def ask(graph: Graph, scope: Scope, name: str, **arguments: Any) -> Answer[Any]:
    """Ask the question called `name` and return its answer, which says what was asked and of which snapshot."""
    asked = find_question(name)
    given = convert_arguments(asked, arguments)
    answer = asked.function(graph, scope, **given)
    shown = {a.name: _show(given.get(a.name, a.default)) for a in asked.arguments}
    if answer.shown is not None and graph.shown is not None:
        graph.shown.add(answer.shown, asked.name, graph.snapshot, graph.digest)
    return dataclasses.replace(
        answer, question=asked.name, arguments=shown, snapshot=graph.snapshot, digest=graph.digest, row_type=asked.row
    )


def convert_arguments(asked: Question, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments as the question's function takes them; ArgumentError for one that is unknown, missing or outside its limits."""
    known = {argument.name: argument for argument in asked.arguments}
    for name, value in arguments.items():
        if name not in known:
            raise ArgumentError(argument=name, value=value, reason=f"可用的参数 / known arguments: {', '.join(known)}")
    for argument in known.values():
        if argument.required and arguments.get(argument.name) in (None, ""):
            raise ArgumentError(argument=argument.name, value="", reason="必须填写 / is required")
    return {name: convert(known[name], value) for name, value in arguments.items()}


def convert(argument: Argument, value: Any) -> Any:
    """Return one value as the type that its argument has; text is read, other types must already fit."""
    if value is None or (value == "" and not argument.required):
        return argument.default
    kind = _bare(argument.type)
    converter = _CONVERTERS.get(get_origin(kind) or kind)
    converted = converter(argument, kind, value) if converter else value
    low, high = LIMITS.get(argument.name, (None, None))
    if low is not None and high is not None and not low <= converted <= high:
        raise ArgumentError(
            argument=argument.name, value=value, reason=f"应在 {low} 到 {high} 之间 / must lie between {low} and {high}"
        )
    return converted


def _bare(kind: Any) -> Any:
    """Return the type without `| None`."""
    if get_origin(kind) in (Union, types.UnionType):
        rest = [one for one in get_args(kind) if one is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _text(argument: Argument, _: Any, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        raise ArgumentError(
            argument=argument.name,
            value=str(value)[:40],
            reason=f"应是不超过 {LONGEST_TEXT} 字的文字 / must be text of at most {LONGEST_TEXT} characters",
        )
    return value.strip()


def _whole(argument: Argument, _: Any, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) < 12 and value.strip().lstrip("-").isdecimal():
        return int(value)
    raise ArgumentError(argument=argument.name, value=str(value)[:40], reason="应是整数 / must be a whole number")


def _number(argument: Argument, _: Any, value: Any) -> float:
    try:
        number = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError):
        number = float("nan")
    if not abs(number) < float("inf"):
        raise ArgumentError(argument=argument.name, value=str(value)[:40], reason="应是数字 / must be a number")
    return number


def _flag(argument: Argument, _: Any, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise ArgumentError(
        argument=argument.name, value=str(value)[:40], reason="应是 true 或 false / must be true or false"
    )


def _day(argument: Argument, _: Any, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as wrong:
        raise ArgumentError(
            argument=argument.name, value=str(value)[:40], reason="应写成 2026-06-30 / must be written 2026-06-30"
        ) from wrong


def _period(argument: Argument, _: Any, value: Any) -> Period:
    if isinstance(value, Period):
        return value
    return Period.parse(_text(argument, _, value))


def _choice(argument: Argument, kind: Any, value: Any) -> Any:
    if value not in get_args(kind):
        raise ArgumentError(
            argument=argument.name,
            value=str(value)[:40],
            reason=f"应是其中之一 / must be one of {', '.join(map(str, get_args(kind)))}",
        )
    return value


def _several(argument: Argument, kind: Any, value: Any) -> Any:
    """Read a sequence: a list as it is, or text with commas."""
    items = (
        [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )
    fits = isinstance(items, Sequence) and len(items) <= MOST_ITEMS_OF.get(argument.name, MOST_ITEMS)
    if not fits or not all(isinstance(item, str) and len(item) <= LONGEST_TEXT for item in items):
        raise ArgumentError(
            argument=argument.name, value=str(value)[:40], reason="应是文字的列表 / must be a list of texts"
        )
    return tuple(items) if get_origin(kind) is tuple or kind is tuple else list(items)


_CONVERTERS: dict[Any, Callable[[Argument, Any, Any], Any]] = {
    str: _text, int: _whole, float: _number, bool: _flag, date: _day, Period: _period, Literal: _choice,
    list: _several, tuple: _several, Sequence: _several,
}  # fmt: skip


def _show(value: Any) -> Any:
    """Return an argument as the answer repeats it."""
    return str(value) if isinstance(value, Period) else value
