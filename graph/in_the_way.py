"""Detects a foreign package or file with the name of one of our packages, which Python would import in place of ours.

The doors run this file by its path before they import anything of ours, since `graph` itself may be the stranger's; so it needs the
standard library alone.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
MARK = "Shilian 十联"  # in the docstring of each of our packages
STRANGER = (
    "“{name}”在这里是 {file}，不是十联的 {own}：请把那个文件改名或移走；若是安装的包，请把十联装进单独的环境。",
    "“{name}” is {file} here and not Shilian's {own}: rename or move that file or, where it is an installed package, install"
    " Shilian into an environment of its own.",
)
OVERWRITTEN = (
    "十联的 {own} 被另一个同名的包覆盖了：请把十联装进单独的环境。",
    "Another package of the same name has overwritten Shilian's {own}: install Shilian into an environment of its own.",
)
OTHER_COPY = (
    "“{name}”来自另一份十联 {file}，而不是 {own}：请卸载其中一份（pip uninstall shilian），或把它的文件夹移出路径。",
    "“{name}” comes from another copy of Shilian, {file}, and not from {own}: uninstall one of them (pip uninstall shilian) or take"
    " its folder off the path.",
)


def find_file(name: str) -> Path | None:
    """Return the file that Python imports for a name; of a package, its __init__.py. None where there is nothing to import."""
    loaded = sys.modules.get(name)
    spec = getattr(loaded, "__spec__", None) if loaded is not None else find_spec(name)
    places = [
        getattr(loaded, "__file__", None),
        getattr(spec, "origin", None),
        *(getattr(spec, "submodule_search_locations", None) or ()),
    ]
    return next((Path(place).resolve() for place in places if place), None)


def find_in_the_way(*names: str) -> tuple[str, str] | None:
    """Return a sentence (Chinese, English) about the first of our package names under which Python finds other code, or None."""
    for name in names:
        own, file = ROOT / name / "__init__.py", find_file(name)
        is_marked = file is not None and file.is_file() and MARK in file.read_text(encoding="utf-8", errors="replace")
        if file == own and is_marked:
            continue
        zh, en = OVERWRITTEN if file == own else OTHER_COPY if is_marked else STRANGER
        return zh.format(name=name, file=file, own=own), en.format(name=name, file=file, own=own)
    return None


def refuse(found: tuple[str, str]) -> NoReturn:
    """Raise the error that foreign code is imported under one of our package names.

    PackageInTheWayError where our own `graph` can be imported, else an ImportError.
    """
    if find_in_the_way("graph") is None:
        from graph.errors import PackageInTheWayError  # known to be ours by now

        raise PackageInTheWayError(reason=found)
    raise ImportError(" / ".join(found))


def refuse_strangers(*names: str) -> None:
    """Raise an error if Python imports foreign code under one of the given names of our packages."""
    found = find_in_the_way(*names)
    if found is not None:
        refuse(found)
