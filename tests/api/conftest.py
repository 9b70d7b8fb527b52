"""Fixtures of the doors: the command line, a server on the sample, and a workspace that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from graph.settings import Settings
from tests.api.doors import CommandLine, serving
from tests.loaded import Loaded


@pytest.fixture
def shilian(capfd: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line, called in this process."""
    return CommandLine(capfd)


@pytest.fixture(scope="session")
def server(sample: Loaded) -> Iterator[httpx.Client]:
    """A client of a server on the sample, signed in; nothing is written through it."""
    with serving(sample.settings) as client:
        yield client


@pytest.fixture
def own(core: Loaded, tmp_path: Path) -> Settings:
    """A copy of a workspace with the sample's ten first registers, which the test may change."""
    shutil.copytree(core.workspace, tmp_path / "own")
    return replace(core.settings, workspace=tmp_path / "own")
