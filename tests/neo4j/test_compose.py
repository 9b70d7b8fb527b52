"""compose.yaml says what Neo4j understands: its variables are settings of the version that the tests run."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer

from api.cli import build_app
from api.security import TOKEN
from api.web_server import LAST_SECONDS
from graph.backends.address import PASSWORD
from graph.settings import setting_names
from tests.neo4j.fixtures import need_programs
from tests.neo4j.server import HERE, Neo4jServer

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def service():
    found = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    used = {volume.partition(":")[0] for one in found["services"].values() for volume in one["volumes"]}
    assert set(found["volumes"]) == used
    return found["services"]["neo4j"]


def settings_of(service):
    """Return the settings that the image makes of its variables: `_` is a point, `__` an underscore."""
    given = {name.removeprefix("NEO4J_"): value for name, value in service["environment"].items()}
    assert given.pop("AUTH").startswith(f"neo4j/${{{PASSWORD}:?")
    return {re.sub(r"(?<!_)_(?!_)", ".", name).replace("__", "_"): value for name, value in given.items()}


def test_it_is_the_tested_version_and_only_this_machine_reaches_it(service):
    version = next(
        e.text for e in ElementTree.parse(HERE / "pom.xml").iter() if e.tag.endswith("version") and e.text[0] == "5"
    )
    assert service["image"] == f"neo4j:{'.'.join(version.split('.')[:2])}-community"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert (
        "$${NEO4J_AUTH#neo4j/}" in service["healthcheck"]["test"][1]
    )  # $$: compose leaves it to the shell in the container


def test_the_api_beside_it_is_started_with_what_the_program_understands():
    found = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["api"]
    assert set(found["environment"]) <= {*setting_names(), PASSWORD, TOKEN}
    assert found["environment"]["SHILIAN_GRAPH"] == "neo4j://neo4j:7687"
    assert all(port.startswith("127.0.0.1:") for port in found["ports"])
    assert int(found["stop_grace_period"].rstrip("s")) > LAST_SECONDS
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    command = json.loads(next(line for line in lines if line.startswith("CMD ")).removeprefix("CMD "))
    known = typer.main.get_command(build_app("en", "serve")).commands["serve"].params
    assert {word for word in command if word.startswith("--")} <= {option for one in known for option in one.opts}
    assert next(line for line in lines if line.startswith("USER ")) != "USER root"
    taken = {word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]}
    assert all((ROOT / name).exists() for name in taken)
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in taken} <= set(kept)


@pytest.mark.drill
@pytest.mark.slow
def test_the_server_knows_every_setting(service, tmp_path):
    need_programs()
    server = Neo4jServer(tmp_path, heap="512m")
    server.prepare()
    conf = tmp_path / "conf" / "neo4j.conf"
    given = settings_of(service)
    assert given["server.memory.heap.max_size"] == "2g"
    own = [line for line in conf.read_text(encoding="utf-8").splitlines() if line.partition("=")[0] not in given]
    lines = [*own, *(f"{name}={value}" for name, value in given.items())]
    conf.write_text("\n".join([*lines, "server.memory.heap.maximum=2g"]), encoding="utf-8")
    with pytest.raises(
        RuntimeError, match=r"server\.memory\.heap\.maximum"
    ):  # one that it does not know keeps it from starting
        server.start()
    conf.write_text("\n".join(lines), encoding="utf-8")
    try:
        server.start()
    finally:
        server.kill()
