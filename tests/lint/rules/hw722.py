from dataclasses import dataclass, field
class Queue:
    def __init__(self):
        self._jobs: list[str] = []
        self._next = 0
    def put(self, job):
        self._jobs.append(job)
    def take(self):
        if self._next >= len(self._jobs):
            return None
        job = self._jobs[self._next]  # expect: HW722
        self._next += 1
        return job
    def waiting(self):
        return len(self._jobs) - self._next
@dataclass
class Inbox:
    letters: list = field(default_factory=list)
    at: int = 0
    def extend(self, letters):
        self.letters.extend(letters)
    def read(self):
        letter = self.letters[self.at]  # expect: HW722
        self.at = self.at + 1
        return letter
class Cut:
    def __init__(self):
        self._jobs = []
        self._next = 0
    def put(self, job):
        self._jobs.append(job)
    def take(self):
        job = self._jobs[self._next]
        self._next += 1
        if self._next > 100:
            del self._jobs[: self._next]
        return job
class Rewound:
    def __init__(self):
        self.jobs = []
        self.at = 0
    def put(self, job):
        self.jobs.append(job)
    def __iter__(self):
        self.at = 0
        return self
    def __next__(self):
        self.at += 1
        return self.jobs[self.at]
class ReadElsewhere:
    def __init__(self):
        self.lines = []
        self.at = 0
    def put(self, line):
        self.lines.append(line)
    def take(self):
        self.at += 1
        return self.lines[self.at]
    def all(self):
        return self.lines
class Tokens:
    def __init__(self, text):
        self.tokens = []
        self.tokens.extend(text)
        self.pos = 0
    def take(self):
        self.pos += 1
        return self.tokens[self.pos]
class Emptied:
    def __init__(self):
        self.jobs = []
        self.at = 0
    def put(self, job):
        self.jobs.append(job)
    def take(self):
        job = self.jobs[self.at]
        self.at += 1
        return job
    def reset(self):
        self.jobs.clear()
class Shown:
    def __init__(self):
        self.shown = []
        self.at = 0
    def put(self, job):
        self.shown.append(job)
    def take(self):
        job = self.shown[self.at]
        self.at += 1
        return job
def show(shown):
    return list(shown.shown)
