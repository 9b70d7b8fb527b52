"""The rooms of the loaders: each imports only what stands before it, and no two modules import each other."""

import ast
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "loaders"
# From the words of headers to the report; then the whole way in, which uses them all. The generator of districts stands apart.
ROOMS = ("vocabulary", "formats", "sheets", "headers", "cleaning", "names", "merging", "report")
WAY_IN = "the way in"


def module_name(path: Path) -> str:
    return ".".join(("loaders", *path.relative_to(FOLDER).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module_name(path): path for path in FOLDER.rglob("*.py")}


def imports(name: str) -> set[str]:
    """Modules of the loaders that a module imports anywhere: also inside functions, and for type checkers only."""
    found = set()
    for statement in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            base = statement.module or ""
            names = {f"{base}.{alias.name}" for alias in statement.names}
            found |= names & MODULES.keys() or {base}
    return (found & MODULES.keys()) - {name, "loaders"}


def room(name: str) -> str:
    folder = name.split(".")[1]
    return folder if folder in {*ROOMS, "district"} else WAY_IN


def test_each_room_imports_only_what_stands_before_it():
    order = [*ROOMS, WAY_IN]
    wrong = [
        f"{name} imports {target}"
        for name in MODULES.keys() - {"loaders"}
        for target in imports(name)
        if room(name) != "district"
        and (room(target) == "district" or order.index(room(target)) > order.index(room(name)))
    ]
    assert sorted(wrong) == []


def test_the_generator_of_districts_uses_no_room():
    assert {room(target) for name in MODULES if name.startswith("loaders.district") for target in imports(name)} == {
        "district"
    }


def test_no_two_modules_import_each_other_not_even_in_a_function():
    waiting = {name: imports(name) for name in MODULES}
    while free := [name for name, targets in waiting.items() if not targets & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert sorted(waiting) == []
