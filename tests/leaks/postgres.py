"""A server of PostgreSQL's protocol that greets whoever comes, and has nothing to answer: `serve()` gives its port."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import BinaryIO

_TLS, _GSS = 80877103, 80877104
_SETTINGS = {"server_version": "16", "client_encoding": "UTF8", "standard_conforming_strings": "on"}


def serve() -> int:
    """Begins to serve, in threads that end with the process."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_listen, args=(listener,), daemon=True).start()
    port: int = listener.getsockname()[1]
    return port


def _listen(listener: socket.socket) -> None:
    while True:
        threading.Thread(target=_talk, args=(listener.accept()[0],), daemon=True).start()


def _talk(client: socket.socket) -> None:
    with contextlib.suppress(OSError, struct.error), client, client.makefile("rwb") as file:
        code = 0
        while not code or code in (_TLS, _GSS):
            if code:
                file.write(b"N")
                file.flush()
            size, code = struct.unpack("!II", file.read(8))
            file.read(size - 8)
        _say(file, b"R", struct.pack("!I", 0))
        for name, value in _SETTINGS.items():
            _say(file, b"S", f"{name}\0{value}\0".encode())
        _say(file, b"K", struct.pack("!II", 1, 2))
        _say(file, b"Z", b"I")
        file.flush()
        while file.read(1) not in (b"", b"X"):
            file.read(struct.unpack("!I", file.read(4))[0] - 4)


def _say(file: BinaryIO, kind: bytes, body: bytes) -> None:
    file.write(kind + struct.pack("!I", len(body) + 4) + body)
