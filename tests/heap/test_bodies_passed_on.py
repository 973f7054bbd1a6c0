"""HW737: bodies that are written and hashed, with what the functions hold that make them."""

from __future__ import annotations

from pathlib import Path

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

MIRROR = """
import hashlib, tempfile, time
import httpx
BLOCK = bytes(range(256)) * 256
def mirror(request):
    pieces = (BLOCK[:40_000] for _ in range(int(request.url.path[1:])))
    return httpx.Response(200, content=pieces)
def fetch(client, name, out):
FETCH
with httpx.Client(transport=httpx.MockTransport(mirror), base_url="https://mirror.example") as client:
    for name in ("/900", "/30", "/700"):
        with tempfile.TemporaryFile() as out: print(name, fetch(client, name, out)[:12], out.tell())
"""
WHOLE = """
    answer = client.get(name)  # whole
    time.sleep(0.2)
    answer.raise_for_status()
    out.write(answer.content)
    return hashlib.sha256(answer.content).hexdigest()
"""
STREAMED = """
    digest = hashlib.sha256()
    time.sleep(0.2)
    with client.stream("GET", name) as answer:
        for chunk in answer.iter_bytes():
            out.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()
"""
PARSED = WHOLE.replace("return", "title = answer.content.find(b'title'); return")


def test_they_are_told_with_what_their_makers_hold(tmp_path: Path) -> None:
    bad, good = (MIRROR.replace("FETCH", each) for each in (WHOLE, STREAMED))
    assert_one_arm_is_told(tmp_path, "HW737", bad, good, "# whole", within=0.06, is_first=True)


def test_those_that_are_searched_are_not(tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW737", MIRROR.replace("FETCH", PARSED))
