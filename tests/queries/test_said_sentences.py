"""Every sentence that any answer says of the sample, in both languages: `SHILIAN_LIST=FILE` writes the list for those who read it."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.connect import connect
from graph.texts import Said
from queries.asking import ask
from queries.reading.scope import Scope
from tests.contract.test_questions import calls

pytestmark = pytest.mark.slow  # the sample is loaded, and every question asked

ANALYST = Scope("tester", "analyst")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# What a Chinese sentence may hold of Latin letters: units, equipment, names of files, of columns, and commands.
PLAIN = re.compile(
    r"shilian [^。；，、]*|“[^”]*”|《[^》]*》|[^\s，。；、：（]*\.(?:xlsx?|csv|jsonl?|html|png|svg)\b|\b(?:LED|AED|WGS-84|KTV|WiFi|PSI|Excel|kVA|kN|m2|[A-Z]\d*|\d+[A-Za-z]{1,3})\b"
)
ENGLISH_WORD = re.compile(r"[A-Za-z]{3,}")
ID = re.compile(
    r"\b[a-z]{2,5}:[0-9a-z][^\s，。；、）]*|\b[0-9A-Z]{18}\b|None|null|NaN|\bTrue\b|\bFalse\b|\{[a-z_]*\}|\[\]"
)
QUOTED = re.compile(r"“[^”]*”|\d[\u4e00-\u9fff]{1,2} ")  # what a register says, or a quantity in its unit
COUNTERS = {"等", "项", "次", "家", "个", "人", "份", "处", "和", "与", "的", "共", "第"}


def walk(value: Any) -> Iterator[tuple[str, str]]:
    """Every text in two languages within an answer."""
    if isinstance(value, Said):
        yield str(value), value.en
    elif is_dataclass(value) and not isinstance(value, type):
        yield from walk({field.name: getattr(value, field.name) for field in fields(value)})
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if isinstance(one, str) and not isinstance(one, Said) and isinstance(value.get(f"{name}_en"), str):
                yield one, value[f"{name}_en"]
            yield from walk(one)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for one in value:
            yield from walk(one)


@pytest.fixture(scope="module")
def sentences(sample):
    """The sentences by the question that says them first."""
    found: dict[tuple[str, str], str] = {}
    with connect(sample.settings) as graph:
        for name, given in calls(graph, 1):
            answer = ask(graph, ANALYST, name, **given)
            for said in walk([answer.rows[:50], answer.extra]):
                found.setdefault(said, name)
    if os.environ.get("SHILIAN_LIST"):
        lines = sorted(f"{name}\t{zh}\t{en}" for (zh, en), name in found.items())
        Path(os.environ["SHILIAN_LIST"]).write_text("\n".join(lines), encoding="utf-8")
    return found


def test_no_sentence_tells_an_id_or_what_is_only_for_those_who_mend_the_program(sentences):
    assert len(sentences) > 500
    told = {(name, QUOTED.sub("", said)) for (zh, en), name in sentences.items() for said in (zh, en)}
    wrong = {(name, said) for name, said in told if ID.search(said)}
    assert not wrong


def test_no_chinese_sentence_holds_english_words(sentences):
    wrong = {(name, zh) for (zh, _), name in sentences.items() if ENGLISH_WORD.search(PLAIN.sub("", zh))}
    assert not wrong


def test_english_sentences_hold_chinese_only_as_names_that_the_chinese_ones_have_too(sentences):
    wrong = [
        (name, en)
        for (zh, en), name in sentences.items()
        if any(run in COUNTERS or run not in zh for run in CHINESE.findall(QUOTED.sub("", en)))
    ]
    assert not wrong


def test_no_sentence_is_unfinished_or_stutters(sentences):
    broken = re.compile(r"[，；：、]$|^[，；。、]|，，|；；|、、|：：|，。|（）|“”|\(\)|  |, ,|; ;|: $")
    wrong = {(name, said) for (zh, en), name in sentences.items() for said in (zh, en) if broken.search(said)}
    assert not wrong
