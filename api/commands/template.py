"""`shilian template REGISTER -o FILE.xlsx`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from graph.errors import ArgumentError, UnknownRegisterError
from graph.schema import SCHEMA
from loaders.template import find_register, save_template


def run(
    door: Door,
    register: Annotated[
        str,
        typer.Argument(
            metavar="REGISTER", help="登记表的代号或名称；写 list 列出全部 ¦ the register's name; list shows all"
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help="保存到这个文件 ¦ the file to write")
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help="带一行示例，填写时请覆盖 ¦ with one filled row, to be overwritten")
    ] = False,
) -> None:
    """Write an empty workbook with the right headers, notes and drop-down lists; filled in, it loads without questions."""
    if register == "list":
        _show_registers(door)
        return
    found = find_register(register)
    if found is None:
        raise UnknownRegisterError(
            name=register, known="、".join(f"{one.name}（{one.zh}）" for one in SCHEMA.registers)
        )
    path = output or Path(f"{found.zh}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise ArgumentError(argument="--output", value=path, reason=".xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    headers = save_template(found, path, door.lang, example=example)
    if door.json:
        door.print_json({"register": found.name, "file": str(path), "headers": headers})
    else:
        door.tell(
            f"已保存：{path}（{len(headers)} 列）。填好后：shilian load {path}",
            f"Saved: {path} ({len(headers)} columns). Once filled in: shilian load {path}",
        )


def _show_registers(door: Door) -> None:
    if door.json:
        door.print_json({"registers": [{"name": one.name, "zh": one.zh, "en": one.en} for one in SCHEMA.registers]})
        return
    for one in SCHEMA.registers:
        door.tell(f"{one.name:16} {one.zh}", f"{one.name:16} {one.en}")
