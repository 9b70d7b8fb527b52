"""Serving: a cached answer over HTTP against a static JSON route of the same size on the same server, loopback only."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import ROOT, Board, parse

GOAL = 0.8
ASKED = "/api/v1/questions/unused-resources"
STATIC = "/benchmark/static"
CONNECTIONS = 16
TOKEN = "benchmark"  # of this run alone
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def make_app() -> object:
    """Return the product's app with one more route: a fixed JSON text as long as the answer, written by hand."""
    from starlette.responses import Response
    from starlette.routing import Route

    from api.app import create_app

    app = create_app(token=TOKEN)
    body = b'{"rows":"' + b"x" * int(os.environ["BENCHMARK_BYTES"]) + b'"}'

    async def answer(request: object) -> Response:
        return Response(body, media_type="application/json")

    app.router.routes.insert(0, Route(STATIC, answer))
    return app


def make_bare_app() -> object:
    """Return an app of FastAPI with that route alone."""
    from fastapi import FastAPI
    from starlette.responses import Response

    app = FastAPI()
    body = b'{"rows":"' + b"x" * int(os.environ["BENCHMARK_BYTES"]) + b'"}'

    @app.get(STATIC)
    async def answer() -> Response:
        return Response(body, media_type="application/json")

    return app


@contextlib.contextmanager
def serve(factory: str, environment: dict[str, str]) -> Iterator[int]:
    """Run uvicorn with an app in a child process on a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        f"benchmarks.http:{factory}",
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start within 20 s")


def fetch(port: int, path: str) -> bytes:
    """Return the body of one answer; anything but 200 ends the benchmark."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=HEADERS)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status} {body[:300]!r}")
    return body


def load(port: int, path: str, seconds: int) -> float:
    """Return requests a second over 16 connections, by wrk where it is installed."""
    wrk = shutil.which("wrk")
    if not wrk:
        return _load_by_threads(port, path, seconds)
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers, f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(told)
    found = re.search(r"Requests/sec:\s*([\d.]+)", told)
    return float(found[1]) if found else 0.0


def _load_by_threads(port: int, path: str, seconds: int) -> float:
    until, counts = time.perf_counter() + seconds, [0] * 4

    def ask(index: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.perf_counter() < until:
            connection.request("GET", path, headers=HEADERS)
            connection.getresponse().read()
            counts[index] += 1

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, seconds=3, runs=3)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), min(options.seconds, 30), options.runs)


def _measure(folder: Path, seconds: int, runs: int) -> Board:
    from graph.settings import Settings
    from loaders.district import generate_workbooks
    from loaders.loading import load_paths

    generate_workbooks(folder / "registers")
    (folder / "registers" / "truth.json").unlink()
    workspace, key = folder / "workspace", folder / "key"
    load_paths(workspace, [folder / "registers"], settings=Settings(workspace=workspace, key_file=key))
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SHILIAN_WORKSPACE": str(workspace),
        "SHILIAN_KEY_FILE": str(key),
        "BENCHMARK_BYTES": "1000",
    }
    with serve("make_app", environment) as port:
        size = len(fetch(port, ASKED))
    environment["BENCHMARK_BYTES"] = str(size)
    rates: dict[str, list[float]] = {"cached": [], "static, same app": [], "static, bare FastAPI": []}
    with serve("make_app", environment) as port, serve("make_bare_app", environment) as bare:
        fetch(port, ASKED)
        for _ in range(runs):
            rates["cached"].append(load(port, ASKED, seconds))
            rates["static, same app"].append(load(port, STATIC, seconds))
            rates["static, bare FastAPI"].append(load(bare, STATIC, seconds))
    tool = "wrk" if shutil.which("wrk") else "four threads of http.client"
    board = Board(f"http: {size:,} bytes, {CONNECTIONS} connections by {tool}, {runs} × {seconds} s, one worker")
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in middle.items():
        board.add(name, f"{rate:,.0f} requests/s")
    same, plain = (middle["cached"] / middle[n] for n in ("static, same app", "static, bare FastAPI"))
    board.add("cached ÷ static of the same app", f"{same:.2f}")
    board.add("cached ÷ static of a bare FastAPI app", f"{plain:.2f}", f"≥ {GOAL}", plain >= GOAL)
    board.print()
    return board


if __name__ == "__main__":
    main()
