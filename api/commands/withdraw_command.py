"""`shilian withdraw`: take a load back."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.load_command import show_load
from api.door import Door
from api.kept_figures import keep_figures
from graph.texts import Said
from loaders.loading import withdraw

Load = Annotated[
    str, typer.Argument(metavar="LOAD", help=Said("载入编号或其开头", "the load's id (shilian loads) or how it begins"))
]


def run(door: Door, load: Load) -> None:
    """Take a load back and publish a snapshot as if it had not been."""
    keep_figures(door.settings)
    with door.progress() as progress:
        result = withdraw(door.settings.workspace, load, settings=door.settings, on_progress=progress)
    show_load(door, result)
