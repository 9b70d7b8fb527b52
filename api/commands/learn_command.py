"""`shilian learn`: what past choices say about the weights of pairing, and with `--apply` the weights put to use as a decision."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.commands.decide_command import record_decision
from api.door import Door
from api.opening import open_graph
from graph.errors import UnprovenWeightsError
from queries.answers.answer import Answer
from queries.answers.asking import ask
from queries.answers.show import rich_table
from queries.matching.weights import write_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.scope import Scope

QUESTION, DRIFT, NAME = "pairing-weights", "pairing-drift", "learned"


def run(
    door: Door,
    apply: Annotated[
        bool,
        typer.Option(
            "--apply", help="启用学得的权重（记为决定，可撤回） ¦ put them to use, as a decision that can be undone"
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="未证明更好也启用 ¦ put them to use though they were not proven better")
    ] = False,
) -> None:
    """Show the weights in use beside those that past agreements teach, the proof, and what has drifted; `--apply` puts them to use."""
    with open_graph(door.settings) as graph:
        answer, drift = (ask(graph, Scope(door.settings.user, "analyst"), name) for name in (QUESTION, DRIFT))
    if apply:
        if answer.extra["proof"] is None or not (answer.extra["better"] or force):
            raise UnprovenWeightsError(proof=(str(answer.extra["text"]), answer.extra["text_en"]))
        record_decision(door, "weights", make_decision(answer, drift))
    elif door.json:
        door.print_json(answer.to_dict(door.lang) | {"drift": drift.to_dict(door.lang)})
    else:
        for told in (answer, drift):
            door.out.print(rich_table(told, door.lang))


def make_decision(answer: Answer[Any], drift: Answer[Any]) -> dict[str, str]:
    """Return the decision that puts an answer's learned weights to use, with what they were learned on: later drift is measured from it."""
    rate = drift.extra["acceptance"]["now"]
    return {
        "pairing": ENTERPRISE_COMMUNITY.name,
        "name": NAME,
        "version": str(answer.extra["weights"]["version"] + 1),
        "weights": write_weights({row.signal: row.learned for row in answer.rows}),
        "proof": str(answer.extra["text"]),
        "signals": drift.extra["profile"],
        "acceptance": f"{rate['accepted']}/{rate['shown']}",
    }
