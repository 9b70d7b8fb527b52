"""The arguments of a question, with their limits: read the same way from the command line, an address, a JSON body and Python.

An argument says all about itself where it stands: `k: Annotated[int, Between(1, 100), Said("最多几个伙伴", "how many partners")] = 5`.
Where only text can be given (command line, address) it is read first; then one strict pydantic model checks every door's values.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic import create_model as create
from pydantic_core import ErrorDetails, PydanticCustomError

from graph.errors import ArgumentError, MissingArgumentError, UnknownArgumentError
from graph.texts import NOTHING, Said

LONGEST_TEXT = 500
MOST_ITEMS = 1000
_SHOWN = 40  # characters of a refused value that the sentence repeats
_LONGEST_NUMBER = 11  # characters read as a whole number
_FLAGS = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}
_REASONS = {
    "int_type": Said("应是整数", "must be a whole number"),
    "float_type": Said("应是数字", "must be a number"),
    "finite_number": Said("应是数字", "must be a number"),
    "string_type": Said("应是文字", "must be text"),
    "string_too_long": Said("应不超过 {max_length} 字", "must have at most {max_length} characters"),
    "bool_type": Said("应是 true 或 false", "must be true or false"),
    "list_type": Said("应是文字的列表", "must be a list of texts"),
    "too_long": Said("最多 {max_length} 项", "must have at most {max_length} items"),
    "date_type": Said("应写成 2026-06-30", "must be written 2026-06-30"),
    "day": Said("应写成 2026-06-30", "must be written 2026-06-30"),
    "literal_error": Said("应是其中之一：{choices}", "must be one of {choices}"),
    "greater_than_equal": Said("{range}", "{range}"),
    "less_than_equal": Said("{range}", "{range}"),
}

_UNFIT = Said("不是所要的值", "is not such a value")


@dataclass(frozen=True)
class Between:
    """The least and the most that a number may be; without `most`, as much as one likes."""

    least: float
    most: float | None = None

    @property
    def hint(self) -> str:
        """Return the range as help texts show it, such as 1–10."""
        return f"≥ {self.least:g}" if self.most is None else f"{self.least:g}–{self.most:g}"

    @property
    def said(self) -> Said:
        """Return the limits as a sentence."""
        if self.most is None:
            return Said(f"至少为 {self.least:g}", f"must be at least {self.least:g}")
        return Said(f"应在 {self.least:g} 到 {self.most:g} 之间", f"must lie between {self.least:g} and {self.most:g}")


@dataclass(frozen=True)
class AtMost:
    """The largest number of items that a list argument may have."""

    items: int


@dataclass(frozen=True)
class Argument:
    """An argument of a question, as the command line, HTTP and Python all offer it.

    `type` is the plain type, without `| None` and limits.
    """

    name: str
    type: Any
    default: object
    required: bool
    positional: bool
    help: Said
    between: Between | None = None
    most_items: int = MOST_ITEMS

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words that the argument accepts, if it accepts only certain ones."""
        return tuple(map(str, get_args(self.type))) if get_origin(self.type) is Literal else ()

    @property
    def is_list(self) -> bool:
        """Tell whether the argument takes several texts."""
        return get_origin(self.type) not in (None, Literal)

    @property
    def shown_default(self) -> object:
        """Return the argument's default value in the form that JSON has it."""
        return str(self.default) if hasattr(self.type, "parse") and self.default is not None else self.default

    @property
    def hint(self) -> str:
        """Return the argument's limits and default as help texts show them after its description."""
        limits = self.between.hint if self.between else " | ".join(self.choices)
        given = "" if self.default in (None, False, ()) else f"[{self.default}]"
        return " ".join(filter(None, (f"({limits})" if limits else "", given)))

    def read_text(self, text: str) -> object:
        """Convert a text to the argument's type; a text that does not fit is returned unchanged and rejected later."""
        if self.type is int:
            return int(text) if len(text) <= _LONGEST_NUMBER and text.strip().lstrip("-").isdecimal() else text
        if self.type is float:
            return _number(text)
        if self.type is bool:
            return _FLAGS.get(text.strip().lower(), text)
        if self.is_list:
            return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
        return text


def make_argument(name: str, declared: Any, default: object, required: bool, positional: bool) -> Argument:
    """Return the argument that a parameter of a question's function declares by its annotation."""
    kind, *told = get_args(declared) if get_origin(declared) is Annotated else (declared,)
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    help = next((one for one in told if isinstance(one, Said)), NOTHING)
    between = next((one for one in told if isinstance(one, Between)), None)
    most = next((one.items for one in told if isinstance(one, AtMost)), MOST_ITEMS)
    return Argument(name, kind, default, required, positional, help, between, most)


