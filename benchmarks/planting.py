"""Planting: personal data in eight styles in every column of every register, in valid workbooks; what of it is found after loading.

Searched are the files of the workspace (loads, snapshots, ledger with reports and decisions), the report of the load, the names that
wait, and the default export. Digits are searched without what parts them, in any spelling.
"""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
from xlsxwriter import Workbook

from api.graph_files import export_graph
from benchmarks.measure import Board, parse
from graph.connect import connect
from graph.kinds import Column, Register
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.types.digit_runs import make_plain
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.template import example_value, header_of, template_columns

AS_OF = date(2026, 6, 30)
NUMBER = "序号"
NAMES_ALLOWED = 0.01  # share of names that may be found
_CHINESE = "〇一二三四五六七八九"
_SURNAMES, _GIVEN = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕谯逄赖阎覃晏粟仝鄢",
    "建国庆华红梅秀英志强玉兰晓明海燕文静俊杰雅琴振东丽娟春生",
)


@dataclass(frozen=True)
class Planted:
    """Personal data put into a cell: its style, the text written, and what must be found nowhere."""

    style: str
    text: str
    secret: str
    register: str = ""
    column: str = ""
    kind: str = ""


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _national(dice: random.Random) -> str:
    born = date.fromordinal(dice.randrange(date(1945, 1, 1).toordinal(), date(2005, 1, 1).toordinal()))
    return f"4103{dice.randrange(2, 29):02d}{born:%Y%m%d}{_digits(dice, 3)}{dice.choice('0123456789X')}"


def _mobile(dice: random.Random) -> str:
    return f"1{dice.choice('3456789')}{_digits(dice, 9)}"


def _name(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, 2))


def _grouped(dice: random.Random) -> tuple[str, str]:
    number = _national(dice)
    parts = dice.choice(((4, 4, 4, 4, 2), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4)))
    cuts = [sum(parts[:n]) for n in range(len(parts) + 1)]
    sign = dice.choice((" ", "-", "—", ".", "  ", "·"))
    return sign.join(number[a:b] for a, b in pairwise(cuts)), number


def _glued(dice: random.Random) -> tuple[str, str]:
    first, second = dice.choice(((_national, _national), (_mobile, _mobile), (_national, _mobile)))
    number = first(dice)
    return number + second(dice), number


def _spelt(dice: random.Random) -> tuple[str, str]:
    number = _mobile(dice)
    sign = dice.choice((".", "—", " ", "·", "－"))
    parted = sign.join((number[:3], number[3:7], number[7:]))
    chinese = "".join(_CHINESE[int(digit)] for digit in number)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    alike = number.replace("0", "O").replace("1", "l")
    return dice.choice((parted, parted, chinese, wide, alike, f"+86 {parted}")), number


def _landline(dice: random.Random) -> tuple[str, str]:
    number = f"6{_digits(dice, 7)}"
    return dice.choice(
        (f"家庭电话0379-{number}", f"宅电{number}", f"家里座机(0379){number}", f"住宅 0379 {number[:4]} {number[4:]}")
    ), number


def _role(dice: random.Random) -> tuple[str, str]:
    name = _name(dice)
    role = dice.choice(
        (
            "{}负责",
            "联系人{}",
            "由{}主任牵头",
            "责任人：{}",
            "书记{}带队",
            "{}老师对接",
            "由{}组织实施",
            "村民{}反映",
            "钥匙在门卫{}手里",
            "保洁员{}每天来",
            "网格员{}跟进",
            "最早提的是{}大爷",
            "其母{}同住",
            "3号院{}老两口",
            "保管员{}开门",
            "快递小哥{}帮忙",
        )
    )
    return role.format(name), name


def _home(dice: random.Random) -> tuple[str, str]:
    room = f"{dice.randrange(1, 9)}单元{dice.randrange(1, 34)}{dice.randrange(1, 9):02d}室"
    place = dice.choice(("长安路12号院{}号楼", "幸福小区{}号楼", "家住建设新村{}栋", "牡丹花园{}幢"))
    return place.format(dice.randrange(1, 60)) + room, room


def _health(dice: random.Random) -> tuple[str, str]:
    told = dice.choice(
        ("患有糖尿病{}年", "因车祸致残疾{}年，行动不便", "身体不好，服药{}年", "确诊肺癌第{}个月", "精神分裂症病史{}年")
    )
    number = str(dice.randrange(100, 999))
    return told.format(number), told.split("，")[-1 if "服药" in told else 0].format(number)


def _belief(dice: random.Random) -> tuple[str, str]:
    told = dice.choice(
        ("信仰基督教{}年", "曾受党内警告处分{}天", "因酒驾被拘留{}日", "多次进京上访共{}回", "练过法轮功{}天")
    )
    secret = told.format(dice.randrange(100, 999))
    return secret, secret


STYLES: Mapping[str, Callable[[random.Random], tuple[str, str]]] = {
    "national number in groups": _grouped, "numbers glued together": _glued, "mobile, parted or spelt": _spelt,
    "landline of a home": _landline, "name with a role": _role, "home address with a room": _home, "health": _health,
    "belief, punishment, petition": _belief,
}  # fmt: skip


