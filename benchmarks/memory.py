"""Serving: the memory of `shilian serve` on a sample district – at the start, after thousands of requests of every kind, after a load."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psutil

from benchmarks.measure import MIB, ROOT, Board, parse

GOAL_MIB = 400
TOKEN = "benchmark-of-memory"  # of this run alone
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
PAGES = ("/", "/questions", "/graph", "/import", "/papers", "/openapi.json", "/api/v1/graph", "/api/v1/schema")
UNIT_QUESTIONS = ("partners", "neighbourhood", "unit-links", "unit-page")


@contextmanager
def serve(workspace: Path, key: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Run `shilian serve` in a process of its own; yield its port and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SHILIAN_TOKEN": TOKEN,
        "SHILIAN_KEY_FILE": str(key),
        "SHILIAN_WORKSPACE": str(workspace),
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            if ask(port, "GET", "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")


def ask(port: int, verb: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, bytes]:
    """Send one request and return the status and the body of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(verb, path, body, HEADERS | ({"Content-Type": kind} if kind else {}))
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def list_requests(port: int) -> Iterator[str]:
    """Yield addresses without end: every question that needs nothing, the pages, and questions and pages about one unit after another."""
    listed = json.loads(ask(port, "GET", "/api/v1/questions")[1])["questions"]
    free = [one["href"] for one in listed if not one["arguments"].get("required")]
    units = [
        row["name"]
        for kind in ("community", "enterprise")
        for row in json.loads(ask(port, "GET", f"/api/v1/questions/figure?figure={kind}&lang=en&limit=1000")[1])["rows"]
    ]
    about = [f"/api/v1/questions/{name}?{urlencode({'unit': unit})}" for unit in units for name in UNIT_QUESTIONS]
    about += [f"{path}{quote(unit)}" for unit in units for path in ("/entities/", "/api/v1/entities/")]
    yield from free
    yield from PAGES
    yield from about
    for number in itertools.count(2):  # other arguments, so that not everything comes from the cache
        yield from (f"{path}&k={2 + number % 90}" for path in about if "partners" in path)
        yield from (f"{path}?limit={number}" for path in free if "limit" in path)
        yield from about


def load(port: int, file: Path) -> None:
    """Upload a workbook once more, as its next version, and wait until it is published."""
    edge = "shilian-benchmark"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{file.stem}-2{file.suffix}"\r\n\r\n'
    body = head.encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode()
    kind = f"multipart/form-data; boundary={edge}"
    status, told = ask(port, "POST", "/api/v1/loads?scope=increment", body, kind)
    job: dict[str, Any] = json.loads(told)
    if status != 202:
        raise SystemExit(told.decode())
    while job["state"] not in {"done", "failed"}:
        time.sleep(0.2)
        job = json.loads(ask(port, "GET", f"/api/v1/loads/jobs/{job['id']}")[1])
    if job["state"] == "failed":
        raise SystemExit(str(job["error"]))


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, requests=5000)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), options.requests)


def _measure(folder: Path, requests: int) -> Board:
    from graph.settings import Settings
    from loaders.district import generate_workbooks
    from loaders.loading import load_paths

    generate_workbooks(folder / "registers")
    (folder / "registers" / "truth.json").unlink()
    workspace, key = folder / "workspace", folder / "key"
    load_paths(workspace, [folder / "registers"], settings=Settings(workspace=workspace, key_file=key))
    venues = next(path for path in sorted((folder / "registers").iterdir()) if "场地" in path.name)
    board = Board(f"memory of shilian serve: a sample district, {requests:,} requests, a load of {venues.name}")
    with serve(workspace, key) as (port, process):
        steps = {"at the start": _rss(process)}
        refused = 0
        for path in itertools.islice(list_requests(port), requests):
            refused += ask(port, "GET", path)[0] >= 500
        steps[f"after {requests:,} requests"] = _rss(process)
        load(port, venues)
        for path in itertools.islice(list_requests(port), 200):
            refused += ask(port, "GET", path)[0] >= 500
        last = steps["after a load and 200 more"] = _rss(process)
    for what, mib in steps.items():
        board.add(what, f"{mib:,.0f} MiB", *((f"≤ {GOAL_MIB}", mib <= GOAL_MIB) if mib == last else ()))
    board.add("answers with 5xx", f"{refused}", "0", refused == 0)
    board.print()
    return board


def _rss(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / MIB


if __name__ == "__main__":
    main()
