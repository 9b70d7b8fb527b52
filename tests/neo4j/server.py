"""A real Neo4j without Docker: jars by Maven, one process on loopback, everything it writes in one folder.

python -m tests.neo4j.server COMMAND…   runs a command with SHILIAN_GRAPH and the password set, and stops the server after it
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDED = ("java", "mvn")
FETCH_SECONDS, START_SECONDS = 900, 600  # 5 seconds on a quiet machine, minutes on one that does ten other things
SERVER, ADMIN = "org.neo4j.server.CommunityEntryPoint", "org.neo4j.cli.AdminTool"
# A small data folder, no usage report, nothing but Bolt; the rest is what Neo4j's own scripts give the Java machine.
SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size={heap}
server.memory.heap.max_size={heap}
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
"""
PLAIN = "server.bolt.tls_level=DISABLED\n"
ENCRYPTED = """server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.client_auth=NONE
"""
JAVA = (
    "-XX:+UseG1GC", "-XX:-OmitStackTraceInFastThrow", "-Dio.netty.tryReflectionSetAccessible=true", "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8",
)  # fmt: skip


def missing_programs() -> list[str]:
    """Return what a server needs and this machine has not."""
    return [name for name in NEEDED if shutil.which(name) is None]


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fetch_class_path(folder: Path) -> str:
    """Have Maven fetch the jars into its own repository, and return their paths as Java takes them."""
    file = folder / "classpath.txt"
    command = [
        shutil.which("mvn") or "mvn", "-B", "-q", "-ntp", "-f", str(HERE / "pom.xml"), "dependency:build-classpath",
        f"-Dmdep.outputFile={file}", "-DincludeScope=runtime",
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=FETCH_SECONDS, cwd=folder)
    return file.read_text(encoding="utf-8").strip()


@dataclass
class Neo4jServer:
    """A server in a folder of its own; `start`, `kill`, `pause`, and `start` again on the same data and port."""

    home: Path
    heap: str = "1g"
    encrypts: bool = False  # for those who ask for it, by a certificate of its own making
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(12), repr=False)  # no sign that reads as an option
    process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """Return the address without routing: a proxy in front of it is not gone round."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def routed_uri(self) -> str:
        """Return the address with routing, as a cluster is reached."""
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def certificate(self) -> Path:
        """Return the path of the certificate by which the server proves who it is."""
        return self.home / "certificates" / "bolt" / "public.crt"

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment by which shilian reaches the server."""
        return {"SHILIAN_GRAPH": self.uri, "SHILIAN_NEO4J_USER": "neo4j", "SHILIAN_NEO4J_PASSWORD": self.password}

    def prepare(self) -> None:
        """Fetch the jars, write the configuration and set the password; before the first start."""
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        settings = SETTINGS.format(port=self.port, heap=self.heap)
        encryption = ENCRYPTED.format(folder=self.certificate.parent.as_posix()) if self.encrypts else PLAIN
        (self.home / "conf" / "neo4j.conf").write_text(settings + encryption, encoding="utf-8")
        if self.encrypts:
            from tests.neo4j.certificate import write_certificate

            write_certificate(self.certificate.parent)
        paths = fetch_class_path(self.home).replace("\\", "/")
        (self.home / "java.args").write_text(
            f'-cp "{(self.home / "conf").as_posix()}{os.pathsep}{paths}"\n', encoding="utf-8"
        )
        self.admin("dbms", "set-initial-password", self.password)

    def admin(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run neo4j-admin on the stopped server and return what it printed."""
        command = ["java", f"@{self.home / 'java.args'}", ADMIN, *arguments]
        environment = os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        done = subprocess.run(
            command, env=environment, capture_output=True, check=False, cwd=cwd or self.home, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{arguments[:3]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self) -> None:
        """Start the server and return when it answers."""
        command = ["java", f"@{self.home / 'java.args'}", *JAVA, f"-Xms{self.heap}", f"-Xmx{self.heap}", SERVER]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}", "--console-mode"]
        with (self.home / "logs" / "console.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.home)
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                told = (self.home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
                self.kill()
                raise RuntimeError(f"Neo4j did not start:\n{told[-3000:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)
            self.process = None

    def stop(self) -> None:
        """Let the server end in good order: before its files are changed by `admin`."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def pause(self) -> None:
        """Have the process stand still (POSIX)."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Have it go on."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def running_server(folder: Path | None = None, heap: str = "1g", *, encrypts: bool = False) -> Iterator[Neo4jServer]:
    """Start a server in a folder (else a temporary one), and end it when the `with` is left."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        server = Neo4jServer(folder or Path(temporary), heap, encrypts)
        try:
            server.prepare()
            server.start()
            yield server
        finally:
            server.kill()


def main() -> int:
    """Run the command line's command beside a server of its own."""
    missing = missing_programs()
    if missing:
        raise SystemExit(f"This needs {', '.join(missing)} (Java 17 and Maven).")
    print("Starting Neo4j …", flush=True)
    with running_server() as server:
        print(f"Neo4j answers at {server.uri}", flush=True)
        try:
            return subprocess.run(sys.argv[1:], env=os.environ | server.variables, check=False).returncode
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
