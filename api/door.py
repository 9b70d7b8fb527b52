"""The Door, which every command gets: the settings of the call, and where it prints its answer, progress and remarks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graph.settings import Settings
from graph.texts import Lang, Said, in_language

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int], None]
PLAIN_WIDTH = 110  # where the width is unknown (a pipe, a file), tables still fit a page
STAGES = {
    "generate": Said("生成", "generating"), "read": Said("读取", "reading"), "store": Said("存档", "storing"),
    "merge": Said("合并", "merging"), "publish": Said("发布", "publishing"), "verify": Said("核对", "verifying"),
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """The settings and outputs of one call of a command.

    `json` asks for one JSON document on standard output and nothing else there.
    """

    settings: Settings
    json: bool = False

    @property
    def lang(self) -> Lang:
        """Return the language of sentences, zh or en."""
        return "en" if self.settings.lang == "en" else "zh"

    def say(self, zh: str, en: str) -> str:
        """Return the text in the language of this call."""
        return zh if self.lang == "zh" else en

    @cached_property
    def out(self) -> Console:
        """Return the console of the answer (standard output)."""
        return make_console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """Return the console of progress and remarks (standard error)."""
        return make_console(sys.stderr)

    def print_json(self, document: Any) -> None:
        """Print the one JSON document of this call."""
        print_json(document)

    def note(self, zh: str, en: str) -> None:
        """Print a remark on standard error."""
        self.err.print(self.say(zh, en), markup=False, highlight=False, soft_wrap=True)

    def tell(self, zh: str, en: str) -> None:
        """Print a line of the answer."""
        self.out.print(self.say(zh, en), markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show the stages of a long work as a bar on standard error, where a person looks at it."""
        if not self.err.is_terminal:
            yield lambda stage, done, total: None
            return
        from rich.progress import Progress as Bars  # a bar is drawn by few commands: the others start faster without
        from rich.progress import TaskID

        with Bars(console=self.err, transient=True) as bars:
            tasks: dict[str, TaskID] = {}

            def show(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(in_language(STAGES.get(stage, stage), self.lang), total=total or None)
                bars.update(tasks[stage], completed=done, total=total or None)

            yield show


def make_console(stream: Any) -> Console:
    """Return a console over a stream, wide enough for a table where the width is not known."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else PLAIN_WIDTH)


def print_json(document: Any) -> None:
    """Print a JSON document on standard output, as UTF-8 whatever the terminal's code page."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    stream.write(text.encode("utf-8", "replace"))
    stream.flush()
