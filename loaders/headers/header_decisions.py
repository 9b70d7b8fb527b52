"""What people said that headers and sheets mean: for one sender (the 填报单位 of a sheet) or for everybody; the former goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.decision_forms import LONGEST
from graph.decisions import HeaderMeaning, SheetRegister
from graph.ledger_rows import ReportedSheet
from graph.names import normalize
from loaders.vocabulary.wording import normalize_header

EVERYBODY = ""
BETWEEN = "、"


def write_form(headers: Iterable[str]) -> str:
    """Return the headers of a sheet as one text, by which decisions know all sheets of that form."""
    forms = (normalize_header(header) for header in headers)
    return BETWEEN.join(form for form in forms if form)[:LONGEST]


@dataclass(frozen=True)
class HeaderDecisions:
    """The standing decisions about headers, as (sender, register, header, field), and about sheets, as (sender, form, register)."""

    said: tuple[tuple[str, str, str, str], ...] = ()
    sheets: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, decisions: Iterable[HeaderMeaning | SheetRegister]) -> HeaderDecisions:
        """Combine decisions, given oldest first; the later of two about one header, or one form of sheet, and sender counts."""
        fields: dict[tuple[str, str, str], str] = {}
        registers: dict[tuple[str, str], str] = {}
        for d in decisions:
            if isinstance(d, HeaderMeaning):
                fields[normalize(d.sender), d.register, normalize_header(d.header)] = d.field
            else:
                registers[normalize(d.sender), write_form(d.headers.split(BETWEEN))] = d.register
        return cls(
            tuple(sorted((*key, field) for key, field in fields.items())),
            tuple(sorted((*key, register) for key, register in registers.items())),
        )

    def for_sender(self, sender: str) -> dict[tuple[str, str], str]:
        """Return what was said of this sender's headers or of everybody's: (register, header) → field."""
        own = normalize(sender) if sender else EVERYBODY
        ordered = sorted((s for s in self.said if s[0] in {EVERYBODY, own}), key=lambda s: s[0] != EVERYBODY)
        return {(register, header): field for _, register, header, field in ordered}

    def register_of(self, sender: str, headers: Sequence[str]) -> str:
        """Return which register somebody said that this sender's sheets of these headers are; '' where nobody did."""
        form, own = write_form(headers), normalize(sender) if sender else EVERYBODY
        found = {who: register for who, known, register in self.sheets if known == form and who in {EVERYBODY, own}}
        return found.get(own) or found.get(EVERYBODY, "")

    def that_apply(self, sheets: Iterable[ReportedSheet]) -> tuple[tuple[str, ...], ...]:
        """Return the decisions that bear on the sheets of a report, as (sender, register, header, field) or (sender, form, register).

        A sheet that was taken for no register may become one by any decision about a header that it has.
        """
        found: set[tuple[str, ...]] = set()
        for sheet in sheets:
            texts = sheet.get("headers", ())
            headers = {normalize_header(text) for text in texts}
            sender = str(sheet.get("sender", EVERYBODY))
            for (register, header), field in self.for_sender(sender).items():
                if header in headers and sheet["register"] in {register, None}:
                    found.add((normalize(sender), register, header, field))
            said = self.register_of(sender, texts)
            if said:
                found.add((normalize(sender), write_form(texts), said))
        return tuple(sorted(found))
