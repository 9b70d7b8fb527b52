"""Printed commands: pasted into the shell that runs, they say what was meant, whatever a header or a name holds."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decision_forms import read_word, strip_quotes
from graph.shell_words import find_shell, write_command

HEADERS = [
    "面积（平方米）", "面积(m2)", "a b", "it's", 'say "yes"', "$HOME", "`id`", "a;b|c&d", "100%", "%PATH%", "!!", "*", "~", "单位\n名称", "“引号”",
    "‘单’", "C:\\", "-n", "--sender", "[1]", "{a,b}", "#", "a=b", "名称　全角", "\\", "<姓名>", "^", "中'文", "",
]  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=12)


def in_bash(command: str) -> list[str]:
    """Run a command in bash and return the words that the program is given."""
    told = f"{sys.executable} -c 'import sys; sys.stdout.write(chr(0).join(sys.argv[1:]))'"
    script = f'shilian() {{ {told} "$@"; }}\n{command}\n'
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=30)
    return ran.stdout.split("\0")


def as_powershell_reads(text: str) -> str:
    """Read a single-quoted text by PowerShell's documented rules: any of four marks ends it, two of them are one."""
    assert re.fullmatch(r"'(?:[^'‘’‚‛]|(['‘’‚‛])\1)*'", text), text
    return re.sub(r"(['‘’‚‛])\1", r"\1", text[1:-1])


def as_cmd_reads(text: str) -> str:
    """Read a double-quoted text as cmd and the C runtime do where nothing in it is special."""
    assert re.fullmatch(r'"[^"%]*[^"%\\]"', text), text
    return text[1:-1]


def test_what_is_printed_is_what_bash_gives_to_the_program():
    words = [header for header in HEADERS if not header.startswith("-")]
    shown = [header.replace("\n", " ") for header in words]
    assert in_bash(write_command("decide", *words, shell="posix", sender="长安路 街道")) == [
        "decide", *shown, "--sender", "长安路 街道",
    ]  # fmt: skip


def test_a_header_that_begins_like_an_option_is_none():
    assert in_bash(write_command("decide", "-n", "x", shell="posix", sender="-街")) == [
        "decide", "--sender=-街", "--", "-n", "x",
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_any_text_comes_through_bash(word):
    told = in_bash(write_command("decide", "x", word, shell="posix"))
    assert told[-1] == word


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_any_text_comes_through_powershell_and_cmd_but_for_its_width(word):
    for shell, read in (("powershell", as_powershell_reads), ("cmd", as_cmd_reads)):
        quoted = write_command("decide", "x", f"{word} ", "y", shell=shell).removeprefix("shilian decide ")
        quoted = quoted.removeprefix("-- ").removeprefix("x ").removesuffix(" y").removeprefix("-- ")
        assert unicodedata.normalize("NFKC", read(quoted)) == unicodedata.normalize("NFKC", f"{word} ")


@pytest.mark.parametrize(
    ("variables", "system", "shell"),
    [
        ({}, "posix", "posix"),
        ({"MSYSTEM": "MINGW64"}, "nt", "posix"),
        ({"PROMPT": "$P$G", "USERPROFILE": r"C:\Users\li", "PSModulePath": r"C:\WINDOWS\system32\Modules"}, "nt", "cmd"),
        ({"USERPROFILE": r"C:\Users\li", "PSModulePath": r"C:\Users\Li\Documents\PowerShell\Modules;D:\x"}, "nt", "powershell"),
        ({}, "nt", "cmd"),
    ],
)  # fmt: skip
def test_the_shell_is_told_by_the_environment(variables, system, shell):
    assert find_shell(variables, system) == shell


@pytest.mark.parametrize(
    "quoted", ["“{}”", "‘{}’", "「{}」", "『{}』", "《{}》", '"{}"', "'{}'", "＂{}＂", " “{}” ", "“「{}」”"]
)
def test_quotation_marks_around_what_is_pasted_are_dropped(quoted):
    assert read_word("header", quoted.format("面积（㎡）")) == "面积（㎡）"


@pytest.mark.parametrize("text", ["“红心”和“初心”", "《A》与《B》", "“", "””", "“红心", "O'Neill", "《红》馆"])
def test_quotation_marks_that_belong_to_the_text_stay(text):
    assert strip_quotes(text) == text
