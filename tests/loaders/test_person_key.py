"""One key, one pseudonym: a workspace knows its key again, and takes no load made with another."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.person_key import KeyChangedError, fingerprint, keep_key, open_key
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import LoadOptions, load_paths

ROLL = "姓名,身份证号,所在党支部\n张甲,{0},松一社区党支部\n李乙,{1},松一社区党支部\n"
NUMBERS = ("410305198001011234", "410305198101011235")


def settings(folder: Path, key: str = "key") -> Settings:
    return Settings(workspace=folder / "w", key_file=folder / key)


def write(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(ROLL.format(*NUMBERS), encoding="utf-8")
    return path


def load(folder: Path, path: Path, key: str = "key", **options: bool) -> int:
    result = load_paths(folder / "w", [path], settings=settings(folder, key), options=LoadOptions(**options))
    return result.counts["entities"].get("Member", 0)


def test_a_load_with_another_key_is_refused_and_nobody_becomes_two(tmp_path):
    assert load(tmp_path, write(tmp_path, "党员花名册.csv")) == 2
    (tmp_path / "other").write_bytes(b"o" * 32)
    with pytest.raises(KeyChangedError, match="SHILIAN_KEY_FILE") as refused:
        load(tmp_path, write(tmp_path, "党员花名册 (2).csv"), "other")
    assert refused.value.as_dict()["code"] == "key.changed"
    assert refused.value.status == 409
    assert "另建一个工作区" in refused.value.message("zh")
    assert load(tmp_path, tmp_path / "党员花名册 (2).csv") == 2


def test_a_lost_key_is_told_and_no_new_one_is_made_in_its_place(tmp_path):
    load(tmp_path, write(tmp_path, "党员花名册.csv"))
    (tmp_path / "key").unlink()
    with pytest.raises(KeyChangedError):
        load(tmp_path, tmp_path / "党员花名册.csv")
    assert not (tmp_path / "key").exists()


def test_the_workspace_keeps_a_fingerprint_and_never_the_key(tmp_path):
    load(tmp_path, write(tmp_path, "党员花名册.csv"))
    key = (tmp_path / "key").read_bytes()
    assert Workspace.open(tmp_path / "w").ledger.key_fingerprint == fingerprint(key)
    stored = [path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file()]
    assert not any(key in data or key.hex().encode() in data for data in stored)


def test_a_dry_run_binds_the_workspace_to_no_key_and_is_refused_with_another(tmp_path):
    path = write(tmp_path, "党员花名册.csv")
    load(tmp_path, path, "first", dry_run=True)
    assert load(tmp_path, path, "second") == 2
    with pytest.raises(KeyChangedError):
        load(tmp_path, path, "first", dry_run=True)


def test_of_two_first_loads_with_two_keys_one_is_refused(tmp_path):
    workspace = Workspace.open(tmp_path / "w", create=True)
    keys = [open_key(settings(tmp_path, name), workspace) for name in ("first", "second")]
    keep_key(keys[0], settings(tmp_path, "first"), workspace)
    with pytest.raises(KeyChangedError):
        keep_key(keys[1], settings(tmp_path, "second"), workspace)
