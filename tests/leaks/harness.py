"""Runs one program of `programs/` in rounds, and prints what heapwise says of it: PROGRAM leaking|clean."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import heapwise

sys.path.insert(0, str(Path(__file__).parent / "programs"))
program = importlib.import_module(sys.argv[1])
found = heapwise.leaks(getattr(program, sys.argv[2]), rounds=8, warmup=3)

from heapwise.render import leaks as render  # noqa: E402, not before: each look would see it, too

print(json.dumps(json.loads(render.document(found.report))))
