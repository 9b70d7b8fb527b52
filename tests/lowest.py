"""The lowest versions that pyproject.toml allows, a constraint a line: `make test-lowest` installs exactly these."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
_BOUNDED = re.compile(r"([A-Za-z0-9._-]+)(?:>=|==)([0-9.]+)(?:,<[0-9.]+)?")


def lowest_versions(project: Path = PROJECT) -> dict[str, str]:
    """Return the lowest version of every dependency, the extras' among them; one without a lower bound is an error."""
    told = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    versions: dict[str, str] = {}
    for wanted in chain(told["dependencies"], *told["optional-dependencies"].values()):
        bound = _BOUNDED.fullmatch(wanted)
        if bound is None or versions.setdefault(bound[1], bound[2]) != bound[2]:
            raise ValueError(f"{wanted}: it needs one lowest version, the same wherever it is named")
    return versions


if __name__ == "__main__":
    for name, version in lowest_versions().items():
        print(f"{name}=={version}")
