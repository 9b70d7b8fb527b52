"""What pyproject.toml says of versions: each dependency has a lowest one, and the ordinary set-up installs none below it."""

import re
from pathlib import Path

import pytest

from tests.lowest import lowest_versions

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"([a-z0-9-]+)==([0-9.]+(?:post[0-9]+)?)")


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def test_every_dependency_has_a_lowest_version_that_the_pins_reach() -> None:
    pins = dict(PIN.fullmatch(line).groups() for line in pin_lines())
    lowest = lowest_versions()
    assert not lowest.keys() - pins.keys()
    assert not {name for name, version in lowest.items() if numbers(pins[name]) < numbers(version)}


def test_pins_are_names_and_versions_and_nothing_else() -> None:
    assert not [line for line in pin_lines() if not PIN.fullmatch(line)]


@pytest.mark.parametrize("wanted", ["polars", "polars<3", "polars>=2,!=2.1"])
def test_a_dependency_without_one_lowest_version_is_refused(wanted: str, tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(f'[project]\ndependencies = ["{wanted}"]\n[project.optional-dependencies]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="lowest version"):
        lowest_versions(project)


def pin_lines() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
