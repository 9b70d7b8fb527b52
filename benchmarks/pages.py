"""Pages: how long each kind takes at 16 connections, against a static route, and the memory of `shilian serve` after all requests."""

from __future__ import annotations

import http.client
import json
import random
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil

from benchmarks import http as answers
from benchmarks.measure import MIB, Board, parse
from benchmarks.memory import GOAL_MIB, HEADERS, ask, load, serve

GOAL_MS, CONNECTIONS = 150, 16
# What a page about one unit, and a question, is called in the table; and its address.
ABOUT = {
    "a unit": "/entities/{unit}",
    "a unit's partners": "/pairing?unit={unit}",
    "a unit in the explorer": "/graph?entity={unit}",
    "a unit's surroundings": "/questions/neighbourhood?unit={unit}",
}
FIRM = {"an enterprise's links": "/links?enterprise={unit}"}
Timed = dict[str, list[float]]


def list_pages(port: int) -> dict[str, list[str]]:
    """Return the addresses of every kind of page: each of the navigation, each question that needs nothing, pages about every unit."""
    listed = json.loads(ask(port, "GET", "/api/v1/questions")[1])["questions"]
    free = [f"/questions/{one['name']}" for one in listed if not one["arguments"].get("required")]
    communities, firms = (_names(port, kind) for kind in ("community", "enterprise"))
    units = [*communities, *firms]
    menu = (
        "/",
        "/graph",
        "/pairing",
        "/resources",
        "/links",
        "/follow-ups",
        "/import",
        "/questions",
        "/papers",
        "/settle",
    )
    pages = {path: [path] for path in menu} | {"a question": free}
    pages["a search"] = [f"/search?{urlencode({'q': f'{name}和谁结对最合适'})}" for name in communities]
    pages |= {kind: [path.format(unit=quote(unit)) for unit in units] for kind, path in ABOUT.items()}
    return pages | {kind: [path.format(unit=quote(unit)) for unit in firms] for kind, path in FIRM.items()}


def _names(port: int, kind: str) -> list[str]:
    rows = json.loads(ask(port, "GET", f"/api/v1/questions/figure?figure={kind}&lang=en&limit=1000")[1])["rows"]
    return [row["name"] for row in rows]


def visit(port: int, walks: Sequence[Sequence[tuple[str, str]]]) -> Timed:
    """Visit pages, each walk (kind and address) over a connection of its own, and return the milliseconds of every kind."""
    found: Timed = defaultdict(list)

    def walk(pages: Sequence[tuple[str, str]]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for kind, path in pages:
            start = time.perf_counter()
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            answer.read()
            found[kind].append((time.perf_counter() - start) * 1000)
            if answer.status >= 400:
                raise SystemExit(f"{path}: {answer.status}")

    threads = [threading.Thread(target=walk, args=(pages,)) for pages in walks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, requests=5000, enterprises=17, communities=24, seconds=3)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), options.requests, (options.enterprises, options.communities), options.seconds)


def _measure(folder: Path, requests: int, sizes: tuple[int, int], seconds: int) -> Board:
    from graph.settings import Settings
    from loaders.district import generate_workbooks
    from loaders.loading import load_paths

    registers, workspace, key = folder / "registers", folder / "workspace", folder / "key"
    generate_workbooks(registers, enterprises=sizes[0], communities=sizes[1])
    (registers / "truth.json").unlink()
    load_paths(workspace, [registers], settings=Settings(workspace=workspace, key_file=key))
    board = Board(
        f"pages: {sizes[0]} enterprises, {sizes[1]} communities, {CONNECTIONS} connections, {requests:,} visits"
    )
    with serve(workspace, key) as (port, process):
        pages = list_pages(port)
        server = _Busy(process)
        first = visit(port, [[(kind, path) for kind, paths in pages.items() for path in paths]])
        board.add(
            "first visits: processor time of the server a page", f"{server.ms(sum(map(len, first.values()))):.1f} ms"
        )
        _add(board, "first visits, one after another", first)
        generator = random.Random(7)
        walks = [[_choose(generator, pages) for _ in range(requests // CONNECTIONS)] for _ in range(CONNECTIONS)]
        server = _Busy(process)
        timed = visit(port, walks)
        board.add("processor time of the server a page", f"{server.ms(sum(map(len, timed.values()))):.1f} ms")
        _add(board, f"{CONNECTIONS} connections", timed, GOAL_MS)
        for kind, found in timed.items():
            board.add(f"  {kind}", _say(found))
        load(port, next(path for path in sorted(registers.iterdir()) if "场地" in path.name))
        server = _Busy(process)
        timed = visit(port, [walk[: len(walk) // 8] for walk in walks])
        _add(board, "the same after a load: everything is made anew", timed)
        mib = process.memory_info().rss / MIB
        board.add("load average of the machine, a minute", f"{psutil.getloadavg()[0]:.1f}")
        board.add(f"memory after {requests:,} visits and a load", f"{mib:,.0f} MiB", f"≤ {GOAL_MIB}", mib <= GOAL_MIB)
    board.print()
    board.missed += answers.main(["--seconds", str(seconds), "--runs", "1"]).missed
    return board


def _choose(generator: random.Random, pages: dict[str, list[str]]) -> tuple[str, str]:
    kind = generator.choice(list(pages))
    return kind, generator.choice(pages[kind])


def _add(board: Board, what: str, timed: Timed, goal: int = 0) -> None:
    everything = [ms for found in timed.values() for ms in found]
    met = ((f"p95 ≤ {goal} ms", _p95(everything) <= goal)) if goal else ()
    board.add(f"{what}: all", _say(everything), *met)


def _say(found: list[float]) -> str:
    return f"p50 {statistics.median(found):.0f} ms, p95 {_p95(found):.0f} ms ({len(found):,})"


def _p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


class _Busy:
    """The processor time that a process used since this was made."""

    def __init__(self, process: psutil.Process) -> None:
        self._process, self._before = process, self._read(process)

    @staticmethod
    def _read(process: psutil.Process) -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    def ms(self, pages: int) -> float:
        """Return the milliseconds a page."""
        return 1000 * (self._read(self._process) - self._before) / pages


if __name__ == "__main__":
    main()
