"""Kills during a publish to Neo4j: of the publisher, of the server, of both, after a random share of its steps; then one publish more, and
compare.

Each time another graph is published: some members with their relations gone, others back, others changed; every fourth time into an
emptied database. Batches of 20 rows, so that a publish has many moments.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, Board
from benchmarks.neo4j_ways import current, empty, is_equal, publish

BATCH = 20
PUBLISHER = """
import sys
from benchmarks import neo4j_ways
from graph.server import publish_plan
publish_plan.BATCH_ROWS = int(sys.argv[3])
neo4j_ways.publish(*sys.argv[1:3], tell=lambda stage, step, steps: print(step, steps, flush=True))
"""
STEP_SECONDS = 0.02  # about what a batch takes: the kill falls somewhere within one
KINDS = (*4 * ("publisher",), "server", *4 * ("publisher",), "both")


def publish_another(workspace: str, tables: Any, chance: random.Random) -> None:
    """Publish a snapshot in the workspace that differs from the last one in every way that a publish writes."""
    import polars as pl

    from graph.publish import publish as publish_here
    from graph.schema import SCHEMA
    from graph.tables import Tables
    from graph.workspace import Workspace

    seed, kept = chance.randrange(1 << 30), chance.choice((0.6, 0.9, 1.0))
    members = tables.entities["Member"]
    members = members.filter(pl.col("id").hash(seed) % 1000 < 1000 * kept)
    members = members.with_columns(joined_year=pl.lit(1990 + seed % 30, members.schema["joined_year"]))
    relations = {
        key: frame.join(members, left_on="source", right_on="id", how="semi") if key[1] == "Member" else frame
        for key, frame in tables.relations.items()
    }
    made = Tables({**tables.entities, "Member": members}, relations, tables.sources)
    publish_here(Workspace.open(Path(workspace)), made, SCHEMA, {"as_of": current(workspace).as_of})


def kill_once(workspace: str, server: Any, share: float, delay: float, which: str) -> str:
    """Kill the publisher, the server or both so many seconds after a share of the steps; returns what one more publish leads to."""
    command = [sys.executable, "-c", PUBLISHER, workspace, server.uri, str(BATCH)]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        for line in child.stdout or ():
            step, steps = map(int, line.split())
            if step >= share * steps:
                break
        time.sleep(delay)
        when = "after its end" if child.poll() is not None else "in the middle"
        if which != "publisher":
            server.kill()
        if which != "server":
            child.kill()
        if which != "publisher":
            server.start()
        if which == "server":
            child.communicate()
    if which == "server":
        when += f", the publisher {'waited and ended' if child.returncode == 0 else 'gave up'}"
    publish(workspace, server.uri)
    return f"{which}, {when}: {'as the tables' if is_equal(workspace, server.uri) else 'BAD, differs'}"


def count_kills(board: Board, workspace: str, server: Any, kills: int, seed: int) -> None:
    """Kill so many times, telling each as it happens, and add what came of them to the board."""
    from graph.schema import SCHEMA
    from graph.server import publish_plan
    from graph.stored_tables import read_tables

    publish_plan.BATCH_ROWS = BATCH
    chance, found = random.Random(seed), Counter[str]()
    tables = read_tables(current(workspace), SCHEMA)
    for number in range(kills):
        publish_another(workspace, tables, chance)
        if number % 4 == 0:
            empty(server.uri)
        share, delay = chance.random(), STEP_SECONDS * chance.random()
        what = kill_once(workspace, server, share, delay, KINDS[number % len(KINDS)])
        found[what] += 1
        print(f"kill {number + 1}, {share:.0%} done: {what}", flush=True)
    for what, count in sorted(found.items()):
        board.add(f"kills: {what}", str(count))
    bad = sum(count for what, count in found.items() if "BAD" in what)
    board.add(f"bad of {kills} kills", str(bad), "0", bad == 0)
