"""Empty workbooks made from the schema: the right headers, what each column means, lists to choose from; filled in, they load at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from graph.kinds import PERSONAL_CLASSES, Column, Link, Register
from graph.schema import SCHEMA
from graph.schema.organizations import PartyOrganization
from graph.texts import NOTHING, Said
from graph.types import Place, Span
from loaders.headers.likeness import likenesses
from loaders.vocabulary.header_words import vocabulary_of
from loaders.vocabulary.personal_headers import is_personal_header

ROWS = 1000  # how far down the lists to choose from reach
HOME = "居住社区"
EXAMPLE = "示例"
_NUMBERS, _MARKS = (
    {"zh": "序号", "en": "No."},
    {"zh": EXAMPLE, "en": "Example"},
)  # every register has a running number; a row that calls itself an example is no data
LONGEST_LIST = 255  # a spreadsheet refuses a longer list of choices
_IDENTITY = {
    "name": ("姓名（仅用于生成化名，不保存）", "name (only to make a pseudonym; never kept)", "张三"),
    "number": ("公民身份号码（仅用于生成化名，不保存）", "national number (only for a pseudonym; never kept)", ""),
    "birth": ("出生日期（仅用于生成化名，不保存）", "date of birth (only for a pseudonym; never kept)", ""),
}
_EXAMPLES = {
    "Date": "2026-06-30", "Year": "2019", "Count": "30", "Area": "120", "Quantity": "90", "Longitude": "112.4381", "Latitude": "34.6632",
    "TimeRange": "14:00-16:00", "OpeningHours": "周一至周五 9:00-17:00", "Term": "三年", "OfficePhone": "0379-64000000",
    "Industry": "C3571", "ListOf": "投影、音响", "KeepsLog": "有", "Bool": "是", "Name": "示范", "Text": "示范",
    "Span": "2026.03-2026.12", "Occasion": "2026-06-30", "TeamName": "示范志愿服务队",
}  # fmt: skip
_EXAMPLES_EN = _EXAMPLES | {
    "OpeningHours": "Mon-Fri 9:00-17:00", "Term": "3 years", "ListOf": "projector, loudspeakers", "KeepsLog": "yes", "Bool": "yes",
    "Name": "Example", "Text": "example", "TeamName": "Example team",
}  # fmt: skip
_IDENTITY_EN = {"name": "full name", "number": "ID card number", "birth": "date of birth"}
_ABOVE = {PartyOrganization.label: "长安路街道党工委"}  # what a row's own kind is subordinate to: never itself
_AFTER = re.compile(r"\s*[(;].*")
_LIST_WORD = re.compile(r"(?:基本情况)?(?:清单|名录|台账|名册|手册|菜单|招募表|登记表|情况表|一览表|表)$")


def template_columns(register: Register) -> list[Column]:
    """Return the columns of a register's empty form: none for personal data, none twice.

    Columns of other registers that read the same rows come last.
    """
    chosen = own_columns(register)
    for part in register.beside:
        asked = {form for column in chosen for form in column.headers}
        chosen += [column for column in own_columns(part) if header_of(column) not in asked]
    return chosen


def own_columns(register: Register) -> list[Column]:
    """Return the columns of a register's empty form without those of registers beside it."""
    chosen: list[Column] = []
    for column in register.columns:
        is_asked = bool(header_of(column)) and column.role not in {"personal", "ignored", "refused"}
        is_composed = isinstance(register.type_of(column), Place | Span)
        has_parts = is_composed and sum(c.field == column.field for c in register.columns) > 1
        if is_asked and not has_parts and column.field not in {c.field for c in chosen}:
            chosen.append(column)
    return chosen


def header_of(column: Column) -> str:
    """Return the header of a column in an empty form; a home address is replaced by the question for its community."""
    if isinstance(column, Link) and column.personal:
        return HOME if HOME in column.headers else ""
    return column.headers[0] if column.headers else ""


def header_in(register: Register, column: Column, lang: str) -> str:
    """Return the header of a column in an empty form in one language: in English what the schema calls it, which loading knows."""
    if lang == "zh":
        return header_of(column)
    if column.role == "identity":
        return _IDENTITY_EN[column.field]
    titles = {p.name: p.en for p in (*register.row.properties, *register.inputs)}
    title = titles.get(column.field, "") if not isinstance(column, Link) else ""
    words = column.field.replace("_", " ")
    candidates = [text for text in (_AFTER.sub("", title), words, f"{register.row.en} {words}") if text]
    return next((text for text in candidates if _is_meant(text, register, column)), header_of(column))


def _is_meant(header: str, register: Register, column: Column) -> bool:
    """Tell whether a header is known as one of a column, and surer than of any other."""
    known = sorted(
        (like for like in likenesses(header, register, vocabulary_of(SCHEMA)) if like.exact), key=lambda k: -k.value
    )
    return bool(known) and known[0].column is column and (column.role == "identity" or not is_personal_header(header))


