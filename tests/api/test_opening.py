"""A workspace whose snapshot is damaged answers the next question all the same."""

import json
import shutil

import pytest

from api.cli import run


@pytest.mark.parametrize("damage", ["snapshots gone", "pointer gone", "table cut", "graph flipped", "manifest cut"])
def test_a_damaged_snapshot_is_made_anew_by_the_next_command(sample, tmp_path, capfd, damage):
    workspace = tmp_path / "w"
    shutil.copytree(sample.workspace, workspace)
    snapshot = workspace / "snapshots" / (workspace / "CURRENT").read_text(encoding="utf-8").strip()
    if damage == "snapshots gone":
        shutil.rmtree(workspace / "snapshots")
    elif damage == "pointer gone":
        (workspace / "CURRENT").unlink()
    elif damage == "table cut":
        table = snapshot / "tables" / "Member.parquet"
        table.write_bytes(table.read_bytes()[:-100])
        (snapshot / "graph.lbug").write_bytes(b"")
    elif damage == "graph flipped":
        content = bytearray((snapshot / "graph.lbug").read_bytes())
        content[len(content) // 2] ^= 0xFF
        (snapshot / "graph.lbug").write_bytes(content)
    else:
        (snapshot / "manifest.json").write_text("{", encoding="utf-8")
    code = run(["ask", "overview", "--workspace", str(workspace), "--json"])
    answer = json.loads(capfd.readouterr().out)
    assert code == 0
    assert answer["digest"] == sample.result.digest