class Reader:
    """Checks and converts the arguments of one question, in the same way for the command line, HTTP and Python."""

    def __init__(self, arguments: Iterable[Argument]) -> None:
        self.arguments = {argument.name: argument for argument in arguments}
        # By an alias, so that an argument may be called what a model already has (register, copy).
        fields: dict[str, Any] = {f"{a.name}_": (_type_of(a), _field(a)) for a in self.arguments.values()}
        self.model: type[BaseModel] = create("Arguments", __config__=ConfigDict(extra="forbid", strict=True), **fields)

    def read(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return the arguments as the question's function takes them, defaults filled in; ArgumentError for the first that is wrong."""
        for name in given:
            if name not in self.arguments:
                raise UnknownArgumentError(argument=name[:_SHOWN], known=", ".join(self.arguments) or "—")
        present = {name: value for name, value in given.items() if value is not None and not _is_blank(value)}
        try:
            made = self.model.model_validate(present)
        except ValidationError as error:
            raise self._refusal(error.errors(include_url=False)[0]) from error
        return {name: getattr(made, f"{name}_") for name in self.arguments}

    def read_texts(self, given: Mapping[str, object]) -> dict[str, object]:
        """Check and convert arguments that arrive as texts, as on the command line or in an address."""
        return self.read(
            {
                name: self.arguments[name].read_text(value)
                if isinstance(value, str) and name in self.arguments
                else value
                for name, value in given.items()
            }
        )

    def _refusal(self, wrong: ErrorDetails) -> ArgumentError:
        argument = self.arguments[str(wrong["loc"][0])]
        if wrong["type"] == "missing":
            return MissingArgumentError(argument=argument.name)
        told = {
            "choices": ", ".join(argument.choices),
            "range": argument.between.said if argument.between else NOTHING,
            **wrong.get("ctx", {}),
        }
        reason = _REASONS.get(wrong["type"], _UNFIT).fill(**told)
        return ArgumentError(argument=argument.name, value=_repeat(wrong["input"]), reason=reason)


def _type_of(argument: Argument) -> Any:
    """Return the type by which pydantic checks an argument."""
    kind = argument.type
    text = Annotated[str, BeforeValidator(_text), Field(max_length=LONGEST_TEXT)]
    if kind is str:
        kind = text
    elif kind is date:
        kind = Annotated[date, BeforeValidator(_day)]
    elif argument.is_list:
        items = Field(max_length=argument.most_items)
        kind = Annotated[list[text], BeforeValidator(_as_list), items]
    elif hasattr(kind, "parse"):
        kind = Annotated[kind, PlainValidator(_parser(kind, argument.name)), WithJsonSchema({"type": "string"})]
    return kind if argument.required else kind | None


def _field(argument: Argument) -> Any:
    limits: dict[str, Any] = {"allow_inf_nan": False} if argument.type is float else {}
    if argument.between:
        limits |= {"ge": argument.between.least, "le": argument.between.most}
    if argument.required:
        return Field(alias=argument.name, **limits)
    return Field(default_factory=lambda: argument.default, alias=argument.name, **limits)


def _repeat(value: object) -> str:
    """Return a refused value as its sentence repeats it, the same from text, JSON and Python."""
    if isinstance(value, list):
        return ", ".join(map(str, value[:_SHOWN]))[:_SHOWN]
    return f"{value:g}" if isinstance(value, float) else str(value)[:_SHOWN]


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _text(value: object) -> object:
    """Return a text without blanks around it; no text has a NUL, which engines and files take for its end."""
    if isinstance(value, str) and "\0" in value:
        raise PydanticCustomError("string_type", "NUL")
    return value.strip() if isinstance(value, str) else value


def _day(value: object) -> object:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as wrong:
        raise PydanticCustomError("day", "no day") from wrong


def _as_list(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _parser(kind: Any, name: str) -> Callable[[object], object]:
    """Return the reader of a type that reads itself from text (a period), whose refusals name the argument."""

    def parse(value: object) -> object:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str) or "\0" in value:
            raise PydanticCustomError("string_type", "no text")
        if len(value) > LONGEST_TEXT:
            raise PydanticCustomError("string_too_long", "too long", {"max_length": LONGEST_TEXT})
        try:
            return kind.parse(value)
        except ArgumentError as wrong:
            raise ArgumentError(**{**wrong.details, "argument": name}) from wrong

    return parse
