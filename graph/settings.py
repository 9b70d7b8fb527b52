"""Settings: one frozen object, filled from the SHILIAN_* variables; an argument given in Python wins over its variable."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from graph.errors import ArgumentError
from graph.storage_errors import KeyFileError
from graph.texts import Said

KEY_BYTES = 32
LANGUAGES = ("zh", "en")
KEEP_SNAPSHOTS = 3
SWITCH = {"on": True, "off": False}


def default_key_file() -> Path:
    """Return where the key of the pseudonyms lives on this platform: in the user's configuration, never in a workspace."""
    roaming, configuration = os.environ.get("APPDATA"), os.environ.get("XDG_CONFIG_HOME")
    base = (
        Path(roaming)
        if os.name == "nt" and roaming
        else Path(configuration)
        if configuration
        else Path.home() / ".config"
    )
    return base / "shilian" / "key"


def _read(name: str, default: Any) -> Any:
    """Return how a field without an argument finds its value."""
    return lambda: os.environ.get(f"SHILIAN_{name.upper()}") or default


@dataclass(frozen=True)
class Settings:
    """All settings of the program; each has an environment variable, SHILIAN_ with its name in capitals, as default."""

    workspace: Path = field(
        default_factory=_read("workspace", "workspace")
    )  # the folder with ledger, loads and snapshots
    graph: str = field(default_factory=_read("graph", ""))  # address of a graph server; empty: the embedded engine
    lang: str = field(default_factory=_read("lang", "zh"))  # language of sentences: zh or en
    user: str = field(default_factory=_read("user", "local"))  # the name that loads and decisions are recorded under
    key_file: Path = field(
        default_factory=_read("key_file", "")
    )  # the key of the pseudonyms; empty: the user's configuration folder
    keep_snapshots: int = field(
        default_factory=_read("keep_snapshots", KEEP_SNAPSHOTS)
    )  # how many snapshots stay on disk
    buffer_pool_bytes: int = field(
        default_factory=_read("buffer_pool_bytes", 1 << 30)
    )  # memory the embedded engine may use for reading
    query_seconds: int = field(default_factory=_read("query_seconds", 60))  # the longest a query may run
    map_file: Path | None = field(
        default_factory=_read("map_file", None)
    )  # a GeoJSON file (WGS-84) with borders to draw under the positions of units; none without it
    shown_log: bool = field(default_factory=_read("shown_log", "on"))  # on or off: log which recommendations were shown

    def __post_init__(self) -> None:
        numbers = {"keep_snapshots": 1, "buffer_pool_bytes": 1 << 26, "query_seconds": 1}
        for name, least in numbers.items():
            object.__setattr__(self, name, _whole_number(name, getattr(self, name), least))
        object.__setattr__(self, "shown_log", _switch("shown_log", self.shown_log))
        object.__setattr__(self, "workspace", Path(self.workspace))
        object.__setattr__(self, "map_file", Path(self.map_file) if self.map_file else None)
        object.__setattr__(
            self, "key_file", Path(self.key_file) if str(self.key_file) not in {"", "."} else default_key_file()
        )
        if self.lang not in LANGUAGES:
            raise ArgumentError(argument="SHILIAN_LANG", value=self.lang, reason="zh | en")


def setting_names() -> list[str]:
    """Return the environment variables that are read, in order."""
    return [f"SHILIAN_{f.name.upper()}" for f in fields(Settings)]


def _whole_number(name: str, value: Any, least: int) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = least - 1
    if number < least:
        raise ArgumentError(argument=f"SHILIAN_{name.upper()}", value=value, reason=f"≥ {least}")
    return number


def _switch(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in SWITCH:
        raise ArgumentError(argument=f"SHILIAN_{name.upper()}", value=value, reason=" | ".join(SWITCH))
    return SWITCH[value]


def load_key(settings: Settings) -> bytes:
    """Return the key that pseudonyms are made with; it is created on first use, readable by its owner only."""
    path = settings.key_file.expanduser()
    if path.resolve().is_relative_to(settings.workspace.resolve()):
        raise KeyFileError(path=str(path), reason=Said("在工作区内", "it lies inside the workspace"))
    try:
        if not path.exists():
            _create_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise KeyFileError(path=str(path), reason=error.strerror or str(error)) from error
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            path=str(path), reason=Said(f"{len(key)} ≠ {KEY_BYTES} 字节", f"{len(key)} ≠ {KEY_BYTES} bytes")
        )
    return key


def _create_key(path: Path) -> None:
    """Write a new key beside its place and link it there, so that two first users end up with one whole key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return  # another process was first: its key counts
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.replace(path)
