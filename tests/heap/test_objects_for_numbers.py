"""Which objects are told to be numbers instead, and what that saves."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

import heapwise
from heapwise.findings import hw327_objects_for_numbers
from heapwise.model.snapshot import Snapshot
from tests.heap.test_advise import advised, assert_true_of
from tests.heap.test_whole_programs import assert_is_not_told

PAIRS = {
    "values of a dict": (
        "import uuid\nkept = {i: uuid.UUID(int=i + (1 << 100)) for i in range(1000, 30_000)}",
        "import uuid\nkept = {i: i + (1 << 100) for i in range(1000, 30_000)}",
    ),
    "attributes": (
        """
        from decimal import Decimal
        class Order:
            __slots__ = ("number", "price")
            def __init__(self, i): self.number, self.price = None, Decimal(i * 7919).scaleb(-2)
        kept = [Order(i) for i in range(30_000)]
        """,
        """
        class Order:
            __slots__ = ("number", "price")
            def __init__(self, i): self.number, self.price = None, i * 7919
        kept = [Order(i) for i in range(30_000)]
        """,
    ),
    "many lists": (
        "import decimal\nkept = [[decimal.Decimal(i * 300 + j) for i in range(300)] for j in range(300)]",
        "from array import array\nkept = [array('q', (i * 300 + j for i in range(300))) for j in range(300)]",
    ),
    "paths as attributes": (
        """
        from pathlib import PurePosixPath
        class File:
            __slots__ = ("number", "path")
            def __init__(self, i): self.number, self.path = None, PurePosixPath(f"/srv/d{i % 31}/e{i % 7}/file-{i}.jpg")
        kept = [File(i) for i in range(30_000)]
        """,
        """
        class File:
            __slots__ = ("number", "path")
            def __init__(self, i): self.number, self.path = None, f"/srv/d{i % 31}/e{i % 7}/file-{i}.jpg"
        kept = [File(i) for i in range(30_000)]
        """,
    ),
    "paths that were shown and looked up": (
        """
        from pathlib import Path
        kept = [Path("/srv", f"d{i % 31}", f"file-{i}.jpg") for i in range(30_000)]
        assert len({str(each) for each in set(kept)}) > len({each.suffix for each in kept})
        """,
        'kept = ["/".join(("/srv", f"d{i % 31}", f"file-{i}.jpg")) for i in range(30_000)]',
    ),
    "paths of texts of others": (
        """
        from pathlib import Path
        names = ["".join(["folder", str(i // 9), "/name ", str(i)]) for i in range(30_000)]
        kept = {name: Path(name) for name in names}
        """,
        """
        names = ["".join(["folder", str(i // 9), "/name ", str(i)]) for i in range(30_000)]
        kept = {name: name for name in names}
        """,
    ),
    "networks": (
        "import ipaddress\nkept = [ipaddress.ip_network(((i + (10 << 16)) << 8, 24)) for i in range(30_000)]",
        "import ipaddress\nkept = [str(ipaddress.ip_network(((i + (10 << 16)) << 8, 24))) for i in range(30_000)]",
    ),
    "a tuple of addresses": (
        "import ipaddress\nkept = tuple([ipaddress.IPv4Address(i + (1 << 28)) for i in range(30_000)])",
        "import ipaddress\nfrom array import array\nkept = array('I', (i + (1 << 28) for i in range(30_000)))",
    ),
    "a set of addresses": (
        "import ipaddress\nkept = {ipaddress.IPv4Address(i * 7919) for i in range(30_000)}",
        "import ipaddress\nfrom array import array\nkept = array('I', (i * 7919 for i in range(30_000)))",
    ),
    "small sets of addresses": (
        """
        import ipaddress
        kept = [{ipaddress.IPv4Address((k << 20) + i * 7) for i in range(60)} for k in range(500)]
        """,
        "import ipaddress\nkept = [{(k << 20) + i * 7 for i in range(60)} for k in range(500)]",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_objects_for_numbers_are_found_and_the_saving_is_true(name: str, tmp_path: Path) -> None:
    if name == "paths of texts of others" and sys.version_info < (3, 12):
        pytest.skip("its paths do not keep the text that they were given")
    assert_true_of("HW327", PAIRS[name], tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "from decimal import Decimal\nfew = [Decimal(i) for i in range(50)]\nkept = [few[i % 50] for i in range(50_000)]",
        "import datetime\nkept = [(None, datetime.date.fromordinal(i + 1)) for i in range(50_000)]",
        "from decimal import Decimal\nkept = {Decimal(i): None for i in range(50_000)}",
        "from pathlib import Path\nkept = [Path(f'/srv/file-{i}') for i in range(900)]",
        "from pathlib import Path\nkept = {Path(f'/srv/file-{i}'): None for i in range(30_000)}",
        "from pathlib import Path\nfew = [Path(f'/srv/{i}') for i in range(50)]\nkept = [few[i % 50] for i in range(50_000)]",
    ],
)
def test_shared_ones_keys_and_what_would_hardly_shrink_are_left_alone(
    source: str, tmp_path: Path
) -> None:
    found, _ = advised(tmp_path, source)
    assert "HW327" not in {each["code"] for each in found["findings"]}


def test_times_are_told_where_they_take_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [datetime.datetime.fromtimestamp(i) for i in range(50_000)]
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    assert not list(hw327_objects_for_numbers.scan(snapshot))
    monkeypatch.setattr(hw327_objects_for_numbers, "_LEAST_OF_TIMES_BYTES", 1 << 20)
    [found] = hw327_objects_for_numbers.scan(snapshot)
    assert found.saving_bytes == pytest.approx(48 * len(kept), rel=0.1)


def test_ints_that_no_array_holds(tmp_path: Path) -> None:
    text = "import random\nkept = [random.getrandbits(4096) for _ in range(20_000)]\nprint(len(kept))\n"
    assert_is_not_told(tmp_path / "app", "HW303", text)
