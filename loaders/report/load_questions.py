"""What a load asks: which register a sheet is, which field a column fills; each with its answers, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.decision_forms import LONGEST
from graph.decisions import IGNORED, HeaderMeaning, SheetRegister
from graph.documents import Document
from graph.ledger_rows import ReportedSheet
from graph.texts import NOTHING, Said, restore_said
from loaders.headers.header_decisions import BETWEEN, write_form
from loaders.headers.header_figures import MAPPED


@dataclass(frozen=True)
class LoadQuestion:
    """One question about a sheet (which register is it) or about one of its columns (which field of `register` does it fill).

    `answers` are names of registers or fields, the likeliest first; `ignored` is an answer to each question. `why` says of a sheet
    what spoke against taking the first.
    """

    file: str
    sheet: str
    sender: str
    register: str
    answers: tuple[str, ...]
    headers: tuple[str, ...] = ()
    column: str = ""
    header: str = ""
    why: Said = NOTHING

    @property
    def is_about_sheet(self) -> bool:
        """Whether it asks which register the sheet is."""
        return not self.column

    @property
    def _form(self) -> str:
        """Return the sheet's form as a person reads it, where that is known to be the same one; else as decisions compare it."""
        shown, form = BETWEEN.join(filter(None, self.headers)), write_form(self.headers)
        return shown if len(shown) <= LONGEST and write_form(shown.split(BETWEEN)) == form else form

    def answer(self, name: str, sender: str | None = None) -> SheetRegister | HeaderMeaning:
        """Return the decision that an answer is, for the sheet's sender, or for the one given ('' for everybody)."""
        who = self.sender if sender is None else sender
        if self.is_about_sheet:
            return SheetRegister(register=name, headers=self._form, sender=who)
        return HeaderMeaning(register=self.register, header=self.header, field=name, sender=who)


def form_decision(sheet: ReportedSheet) -> Document:
    """Return the decision which register sheets of this form are, without the register: for whoever says another than was read.

    A sheet without any header has no form that one could decide about.
    """
    headers = tuple(sheet.get("headers") or [column["header"] for column in sheet["columns"]])
    if not any(headers):
        return {}
    where = sheet["file"], sheet["sheet"], str(sheet.get("sender", "")), sheet["register"] or ""
    decision = LoadQuestion(*where, (), headers=headers).answer(IGNORED)
    return {"kind": decision.kind, **decision.to_payload()}


def read_questions(sheets: Iterable[ReportedSheet]) -> tuple[LoadQuestion, ...]:
    """Return what the reports of sheets leave open: of each, first which register it is, then what its columns are."""
    return tuple(question for sheet in sheets for question in _ask(sheet))


def _ask(sheet: ReportedSheet) -> Iterator[LoadQuestion]:
    candidates = tuple(sheet.get("candidates", ()))
    said = sheet.get("said", "")
    register = sheet["register"] or said or (candidates[0] if candidates else "")
    where = sheet["file"], sheet["sheet"], str(sheet.get("sender", "")), register
    if sheet["register"] is None and candidates and not said:
        why = restore_said(sheet.get("reason", ""))
        yield LoadQuestion(*where, candidates, headers=tuple(sheet.get("headers", ())), why=why)
    for column in sheet["columns"]:
        guessed = column["treatment"] == "mapped" and column["confidence"] < MAPPED
        if (guessed or column["treatment"] == "asked") and column["header"]:
            answers = (column["field"],) if guessed else tuple(column["alternatives"])
            yield LoadQuestion(*where, answers, column=column["column"], header=column["header"])
