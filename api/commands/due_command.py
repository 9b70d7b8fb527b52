"""`shilian due`: what is due for whom this week; the question of that name under a name of its own."""

from __future__ import annotations

from api.commands.ask_command import make_command
from queries.answers.catalogue import find_question

run = make_command(find_question("due"))
