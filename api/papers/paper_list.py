"""All papers: a module each in api/papers/documents, and every register whose rows are no persons."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from rapidfuzz import fuzz, process

from api.door_errors import PaperUnwrittenError, UnknownPaperError
from api.papers import documents
from api.papers.paper import WORKBOOK, Paper, describe_paper, shared_arguments
from graph.kinds import Register
from graph.names import normalize
from graph.schema import SCHEMA
from graph.texts import Said

_NEAR = 3


@cache
def paper_list() -> dict[str, Paper]:
    """Return every paper by its name: the documents, then the registers."""
    found = [_read_document(module.name) for module in pkgutil.iter_modules(documents.__path__)]
    papers = [one for one in found if one is not None] + [
        _of_register(register) for register in SCHEMA.registers if not register.is_of_persons
    ]
    return {one.name: one for one in papers}


def find_paper(name: str) -> Paper:
    """Return the paper that a name or a title stands for; UnknownPaperError names what comes close."""
    asked = normalize(name).replace("_", "-")
    papers = paper_list().values()
    for called in (lambda p: (p.name,), lambda p: (p.title, p.title.en), lambda p: p.aliases):
        for one in papers:
            if asked in {normalize(word).replace("_", "-") for word in called(one)}:
                return one
    for register in SCHEMA.registers:
        if register.is_of_persons and asked in {register.name.replace("_", "-"), normalize(register.zh)}:
            raise PaperUnwrittenError(paper=register.zh)
    known = {str(one.title): one.name for one in papers}
    near = process.extract(name, [*known, *known.values()], scorer=fuzz.WRatio, limit=_NEAR)
    raise UnknownPaperError(name=name, near="、".join(word for word, _, _ in near))


def _read_document(name: str) -> Paper | None:
    module = importlib.import_module(f"{documents.__name__}.{name}")
    function = getattr(module, name, None)
    return describe_paper(function) if function is not None else None


def _of_register(register: Register) -> Paper:
    return Paper(
        register.name.replace("_", "-"), Said(register.zh, register.en), WORKBOOK, shared_arguments(), register.titles, register=register
    )  # fmt: skip
