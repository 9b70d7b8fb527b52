"""Killing: `shilian load` dies at random moments, more late than early; the old or the new graph must be served.

The next command must work, `verify` find nothing, and the same load done again give the new graph.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ROOT, Board, parse

ENDED = " (had ended)"


class Crasher:
    """A workspace with one load in it, a second load to be killed, and what the graph may be afterwards."""

    def __init__(self, folder: Path) -> None:
        from loaders.district import generate_workbooks

        self.folder = folder
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SHILIAN_KEY_FILE": str(folder / "key"),
            "PYTHONIOENCODING": "utf-8",
        }
        for name, members in (("first", 300), ("second", 400)):
            generate_workbooks(folder / name, members=members)
            (folder / name / "truth.json").unlink()
        self.base, self.tried = folder / "base", folder / "tried"
        self.old = self._digest(self.base, "load", str(folder / "first"))
        shutil.copytree(self.base, self.tried)
        start = time.perf_counter()
        self.new = self._digest(self.tried, "load", str(folder / "second"))
        self.seconds = time.perf_counter() - start

    def _command(self, workspace: Path, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "api.cli", *arguments, "--workspace", str(workspace), "--json"]

    def _run(self, workspace: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._command(workspace, *arguments),
            env=self.environment,
            capture_output=True,
            check=False,
            cwd=self.folder,
        )

    def _digest(self, workspace: Path, *arguments: str) -> str:
        done = self._run(workspace, *arguments)
        if done.returncode:
            raise SystemExit(f"{arguments}: exit {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
        return str(json.loads(done.stdout)["digest"])

    def kill_once(self, delay: float) -> str:
        """Kill a load after `delay` seconds and return what was found: old, new, ended, or what went wrong."""
        shutil.rmtree(self.tried)
        shutil.copytree(self.base, self.tried)
        command = self._command(self.tried, "load", str(self.folder / "second"))
        with subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder
        ) as process:
            time.sleep(delay)
            ended = process.poll() is not None
            process.kill()
        return self._judge() + (ENDED if ended else "")

    def _judge(self) -> str:
        asked = self._run(self.tried, "ask", "unused-resources")
        if asked.returncode:
            return f"BAD: ask exit {asked.returncode}: {asked.stderr.decode('utf-8', 'replace')[-200:]}"
        served = {self.old: "old", self.new: "new"}.get(str(json.loads(asked.stdout)["digest"]), "BAD: another graph")
        verified = self._run(self.tried, "verify")
        if verified.returncode:
            return f"BAD: verify exit {verified.returncode}"
        again = self._run(self.tried, "load", str(self.folder / "second"))
        if again.returncode:
            return f"BAD: load exit {again.returncode}: {again.stderr.decode('utf-8', 'replace')[-200:]}"
        return served if json.loads(again.stdout)["digest"] == self.new else "BAD: the next load gave another graph"


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, kills=100, seed=7)
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        crasher = Crasher(Path(folder))
        found: Counter[str] = Counter()
        # A load that ended before its moment came was not killed, and is made up for.
        while sum(count for what, count in found.items() if not what.endswith(ENDED)) < options.kills:
            found[crasher.kill_once(crasher.seconds * moments.random() ** 0.5)] += 1
    board = Board(f"crash: {options.kills} kills within {crasher.seconds:.1f} s of loading")
    for what, count in sorted(found.items()):
        board.add(what, str(count))
    bad = sum(count for what, count in found.items() if what.startswith("BAD"))
    board.add("bad", str(bad), "0", bad == 0)
    board.print()
    return board


if __name__ == "__main__":
    main()
