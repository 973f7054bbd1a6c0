"""Client-side view of an issue tracker dump: load, filter, rank."""
import json
import os
import sys
import tempfile
from collections import Counter


class Issue:
    """The parts of a tracker API record that the reports need."""

    __slots__ = ("number", "state", "score", "age")

    def __init__(self, raw):
        self.number = raw["number"]
        self.state = sys.intern(raw["state"])
        reactions = raw["reactions"]
        self.score = reactions["up"] * 2 + reactions["heart"] - reactions["down"]
        self.age = raw["closed_day"] - raw["opened_day"]


class Tracker:
    def __init__(self):
        self._issues = {}

    def load(self, path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                issue = Issue(json.loads(line))
                self._issues[issue.number] = issue

    def __len__(self):
        return len(self._issues)

    def get(self, number):
        return self._issues[number]

    def in_state(self, state):
        return [i for i in self._issues.values() if i.state == state]

    def top(self, count):
        return sorted(self._issues.values(), key=lambda i: (-i.score, i.number))[:count]


def write_dump(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for n in range(count):
            out.write(json.dumps({
                "number": n,
                "state": ("open", "closed", "stale")[n % 3],
                "title": f"Problem {n} when saving a document",
                "body": f"Steps to reproduce case {n}: open, edit, save. " * (3 + n % 9),
                "labels": [{"id": k, "name": f"label-{k}", "color": "c0ffee"} for k in range(n % 4)],
                "user": {"login": f"user{n % 997}", "id": n % 997, "site_admin": False},
                "reactions": {"up": n * 31 % 101, "heart": n * 17 % 53, "down": n % 19},
                "opened_day": n // 40,
                "closed_day": n // 40 + n % 90,
            }))
            out.write("\n")


def age_histogram(issues):
    return Counter(issue.age // 10 * 10 for issue in issues)


def main():
    tracker = Tracker()
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "issues.jsonl")
        write_dump(path, 50_000)
        tracker.load(path)
    print("issues", len(tracker))
    for issue in tracker.top(5):
        print(issue.number, issue.state, issue.score)
    for state in ("open", "closed", "stale"):
        hist = age_histogram(tracker.in_state(state))
        print(state, sorted(hist.items())[:4])
    print("probe", tracker.get(4242).age)


if __name__ == "__main__":
    main()
