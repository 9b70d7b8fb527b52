"""What a stopped or killed server leaves behind, and what the next one makes of it."""

import errno
import io
import os
import shutil
import subprocess
import sys
import textwrap
import time

import pytest
from starlette.datastructures import UploadFile

from api import uploads
from api.deciding import record
from api.opening import open_graph, publish_pending
from api.uploads import find_uploads, keep_uploads, safe_name
from graph.decisions import Accept, HeaderMeaning
from graph.publish import verify
from graph.workspace import Workspace
from loaders.formats.scratch import scratch_folder
from loaders.intake import LoadOptions
from queries.decision_checks import Checked
from tests.api.doors import serving

ROOMS = "场地名称,产权单位,可容纳人数\n补充会议室,某单位,40\n"
NAME = "场地资源登记表（张三丰）.csv"


def wait_for(client, job):
    for _ in range(600):
        state = client.get(f"/api/v1/loads/jobs/{job}").json()
        if state.get("state") in {"done", "failed"}:
            return state
        time.sleep(0.05)
    pytest.fail("the job did not end")


def accept(settings, text=ROOMS, key=""):
    """Keep an upload as the server does before it answers 202."""
    sent = UploadFile(io.BytesIO(text.encode()), filename=NAME)
    return keep_uploads(settings.workspace, [sent], LoadOptions(scope="increment"), "zh", key)


def test_an_upload_accepted_before_the_server_was_killed_is_loaded_by_the_next_under_its_own_id(own):
    kept = accept(own, key=f"{own.user}\nk7")
    with serving(own) as client:
        done = wait_for(client, kept.job)
        assert done["state"] == "done" and done["report"]["files"][0]["rows_read"] == 1
        sent, other = (
            client.post(
                "/api/v1/loads",
                files={"files": (NAME, text.encode())},
                params={"scope": "increment"},
                headers={"Idempotency-Key": "k7"},
            )
            for text in (ROOMS, ROOMS + "另一间,某单位,20\n")
        )
        assert sent.json()["id"] == kept.job
        assert (other.status_code, other.json()["code"]) == (422, "key.reused")  # a key is bound to its content
    assert find_uploads(own.workspace) == [] and not kept.folder.exists()


def test_a_kept_upload_lies_under_no_name_of_its_own(own):
    kept = accept(own)
    paths = [path.relative_to(own.workspace).as_posix() for path in kept.folder.rglob("*")]
    assert not [path for path in paths if "张" in path or "csv" in path]
    assert list(kept.files(kept.request()).values()) == [safe_name(NAME, 1)]


def test_an_upload_is_gone_when_its_job_has_ended_well_or_badly(own):
    with serving(own) as client:
        for content in (ROOMS.encode(), b""):
            sent = client.post("/api/v1/loads?scope=increment", files={"files": (NAME, content)})
            wait_for(client, sent.json()["id"])
    assert list((own.workspace / uploads.UPLOADS).iterdir()) == []
    assert list((own.workspace / "reading").iterdir()) == []


def test_what_was_tried_is_loaded_without_being_sent_again_and_is_gone_within_an_hour(own):
    with serving(own) as client:
        sent = client.post("/api/v1/loads?dry_run=true&scope=increment", files={"files": (NAME, ROOMS.encode())})
        tried = wait_for(client, sent.json()["id"])["report"]
        assert tried["dry_run"] and tried["effect"]["entities"]["Venue"]["added"]["first"][0]["name"] == "补充会议室"
        assert client.get(f"/api/v1/loads/jobs/{sent.json()['id']}/workbook").content[:2] == b"PK"
        again = client.post(f"/api/v1/loads/jobs/{sent.json()['id']}/again?scope=increment").json()["id"]
        loaded = wait_for(client, again)["report"]
        assert not loaded["dry_run"] and loaded["files"][0]["rows_read"] == 1
        gone = client.post(f"/api/v1/loads/jobs/{again}/again")
        assert (gone.status_code, gone.json()["code"]) == (404, "upload.gone")
        other = client.post("/api/v1/loads?dry_run=true", files={"files": (NAME, ROOMS.encode())}).json()["id"]
        wait_for(client, other)
        assert client.delete(f"/api/v1/loads/jobs/{other}").status_code == 204
        assert find_uploads(own.workspace) == []
    kept = accept(own)
    kept.rest(kept.request())
    old = time.time() - uploads.STALE_SECONDS - 1
    os.utime(kept.folder / uploads.REQUEST, (old, old))
    uploads.drop_stale(own.workspace)
    assert not kept.folder.exists()


def test_an_upload_that_ends_the_server_each_time_is_given_up(own):
    kept = accept(own)
    for _ in range(uploads.MOST_TRIES):
        assert kept.begin(kept.request())
    with serving(own) as client:
        failed = wait_for(client, kept.job)
        assert (failed["state"], failed["error"]["code"]) == ("failed", "upload.given_up")
    assert not kept.folder.exists()


