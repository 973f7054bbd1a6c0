"""Statistics about the rotated logs of a triage robot."""
import gzip
import re
import tempfile
from collections import Counter
from pathlib import Path

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
PLUGINS = ("botstatus", "component_matching", "needs_revision", "shipit", "ci_rebuild")
LINES_PER_LOG = (90_000, 220_000, 140_000)
RECORD = re.compile(r"^(?P<day>\S+) (?P<time>\S+) (?P<level>[A-Z]+) (?P<plugin>\w+) #(?P<issue>\d+) ")


def write_log(path, lines, seed):
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as out:
        for n in range(lines):
            k = n * 7919 + seed * 104729
            level = LEVELS[0 if k % 5 else 1 + k % 3]
            out.write(
                f"2020-07-{1 + seed:02d} {n // 9000 % 24:02d}:{n // 150 % 60:02d}:{n % 60:02d} {level} "
                f"{PLUGINS[k % 5]} #{10_000 + k % 1301} fetched events page {n % 17} of the issue timeline\n"
            )


def log_lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield line.rstrip("\n")


class LogStats:
    def __init__(self):
        self.levels = Counter()
        self.issues = Counter()
        self.by_plugin = {plugin: Counter() for plugin in PLUGINS}

    def add(self, path):
        count = 0
        for line in log_lines(path):
            found = RECORD.match(line)
            if found is None:
                continue
            count += 1
            self.levels[found["level"]] += 1
            self.issues[int(found["issue"])] += 1
            self.by_plugin[found["plugin"]][found["level"]] += 1
        return count

    def noisiest(self):
        def share(plugin):
            levels = self.by_plugin[plugin]
            return levels["ERROR"] / max(1, levels.total())
        return max(PLUGINS, key=share)


def main():
    stats = LogStats()
    with tempfile.TemporaryDirectory() as tmp:
        for number, lines in enumerate(LINES_PER_LOG):
            write_log(Path(tmp) / f"robot.log.{number + 1}.gz", lines, number)
        for path in sorted(Path(tmp).glob("*.gz")):
            print(path.name, stats.add(path), "records")
    for level in LEVELS:
        print(f"{level:8}", stats.levels[level])
    print("issues", len(stats.issues), "busiest", stats.issues.most_common(3))
    print("noisiest plugin", stats.noisiest())


if __name__ == "__main__":
    main()
