"""The code blocks of a document: what they run, and what the document says comes out.

`python -m tests.doc_blocks README.md` writes what comes out now into the document.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api import cli

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MORE = "…"  # a line of the document that stands for any number of lines
CLOCK = re.compile(r"\d\d:\d\d")  # a line with the time of day is never the same again
SHOWN = 14  # so many lines of output a document shows


@dataclass(frozen=True)
class Step:
    """A command of a console block and the lines that the document shows below it."""

    command: str
    shown: tuple[str, ...]


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of one language."""
    return [found[2] for found in BLOCK.finditer(text) if found[1] == language]


def steps(block: str) -> Iterator[Step]:
    """Yield the commands of a console block, each with its output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Step(command, tuple(output.splitlines()))


def run(command: str) -> str:
    """Run a command of a document here and return what it prints."""
    words = shlex.split(command)
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        os.environ[name] = value
        return ""
    assert words[0] == "shilian", f"no document block may run {words[0]}"
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = cli.run(words[1:])
    assert code == 0, f"{command}: exit {code}"
    return out.getvalue()


def says(shown: tuple[str, ...], output: str) -> bool:
    """Tell whether an output is what a document shows: its lines in order, spaces aside, with … for any lines."""
    lines = [" ".join(line.split()) for line in output.splitlines() if line.strip()]
    place = 0
    for line in (" ".join(line.split()) for line in shown if line.strip() and line.strip() != MORE):
        if line not in lines[place:]:
            return False
        place = lines.index(line, place) + 1
    return True


def renew(text: str) -> str:
    """Return a document with the output of its commands as it is now; a block keeps at most its first lines."""

    def renew_block(found: re.Match[str]) -> str:
        if found[1] != "console":
            return found[0]
        parts = []
        for step in steps(found[2]):
            lines = [line.rstrip() for line in run(step.command).strip("\n").splitlines()]
            lasting = [MORE if CLOCK.search(line) else line for line in lines]
            shown = lasting if len(lines) <= SHOWN else [*lasting[:SHOWN], MORE]
            parts.append("\n".join([f"$ {step.command}", *shown]))
        return "```console\n" + "\n".join(parts) + "\n```"

    return BLOCK.sub(renew_block, text)


def main() -> None:
    """Renew the documents named on the command line, in a folder where the demo has run."""
    documents = [Path(name).resolve() for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        for own in [
            name for name in os.environ if name.startswith("SHILIAN_")
        ]:  # whoever renews has a workspace of his own
            del os.environ[own]
        os.environ["SHILIAN_KEY_FILE"] = str(Path(folder) / "key")
        os.chdir(folder)
        run("shilian demo --no-serve")
        for document in documents:
            document.write_text(renew(document.read_text(encoding="utf-8")), encoding="utf-8")
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
