"""The errors of what is kept on disk: a workspace that is locked, newer, damaged or cannot be written, and its loads and snapshots."""

from __future__ import annotations

from graph.errors import ShilianError


class WorkspaceError(ShilianError):
    """The workspace cannot be used as it stands."""

    code, status, exit_code = "workspace", 503, 3


class WorkspaceMissingError(WorkspaceError):
    """A workspace into which nothing was loaded yet."""

    code, status = "workspace.empty", 404
    exit_code = 3
    zh = "工作区“{path}”里还没有数据。先运行：shilian load 文件夹"
    en = "The workspace “{path}” holds no data yet. Run first: shilian load FOLDER"


class WorkspaceLockedError(WorkspaceError):
    """Another process is writing into the workspace."""

    code, status = "workspace.locked", 409
    zh = "工作区“{path}”正被占用：{holder}。请稍后再试。"
    en = "The workspace “{path}” is being written by {holder}. Try again later."


class WorkspaceNewerError(WorkspaceError):
    """The workspace was written by a newer program."""

    code = "workspace.newer"
    zh = "工作区“{path}”由更新的版本（格式 {found}）写成，本程序只认识到格式 {known}。请升级 shilian。"
    en = "The workspace “{path}” was written by a newer version (format {found}); this program knows up to {known}. Upgrade shilian."


class SnapshotDamagedError(WorkspaceError):
    """A snapshot whose files do not match its manifest."""

    code = "snapshot.damaged"
    zh = "快照 {snapshot} 已损坏：{reason}。运行 shilian rebuild 可由账本重建。"
    en = "Snapshot {snapshot} is damaged: {reason}. Run shilian rebuild to make it anew from the ledger."


class WorkspaceDamagedError(WorkspaceError):
    """The ledger or a stored load cannot be read."""

    code = "workspace.damaged"
    zh = "工作区文件“{path}”已损坏：{reason}。请从备份恢复，或重新载入原文件。"
    en = "The workspace file “{path}” is damaged: {reason}. Restore it from a backup, or load the original files again."


class KeyFileError(WorkspaceError):
    """The key that pseudonyms are made with cannot be used."""

    code = "key.file"
    zh = "化名密钥文件“{path}”不能使用（{reason}）。它应有 32 字节，且不在工作区内；可用 SHILIAN_KEY_FILE 指定。"
    en = "The key file “{path}” of the pseudonyms cannot be used ({reason}). It has 32 bytes and lies outside the workspace; SHILIAN_KEY_FILE names it."


class DiskFullError(WorkspaceError):
    """No room to write; the old snapshot is still served."""

    code, status = "disk.full", 507
    zh = "磁盘空间不足，未作任何更改：{reason}"
    en = "The disk is full; nothing was changed: {reason}"


class LoadDamagedError(WorkspaceDamagedError):
    """The stored records of a load are not those that were written: rows could be false, so none of them is used."""

    code = "load.damaged"
    zh = "“{file}”存入工作区的记录已损坏（{path}：{reason}），没有使用。请重新载入原文件；找不到原文件时，用 shilian withdraw {load} 撤回这次载入。"
    en = "The records stored of “{file}” are damaged ({path}: {reason}) and were not used. Load the original file again; where it is gone, withdraw the load: shilian withdraw {load}"


class ReadOnlyError(WorkspaceError):
    """A folder or disk that may not be written; the old snapshot is still served."""

    code, status = "disk.read_only", 507
    zh = "文件夹或磁盘不可写（只读，或没有权限），未作任何更改：{reason}"
    en = "The folder or disk cannot be written (read-only, or no permission); nothing was changed: {reason}"
