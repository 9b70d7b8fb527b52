"""Finds sheets whose rows belong to several registers, and sheets about single persons, which a register refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from graph.kinds import Register, Schema
from graph.texts import NOTHING
from loaders.headers import header_figures as figures
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.vocabulary.wording import header_parts, normalize_header

# Whom to ask about a sheet is not whom it is about: 联系人姓名, 填报人姓名.
_CONTACT = re.compile("联系|联络|填报|填表|制表|经办|负责|审核|对接|管理|预约")


def wider_registers(register: Register, schema: Schema) -> Iterator[Register]:
    """Yield the registers whose rows the given register reads as well, for what else they say.

    A list of products made, for instance, may also say which products are wanted.
    """
    yield from (wider for wider in schema.registers if any(part is register for part in wider.beside))


def is_wider(mapping: TableMapping, other: TableMapping) -> bool:
    """Tell whether a mapping that has all its required columns knows a column that the other mapping does not."""
    known, other_known = _known_columns(mapping), _known_columns(other)
    return bool({c.letter for c in known} - {c.letter for c in other_known})


def read_beside(mapping: TableMapping, map_as: Callable[[Register], TableMapping]) -> tuple[TableMapping, ...]:
    """Return the column mappings of further registers that read the same rows and find all their required columns there.

    Only columns that are read by them are in the answer; a column that means something surer to the sheet's own register (what is made) is
    not what they ask for (what is wanted).
    """
    found = []
    own = {c.letter: c.confidence for c in mapping.columns if c.treatment == "mapped"}
    for register in mapping.register.beside if mapping.register else ():
        part = map_as(register)
        known = tuple(c for c in _known_columns(part) if own.get(c.letter, 0.0) - c.confidence < figures.SURER)
        if _has_required(part, known):
            found.append(TableMapping(register, mapping.confidence, known, NOTHING, refused=False))
    return tuple(found)


def surer_beside(mapping: TableMapping, beside: Sequence[TableMapping]) -> frozenset[str]:
    """Return the letters of the columns of which a register that reads the rows once more is surer than the sheet's own (所需产品)."""
    own = {c.letter: c.confidence for c in mapping.columns if c.treatment == "mapped"}
    read = (c for part in beside for c in part.columns if c.treatment == "mapped")
    return frozenset(c.letter for c in read if c.confidence - own.get(c.letter, c.confidence) >= figures.SURER)


def _known_columns(mapping: TableMapping) -> tuple[ColumnMapping, ...]:
    return tuple(c for c in mapping.columns if c.treatment == "mapped" and c.confidence >= figures.BESIDE)


def _has_required(mapping: TableMapping, known: Sequence[ColumnMapping]) -> bool:
    fields = {c.field for c in known}
    columns = mapping.register.columns if mapping.register else ()
    return all(c.field in fields for c in columns if c.required and not c.rides)


def find_refused_header(register: Register, headers: Sequence[str]) -> str:
    """Return the first header that makes a sheet of this register one about single persons, or ''."""
    refused = tuple(normalize_header(h) for c in register.columns if c.role == "refused" for h in c.headers)

    def tells_whose(part: str) -> bool:
        return part.endswith(refused) and not _CONTACT.search(part)

    return next((h for h in headers if refused and any(map(tells_whose, header_parts(h)))), "")
