"""The saved views of a workspace: parts of the graph that somebody arranged, as addresses of the explorer with a name and for whom.

views/views.json holds the addresses, never what they show: that is read anew as whoever opens a view may see it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock

from graph.access import ROLES, Token
from graph.decision_forms import hide_personal
from graph.disk import disk_errors, dump_json, write_text
from graph.documents import Document
from graph.errors import ArgumentError, RequestError
from graph.storage_errors import WorkspaceDamagedError
from graph.texts import Said

Audience = Literal["me", "district", "all"]
AUDIENCES: dict[Audience, Said] = {
    "me": Said("只有我", "only me"),
    "district": Said("能看全区的人", "whoever sees the whole district"),
    "all": Said("所有人", "everybody"),
}
FOLDER, FILE = "views", "views.json"
LONGEST_NAME, LONGEST_NOTE, LONGEST_ADDRESS = 60, 300, 20_000
MOST_VIEWS = 500
WAIT_SECONDS = 10
# An address of the explorer on this server: nothing else is ever opened by a view.
_ADDRESS = re.compile(r"/graph(?:[?#][!-~]*)?")


class UnknownViewError(RequestError):
    """A view that is not there, or not there for the caller."""

    code, status = "view.unknown", 404
    zh = "没有这个视图，可能已被删除。"
    en = "There is no such view; it may have been deleted."


@dataclass(frozen=True)
class SavedView:
    """A view: what it is called, what it is about, its address, for whom it is, who saved it and when."""

    id: str
    name: str
    note: str
    address: str
    for_whom: Audience
    by: str
    at: str

    def is_for(self, caller: Token) -> bool:
        """Tell whether somebody may open the view: its own maker always."""
        if self.by == caller.name or self.for_whom == "all":
            return True
        return self.for_whom == "district" and not (caller.area or caller.unit)

    def may_be_removed_by(self, caller: Token) -> bool:
        """Tell whether somebody may delete the view: its maker, and a steward who sees it."""
        return self.by == caller.name or (caller.role == ROLES[-1] and self.is_for(caller))


class ViewsFile:
    """The saved views of a workspace in their file, which is replaced as a whole with every change."""

    def __init__(self, workspace: Path) -> None:
        self._path = workspace / FOLDER / FILE

    def list_for(self, caller: Token) -> list[SavedView]:
        """Return the views that somebody may open, the latest first."""
        return [view for view in reversed(self._read()) if view.is_for(caller)]

    def add(self, caller: Token, name: object, note: object, address: object, for_whom: object) -> SavedView:
        """Save a view; another one of the same maker and name gives way to it. Personal data in its texts is hidden."""
        made = SavedView(
            secrets.token_hex(6), _read_name("name", name, LONGEST_NAME), _read_text("note", note, LONGEST_NOTE),
            _read_address(address), _read_audience(for_whom), caller.name, datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip

        def change(views: list[SavedView]) -> list[SavedView]:
            kept = [view for view in views if (view.by, view.name) != (made.by, made.name)]
            if len(kept) >= MOST_VIEWS:
                reason = Said(
                    f"已有 {MOST_VIEWS} 个视图，请先删除一些", f"there are {MOST_VIEWS} views: delete some first"
                )
                raise ArgumentError(argument="name", value=made.name, reason=reason)
            return [*kept, made]

        self._change(change)
        return made

    def remove(self, caller: Token, id: str) -> None:
        """Delete a view."""

        def change(views: list[SavedView]) -> list[SavedView]:
            if not any(view.id == id and view.may_be_removed_by(caller) for view in views):
                raise UnknownViewError
            return [view for view in views if view.id != id]

        self._change(change)

    def _read(self) -> list[SavedView]:
        try:
            return [SavedView(**one) for one in json.loads(self._path.read_text(encoding="utf-8"))["views"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WorkspaceDamagedError(path=str(self._path), reason=str(error)) from error

    def _change(self, change: Callable[[list[SavedView]], list[SavedView]]) -> None:
        with disk_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(".lock"), timeout=WAIT_SECONDS):
                views: Document = {"views": [asdict(view) for view in change(self._read())]}
                write_text(self._path, dump_json(views))


def _read_name(argument: str, value: object, longest: int) -> str:
    text = _read_text(argument, value, longest)
    if not text:
        raise ArgumentError(argument=argument, value="", reason=Said("请写一个名称", "write a name"))
    return text


def _read_text(argument: str, value: object, longest: int) -> str:
    """Return a text that a person wrote, on one line and without what tells of a person."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        reason = Said(f"应是不超过 {longest} 字的文字", f"must be a text of at most {longest} characters")
        raise ArgumentError(argument=argument, value=str(value)[:40], reason=reason)
    return hide_personal(" ".join(value.encode("utf-8", "replace").decode().split()))


def _read_address(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(value):
        reason = Said("应是图谱页的地址", "must be an address of the explorer")
        raise ArgumentError(argument="address", value=str(value)[:40], reason=reason)
    return value


def _read_audience(value: object) -> Audience:
    for known in get_args(Audience):
        if value == known:
            return known  # type: ignore[no-any-return]
    raise ArgumentError(argument="for_whom", value=str(value)[:40], reason=" | ".join(AUDIENCES))
