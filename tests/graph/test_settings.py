import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import ArgumentError
from graph.settings import Settings, load_key, setting_names
from graph.storage_errors import KeyFileError


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


def test_without_variables_the_workspace_is_a_folder_here_and_the_engine_embedded():
    settings = Settings()
    assert (settings.workspace, settings.graph, settings.lang, settings.user) == (Path("workspace"), "", "zh", "local")


def test_a_variable_is_read_and_an_argument_wins_over_it(monkeypatch):
    monkeypatch.setenv("SHILIAN_WORKSPACE", "/data/区")
    monkeypatch.setenv("SHILIAN_KEEP_SNAPSHOTS", "7")
    assert (Settings().workspace, Settings().keep_snapshots) == (Path("/data/区"), 7)
    assert Settings(workspace="elsewhere").workspace == Path("elsewhere")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHILIAN_LANG", "fr"),
        ("SHILIAN_KEEP_SNAPSHOTS", "many"),
        ("SHILIAN_KEEP_SNAPSHOTS", "0"),
        ("SHILIAN_QUERY_SECONDS", "-1"),
    ],
)
def test_a_variable_outside_its_limits_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ArgumentError, match=name):
        Settings()


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "deep" / "key")
    key = load_key(settings)
    assert len(key) == 32
    assert load_key(settings) == key
    assert [p.name for p in settings.key_file.parent.iterdir()] == ["key"]
    if os.name == "posix":
        assert settings.key_file.stat().st_mode & 0o777 == 0o600


def test_two_first_users_end_up_with_one_key(tmp_path):
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: load_key(settings), range(16)))) == 1


def test_a_key_inside_the_workspace_is_refused(tmp_path):
    with pytest.raises(KeyFileError):
        load_key(Settings(workspace=tmp_path, key_file=tmp_path / "key"))


def test_a_key_of_another_length_is_refused_and_left_alone(tmp_path):
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(KeyFileError, match="32"):
        load_key(Settings(workspace=tmp_path / "w", key_file=tmp_path / "key"))
    assert (tmp_path / "key").read_bytes() == b"short"


def test_the_key_lies_in_the_users_configuration_by_default(monkeypatch, tmp_path):
    monkeypatch.setenv("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME", str(tmp_path))
    assert Settings().key_file == tmp_path / "shilian" / "key"


def test_settings_workspace_and_list_of_engines_are_there_without_the_heavy_libraries():
    code = "import sys, graph, graph.settings, graph.engines, graph.workspace; print(sorted({'polars', 'ladybug', 'numpy', 'pyarrow', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
