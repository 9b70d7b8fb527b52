"""Empty workbooks made from the schema: the right headers, what each column means, lists to choose from; filled in, they load at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from graph.kinds import Column, Link, Register
from graph.schema import SCHEMA
from graph.types import Place

ROWS = 1000  # how far down the lists to choose from reach
HOME = "居住社区"
LONGEST_LIST = 255  # a spreadsheet refuses a longer list of choices
_IDENTITY = {
    "name": ("姓名", "name", "示例"), "number": ("公民身份号码（仅用于生成化名，不保存）", "national number (only to make a pseudonym; never kept)", ""),
    "birth": ("出生日期（仅用于生成化名，不保存）", "date of birth (only to make a pseudonym; never kept)", ""),
}  # fmt: skip
_EXAMPLES = {
    "Date": "2026-06-30", "Year": "2019", "Count": "30", "Area": "120", "Longitude": "112.4381", "Latitude": "34.6632", "TimeRange": "14:00-16:00",
    "OpeningHours": "周一至周五 9:00-17:00", "Term": "三年", "OfficePhone": "0379-64000000", "Industry": "C3571", "ListOf": "投影、音响", "KeepsLog": "有", "Bool": "是",
    "Name": "示例", "Text": "示例", "CreditCode": "91410300171080000D", "Codes": "",
}  # fmt: skip
_UNITS = {
    "Enterprise": "第一拖拉机厂", "Community": "重二社区", "Subdistrict": "长安路街道", "Institution": "示例小学", "PartyOrganization": "第一拖拉机厂党委", "Venue": "示例会议室",
    "RedBase": "示例纪念馆", "Concept": "便民服务",
}  # fmt: skip


def template_columns(register: Register) -> list[Column]:
    """Return the columns that a template asks for: none about persons, none twice."""
    chosen: list[Column] = []
    for column in register.columns:
        is_asked = bool(header_of(column)) and column.role not in {"personal", "ignored"}
        has_parts = (
            isinstance(register.type_of(column), Place) and sum(c.field == column.field for c in register.columns) > 1
        )
        if is_asked and not has_parts and column.field not in {c.field for c in chosen}:
            chosen.append(column)
    return chosen


def header_of(column: Column) -> str:
    """Return the header that a template uses; of a home address, only the community is asked for."""
    if isinstance(column, Link) and column.personal:
        return HOME if HOME in column.headers else ""
    return column.headers[0] if column.headers else ""


def save_template(register: Register, path: Path, lang: str = "zh", *, example: bool = False) -> list[str]:
    """Write an empty workbook for a register and return its headers; `example` adds one filled row, to be overwritten."""
    columns = template_columns(register)
    headers = [header_of(column) for column in columns]
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(register.zh[:31])
        formats = _formats(book)
        sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), (register.titles or (register.zh,))[0], formats["title"])
        sheet.set_row(0, 26)
        sheet.freeze_panes(2, 0)
        for n, column in enumerate(columns):
            sheet.write_string(1, n, headers[n], formats["required" if column.required else "optional"])
            sheet.write_comment(1, n, describe_column(register, column, lang), {"x_scale": 2})
            sheet.set_column(n, n, max(12, 2.4 * len(headers[n].split("\n")[0])), formats["cell"])
            sheet.data_validation(2, n, ROWS, n, _validation(register, column, lang))
            if example:
                sheet.write_string(2, n, example_value(register, column))
    return headers


def describe_column(register: Register, column: Column, lang: str = "zh") -> str:
    """Return what belongs into a column: its meaning, whether it must be filled, what it may be, an example."""
    say = (lambda zh, en: zh) if lang == "zh" else (lambda zh, en: en)
    lines = [say(*_meaning(register, column))]
    if column.required:
        lines.append(say("必填", "must be filled"))
    if isinstance(column, Link) and column.split:
        lines.append(say("可填多个，用“、”隔开", "several, separated by 、"))
    choices = _choices(register, column)
    if choices:
        lines.append(say("可选：", "one of: ") + "、".join(choices))
    example = example_value(register, column)
    return "\n".join([*lines, say("例：", "example: ") + example] if example else lines)


def example_value(register: Register, column: Column) -> str:
    """Return a value that the column would take."""
    if isinstance(column, Link):
        return _UNITS.get(column.other[0].label, "示例")
    if column.role == "identity":
        return _IDENTITY[column.field][2]
    choices = _choices(register, column)
    if choices:
        return choices[0]
    if column.field == "name" and register.row.label in _UNITS:
        return _UNITS[register.row.label]
    return _EXAMPLES.get(type(register.type_of(column)).__name__, "")


def _meaning(register: Register, column: Column) -> tuple[str, str]:
    if isinstance(column, Link):
        others = (
            "/".join(dict.fromkeys(e.zh for e in column.other)),
            "/".join(dict.fromkeys(e.en for e in column.other)),
        )
        return f"{column.relation.zh}：{others[0]}的名称", f"{column.relation.en}: name of the {others[1]}"
    if column.role == "identity":
        return _IDENTITY[column.field][:2]
    for prop in (*register.row.properties, *register.inputs):
        if prop.name == column.field:
            return prop.zh, prop.en
    return header_of(column), column.field


def _choices(register: Register, column: Column) -> tuple[str, ...]:
    if isinstance(column, Link) or column.role == "identity":
        return ()
    choices: Mapping[str, Any] = getattr(register.type_of(column), "choices", {})
    return tuple(choices)


def _validation(register: Register, column: Column, lang: str) -> dict[str, Any]:
    """Return the note that a cell shows when it is chosen, and the list to choose from where there is one; other values stay allowed."""
    note = {
        "input_title": header_of(column).replace("\n", "")[:32],
        "input_message": describe_column(register, column, lang)[:255],
        "error_type": "warning",
    }
    choices = list(_choices(register, column))
    if choices and len(",".join(choices)) <= LONGEST_LIST:
        return note | {"validate": "list", "source": choices}
    return note | {"validate": "any"}


def _formats(book: Workbook) -> dict[str, Any]:
    head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"}), "cell": book.add_format({"num_format": "@"}),
        "required": book.add_format(head | {"bg_color": "#FCE4D6"}), "optional": book.add_format(head | {"bg_color": "#DDEBF7"}),
    }  # fmt: skip


def find_register(name: str) -> Register | None:
    """Return the register that goes by this name, in the schema's spelling or as a person calls it."""
    return next((one for one in SCHEMA.registers if name in {one.name, one.zh, one.en, *one.titles}), None)
