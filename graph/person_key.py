"""The key that pseudonyms are made with, held against the one that a workspace began with: another one would make everybody two persons.

The workspace keeps a fingerprint of the key, from which the key cannot be had, and never the key itself.
"""

from __future__ import annotations

import hmac

from graph.settings import Settings, load_key
from graph.storage_errors import WorkspaceError
from graph.workspace import Workspace

_PURPOSE = b"shilian: fingerprint of the key of pseudonyms"
_LENGTH = 32  # hex digits: two keys never share them, and nothing can be learned of either


class KeyChangedError(WorkspaceError):
    """The key file is not the one with which the workspace's persons got their pseudonyms."""

    code = "key.changed"
    status = 409
    zh = (
        "化名密钥文件“{path}”不是这个工作区一直使用的那一个，没有载入：换了密钥，同一个人会被记成两个人。"
        "请找回原来的密钥文件（如从备份中），用 SHILIAN_KEY_FILE 指定后再载入；原密钥确已丢失的，"
        "另建一个工作区（--workspace），用新密钥把全部文件重新载入。"
    )
    en = (
        "The key file “{path}” is not the one that this workspace has been using, so nothing was loaded: with another key one person"
        " would become two. Find the former key file (in a backup), name it with SHILIAN_KEY_FILE and load again; if it is lost for"
        " good, load all files anew into another workspace (--workspace)."
    )


def fingerprint(key: bytes) -> str:
    """Return the text by which a workspace knows its key again."""
    return hmac.digest(key, _PURPOSE, "sha256").hex()[:_LENGTH]


def open_key(settings: Settings, workspace: Workspace) -> bytes:
    """Return the key of the settings, made where there is none yet; raises KeyChangedError where the workspace began with another."""
    path = settings.key_file.expanduser()
    known = workspace.ledger.key_fingerprint
    if known and not path.exists():
        raise KeyChangedError(path=str(path))
    key = load_key(settings)
    if known and known != fingerprint(key):
        raise KeyChangedError(path=str(path))
    return key


def keep_key(key: bytes, settings: Settings, workspace: Workspace) -> None:
    """Let the workspace know its key from now on; raises KeyChangedError where another call was first with another one."""
    if workspace.ledger.keep_key_fingerprint(fingerprint(key)) != fingerprint(key):
        raise KeyChangedError(path=str(settings.key_file.expanduser()))
