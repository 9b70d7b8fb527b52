"""How the server would run a text: its plan by EXPLAIN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.backends.neo4j import Neo4jEngine

Plan = Mapping[str, Any]
SEEK = "NodeUniqueIndexSeek"


def explain(engine: Neo4jEngine, text: str, parameters: Mapping[str, Any]) -> Plan:
    """Return the plan of a text."""
    with engine._driver.session(database="neo4j") as session:
        return session.run(f"EXPLAIN {text}", dict(parameters)).consume().plan


def walk(plan: Plan) -> Iterator[Plan]:
    """Yield the operators of a plan, each before those it takes its rows from."""
    yield plan
    for child in plan.get("children", ()):
        yield from walk(child)


def assert_looked_up(plan: Plan, text: str) -> None:
    """Fail where entities are not found by their unique id. A product of two such finds is one row for each row given."""
    for operator in walk(plan):
        name = operator["operatorType"]
        assert "Scan" not in name, text
        if "CartesianProduct" in name:
            assert all(child["operatorType"].startswith(SEEK) for child in operator["children"]), text
