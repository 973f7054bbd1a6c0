"""The main job on real programs: where, who and why, what to change, and how much that saves, proved."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
EXAMPLES = HERE / "examples"
RECORDING, IMAGES = HERE / "build" / "demo.hw", HERE / "build" / "demo-images.hw"
REPORT = HERE / "demo-report.html"
FINDINGS = 1


def run(*arguments: str) -> None:
    """Runs one heapwise command in the house; ends when it fails. Findings are no failure."""
    shown = [os.path.relpath(a, HERE) if Path(a).is_absolute() else a for a in arguments]
    print("$ heapwise " + " ".join(shown), flush=True)
    done = subprocess.run([sys.executable, "-m", "heapwise", *arguments], cwd=HERE, check=False)
    if done.returncode > FINDINGS or (done.returncode and arguments[0] != "advise"):
        sys.exit(done.returncode)
    print(flush=True)


RECORDING.parent.mkdir(exist_ok=True)
print("# Where was it allocated?", flush=True)
run("run", "-o", str(RECORDING), str(EXAMPLES / "orders.py"))
run("report", str(RECORDING), "-o", str(REPORT))
print("# Who keeps it, and why? (another program)", flush=True)
images = [str(EXAMPLES / "thumbnails.py"), "20"]
run("run", "-q", "--snapshot", "peak", "-o", str(IMAGES), *images)
run("why", str(IMAGES.with_suffix(".peak.snapshot.hw")), "numpy.ndarray", "--paths", "2")
print("# What to change, and how much does it save?", flush=True)
run("advise", str(IMAGES), "--prove", "--rounds", "2")
print(
    f"The report is {REPORT.name}: open it in a browser. The mended programs: examples/*_mended.py"
)
