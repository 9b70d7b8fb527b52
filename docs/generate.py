"""Writes docs/reference/ from the code: registers, ontology, questions, settings, command line, problems; and docs/openapi.json.

python docs/generate.py          writes the pages
python docs/generate.py --check  exits 1 when a page is not fresh
"""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from api.app import create_app  # noqa: E402
from api.pages.page_list import list_pages  # noqa: E402
from api.papers.paper import Paper  # noqa: E402
from api.papers.paper_list import paper_list  # noqa: E402
from graph.headings import HEADINGS  # noqa: E402
from graph.kinds import PERSONAL_CLASSES, Link, Register  # noqa: E402
from graph.mechanisms import MECHANISMS, Mechanism  # noqa: E402
from graph.problems import PROBLEMS  # noqa: E402
from graph.schema import SCHEMA  # noqa: E402
from graph.settings import Settings  # noqa: E402
from queries.answers.arguments import Argument  # noqa: E402
from queries.answers.catalogue import catalogue  # noqa: E402

HERE = ROOT / "docs" / "reference"
_FIRST = "<!-- made by docs/generate.py; change the code, not this page -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    lines = [
        list(heads),
        ["---"] * len(list(heads)),
        *([str(c).replace("|", "\\|").replace("\n", " ") for c in r] for r in rows),
    ]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def write_ontology() -> str:
    """Return the page of entities and relations."""
    parts = ["# Ontology\n\nEvery entity and relation that the graph knows, as the schema has it.\n\n## Entities\n"]
    for entity in SCHEMA.entities:
        keys = "`, `".join(entity.keys)
        parts.append(f"\n### {entity.label} · {entity.zh} · {entity.en}\n\nKey: `{keys}`\n\n")
        rows = [(f"`{p.name}`", p.zh, p.en, ", ".join(f"`{c}`" for c in p.columns())) for p in entity.properties]
        rows += [(f"`{d.name}`", d.zh, d.en, f"`{d.name}` (derived)") for d in entity.derived]
        parts.append(table(("property", "中文", "English", "stored as"), rows))
    parts.append("\n## Relations\n\n")
    relations = [
        (
            f"`{r.type}`",
            r.zh,
            " · ".join(e.label for e in r.source),
            " · ".join(e.label for e in r.target),
            ", ".join(p.name for p in r.properties),
        )
        for r in SCHEMA.relations
    ]
    return "".join(parts) + table(("type", "中文", "from", "to", "properties"), relations)


def write_registers() -> str:
    """Return the page of registers and the header words of their columns."""
    parts = ["# Registers\n\nThe spreadsheets that can be loaded, and how offices write their headers.\n"]
    parts.append("\nThe class of a column says what its cells may tell of persons, and what becomes of it:\n\n")
    parts.append(table(("class", "中文", "English"), ((n, said, said.en) for n, said in PERSONAL_CLASSES.items())))
    for register in SCHEMA.registers:
        parts.append(
            f"\n## {register.name} · {register.zh}\n\nRow: `{register.row.label}` · {register.scope} · {'、'.join(register.titles)}\n\n"
        )
        if register.beside:
            parts.append(f"Read beside: {', '.join(f'`{part.name}`' for part in register.beside)}\n\n")
        rows = []
        for column in register.columns:
            if column.rides:
                continue
            fills = (
                f"`{column.relation.type}`"
                if isinstance(column, Link)
                else (f"`{column.field}`" if column.field else "")
            )
            treatment = "dropped" if column.role == "personal" or column.keeps_no_person else column.role
            told = register.personal_class(column)
            rows.append((fills, treatment, told, "yes" if column.required else "", "、".join(column.headers)))
        parts.append(table(("fills", "treatment", "class", "required", "headers"), rows))
    return "".join(parts)


def write_questions() -> str:
    """Return the page of questions."""
    parts = ["# Questions\n\n`shilian ask NAME …` · `GET /api/v1/questions/NAME` · `district.name(…)`\n"]
    for entry in catalogue().values():
        about = f"\n\n{entry.about} {entry.about.en}" if entry.about else ""
        parts.append(f"\n## {entry.name}\n\n{entry.title} {entry.title.en}{about}\n\n")
        rows = [
            (
                f"`{a.name}`",
                "yes" if a.required else "",
                "" if a.default is None else f"`{a.default}`",
                _limits(a),
                a.help,
                a.help.en,
            )
            for a in entry.arguments
        ]
        parts.append(
            table(("argument", "required", "default", "limits", "中文", "English"), rows) if rows else "No arguments.\n"
        )
    return "".join(parts)


