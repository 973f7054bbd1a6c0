"""The main job on a real program: record it, say the verdict, leave the HTML report."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PROGRAM = HERE / "examples" / "orders.py"
RECORDING = HERE / "build" / "demo.hw"
REPORT = HERE / "demo-report.html"


def run(*arguments: str) -> None:
    """Runs one heapwise command in the house; ends when it fails."""
    shown = [os.path.relpath(a, HERE) if Path(a).is_absolute() else a for a in arguments]
    print("$ heapwise " + " ".join(shown), flush=True)
    done = subprocess.run([sys.executable, "-m", "heapwise", *arguments], cwd=HERE, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    print(flush=True)


RECORDING.parent.mkdir(exist_ok=True)
run("run", "-o", str(RECORDING), str(PROGRAM))
run("report", str(RECORDING), "--view", "functions", "--limit", "5")
run("report", str(RECORDING), "-o", str(REPORT))
print(
    f"The report is {REPORT.name}: open it in a browser. The mended program: examples/orders_mended.py"
)
