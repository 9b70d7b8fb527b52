"""What people said that headers mean: for one sender (the 填报单位 of a sheet) or for everybody; the former goes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.ledger_rows import SheetEntry
from graph.names import normalize
from loaders.vocabulary.wording import normalize_header

EVERYBODY = ""
Said = tuple[str, str, str, str]  # sender, register, header in comparable form, field


@dataclass(frozen=True)
class HeaderDecisions:
    """The standing decisions about headers; of two about one header of one sender the later counts."""

    said: tuple[Said, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> HeaderDecisions:
        """Return the decisions that ledger rows with register, header, field and perhaps sender hold, oldest first."""
        latest = {
            (normalize(str(d.get("sender") or EVERYBODY)), str(d["register"]), normalize_header(str(d["header"]))): str(d["field"])
            for d in rows
        }  # fmt: skip
        return cls(tuple(sorted((*key, field) for key, field in latest.items())))

    def for_sender(self, sender: str) -> dict[tuple[str, str], str]:
        """Return what was said of this sender's headers or of everybody's: (register, header) → field."""
        own = normalize(sender) if sender else EVERYBODY
        ordered = sorted((s for s in self.said if s[0] in {EVERYBODY, own}), key=lambda s: s[0] != EVERYBODY)
        return {(register, header): field for _, register, header, field in ordered}

    def that_apply(self, sheets: Iterable[SheetEntry]) -> tuple[tuple[str, str, str, str], ...]:
        """Return the decisions that bear on the sheets of a report, as (sender, register, header, field).

        A sheet that was taken for no register may become one by any decision about a header that it has.
        """
        found = set()
        for sheet in sheets:
            headers = {normalize_header(text) for text in sheet.get("headers", ())}
            sender = str(sheet.get("sender", EVERYBODY))
            for (register, header), field in self.for_sender(sender).items():
                if header in headers and sheet["register"] in {register, None}:
                    found.add((normalize(sender), register, header, field))
        return tuple(sorted(found))
