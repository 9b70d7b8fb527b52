"""How the loaders' tests read files: in this process, which saves each load half a second; by the guarded child where that matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from loaders.formats.content import read_content
from loaders.formats.guard import ReadJob
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import RawFile


def read_here(
    jobs: Sequence[ReadJob], limits: FileLimits, scratch: Path | None = None
) -> Iterator[tuple[ReadJob, RawFile]]:
    """Read files as the child process does, without it."""
    for job in jobs:
        yield job, read_content(job.path.read_bytes(), job.file, limits, careful=job.careful)


@pytest.fixture(autouse=True)
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the tests marked `guarded` start the reader's process; whatever goes through a door of the program does, too."""
    if "guarded" not in request.keywords:
        monkeypatch.setattr("loaders.formats.read.read_guarded", read_here)
