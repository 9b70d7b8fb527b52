"""Fills the templates: what every page has (language, navigation, search box), and how values become links and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.types import Scope as AsgiScope

from api.permissions import may_use
from api.security import CALLER
from graph.access import Token
from graph.palette import find_looks
from graph.schema import SCHEMA
from graph.texts import Lang, in_language
from queries.answers.show import drop_zeros

TEMPLATES = Path(__file__).resolve().parent / "templates"
_MENU: list[Any] = []
_FORM = re.compile(r"shilian template (\w+)(?: --?\w+ (?:'[^']*'|[^\s。；;]+))*")  # as graph/shell_words.py writes it
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def templates() -> Environment:
    """Return the templates; a name that nothing gives is an error, never an empty place."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    found.globals |= {
        "say": _say,
        "entity_path": entity_path,
        "row_path": row_path,
        "with_query": with_query,
        "sign_of": sign_of,
        "find_form": find_form,
    }
    found.tests["a_day"] = lambda text: bool(_DAY.fullmatch(str(text)))
    found.filters |= {"said": _said, "number": show_number, "score": show_score}
    return found


def set_menu(pages: Sequence[Any]) -> None:
    """Name the pages of the navigation; the app does so once, since pages know of templates and not the other way round."""
    _MENU[:] = pages


def list_menu_pages() -> Sequence[Any]:
    """Return the pages of the navigation."""
    return _MENU


def render(scope: AsgiScope, lang: Lang, template: str, **context: Any) -> str:
    """Return a template as a whole page."""
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    other = "zh" if lang == "en" else "en"
    kept = [pair for pair in parse_qsl(query) if pair[0] != "lang"]
    caller: Token | None = scope.get(CALLER)
    menu = [one for one in _MENU if caller is None or may_use(caller.role, "GET", one.path)]
    given = {
        "lang": lang, "path": path, "menu": menu, "searched": "",
        "other_lang": other, "other_address": f"{quote(path)}?{urlencode([*kept, ('lang', other)])}",
    }  # fmt: skip
    return templates().get_template(template).render(given | context)


def entity_path(id: str) -> str:
    """Return the address of the page of an entity, by its id or its name."""
    return f"/entities/{quote(id, safe=':')}"


def row_path(file: str, sheet: str, row: int | None) -> str:
    """Return the address of the page that shows a row of a loaded file."""
    return with_query("/questions/source-row", file=file, sheet=sheet, row=row)


@cache
def sign_of(label: str) -> str:
    """Return the character that stands for a kind wherever it is shown."""
    return find_looks(SCHEMA)[label].sign


def find_form(text: str) -> tuple[str, str, str] | None:
    """Return a sentence that names a command for an empty register in three parts: what stands before, the register, what stands after."""
    found = _FORM.search(text)
    return (text[: found.start()], found[1], text[found.end() :]) if found else None


def with_query(path: str, **parameters: object) -> str:
    """Return an address with parameters; those without a value are left out."""
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def show_number(value: Any, digits: int = 2) -> str:
    """Return a number as a table shows it: thousands parted, no needless decimals; a dash where it is not known."""
    if value is None:
        return "—"
    if isinstance(value, float) and not value.is_integer():
        return drop_zeros(f"{value:,.{digits}f}")
    return f"{int(value):,}" if isinstance(value, (int, float)) else str(value)


def show_score(value: float) -> str:
    """Return a score with two decimals always, so that those of a column stand under each other."""
    return f"{value:.2f}"


@pass_context
def _say(context: Context, zh: str, en: str, **details: object) -> str:
    text = en if context["lang"] == "en" else zh
    return text.format(**in_language(details, context["lang"])) if details else text


@pass_context
def _said(context: Context, value: Any) -> Any:
    return in_language(value, context["lang"])
