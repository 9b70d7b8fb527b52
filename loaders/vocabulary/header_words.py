"""Every wording of a header that the schema's registers know, by its comparable form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graph.kinds import Column, Link, Register, Schema
from loaders.vocabulary.concepts import is_of_words
from loaders.vocabulary.english import english_form, is_english, translate_title
from loaders.vocabulary.personal_headers import is_personal_header
from loaders.vocabulary.profiles import FIELDS, Profiles
from loaders.vocabulary.wording import header_forms, normalize_header, without_brackets

# Words that head a column in any office's sheet, beside those of the schema; they only help to find the header row.
GENERIC_WORDS = (
    "序号", "编号", "名称", "单位", "单位名称", "姓名", "性别", "年龄", "电话", "联系电话", "联系人", "地址",
    "日期", "时间", "类别", "类型", "内容", "数量", "人数", "面积", "备注", "情况", "职务", "手机",
    "状态", "项目", "金额", "责任单位", "牵头单位", "完成时限", "责任人", "进展情况", "月份", "件次", "办结数",
    "得分", "分值", "信访人", "诉求", "name", "title",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One wording of a register's column; `position` is its place in the column's list, the most usual first."""

    form: str
    register: Register
    column: Column
    position: int


class Vocabulary:
    """The wordings of a schema's registers."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.by_form: dict[str, list[Wording]] = defaultdict(list)
        self.by_register: dict[str, list[Wording]] = defaultdict(list)
        self._by_character: dict[tuple[str, str], list[Wording]] = defaultdict(list)
        self.profiles: dict[str, Profiles] = {}
        self._titles = {english_form(register.en): register.zh for register in schema.registers}
        for register in schema.registers:
            for wording in _wordings(register):
                self.by_form[wording.form].append(wording)
                self.by_register[register.name].append(wording)
                for character in set(wording.form):
                    self._by_character[register.name, character].append(wording)
            words = list(self.by_register[register.name])
            for wording in _english_wordings(register):
                self.by_form[wording.form].append(wording)
            subject = [w.form for w in words if w.position == 0 and w.column.required] + [register.zh]
            self.profiles[register.name] = Profiles(((w.column, w.form) for w in words), subject)

    @cached_property
    def raw_words(self) -> tuple[str, ...]:
        """Every known header wording in the forms that cells have: as written, normalized, or with spaces between its characters."""
        written = (
            {h for r in self.schema.registers for c in r.columns for h in c.headers}
            | set(self.by_form)
            | set(GENERIC_WORDS)
        )
        spread = {gap.join(word) for word in written if len(word) == 2 for gap in (" ", "  ", "\u3000")}
        return tuple(sorted(written | spread))

    def translate_title(self, text: str) -> str:
        """Return an English title as the Chinese one of such a list; the text as it is where that is not known."""
        return (self._titles.get(english_form(text)) if is_english(text) else None) or translate_title(text)

    def near(self, form: str, register: Register) -> list[Wording]:
        """Return the wordings of a register that share a character with a form."""
        found = {
            id(w): w
            for character in dict.fromkeys(form)
            for w in self._by_character.get((register.name, character), ())
        }
        return list(found.values())

    def is_known(self, text: str) -> bool:
        """Tell whether a cell's text is a header: one of a register, one made of known words only, or one for personal data."""
        forms = [form for form, _ in header_forms(text)]
        return any(form in self.by_form or form in GENERIC_WORDS or is_of_words(form) for form in forms) or (
            is_personal_header(text)
        )

    def registers_of(self, text: str) -> set[str]:
        """Return the names of the registers that know a header exactly."""
        return {w.register.name for form, _ in header_forms(text) for w in self.by_form.get(form, ())}


_built: list[Vocabulary] = []


def vocabulary_of(schema: Schema) -> Vocabulary:
    """Return the vocabulary of a schema; that of the schema used last is kept."""
    if not _built or _built[0].schema is not schema:
        _built[:] = [Vocabulary(schema)]
    return _built[0]


def _wordings(register: Register) -> Iterator[Wording]:
    for column in register.columns:
        if column.rides:
            continue
        for position, header in enumerate(column.headers):
            form = normalize_header(header)
            yield Wording(form, register, column, position)
            if without_brackets(form) != form:
                yield Wording(without_brackets(form), register, column, position + 1)


def _english_wordings(register: Register) -> Iterator[Wording]:
    """Yield the wordings that follow from what the schema calls a column in English; of persons' columns only that of the name."""
    titles = {p.name: p.en for p in (*register.row.properties, *register.inputs)}
    for column in register.columns:
        if column.rides or column.role not in FIELDS or (column.role == "identity" and column.field != "name"):
            continue
        title = titles.get(column.field, "") if not isinstance(column, Link) else ""
        words = column.field.replace("_", " ")
        for text in filter(None, (title, words, f"{register.row.en} {words}")):
            yield Wording(english_form(text), register, column, 0)