def plant(folder: Path, registers: Sequence[Register], seed: int, each: int) -> list[Planted]:
    """Write a workbook a register, with each style `each` times in each of its columns; return what was planted."""
    dice = random.Random(seed)
    return [planted for register in registers for planted in _plant_register(folder, register, dice, each)]


def _plant_register(folder: Path, register: Register, dice: random.Random, each: int) -> list[Planted]:
    own = {header for column in template_columns(register) for header in column.headers}
    more = [
        c for c in register.columns if c.headers and c.role in {"personal", "ignored"} and not own & set(c.headers[:1])
    ]
    columns = [*template_columns(register), *more]
    of = {id(c): r for r in (*register.beside, register) for c in r.columns}
    planted: list[Planted] = []
    rows = [[_base(of[id(c)], c, n, dice) for c in columns] for n in range(len(columns) * len(STYLES) * each)]
    for at, column in enumerate(columns):
        for style, make in STYLES.items():
            for _ in range(each):
                text, secret = make(dice)
                row = rows[len(planted)]
                row[at] = text if dice.random() < 0.5 or not row[at] else f"{row[at]}，{text}"
                kind = column.role if column.role != "value" else type(register.type_of(column)).__name__
                planted.append(
                    Planted(style, text, secret, register.name, header_of(column) or column.headers[0], kind)
                )
    folder.mkdir(parents=True, exist_ok=True)
    with Workbook(
        str(folder / f"{register.zh}.xlsx"), {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(register.zh[:31])
        sheet.write(0, 0, (register.titles or (register.zh,))[0])
        sheet.write_row(1, 0, [NUMBER, *(header_of(c) or c.headers[0] for c in columns)])
        for n, row in enumerate(rows):
            sheet.write_row(n + 2, 0, [str(n + 1), *row])
    return planted


def _base(register: Register, column: Column, row: int, dice: random.Random) -> str:
    """Return a valid cell of a row; what names the row differs from row to row."""
    if column.role in {"personal", "ignored"}:
        return ""
    if column.role == "identity":
        return {"name": _name(dice), "number": _national(dice)}.get(column.field, "")
    text = example_value(register, column)
    return f"{text}{row + 1}" if column.field in {"name", "title"} and text else text


def search(folder: Path, settings: Settings, texts: Iterator[str], planted: Sequence[Planted]) -> list[Planted]:
    """Return what of the planted is found in the texts of a report, in the workspace's files or in the default export."""
    with connect(settings) as graph:
        export_graph(graph, folder / "export")
    found = {*texts, *_stored(settings.workspace), *_stored(folder / "export")}
    words, digits = "\n".join(found), "\n".join(re.sub(r"[^0-9A-Za-z]", "", make_plain(text).text) for text in found)
    return [
        one
        for one in planted
        if one.secret in words
        or (one.secret[:11].isdigit() and one.secret[:17] in digits)
        or (len(one.secret) == 8 and one.secret in digits)
    ]


def _stored(folder: Path) -> Iterator[str]:
    """Yield every text in the files of a folder: of tables and ledgers each cell."""
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            yield from _texts_of(pl.read_parquet(path))
        elif path.suffix in {".arrow", ".feather", ".ipc"}:
            yield from _texts_of(pl.read_ipc(path))
        elif path.suffix == ".sqlite":
            with sqlite3.connect(path) as ledger:
                yield from ledger.iterdump()
        elif path.is_file():
            yield from path.read_bytes().decode("utf-8", "ignore").splitlines()


def _texts_of(frame: pl.DataFrame) -> Iterator[str]:
    for name, dtype in frame.schema.items():
        if dtype == pl.List(pl.String):
            yield from frame[name].explode().drop_nulls().unique().to_list()
        elif dtype == pl.String:
            yield from frame[name].drop_nulls().unique().to_list()


def run(folder: Path, registers: Sequence[Register], seed: int, each: int) -> tuple[list[Planted], list[Planted]]:
    """Plant, load and search; return what was planted and what of it was found."""
    planted = plant(folder / "in", registers, seed, each)
    settings = Settings(workspace=folder / "workspace", key_file=folder / "key")
    result = load_paths(settings.workspace, [folder / "in"], options=LoadOptions(as_of=AS_OF), settings=settings)
    told = [problem.message() + problem.value + problem.suggestion for problem in result.problems]
    return planted, search(folder, settings, iter([*told, str(result.to_dict()), *result.summary.names]), planted)


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, seed=1, each=2)
    with tempfile.TemporaryDirectory() as folder:
        planted, found = run(Path(folder), SCHEMA.registers, options.seed, options.each)
    board = Board(f"planting: {len(SCHEMA.registers)} registers, every column × {len(STYLES)} styles × {options.each}")
    total, leaked = Counter(one.style for one in planted), Counter(one.style for one in found)
    for style in STYLES:
        allowed = NAMES_ALLOWED if style == "name with a role" else 0.0
        share = leaked[style] / total[style]
        board.add(style, f"{leaked[style]:,} of {total[style]:,}", f"≤ {allowed:.0%}", share <= allowed)
    for (kind, style), count in sorted(Counter((one.kind, one.style) for one in found).items()):
        board.add(f"  {kind} × {style}", f"{count:,}")
    board.print()
    return board


if __name__ == "__main__":
    main()
