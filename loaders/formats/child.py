"""The child process: reads the files of one request, one after the other, within its limits, and writes what it read into a folder.

Started as `python -m loaders.formats.child FOLDER`; it says `begin N` and `end N` for each file on standard output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from loaders.formats.content import read_content
from loaders.formats.exchange import save_file
from loaders.formats.limits import FileLimits

try:
    import resource
except ImportError:  # Windows has none: there the parent watches memory and time
    resource = None  # type: ignore[assignment]

REQUEST = "request.json"


def main(folder: Path) -> None:
    """Read every file of the request in `folder`."""
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    limits = FileLimits(**request["limits"])
    limit_memory(limits.memory_bytes)
    for job in request["jobs"]:
        limit_time(limits.cpu_seconds)
        _say("begin", job["number"])
        raw = read_content(Path(job["path"]).read_bytes(), job["file"], limits, careful=job["careful"])
        save_file(raw, folder, job["number"])
        _say("end", job["number"])


def limit_memory(size: int) -> None:
    """Let no allocation bring this process over `size` bytes, where the system can do that."""
    if resource is not None and sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def limit_time(seconds: int) -> None:
    """Give this process `seconds` more of processor time."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _say(word: str, number: int) -> None:
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
