"""Which register the sheets of a call are, as whoever loads them says: all of them, or those of one file or one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.decisions import IGNORED
from graph.errors import ArgumentError
from graph.ledger_rows import ReportedSheet
from graph.names import normalize
from graph.register_names import find_register
from graph.texts import Said
from loaders.formats.raw_sheet import plain_name

ALL = ""


@dataclass(frozen=True)
class RegisterChoices:
    """Choices of one call, each as (file, its name without ending, or sheet in comparable form; '' for all; register or `ignored`)."""

    said: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, texts: Iterable[str]) -> RegisterChoices:
        """Return the choices written NAME, FILE=NAME or SHEET=NAME; UnknownRegisterError proposes what is near."""
        parted = [text.rpartition("=") for text in texts if text.strip()]
        return cls(tuple((normalize(which), _find(name.strip())) for which, _, name in parted))

    @classmethod
    def restore(cls, stored: Mapping[str, Sequence[Sequence[str]]]) -> RegisterChoices:
        """Return the choices from the dict that JSON keeps of them."""
        return cls(tuple((which, register) for which, register in stored.get("said", ())))

    def find(self, file: str, sheet: str) -> str:
        """Return which register was said of a sheet: of itself before its file, of its file before all; '' where nothing was."""
        said = dict(self.said)
        return next((said[name] for name in _names(file, sheet) if name in said), "")

    def that_apply(self, sheets: Iterable[ReportedSheet]) -> tuple[tuple[str, str], ...]:
        """Return the choices that bear on the sheets of a report, as (sheet, register)."""
        found = {(one["sheet"], self.find(one["file"], one["sheet"])) for one in sheets}
        return tuple(sorted(pair for pair in found if pair[1]))

    def check_used(self, sheets: Iterable[ReportedSheet]) -> None:
        """Refuse a choice for a file or sheet that there is not among those read."""
        known = {name: shown for one in sheets for name, shown in _shown_names(one["file"], one["sheet"])}
        for which, register in self.said:
            if which and which not in known:
                reason = Said("没有这个文件或工作表；有：{known}", "there is no such file or sheet; there are: {known}")
                raise ArgumentError(
                    argument="register",
                    value=f"{which}={register}",
                    reason=reason.fill(known=", ".join(dict.fromkeys(known.values())) or "—"),
                )


def _find(name: str) -> str:
    return IGNORED if name == IGNORED else find_register(name).name


def _names(file: str, sheet: str) -> Iterator[str]:
    yield from (name for name, _ in _shown_names(file, sheet))
    yield ALL


def _shown_names(file: str, sheet: str) -> Iterator[tuple[str, str]]:
    own = plain_name(file)
    for name in (sheet, own, own.rpartition(".")[0] or own):
        yield normalize(name), name
