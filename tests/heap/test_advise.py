"""Rules of waste: each finds its fault, says a saving that is true, and leaves the mended twin alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = {
    "HW301": (
        """
        class Row:
            def __init__(self, i): self.a, self.b, self.c, self.d = i, None, None, None
        kept = [Row(i) for i in range(30_000)]
        """,
        """
        class Row:
            __slots__ = ("a", "b", "c", "d", "__weakref__")
            def __init__(self, i): self.a, self.b, self.c, self.d = i, None, None, None
        kept = [Row(i) for i in range(30_000)]
        """,
    ),
    "HW302": (
        """
        kept = {i: None for i in range(200_000)}
        for i in range(199_990): del kept[i]
        """,
        """
        kept = {i: None for i in range(200_000)}
        for i in range(199_990): del kept[i]
        kept = dict(kept.items())
        """,
    ),
    "HW303": (
        "kept = [i * 7 for i in range(1000, 200_000)]",
        "from array import array\nkept = array('q', (i * 7 for i in range(1000, 200_000)))",
    ),
    "HW304": (
        "kept = [{'id': i, 'name': None, 'price': 1.5, 'note': None} for i in range(40_000)]",
        """
        class Row:
            __slots__ = ("id", "name", "price", "note")
            def __init__(self, i): self.id, self.name, self.price, self.note = i, None, 1.5, None
        kept = [Row(i) for i in range(40_000)]
        """,
    ),
    "HW305": (
        "import numpy as np\nkept = [np.ones(100_000)[:10] for _ in range(30)]",
        "import numpy as np\nkept = [np.ones(100_000)[:10].copy() for _ in range(30)]",
    ),
    "HW306": (
        """
        class Node:
            __slots__ = ("children", "meta", "tags")
            def __init__(self): self.children, self.meta, self.tags = [], {}, set()
        kept = [Node() for _ in range(20_000)]
        """,
        """
        class Node:
            __slots__ = ("children", "meta", "tags")
            def __init__(self): self.children, self.meta, self.tags = None, None, None
        kept = [Node() for _ in range(20_000)]
        """,
    ),
    "HW307": (
        "kept = [f'status-abcdef-{i % 4}' for i in range(100_000)]",
        "import sys\nkept = [sys.intern(f'status-{i % 4}') for i in range(100_000)]",
    ),
    "HW308": (
        "import numpy as np\nkept = np.arange(100).repeat(20_000)",
        "import numpy as np\nkept = np.arange(100, dtype=np.int8).repeat(20_000)",
    ),
    "HW309": (
        "import numpy as np\nkept = np.full(1_000_000, 7.1)",
        "import numpy as np\nkept = np.broadcast_to(7.1, 1_000_000)",
    ),
    "HW310": (
        "import numpy as np\nkept = np.array([f'segment-{i % 50}' for i in range(200_000)], dtype=object)",
        """
        import numpy as np
        values = [f'segment-{i}' for i in range(50)]
        kept = values, np.array([i % 50 for i in range(200_000)], dtype=np.int8)
        """,
    ),
    "HW311": (
        "import numpy as np\nkept = [np.sqrt(np.arange(2, 100_000)) for _ in range(5)]",
        "import numpy as np\nkept = [np.sqrt(np.arange(2, 100_000))] * 5",
    ),
    "HW312": (
        "import numpy as np\nkept = np.array(['ab'] * 20_000 + ['x' * 200])",
        "import numpy as np\nkept = np.array(['ab'] * 20_000 + ['x' * 200], dtype=np.dtypes.StringDType())",
    ),
    "HW313": (
        "kept = ['a' * 100_000 + chr(0x1F600) + str(i) for i in range(20)]",
        "kept = [('a' * 100_000 + chr(0x1F600) + str(i)).encode() for i in range(20)]",
    ),
}


def advised(tmp_path: Path, source: str) -> tuple[dict[str, Any], int]:
    """(what is found, bytes that the program's objects take)."""
    import textwrap

    script = tmp_path / "program.py"
    script.write_text(
        "import gc, sys, heapwise\n"
        "with heapwise.record() as scope:\n"
        "    before = scope.usage().in_use_bytes\n"
        + textwrap.indent(textwrap.dedent(source).strip(), "    ")
        + "\n    gc.collect()\n    print(scope.usage().in_use_bytes - before)\n"
        "    heapwise.snapshot(sys.argv[1])\n"
    )
    path = tmp_path / "a.hw"
    ran = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "advise", path, "--json", "--limit", "0"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == bool(found["findings"])
    return found, int(ran.stdout)


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_with_its_true_saving_and_not_in_the_twin(
    code: str, tmp_path: Path
) -> None:
    if "numpy" in CASES[code][0]:
        pytest.importorskip("numpy")
    wasteful, mended = CASES[code]
    found, wasteful_bytes = advised(tmp_path, wasteful)
    [finding, *_] = [each for each in found["findings"] if each["code"] == code]
    twin, mended_bytes = advised(tmp_path, mended)
    assert finding["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.12)
    assert finding["holder"].startswith("__main__.kept")
    assert finding["fix"] and finding["evidence"]
    assert [each["code"] for each in twin["findings"] if "kept" in each["holder"]] == []


def test_what_needs_a_dict_is_not_told_to_have_slots(tmp_path: Path) -> None:
    found, _ = advised(
        tmp_path,
        """
        import functools
        class Row:
            def __init__(self, i): self.a, self.b = i, None
            @functools.cached_property
            def c(self): return 1
        kept = [Row(i) for i in range(30_000)]
        """,
    )
    assert "HW301" not in {each["code"] for each in found["findings"]}


def test_a_small_heap_is_left_alone(tmp_path: Path) -> None:
    found, _ = advised(tmp_path, "kept = [{'a': 1} for _ in range(50)]")
    assert [each for each in found["findings"] if "kept" in each["holder"]] == []
