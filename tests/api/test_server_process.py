"""`shilian serve` as a process of its own: slow clients, quiet streams, TLS, a proxy, being stopped, and what the next one takes up."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graph.settings import Settings
from graph.workspace import Workspace
from tests.neo4j.certificate import write_certificate

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="stops processes by signals")]
ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-of-this-test-alone"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
ROOMS = "场地名称,产权单位,可容纳人数\n补充会议室,某单位,40\n"
HEAD, BODY, NEXT, SIGN = (
    10,
    20,
    10,
    15,
)  # seconds that a client is waited for, and after which a quiet stream gives a sign


@contextmanager
def serving_process(settings: Settings, *options: object) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run `shilian serve` and yield its process and a client; what it said on standard error must be no traceback."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "SHILIAN_TOKEN": TOKEN, "SHILIAN_WORKSPACE": str(settings.workspace),
        "SHILIAN_KEY_FILE": str(settings.key_file),
    }  # fmt: skip
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--json", *map(str, options)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            lines = [process.stdout.readline() for _ in range(5)]
            url = json.loads("".join(lines))["url"]
            with httpx.Client(base_url=url, headers=HEADERS, timeout=60, verify=False) as client:
                _wait_for(client)
                yield process, client
        finally:
            process.terminate()
            told = process.communicate(timeout=20)[1]
    assert "Traceback" not in told, told[-2000:]


def _wait_for(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start")


def end_of(client: httpx.Client, path: str) -> dict[str, object]:
    """Return a job when it has ended; loads have a process of their own here."""
    for _ in range(600):
        job = client.get(path).json()
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.1)
    pytest.fail("the job did not end")


def seconds_until_closed(client: httpx.Client, *sent: str) -> tuple[float, bytes]:
    """Send something, then nothing more; return after how long the server closes the line, and what it said."""
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=60) as line:
        for part in sent:
            line.sendall(part.encode())
        begun = time.monotonic()
        told = b"".join(iter(lambda: line.recv(1 << 16), b""))
        return time.monotonic() - begun, told


@pytest.mark.drill
def test_slow_clients_are_let_go_others_served_and_a_quiet_stream_gives_signs(own):
    request = f"Host: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
    with serving_process(own) as (_, client), ThreadPoolExecutor(8) as threads:
        silent = [threads.submit(seconds_until_closed, client) for _ in range(2)]
        half = threads.submit(seconds_until_closed, client, "GET /healthz HT")
        body = threads.submit(
            seconds_until_closed,
            client,
            f"POST /api/v1/decisions HTTP/1.1\r\n{request}Content-Length: 100\r\n\r\n",
            "{",
        )
        idle = threads.submit(seconds_until_closed, client, f"GET /healthz HTTP/1.1\r\n{request}\r\n")
        with Workspace.open(own.workspace).writing():  # the job has to wait, so that nothing happens
            for number in range(
                3
            ):  # each waits ten seconds for the lock; the last one is told of by nothing for twenty
                file = (f"场地{number}.csv", ROOMS.encode())
                sent = client.post("/api/v1/loads?scope=increment", files={"files": file})
                assert sent.status_code == 202
            signs, begun = [], time.monotonic()
            with client.stream("GET", sent.json()["events"]) as stream:
                for line in stream.iter_lines():
                    signs.append(line)
                    if line == ": ":
                        break
            assert SIGN - 1 <= time.monotonic() - begun <= SIGN + 5
            assert signs[0] == "event: progress"
        assert client.get("/healthz").status_code == 200  # others are served meanwhile
        for waited, (seconds, _) in (
            (HEAD, silent[0].result()),
            (HEAD, silent[1].result()),
            (HEAD, half.result()),
            (BODY, body.result()),
            (NEXT, idle.result()),
        ):
            assert waited - 1 <= seconds <= waited + 5
        assert idle.result()[1].startswith(b"HTTP/1.1 200")


def test_a_stopped_server_answers_what_is_in_flight_and_the_next_one_ends_what_was_accepted(own, tmp_path):
    plans = [f"/api/v1/questions/pairing-plan?enterprise_capacity={n}" for n in range(1, 25)]
    statuses: list[int] = []

    def ask(client: httpx.Client, path: str) -> None:
        try:
            statuses.append(client.get(path).status_code)
        except httpx.ConnectError:  # it was not yet sent when the server no longer listened
            statuses.append(0)

    with Workspace.open(own.workspace).writing():
        with serving_process(own) as (process, client):
            sent = client.post("/api/v1/loads?scope=increment", files={"files": ("场地.csv", ROOMS.encode())})
            asking = [threading.Thread(target=ask, args=(client, path)) for path in plans]
            for thread in asking:
                thread.start()
            time.sleep(0.5)
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            assert time.monotonic() - begun <= 10
            for thread in asking:
                thread.join(20)
        assert set(statuses) <= {0, 200, 503} and {200, 503} & set(statuses), statuses
    certificate = write_certificate(tmp_path)
    key = next(path for path in tmp_path.iterdir() if path != certificate and path.is_file())
    with serving_process(own, "--cert", certificate, "--key", key) as (_, client):
        assert client.base_url.scheme == "https"
        job = end_of(client, f"/api/v1/loads/jobs/{sent.json()['id']}")
        assert job["state"] == "done" and job["report"]["files"][0]["rows_loaded"] == 1
        plain = httpx.Client(base_url=str(client.base_url).replace("https", "http"))
        with plain, pytest.raises(httpx.TransportError):
            plain.get("/healthz")
        entered = client.post("/sign-in", data={"token": TOKEN})
        assert "; Secure" in entered.headers["set-cookie"]


@pytest.mark.drill
def test_what_the_container_starts_is_found_healthy_and_served_to_any_host_behind_its_proxy(own):
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    check, started = (
        json.loads(line.partition("CMD ")[2])
        for begin in ("HEALTHCHECK ", "CMD ")
        for line in lines
        if line.startswith(begin)
    )
    assert started[:2] == ["shilian", "serve"] and started[4:6] == ["--port", "8000"]
    with serving_process(own, *started[2:4], *started[6:]) as (_, client):
        client.base_url = f"http://127.0.0.1:{client.base_url.port}"
        asked = [part.replace(":8000/", f":{client.base_url.port}/") for part in check[1:]]
        assert subprocess.run([sys.executable, *asked], check=False).returncode == 0
        there = {"Host": "shilian.example"}
        assert client.get("/api/v1/me", headers=there).status_code == 200
        for content, state, code in ((b"", "failed", "file.empty"), (ROOMS.encode(), "done", None)):
            sent = client.post("/api/v1/loads?scope=increment", files={"files": ("场地.csv", content)})
            told = end_of(client, f"/api/v1/loads/jobs/{sent.json()['id']}")
            assert (told["state"], (told["error"] or {}).get("code")) == (state, code)
        taken = client.delete(f"/api/v1/loads/{client.get('/api/v1/loads').json()['loads'][-1]['id']}")
        assert end_of(client, taken.headers["location"])["state"] == "done"
        for origin, status in (("https://shilian.example", 303), ("https://evil.example", 403)):
            entered = client.post("/sign-in", data={"token": TOKEN}, headers={**there, "Origin": origin})
            assert entered.status_code == status
            assert ("; Secure" in entered.headers.get("set-cookie", "")) == (status == 303)
