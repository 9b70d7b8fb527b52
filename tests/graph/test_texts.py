"""Texts in two languages: one way to write them, each half in its own language."""

import ast
import json
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.errors import ArgumentError, ShilianError, UnknownUnitError
from graph.texts import Said, in_language, join_said, restore_said, store_said

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("graph", "loaders", "queries", "api") for path in sorted((ROOT / folder).rglob("*.py"))]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BOTH_IN_ONE = re.compile(r"[\u4e00-\u9fff][^/¦]* [/¦] [a-z{]|[\u4e00-\u9fff][^(]* \([a-z]|[a-z] / [\u4e00-\u9fff]")
# What an English sentence may quote of a Chinese office: a word in brackets or quotation marks.
QUOTED = re.compile(r"\([^()]*\)|“[^”]*”|\{[^{}]*\}")
ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
STANDARD_LIBRARY_ALONE = "graph/in_the_way.py:"  # runs before anything of ours may be imported
TAKE_BOTH = {
    "Said",
    "column",
    "Evidence",
    "text_keys",
    "say",
    "note",
    "tell",
}  # called with a Chinese and an English half


def text_of(node: ast.AST) -> str | None:
    """Return the text of a constant or an f-string, `{}` for what is filled in; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join("{}" if isinstance(part, ast.FormattedValue) else str(part.value) for part in node.values)
    return None


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Every text, pair and call of the source, with its place; docstrings are for those who read the code."""
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (f"{path.relative_to(ROOT)}:{node.lineno}", node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.Tuple | ast.Call) and id(node) not in docstrings
        ]
    return found


def halves() -> Iterator[tuple[str, str, str]]:
    """Every pair of a Chinese and an English half in the source, with its place."""
    for place, node in nodes():
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            zh, en = map(text_of, node.args[:2])
            if name in TAKE_BOTH and zh is not None and en is not None:
                yield place, zh, en
    for error in subclasses(ShilianError):
        yield error.__name__, error.zh, error.en


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_no_text_holds_two_languages():
    assert [place for place, node in nodes() if BOTH_IN_ONE.search(text_of(node) or "")] == []


def test_no_pair_of_texts_stands_in_for_a_text_in_two_languages():
    pairs = [
        (place, *map(text_of, node.elts))
        for place, node in nodes()
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not place.startswith(STANDARD_LIBRARY_ALONE)
    ]
    wrong = [
        place
        for place, zh, en in pairs
        if zh and en and CHINESE.search(zh) and not CHINESE.search(en) and ENGLISH_WORDS.search(en)
    ]
    assert wrong == []


def test_no_english_half_is_chinese():
    found = list(halves())
    assert len(found) > 300
    assert [(place, en) for place, _, en in found if CHINESE.search(QUOTED.sub("", en))] == []


def test_no_chinese_half_is_english():
    wrong = [
        (place, zh) for place, zh, _ in halves() if ENGLISH_WORDS.search(QUOTED.sub("", zh)) and not CHINESE.search(zh)
    ]
    assert wrong == []


def test_both_halves_are_filled_with_the_same_details():
    names = re.compile(r"\{(\w+)")
    wrong = [(place, zh, en) for place, zh, en in halves() if set(names.findall(zh)) != set(names.findall(en))]
    assert wrong == []


def test_a_text_is_chinese_unless_english_is_asked_for():
    said = Said("两人", "two people")
    assert (said.text("zh"), said.text("en"), f"{said}", json.dumps(said, ensure_ascii=False)) == (
        "两人", "two people", "两人", '"两人"',
    )  # fmt: skip
    assert type(said.text("zh")) is str
    assert in_language({"who": said, "n": 2}, "en") == {"who": "two people", "n": 2}
    assert pickle.loads(pickle.dumps(said)).en == "two people"


def test_a_detail_is_told_in_the_language_of_its_sentence():
    told = Said("共{who}", "{who} in all").fill(who=Said("两人", "two people"))
    assert (told, told.en) == ("共两人", "two people in all")
    joined = join_said([told, "x"])
    assert (joined, joined.en) == ("共两人；x", "two people in all; x")


def test_json_keeps_both_halves_of_a_text():
    again = restore_said(json.loads(json.dumps(store_said(Said("两人", "two people")))))
    assert (again, again.en) == ("两人", "two people")
    assert restore_said(store_said("plain")) == "plain"


@pytest.mark.parametrize(("chosen", "lang"), [("zh", "zh"), ("en", "en"), ("", "en")])
def test_python_shows_an_error_in_the_language_that_is_set(monkeypatch, chosen, lang):
    monkeypatch.setenv("SHILIAN_LANG", chosen)
    error = UnknownUnitError(name="x", suggestions="—")
    assert str(error) == error.message(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_error_with_a_reason_in_two_languages_is_told_in_one(lang):
    error = ArgumentError(argument="k", value=0, reason=Said("至少为 1", "must be at least 1"))
    assert bool(CHINESE.search(error.message(lang))) is (lang == "zh")
    assert error.as_dict()["details"]["reason"] == {"zh": "至少为 1", "en": "must be at least 1"}
