"""A live web application (FastAPI with uvicorn, two workers): snapshots of its workers while they serve, and the
leak between them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from heapwise.model.snapshot import Snapshot
from tests.heap.test_whole_programs import assert_one_arm_is_told

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")

APP = """
import os
from fastapi import FastAPI

app = FastAPI()
sessions = []

@app.get("/login/{name}")
async def login(name: str):
    sessions.append({"user": name, "basket": bytes(20_000)})  # here
    return {"pid": os.getpid()}

@app.get("/ping")
async def ping():
    return {"pid": os.getpid()}
"""
WORKERS = 2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    place = tmp_path_factory.mktemp("web")
    (place / "shop.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", "web.hw", "--snapshot", "signal",
         "-m", "uvicorn", "shop:app", "--workers", str(WORKERS), "--port", str(port), "--log-level", "error"],
        cwd=place,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                get(url + "/ping")
                break
            except OSError:
                assert time.monotonic() < until and running.poll() is None
                time.sleep(0.1)
        yield place, url
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


def get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(json.load(answer)["pid"])


def take(place: Path, pid: int) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "snapshot", str(pid)],
        cwd=place, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return place / done.stdout.strip()


def test_snapshots_of_the_workers_tell_who_keeps_what_requests_left(
    server: tuple[Path, str],
) -> None:
    place, url = server
    pids: set[int] = set()
    until = time.monotonic() + 60
    while len(pids) < WORKERS and time.monotonic() < until:
        pids.add(get(url + "/ping"))
    assert len(pids) == WORKERS
    before = {pid: take(place, pid) for pid in pids}
    served = dict.fromkeys(pids, 0)
    while min(served.values()) < 30:
        served[get(url + f"/login/user-{sum(served.values())}")] += 1
    for pid in pids:
        after = take(place, pid)
        snapshot = Snapshot.open(after)
        assert snapshot.meta["pid"] == pid
        count, unexplained = snapshot.figure("objects_count"), snapshot.unexplained_objects()
        assert unexplained < 0.01 * count
        found = leaks(before[pid], after)
        assert found["verdict"] == "leak"
        [first, *_] = found["suspects"]
        assert first["holder"] == "shop.sessions"
        assert first["file"] == str(place / "shop.py")
        assert APP.splitlines()[first["line"] - 1].endswith("# here")
        assert first["levels_bytes"][-1] >= 20_000 * served[pid]
        why = subprocess.run(
            [sys.executable, "-m", "heapwise", "why", after, "shop.sessions"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "shop.sessions" in why.stdout


def leaks(*paths: Path) -> dict:  # type: ignore[type-arg]
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "leaks", "--json", *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found: dict = json.loads(done.stdout)  # type: ignore[type-arg]
    return found


ANSWERED = """
from starlette.requests import Request
history = []
def answered(request): history.append((HERE, 200))  # here
for n in range(100):
    request = Request({"type": "http", "method": "POST", "path": f"/{n}", "headers": []})
    request._body = bytes(50_000)
    answered(request)
print(len(history))
"""


def test_requests_that_have_been_answered_are_kept(tmp_path: Path) -> None:
    assert_one_arm_is_told(
        tmp_path,
        "HW368",
        ANSWERED.replace("HERE", "request"),
        ANSWERED.replace("HERE", "request.method"),
        "# here",
    )
