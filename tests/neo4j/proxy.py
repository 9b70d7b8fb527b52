"""A TCP proxy that does what networks do: refuse, delay, stand still, cut a connection after so many bytes."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class FaultProxy:
    """Passes connections on to a port of this machine; its faults may be changed while it runs."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.refusing = False
        self.delay = 0.0  # seconds before each piece of an answer is passed on
        self.cut_after: int | None = None  # bytes of answers after which the connection is cut, once
        self.cuts = 0
        self.asked: bytearray | None = None  # what clients send, where a test wants to see it
        self._flowing = threading.Event()
        self._flowing.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        """Return the address of the server behind the proxy."""
        return f"bolt://127.0.0.1:{self.port}"

    def pause(self) -> None:
        """Pass nothing on until `resume`; connections stay open."""
        self._flowing.clear()

    def resume(self) -> None:
        """Pass on what was held."""
        self._flowing.set()

    def cut(self) -> None:
        """Cut every connection now."""
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the proxy and every connection through it."""
        self._flowing.set()
        self._listener.close()
        self.cut()

    def __enter__(self) -> FaultProxy:
        return self

    def __exit__(self, *ignored: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.refusing:
                client.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=10)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            for source, sink, is_answer in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pass_on, args=(source, sink, is_answer), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 14):
                self._flowing.wait()
                if not is_answer and self.asked is not None:
                    self.asked += piece
                if is_answer:
                    time.sleep(self.delay)
                    if self.cut_after is not None:
                        self.cut_after -= len(piece)
                        if self.cut_after <= 0:
                            self.cut_after = None
                            self.cuts += 1
                            break
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            with self._lock:
                self._open.discard(end)
