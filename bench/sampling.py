"""What sampling all threads costs: CPU time of the recording thread as a share of the program's.

That thread does all of it (ticks, stacks of all threads, checkpoints), so its share is an upper
bound of the cost of CPU samples. Writes results/sampling.json and a table.

    python bench/sampling.py --rounds 3
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from overhead import HERE, WORKLOADS, measure

from heapwise.model.recording import Recording

MOST_SHARE = 0.01


def main() -> int:
    """Prints the table; exit code 1 when the geometric mean exceeds the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "sampling.json")
    options = parser.parse_args()
    shares: dict[str, list[float]] = {}
    for workload in WORKLOADS:
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory() as scratch:
                path = Path(scratch, "run.hw")
                script = str(HERE / "workloads" / f"{workload}.py")
                command = [
                    sys.executable,
                    "-m",
                    "heapwise",
                    "run",
                    "-q",
                    "--sample",
                    "-o",
                    str(path),
                ]
                ran = measure([*command, script], scratch)
                if ran is not None:
                    ticker_s = Recording.open(path).summary.ticker_s
                    shares.setdefault(workload, []).append(ticker_s / ran["cpu_s"])
        print(f"{workload:20}{statistics.median(shares[workload]):8.2%}", flush=True)
    medians = {name: statistics.median(values) for name, values in shares.items()}
    mean = statistics.geometric_mean(medians.values())
    print(f"{'geometric mean':20}{mean:8.2%}")
    print("bar: " + ("met" if mean <= MOST_SHARE else "missed"))
    options.output.parent.mkdir(exist_ok=True)
    document = {"rounds": options.rounds, "share": medians, "geometric_mean": mean}
    options.output.write_text(json.dumps(document, indent=2) + "\n")
    return 0 if mean <= MOST_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
