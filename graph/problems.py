"""What can be wrong with a cell, a row or a sheet: one catalogue of codes, each with its sentence in Chinese and English.

Value types, header mapping and merging report by code; the sentences are made here, once, for screen, JSON and workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from graph.texts import Said, in_language, restore_said, store_said

ERROR, WARNING = "error", "warning"

PROBLEMS: dict[str, Said] = {
    "uscc.check": Said(
        "“{value}”不是有效的统一社会信用代码（校验位不符）",
        "“{value}” is no valid unified social credit code (its check character differs)",
    ),
    "uscc.form": Said(
        "“{value}”不是 18 位统一社会信用代码", "“{value}” is not an 18-character unified social credit code"
    ),
    "code.form": Said(
        "“{value}”的位数不对，或不全是数字", "“{value}” has a wrong number of digits, or other characters"
    ),
    "code.lost": Said(
        "“{value}”被表格软件当成了数字，后几位已经丢失",
        "“{value}” was taken for a number by a spreadsheet program, and its last digits are lost",
    ),
    "code.revoked": Said("“{value}”的县级区划已撤销", "the county-level area of “{value}” was dissolved"),
    "code.unknown": Said("“{value}”不像现行的区划代码", "“{value}” does not look like an area code in use"),
    "number.form": Said("“{value}”不是数字", "“{value}” is not a number"),
    "number.rate": Said(
        "“{value}”说的是一段时间里有多少，不是一个固定的数",
        "“{value}” says how many there are in a period, which is no number of its own",
    ),
    "number.unit": Said(
        "“{value}”的单位不是这一列要填的", "“{value}” counts or measures something else than this column does"
    ),
    "number.negative": Said("“{value}”不能为负数", "“{value}” must not be negative"),
    "number.range": Said("“{value}”超出合理范围", "“{value}” is outside the plausible range"),
    "date.form": Said("“{value}”不是可识别的日期", "“{value}” is not a date that can be read"),
    "date.none": Said("“{value}”这一天不存在", "“{value}”: there is no such day"),
    "date.ambiguous": Said("“{value}”有两种读法", "“{value}” can be read in two ways"),
    "date.year": Said(
        "“{value}”没有年份，按标题、填报时间或相邻日期推定",
        "“{value}” names no year; it is taken from the title, the day of the report or the days around it",
    ),
    "date.yearless": Said(
        "“{value}”没有写年份，标题、填报时间和相邻日期也看不出是哪一年",
        "“{value}” names no year, and neither the title nor the day of the report nor the days around it tell it",
    ),
    "date.span": Said(
        "“{value}”时间太长，看不出是哪些天，只记第一天",
        "“{value}” is so long that its days are not known; only the first is noted",
    ),
    "date.order": Said("“{value}”早于开始日期", "“{value}” is before the start"),
    "term.form": Said("“{value}”不是可识别的期限", "“{value}” is not a term that can be read"),
    "hours.form": Said("“{value}”不是可识别的时间段", "“{value}” is not a time range that can be read"),
    "place.form": Said("“{value}”不是可识别的经纬度", "“{value}” is not a position that can be read"),
    "place.swapped": Said("“{value}”的经度和纬度像是写反了", "“{value}”: longitude and latitude look swapped"),
    "place.far": Said("“{value}”离本表其他位置很远", "“{value}” is far from the other positions of the sheet"),
    "place.spread": Said(
        "本表的位置彼此相距很远，像是跨地区的名单，没有逐一核对",
        "the positions of the sheet lie far apart, as in a list over many districts; they were not checked one by one",
    ),
    "datum.unknown": Said(
        "没有说明坐标系，按 WGS-84 处理", "the datum of the positions is not said; they are taken for WGS-84"
    ),
    "items.review": Said("“{value}”已识别 {count} 项，请核对", "“{value}” was taken apart into {count}; please check"),
    "choice.unknown": Said("“{value}”不在可选值之内", "“{value}” is not among the known values"),
    "status.unknown": Said(
        "“{value}”看不出是什么状态，按状态不明处理",
        "“{value}” says no state that is known; the state counts as unknown",
    ),
    "choice.lost": Said(
        "“{value}”一栏有 {count} 格不是{choices}，未采用",
        "{count} cells of the column “{value}” are none of {choices} and were not used",
    ),
    "count.withheld": Said(
        "人数太少，可能指向个人，未保存", "so few people could point at a person; the count was not kept"
    ),
    "phone.personal": Said("个人手机号码未保存", "a personal mobile number was not kept"),
    "phone.form": Said("“{value}”不是可识别的办公电话", "“{value}” is not an office number that can be read"),
    "text.personal": Said("文字中的个人信息已隐去", "what tells of a person in the text was masked"),
    "skill.unknown": Said("不是已知的技能或服务的内容未保存", "what is no known craft or service was not kept"),
    "text.too_long": Said("文字过长，已截断", "the text is too long and was cut"),
    "required.missing": Said("“{field}”为空，此行无法载入", "“{field}” is empty; the row cannot be loaded"),
    "key.missing": Said("缺少能识别此行的内容，此行无法载入", "nothing identifies this row; it cannot be loaded"),
    "key.unsure": Said(
        "“{value}”可能是已知的几个中的一个，此行等待认定",
        "“{value}” may be one of several that are known; the row waits",
    ),
    "key.masked": Said(
        "“{value}”是隐去的名称，认不出是哪一个，此行未载入",
        "“{value}” is a masked name and nobody's; the row was not loaded",
    ),
    "key.apart": Said(
        "表中有几个“{value}”，只有“{header}”不同，按不同的处理",
        "several “{value}” differ in “{header}” only and were kept apart",
    ),
    "row.personal": Said("此行是个人的，不载入", "this row is a person's and is not loaded"),
    "row.denied": Said(
        "{count} 行（第 {where} 行）按“{value}”一栏不属于本表，未载入",
        "{count} rows ({where}) are none of this register by the column “{value}” and were not loaded",
    ),
    "party.single": Said(
        "{count} 行（第 {where} 行）只写了一方，另一方没有写明；请补上对方单位",
        "{count} rows ({where}) name one party only; who the other is, is not said: please add it",
    ),
    "months.read": Said(
        "表头是月份的 {count} 列按一月一行读取", "{count} columns that are months were read as a row for each month"
    ),
    "row.heading": Said(
        "{count} 行只是下面各行的分组标题（{value}），不作为一条记录",
        "{count} rows only head the rows below them ({value}) and are no records",
    ),
    "row.joined": Said(
        "{count} 行（第 {where} 行）只接着写上一行的内容，已并入上一行",
        "{count} rows ({where}) only carry on the text of the row above and were joined to it",
    ),
    "row.carried": Said(
        "“{value}”只写在每组的第一行，下面 {count} 个空格（第 {where} 行）按同上读取",
        "“{value}” is written in the first row of each group only; {count} blank cells below ({where}) were read as the same",
    ),
    "person.gone": Said(
        "{count} 人（第 {where} 行）已转出、去世等，不是现有的{who}，未载入",
        "{count} persons (rows {where}) were transferred away, died or left; they are no {who} now and were not loaded",
    ),
    "person.other": Said(
        "{count} 人（第 {where} 行）按“{value}”一栏不是{who}，未载入",
        "{count} persons (rows {where}) are no {who} by the column “{value}” and were not loaded",
    ),
    "person.unproven": Said(
        "{count} 人（第 {where} 行）没有写明是{who}，未载入",
        "of {count} persons (rows {where}) nothing says that they are {who}; they were not loaded",
    ),
    "person.namesakes": Said(
        "{count} 人（第 {where} 行）同名、同单位或党支部，又没有可用的身份证号，按不同的人载入",
        "{count} persons (rows {where}) of one name and branch have no number that tells them apart; they were loaded as different people",
    ),
    "person.unsure": Said(
        "{count} 人（第 {where} 行）只写了姓名，不能断定是否就是其他名册中的同名人，未重复载入",
        "{count} persons (rows {where}) are told by name only and may or may not be namesakes of other lists; they were not loaded again",
    ),
    "number.rounded": Said(
        "{count} 个身份证号（第 {where} 行）的末几位已被表格软件丢失，不能用来区分人，改按姓名和党支部区分",
        "{count} national numbers (rows {where}) lost their last digits in a spreadsheet; name and branch tell these people apart instead",
    ),
    "number.shared": Said(
        "{count} 人（第 {where} 行）姓名不同而身份证号相同，号码未采用",
        "{count} persons (rows {where}) of different names have one national number; it was not used",
    ),
    "key.duplicate": Said("与第 {other} 行重复", "repeats row {other}"),
    "conflict": Said("与“{other}”不一致，采用较新的一份", "disagrees with “{other}”; the newer one is used"),
    "conflict.within": Said(
        "本表两行说的是同一个，此处与“{other}”不一致，暂采用靠后的一行",
        "two rows of this sheet are about one thing and disagree here with “{other}”; the later row is used for now",
    ),
    "decision.unused": Said(
        "决定 {number} 所指的“{id}”已不在任何表中，没有用上",
        "decision {number} is about “{id}”, of which no sheet speaks any more; it was not used",
    ),
    "decision.unreadable": Said(
        "决定 {number} 是旧版本记录的，现在不能用，没有用上；请撤回（shilian decide undo {number}）后重新决定",
        "decision {number} was recorded by an older version and cannot be used now; take it back (shilian decide undo {number})"
        " and decide again",
    ),
    "unit.unknown": Said("没有找到名为“{value}”的单位", "no unit called “{value}” was found"),
    "unit.more": Said("“{value}”还有没写出名称的单位", "“{value}” speaks of more units, whose names are not given"),
    "unit.ambiguous": Said("“{value}”可能指多个单位", "“{value}” may mean several units"),
    "unit.masked": Said("“{value}”是隐去的名称，不作匹配", "“{value}” is a masked name and is never matched"),
    "relation.self": Said("“{value}”在此行出现在双方", "“{value}” stands on both sides of this row"),
    "relation.ring": Said(
        "“{source}”与“{value}”互为上下级，这些隶属关系未采用",
        "“{source}” and “{value}” are each below the other; these links were left out",
    ),
    "resource.unknown": Said("没有找到名为“{value}”的场地或基地", "no venue or base called “{value}” was found"),
    "resource.ambiguous": Said(
        "“{value}”可能指几个场地、基地或事项", "“{value}” may mean several venues, bases or matters"
    ),
    "place.unknown": Said("住址无法对应到社区", "the home address stands for no known community"),
    "formula.uncached": Said(
        "公式没有保存计算结果，请在表格软件中打开并保存",
        "the formula has no stored result; open and save the file in a spreadsheet program",
    ),
    "sheet.skipped": Said("不是登记表，已跳过：{reason}", "is no register and was skipped: {reason}"),
    "sheet.hidden": Said("隐藏的{what}也已读取", "hidden {what} were read too"),
    "file.macros": Said("文件含有宏，已忽略", "the file has macros; they were ignored"),
    "column.missing": Said("缺少“{field}”一列", "the column “{field}” is missing"),
    "column.duplicate": Said(
        "两列表头都是“{value}”，只采用第一列", "two columns are headed “{value}”; the first is used"
    ),
    "column.unread": Said(
        "“{value}”一列未载入：同一项已取自另一列", "column “{value}” is not loaded: another column is read for the same"
    ),
    "column.guessed": Said(
        "“{value}”一列只是推测为“{suggestion}”",
        "column “{value}” was taken for {suggestion} as the one left over: a guess",
    ),
    "column.asked": Said("不确定“{value}”一列的含义", "the meaning of column “{value}” is uncertain"),
    "row.damaged": Said("此处无法读取：{reason}", "this cannot be read: {reason}"),
}


# What to write instead, where the cell itself does not tell.
ADVICE: dict[str, Said] = {
    "uscc.form": Said("照营业执照填写 18 位代码", "copy the 18 characters from the business licence"),
    "uscc.check": Said("对照营业执照核对", "compare with the business licence"),
    "code.form": Said("照区划代码表填写", "copy the code from the official list"),
    "code.lost": Said(
        "把该列设为文本格式，照原件重新填写", "make the column one of text, and write the number again from its source"
    ),
    "code.unknown": Said("照区划代码表核对", "compare with the official list"),
    "number.form": Said("只写数字，如 120", "write a number only, as 120"),
    "number.range": Said("核对后重填", "check and write again"),
    "number.rate": Said("填写同一时间最多有多少，如 120", "write how many at one time at most, as 120"),
    "number.unit": Said("核对后只写数字，如 120", "check, and write a number only, as 120"),
    "date.form": Said("写成 2026-06-30", "write it as 2026-06-30"),
    "date.year": Said("写上年份，如 2026-06-30", "write the year, as 2026-06-30"),
    "date.yearless": Said("在标题中写明年份，如“2026年”", "write the year in the title, as “2026年”"),
    "date.span": Said("每天或每次写一行", "write a row for each day"),
    "date.none": Said("核对日期，写成 2026-06-30", "check the day; write it as 2026-06-30"),
    "place.form": Said("写成 经度,纬度，如 112.43,34.66", "write longitude,latitude as 112.43,34.66"),
    "place.far": Said("核对经纬度", "check longitude and latitude"),
    "datum.unknown": Said(
        "表头写“百度坐标”或“高德坐标”，或用 --datum bd09 | gcj02 | wgs84 载入",
        "name the map in the header (百度坐标, 高德坐标), or load with --datum bd09 | gcj02 | wgs84",
    ),
    "unit.more": Said("写出每个单位的名称，用“、”隔开", "write the name of every unit, with 、 between them"),
    "relation.self": Said("改为对方单位的名称", "write the name of the other unit"),
    "relation.ring": Said("核对上级单位", "check which is the superior"),
    "date.order": Said("核对先后", "check which comes first"),
    "required.missing": Said("补填此格", "fill in this cell"),
    "status.unknown": Said(
        "写成模板里那样的词，如未启动、办理中、已完成", "write a plain word, such as those of the template"
    ),
    "person.unproven": Said(
        "确是的，逐人补填后再载入（如“政治面貌”）", "if they are, say so in each row (政治面貌) and load again"
    ),
    "key.missing": Said("补填编号或名称", "fill in a number or a name"),
    **dict.fromkeys(
        ("unit.unknown", "unit.ambiguous", "unit.masked", "resource.unknown", "resource.ambiguous"),
        Said("逐个认定：shilian ask names-to-review", "say what each means: shilian ask names-to-review"),
    ),
    "key.unsure": Said("补填所属单位、街道或地址", "fill in whose it is, its street or its address"),
    "key.masked": Said("填写全名或统一社会信用代码", "write its full name, or its unified social credit code"),
    "key.apart": Said("核对是否重复填写", "check whether it was listed twice"),
    "formula.uncached": Said("在表格软件中打开并保存", "open and save the file in a spreadsheet program"),
}


class StoredProblem(TypedDict):
    """A problem as the ledger and the manifests of snapshots keep it, its details in both languages."""

    code: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str
    field: str
    value: str
    suggestion: str
    details: list[list[Any]]
    load: NotRequired[str]


class ProblemDocument(TypedDict):
    """A problem as the JSON of a load report has it; `text` is its sentence after the cell that it is about."""

    code: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str
    field: str
    value: str
    message: str
    suggestion: str
    text: NotRequired[str]


@dataclass(frozen=True)
class Problem:
    """One thing that a user should look at, with the cell it is about; `details` fill the sentence."""

    code: str
    severity: str = ERROR
    file: str = ""
    sheet: str = ""
    row: int | None = None  # as the spreadsheet shows it
    column: str = ""  # the letter that the spreadsheet shows
    field: str = ""
    value: str = ""  # already masked where it may be personal
    suggestion: str = ""
    details: tuple[tuple[str, Any], ...] = ()
    load: str = ""  # where merging found it: the id of the load, since several files may have one name

    @classmethod
    def restore(cls, stored: StoredProblem) -> Problem:
        """Return the problem that was stored."""
        facts: dict[str, Any] = {**stored}
        return cls(
            **facts | {"details": tuple((name, restore_said(value)) for name, value in stored.get("details", ()))}
        )

    def store(self) -> StoredProblem:
        """Return the problem as it is stored."""
        return StoredProblem(**{**vars(self), "details": [[name, store_said(value)] for name, value in self.details]})  # type: ignore[typeddict-item]

    def message(self, lang: str = "zh") -> str:
        """Return the sentence for this problem in `lang` (zh or en)."""
        details = in_language(dict(self.details), lang)
        return PROBLEMS[self.code].text(lang).format_map(_Details(value=self.value, field=self.field, **details))

    @property
    def cell(self) -> str:
        """Return the cell that it is about, as a spreadsheet shows it; '' for a whole sheet."""
        return f"{self.column}{self.row or ''}"

    @property
    def rows(self) -> int:
        """Return how many rows have it: a name that many rows have is told once."""
        return int(dict(self.details).get("rows", 1))

    @property
    def said(self) -> Said:
        """Return the sentence in both languages."""
        return Said(self.message("zh"), self.message("en"))

    def advice(self, lang: str = "zh") -> str:
        """Return what the user should write in the cell: a suggestion for this cell, else the general advice for this kind of problem."""
        return self.suggestion or ADVICE.get(self.code, Said("", "")).text(lang)

    def as_dict(self, lang: str = "zh") -> ProblemDocument:
        """Return the problem as the JSON of a load report has it."""
        return {
            "code": self.code, "severity": self.severity, "file": self.file, "sheet": self.sheet, "row": self.row, "column": self.column,
            "field": self.field, "value": self.value, "message": self.message(lang), "suggestion": self.advice(lang),
        }  # fmt: skip


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
