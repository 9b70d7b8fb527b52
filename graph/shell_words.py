"""Writes a command of ours as a person can paste it into the shell that they use: bash and its kin, PowerShell, or cmd.

write_command("decide", "header", "venues", "面积（㎡）", "area_m2", sender="长安路街道")
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from typing import Literal

Shell = Literal["posix", "powershell", "cmd"]
PROGRAM = "shilian"
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[-_./:@+,])*")  # letters and digits of any script: no shell reads more into them
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
# PowerShell ends a text in single quotes at any of these, and takes two of them for one.
_SINGLE = re.compile("['\u2018\u2019\u201a\u201b]")
# What no quoting brings through safely on Windows is written in full width: names and headers are compared in one width.
_WIDE = str.maketrans({'"': "\uff02"})
_WIDE_CMD = str.maketrans({'"': "\uff02", "%": "\uff05"})


def find_shell(variables: Mapping[str, str] = os.environ, system: str = os.name) -> Shell:
    """Return which shell the program was started from, as far as its environment tells."""
    if system != "nt" or "MSYSTEM" in variables or "SHELL" in variables:  # bash on Windows sets the latter two
        return "posix"
    # PowerShell adds the user's own modules to this path, which the system's variables do not have.
    modules, home = variables.get("PSModulePath", "").lower(), variables.get("USERPROFILE", "").lower()
    return "powershell" if home and home in modules else "cmd"


def quote_word(word: str, shell: Shell) -> str:
    """Return one word of a command, quoted where the shell would read something else into it."""
    text = _CONTROLS.sub(" ", word)
    if _PLAIN.fullmatch(text):
        return text
    if shell == "posix":
        return shlex.quote(text)
    text = text.translate(_WIDE_CMD if shell == "cmd" else _WIDE)
    if text.endswith("\\"):  # it would take the closing quote for a part of the text
        text = text[:-1] + "\uff3c"
    return f'"{text}"' if shell == "cmd" else "'" + _SINGLE.sub(lambda found: found[0] * 2, text) + "'"


def write_command(*words: str, shell: Shell | None = None, **options: str) -> str:
    """Return a command of ours with its words and options, ready to be pasted; options that are empty are left out."""
    used = shell or find_shell()
    given = [
        f"--{name}{'=' if value.startswith('-') else ' '}{quote_word(value, used)}"
        for name, value in options.items()
        if value
    ]
    # A word that begins like an option is one, unless -- stands before it.
    cut = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    before, after = ([quote_word(word, used) for word in part] for part in (words[:cut], words[cut:]))
    return " ".join((PROGRAM, *before, *given, "--", *after) if after else (PROGRAM, *before, *given))
