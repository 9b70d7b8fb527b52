"""`shilian template REGISTER -o FILE.xlsx`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from graph.errors import ArgumentError
from graph.register_names import find_register
from graph.schema import SCHEMA
from graph.texts import Said
from loaders.template import save_template


def run(
    door: Door,
    register: Annotated[
        str,
        typer.Argument(
            metavar="REGISTER", help=Said("登记表的代号或名称；写 list 列出全部", "the register's name; list shows all")
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.xlsx", help=Said("保存到这个文件", "the file to write")),
    ] = None,
) -> None:
    """Write a workbook with the right headers, notes, lists to choose from and an example row; filled in, it loads."""
    if register == "list":
        _show_registers(door)
        return
    found = find_register(register)
    path = output or Path(f"{Said(found.zh, found.en).text(door.lang)}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise ArgumentError(argument="--output", value=path, reason=".xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    headers = save_template(found, path, door.lang)
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
