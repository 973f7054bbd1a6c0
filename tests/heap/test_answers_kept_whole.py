"""HW418: answers of requests of which nothing reads the bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

ROUND = """
import httpx
PAGE = bytes(range(250)) * 400
def museum(request): return httpx.Response(200, content=PAGE + request.url.path.encode())
class Round:
    def __init__(self, client): self.client, self.visits = client, {}
    def visit(self, address): self.visits[address] = KEPT  # kept
    def gone(self): return sum(READ != 200 for each in self.visits.values())
with httpx.Client(transport=httpx.MockTransport(museum), base_url="https://museum.example") as client:
    links = Round(client)
    for n in range(300): links.visit(f"/object/{n}")
print(links.gone(), len(links.visits))
"""
WHOLE = ROUND.replace("KEPT", "self.client.get(address)")


def test_they_are_told_with_what_goes(tmp_path: Path) -> None:
    bad = WHOLE.replace("READ", "each.status_code")
    good = ROUND.replace("KEPT", "self.client.get(address).status_code").replace("READ", "each")
    assert_one_arm_is_told(tmp_path, "HW418", bad, good, "# kept")


@pytest.mark.parametrize(
    "read", ["len(each.content)", "each.text[:3]", "each.json() if each.is_error else 200"]
)
def test_answers_whose_bodies_are_read_are_not(read: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW418", WHOLE.replace("READ", read))
