"""Index the first crash of every service log in a directory."""
import re
import tempfile
from collections import Counter
from pathlib import Path

N_SERVICES = 60
LINES = 14_000

TRACE = re.compile(
    r"^Traceback \(most recent call last\):\n"
    r"(?:  .*\n)+"
    r"(?P<exc>\w+(?:Error|Exception)): (?P<msg>[^\n]*)",
    re.MULTILINE,
)


def write_log(path, service):
    with open(path, "w", encoding="ascii") as out:
        for n in range(LINES):
            out.write(f"2024-03-{n % 28 + 1:02d} INFO service={service} request={n:08d} status=200 ms={n * 7 % 311}\n")
            if n == LINES // 2 + service and service % 10:
                exc = ("ValueError", "KeyError", "TimeoutError")[service % 3]
                out.write("Traceback (most recent call last):\n")
                out.write('  File "app.py", line 41, in handle\n    dispatch(req)\n')
                out.write(f"{exc}: request {n} of shard {service % 7} rejected\n")


class CrashIndex:
    """Looks for the first traceback of each service and keeps it by name."""

    def __init__(self):
        self.crashes = {}
        self.healthy = 0

    def scan(self, path):
        text = path.read_text(encoding="ascii")
        found = TRACE.search(text)
        if found is None:
            self.healthy += 1
            return
        self.crashes[path.stem] = found

    def scan_all(self, folder):
        for path in sorted(folder.glob("*.log")):
            self.scan(path)

    def by_exception(self):
        return Counter(crash["exc"] for crash in self.crashes.values())

    def messages(self, exc):
        return [
            f"{name}: {crash['msg']}"
            for name, crash in self.crashes.items()
            if crash["exc"] == exc
        ]


def main():
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        for service in range(N_SERVICES):
            write_log(folder / f"svc{service:03d}.log", service)
        index = CrashIndex()
        index.scan_all(folder)
    print("healthy", index.healthy)
    for exc, count in sorted(index.by_exception().items()):
        print(exc, count)
        for line in index.messages(exc)[:3]:
            print("  ", line)


if __name__ == "__main__":
    main()
