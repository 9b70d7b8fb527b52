"""Files and cells as nobody would send them: what the fuzz tests feed to the readers and value types."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable

import openpyxl

NASTY = [
    "", " ", "\t", "\r\n", "\x00", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\ufffd", "\U0001f600", "e\u0301", "ﬁ", "①", "㎡", "½", "Ⅻ", "０", "１９", "―", "〃", "同上", "=1+1",
    "=HYPERLINK(\"x\")", "@", "'", "\"", "<script>", "&#0;", "%00", "../", "NaN", "inf", "-0", "1e308", "1e-308", "1E+14", "0x1F", "9" * 40, "-", "—", "/", "\\", "无", "2024-02-30",
    "2019.1", "60", "43525", "0000-00-00", "9999-12-31", "二〇一九年三月", "三", "十", "百万", "廿", "约", "余", "亩", "万平方米", "至", "起", "长期", "每周一", "夏季", "冬季", "周一闭馆", "112.4,34.6",
    "34.6,112.4", "北纬", "°", "是", "√", "1间", "10名", "、", "；", "，", "(", "（", ")", "[", "{", "*", "?", "+", "$", "^", "|", "王主任", "联系人", "微信", "QQ", "@a.b", "豫C", "0379-", "社区", "有限公司",
]  # fmt: skip
REGISTERS: dict[str, list[str]] = {
    "场地资源登记表": [
        "场地名称",
        "资源类型",
        "产权单位",
        "面积",
        "可容纳人数",
        "开放时间",
        "设施设备",
        "使用状态",
        "备注",
    ],
    "驻区单位基本情况表": [
        "单位名称",
        "统一社会信用代码",
        "职工人数",
        "经度",
        "纬度",
        "办公电话",
        "闲置场地情况",
        "备注",
    ],
    "共驻共建协议台账": ["协议编号", "甲方", "乙方", "签订日期", "终止日期", "有效期", "共建内容", "履行情况"],
    "需求清单": ["需求单位", "需求类别", "需求内容", "需求数量", "截止日期", "紧急程度"],
    "场地使用登记表": ["使用日期", "起止时间", "场地名称", "使用单位", "活动名称", "参加人数"],
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "latin-1", "shift_jis")


def cell(chance: random.Random) -> str:
    """Return a cell text made of nasty pieces."""
    return "".join(chance.choice(NASTY) for _ in range(chance.randint(0, 6)))


def table(chance: random.Random) -> tuple[str, list[list[str]]]:
    """Return a register's title and rows: its header, then cells that are mostly nasty."""
    title = chance.choice(list(REGISTERS))
    header = REGISTERS[title]
    rows = [[cell(chance) for _ in header] for _ in range(chance.randint(1, 8))]
    for number, row in enumerate(rows):
        row[0] = row[0] or f"第{number}项"
    return title, [header, *rows]


def csv_bytes(rows: list[list[str]], chance: random.Random) -> bytes:
    """Return rows as CSV in some encoding, some delimiter, some line end."""
    text = io.StringIO()
    dialect = {"delimiter": chance.choice(",;\t|"), "lineterminator": chance.choice(["\n", "\r\n", "\r"])}
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue().encode(chance.choice(ENCODINGS), "replace")


def xlsx_bytes(rows: list[list[str]], chance: random.Random) -> bytes:
    """Return rows as a workbook, without the characters that no workbook can hold."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c)[:30_000] or None for c in row])
    if chance.random() < 0.3 and len(rows) > 2:
        book.active.merge_cells(start_row=2, end_row=3, start_column=1, end_column=1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some flipped, cut out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) or 1)
        how = chance.randrange(4)
        if how == 0 and changed:
            changed[at % len(changed)] = chance.randrange(256)
        elif how == 1:
            del changed[at : at + chance.randint(1, 64)]
        elif how == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 64)]
        elif chance.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def mutate_archive(data: bytes, chance: random.Random) -> bytes:
    """Return a workbook one of whose parts was changed inside an archive that is itself in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice([n for n in old.namelist() if n.startswith("xl/")])
        for name in old.namelist():
            new.writestr(name, mutate_bytes(old.read(name), chance) if name == victim else old.read(name))
    return out.getvalue()


def file_bytes(chance: random.Random) -> tuple[str, bytes]:
    """Return a file's name and content: a register as CSV or workbook, whole or damaged."""
    title, rows = table(chance)
    make: Callable[[list[list[str]], random.Random], bytes] = chance.choice([csv_bytes, xlsx_bytes])
    data = make(rows, chance)
    how = chance.randrange(3)
    if how == 1:
        data = mutate_bytes(data, chance)
    elif how == 2 and make is xlsx_bytes:
        data = mutate_archive(data, chance)
    return f"{title}.{'xlsx' if make is xlsx_bytes else 'csv'}", data