def _limits(argument: Argument) -> str:
    return argument.between.hint if argument.between else ", ".join(argument.choices)


def write_settings() -> str:
    """Return the page of settings."""
    rows = [(f"`{f.name}`", f"`SHILIAN_{f.name.upper()}`") for f in fields(Settings)]
    return "# Settings\n\nEach is read from the environment; options of the command line win.\n\n" + table(
        ("setting", "variable"), rows
    )


def write_problems() -> str:
    """Return the page of problem codes."""
    return "# Problems\n\nWhat a load report may say about a cell, row or sheet.\n\n" + table(
        ("code", "中文", "English"), ((f"`{code}`", said, said.en) for code, said in PROBLEMS.items())
    )


def write_commands() -> str:
    """Return the page of the command line, as `--help` prints it."""
    command = [sys.executable, "-m", "api.cli", "--lang", "en", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, env=_plain())
    shown = done.stdout
    return "# Command line\n\n```text\n" + "\n".join(line.rstrip() for line in shown.strip().splitlines()) + "\n```\n"


def _plain() -> dict[str, str]:
    import os

    return {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}


def write_mechanisms() -> str:
    """Return the page of the mechanisms that the joint conference's document names, and what this does for each."""
    head = (
        "# Mechanisms\n\nThe 54 mechanisms that the document names: which register loads each, which question answers it, on which pages\n"
        "it is seen, as which paper it is written. Of what would tell of single people the reason stands in the last column.\n"
    )
    parts = [head]
    for heading in HEADINGS:
        parts.append(f"\n## {heading.number} · {heading.name} · {heading.about}\n\n")
        rows = [
            (
                f"{one.name} · {one.name.en}", _listed(find_registers(one)), _listed(find_questions(one)), _listed(find_pages(one)),
                _listed(find_papers(one)) or f"{one.withheld} {one.withheld.en}",
            )
            for one in MECHANISMS
            if one.heading == heading
        ]  # fmt: skip
        parts.append(table(("mechanism", "loaded", "asked", "seen", "written"), rows))
    return "".join(parts)


def find_registers(mechanism: Mechanism) -> list[str]:
    """Return the registers that load a mechanism."""
    return [register.name for register in SCHEMA.registers if mechanism in register.loads]


def find_questions(mechanism: Mechanism) -> list[str]:
    """Return the questions that answer a mechanism."""
    return [entry.name for entry in catalogue().values() if mechanism in entry.answers]


def find_pages(mechanism: Mechanism) -> list[str]:
    """Return the pages on which a mechanism is seen: those that ask its questions, and each question's own."""
    asked = find_questions(mechanism)
    texts = {
        page.path: Path(inspect.getfile(page.show)).read_text(encoding="utf-8")
        for page in list_pages()
        if "{" not in page.path
    }
    shown = [path for path, text in texts.items() for name in asked if f'"{name}"' in text]
    return list(dict.fromkeys([*shown, *(f"/questions/{name}" for name in asked)]))


def find_papers(mechanism: Mechanism) -> list[str]:
    """Return the papers that write a mechanism back: those of its registers, and the documents made of such a register's rows."""
    return [paper.name for paper in paper_list().values() if any(mechanism in r.loads for r in _registers_of(paper))]


def _registers_of(paper: Paper) -> list[Register]:
    if paper.register is not None:
        return [paper.register]
    return [value for value in vars(sys.modules[paper.fill.__module__]).values() if isinstance(value, Register)]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


PAGES: dict[str, Callable[[], str]] = {
    "ontology.md": write_ontology, "registers.md": write_registers, "questions.md": write_questions, "settings.md": write_settings,
    "problems.md": write_problems, "commands.md": write_commands, "mechanisms.md": write_mechanisms,
}  # fmt: skip


def write_api() -> str:
    """Return the description of the API (OpenAPI), without the version of the program."""
    document = json.loads(json.dumps(create_app(Settings(workspace=Path("workspace"))).openapi(), default=str))
    document["info"]["version"] = "1"
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the pages, or check that they are fresh."""
    stale = []
    made = {HERE / name: _FIRST + write() for name, write in PAGES.items()} | {
        HERE.parent / "openapi.json": write_api()
    }
    for path, text in made.items():
        name = path.name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    sys.stderr.write(f"stale: {', '.join(stale)}; run python docs/generate.py\n" if stale else "")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