def test_half_an_upload_is_removed_when_nobody_writes_it_any_more(own):
    half = own.workspace / uploads.UPLOADS / "abc.tmp"
    half.mkdir(parents=True)
    assert find_uploads(own.workspace) == [] and half.exists()
    old = time.time() - uploads.STALE_SECONDS - 1
    os.utime(half, (old, old))
    find_uploads(own.workspace)
    assert not half.exists()


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk.full"), (errno.EROFS, "disk.read_only"), (errno.EACCES, "disk.read_only")]
)
def test_an_upload_for_which_there_is_no_room_is_507_and_leaves_nothing(own, monkeypatch, number, code):
    def refuse(source, target, length=0):
        raise OSError(number, os.strerror(number))

    with serving(own) as client:
        monkeypatch.setattr(shutil, "copyfileobj", refuse)
        sent = client.post("/api/v1/loads", files={"files": (NAME, ROOMS.encode())})
        assert (sent.status_code, sent.json()["code"]) == (507, code)
    assert list((own.workspace / uploads.UPLOADS).iterdir()) == []


@pytest.fixture
def unpublished(own, sample):
    """Put a decision on the record of a workspace and publish nothing, as a server killed in between does."""
    known = sample.truth["obvious_partners"][0]
    with open_graph(own) as graph:
        left, right = (
            graph.read("MATCH (u {name: $name}) RETURN u.id AS id", name=known[side])["id"][0]
            for side in ("community", "enterprise")
        )
    workspace = Workspace.open(own.workspace)
    with workspace.writing():
        workspace.ledger.add_decision("accept", Accept(left=left, right=right).to_payload(), "x")
    assert workspace.pending
    return own


def test_what_is_on_the_record_and_unpublished_is_published_at_the_next_start(unpublished):
    with serving(unpublished) as client:
        for _ in range(200):
            if not Workspace.open(unpublished.workspace).pending:
                break
            time.sleep(0.05)
        assert client.get("/readyz").status_code == 200
    assert not Workspace.open(unpublished.workspace).pending


def test_the_command_line_tells_and_publishes_it_too(unpublished, shilian, caplog):
    status = shilian("status", "--json", "--workspace", unpublished.workspace)
    assert status.json["pending"]
    assert shilian("ask", "overview", "--workspace", unpublished.workspace).code == 0
    assert "a run was cut short" in caplog.text
    assert not Workspace.open(unpublished.workspace).pending


def test_nobody_publishes_while_another_process_is_loading(unpublished):
    workspace = Workspace.open(unpublished.workspace)
    with workspace.writing():
        assert not publish_pending(unpublished)
    assert publish_pending(unpublished) and not publish_pending(unpublished)


def test_a_decision_that_changes_nothing_in_the_graph_leaves_nothing_to_publish(own):
    workspace = Workspace.open(own.workspace)
    record(workspace, Checked(HeaderMeaning(register="venues", header="大小", field="area")), own)
    assert not workspace.pending
    record(workspace, Checked(Accept(left="a", right="b")), own)
    record(workspace, Checked(HeaderMeaning(register="venues", header="大小", field="capacity")), own)
    assert workspace.pending  # what was waiting before still is


def flip_a_stored_load(workspace):
    path = workspace.live_sheets()[0].records.path
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2] ^= 4
    path.write_bytes(bytes(stored))
    return path


def test_a_flipped_bit_in_a_load_is_told_by_every_door_and_no_graph_is_made_of_it(own, shilian):
    workspace = Workspace.open(own.workspace)
    before = workspace.current().digest
    flip_a_stored_load(workspace)
    file = workspace.live_sheets()[0].file
    assert "shilian withdraw" in verify(workspace)[0].en
    for call in (("verify",), ("status",)):
        told = shilian(*call, "--workspace", own.workspace)
        assert file in told.out + told.err
    rebuilt = shilian("rebuild", "--workspace", own.workspace)
    assert rebuilt.code == 3 and file in rebuilt.err
    assert Workspace.open(own.workspace).current().digest == before
    assert shilian("ask", "overview", "--workspace", own.workspace).code == 0


def test_what_a_killed_reader_left_is_swept_away_by_the_next(tmp_path):
    code = "import os, sys; from pathlib import Path\nfrom loaders.formats.scratch import scratch_folder\n"
    code += "with scratch_folder(Path(sys.argv[1])) as folder:\n    (folder / '0').write_text('张三'); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    (left,) = (tmp_path / "reading").iterdir()
    old = time.time() - 3600
    os.utime(left, (old, old))
    with scratch_folder(tmp_path) as folder:
        assert [path.name for path in (tmp_path / "reading").iterdir()] == [folder.name]
        os.utime(folder, (old, old))
        with scratch_folder(tmp_path) as other:  # a living one is left alone, however old
            assert folder.exists() and other != folder
    assert list((tmp_path / "reading").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files by resource")
def test_a_disk_that_is_full_while_reading_is_no_fault_of_the_file(tmp_path):
    rows = "".join(f"会议室{n},某单位{n},{n % 90 + 10}\n" for n in range(20_000))
    (tmp_path / "场地资源登记表.csv").write_text("场地名称,产权单位,可容纳人数\n" + rows, encoding="utf-8")
    code = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from graph.settings import Settings
        from graph.storage_errors import DiskFullError
        from loaders.loading import load_paths
        from graph.workspace import Workspace
        place = Path(sys.argv[1])
        Workspace.open(place / "ws", create=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        try: load_paths(place / "ws", [place / "场地资源登记表.csv"], settings=Settings(key_file=place / "key"))
        except DiskFullError: print("full")
    """)
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "full", done.stderr
