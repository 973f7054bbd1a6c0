"""Backup agent: posts a recording to the archive as a form upload."""
import os
import socket
import tempfile
import threading
import time

import httpx

SIZE = 36_000_000


def archive(listener, got):
    """The archive: takes one upload at a time and counts it."""
    while True:
        link, _ = listener.accept()
        with link:
            head = b""
            while b"\r\n\r\n" not in head:
                head += link.recv(65536)
            headers, body = head.split(b"\r\n\r\n", 1)
            length = int([h for h in headers.split(b"\r\n") if h.lower().startswith(b"content-length")][0].split(b":")[1])
            seen = len(body)
            while seen < length:
                part = link.recv(1 << 20)
                if not part:
                    break
                seen += len(part)
            got.append(seen)
            link.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


def recording(folder):
    path = os.path.join(folder, "recording.wav")
    with open(path, "wb") as out:
        for frame in range(SIZE // 60_000):
            out.write(bytes([65 + frame % 50]) * 59_999 + b"\n")
    return path


def upload(url, path):
    with open(path, "rb") as source:
        files = {"recording": ("recording.wav", source, "audio/wav")}
        response = httpx.post(url, data={"station": "north", "day": "12"}, files=files, timeout=30)
    response.raise_for_status()
    return response.status_code


def main():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    got = []
    threading.Thread(target=archive, args=(listener, got), daemon=True).start()
    url = "http://127.0.0.1:%d/in" % listener.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        path = recording(folder)
        codes = [upload(url, path) for _ in range(2)]
    print(codes, "bytes at the archive", sum(got) // 1_000_000, "MB")
    time.sleep(0.3)


main()