def save_template(register: Register, path: Path, lang: str = "zh") -> list[str]:
    """Write a workbook with a register's headers and one row marked as an example, which loading skips; return the headers."""
    columns = template_columns(register)
    of = {id(c): r for r in (*register.beside, register) for c in r.columns}  # a column is one of its own register
    headers = [_NUMBERS[lang], *(header_in(of[id(column)], column, lang) for column in columns)]
    title = (register.titles or (register.zh,))[0] if lang == "zh" else register.en
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, formats = book.add_worksheet((register.zh if lang == "zh" else register.en)[:31]), _formats(book)
        sheet.merge_range(0, 0, 0, len(columns), title, formats["title"])
        sheet.set_row(0, 26)
        sheet.freeze_panes(2, 0)
        sheet.write_row(1, 0, headers, formats["optional"])
        sheet.write_row(
            2,
            0,
            [_MARKS[lang], *(example_value(of[id(column)], column, lang) for column in columns)],
            formats["example"],
        )
        for n, column in enumerate(columns, 1):
            if column.required:
                sheet.write_string(1, n, headers[n], formats["required"])
            sheet.write_comment(1, n, describe_column(of[id(column)], column, lang), {"x_scale": 2})
            sheet.set_column(n, n, max(12, 2.4 * len(headers[n].split("\n")[0])), formats["cell"])
            sheet.data_validation(2, n, ROWS, n, _validation(of[id(column)], column, lang))
    return headers


def describe_column(register: Register, column: Column, lang: str = "zh") -> str:
    """Return what belongs into a column: its meaning, whether it must be filled, what it may be, an example."""
    between = Said("、", ", ").text(lang)
    choices, example = between.join(_choices(register, column, lang)), example_value(register, column, lang)
    several = isinstance(column, Link) and column.split
    lines = (
        NOTHING, Said("必填", "must be filled"), Said("可填多个，用“、”隔开", "several, separated by commas"), NOTHING,
        Said("可选：", "one of: "), Said("例：", "example: "),
    )  # fmt: skip
    told = register.personal_class(column)
    kept = PERSONAL_CLASSES[told].text(lang)
    parts = (_meaning(register, column).text(lang), "", "", kept, choices, example)
    shown = (True, column.required, several, told == 1, bool(choices), bool(example))
    return "\n".join(
        line.text(lang) + part for line, part, is_shown in zip(lines, parts, shown, strict=True) if is_shown
    )


def example_value(register: Register, column: Column, lang: str = "zh") -> str:
    """Return a value that the column would take."""
    if lang == "en":
        return _english_example(register, column)
    if isinstance(column, Link):
        above = _ABOVE if column.other[0] is register.row else {}
        other = column.other[_side(register, column) % len(column.other)]
        # What several registers have is named after its kind, and has a name of its own in the template of each.
        named = f"示范{other.zh}" if other.mention == "resolve" else "示范"
        return above.get(other.label) or other.example or named
    if column.role == "identity":
        return _IDENTITY[column.field][2]
    if column.role == "items":
        return "会议室1间、志愿者10名"
    choices = _choices(register, column)
    if choices:
        return choices[0]
    if column.field == "number":
        return "示范-001"
    if column.field in {"name", "title"}:
        return getattr(register.row, "example", "") or f"示范{_LIST_WORD.sub('', register.zh)}"
    return _EXAMPLES.get(type(register.type_of(column)).__name__, "")


def _english_example(register: Register, column: Column) -> str:
    if isinstance(column, Link):
        return f"Example {column.other[_side(register, column) % len(column.other)].en}"
    if column.role == "identity":
        return {"name": "Zhang San"}.get(column.field, "")
    if column.role == "items":
        return "1 meeting room, 10 volunteers"
    choices = _choices(register, column, "en")
    if choices:
        return choices[0]
    if column.field in {"name", "title"}:
        return f"Example {register.row.en}"
    return _EXAMPLES_EN.get(type(register.type_of(column)).__name__, "")


def _side(register: Register, column: Link) -> int:
    """Return which of the sides of a relation a column names (甲方 0, 乙方 1); each is given another kind of unit as example."""
    sides = [k.field for k in register.links if k.relation is column.relation and k.end == column.end and k.constants]
    return sides.index(column.field) if column.constants else 0


def _meaning(register: Register, column: Column) -> Said:
    if isinstance(column, Link):
        zh, en = ("/".join(dict.fromkeys(names)) for names in zip(*((e.zh, e.en) for e in column.other), strict=True))
        return Said(f"{column.relation.zh}：{zh}的名称", f"{column.relation.en}: name of the {en}")
    if column.role == "identity":
        return Said(*_IDENTITY[column.field][:2])
    for prop in (*register.row.properties, *register.inputs):
        if prop.name == column.field:
            return Said(prop.zh, prop.en)
    return Said(header_of(column), column.field)


def _choices(register: Register, column: Column, lang: str = "zh") -> tuple[str, ...]:
    if isinstance(column, Link) or column.role == "identity":
        return ()
    choices: Mapping[str, tuple[str, ...]] = getattr(register.type_of(column), "choices", {})
    if lang == "zh":
        return tuple(choices)
    return tuple(next(filter(str.isascii, others), word) for word, others in choices.items())


def _validation(register: Register, column: Column, lang: str) -> dict[str, object]:
    """Return the note that a cell shows when it is chosen, and the list to choose from where there is one; other values stay allowed."""
    note: dict[str, object] = {
        "input_title": header_in(register, column, lang).replace("\n", "")[:32],
        "input_message": describe_column(register, column, lang)[:255],
        "error_type": "warning",
    }
    choices = list(_choices(register, column, lang))
    if choices and len(",".join(choices)) <= LONGEST_LIST:
        return note | {"validate": "list", "source": choices}
    return note | {"validate": "any"}


def _formats(book: Workbook) -> dict[str, Any]:
    head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    looks = {
        "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
        "cell": {"num_format": "@"},  # as text: a spreadsheet then changes no code and no date
        "example": {"italic": True, "font_color": "#7F7F7F", "num_format": "@"},
        "required": head | {"bg_color": "#FCE4D6"},
        "optional": head | {"bg_color": "#DDEBF7"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}
