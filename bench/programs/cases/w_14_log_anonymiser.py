"""Anonymises an access log: addresses and user names are replaced by keyed hashes."""
import hashlib
import os
import random
import re
import sys
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
ADDRESS = re.compile(r"^(\S+) - (\S+) ")
BLOCK = 128 * 1024
WORKERS = 2


def build_log(path):
    rng = random.Random(23)
    hosts = [".".join(str(rng.randrange(1, 255)) for _ in range(4)) for _ in range(4000)]
    users = [f"user{rng.randrange(10**6)}" for _ in range(3000)]
    agents = [f"Mozilla/5.0 (X11; build {rng.getrandbits(48):x}) Gecko/{rng.randrange(20100101, 20240101)}" for _ in range(300)]
    with open(path, "w") as out:
        for n in range(520_000):
            second = n // 7
            out.write(f"{rng.choice(hosts)} - {rng.choice(users)} [{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}] "
                      f"\"GET /item/{rng.getrandbits(40):x}\" {rng.choice((200, 200, 304, 404))} {rng.randrange(90_000)} "
                      f"\"{rng.choice(agents)}\"\n")


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


def read_blocks(path):
    with open(path) as log:
        while lines := log.readlines(BLOCK):
            block = "".join(lines)
            del lines
            yield block


class Pseudonyms:
    def __init__(self, key):
        self.key = key
        self.known = {}

    def of(self, value):
        name = self.known.get(value)
        if name is None:
            name = hashlib.blake2b(value.encode(), key=self.key, digest_size=6).hexdigest()
            self.known[value] = name
        return name


class Anonymiser:
    def __init__(self, pseudonyms):
        self.pseudonyms = pseudonyms

    def line(self, line):
        match = ADDRESS.match(line)
        if match is None:
            return line
        host, user = match.groups()
        return f"{self.pseudonyms.of(host)} - {self.pseudonyms.of(user)} {line[match.end():]}"

    def block(self, text):
        return "".join([self.line(line) for line in text.splitlines(True)])


def ordered_bad(pool, function, items):
    yield from pool.map(function, items)


def ordered_good(pool, function, items):
    pending = deque()
    for item in items:
        pending.append(pool.submit(function, item))
        del item
        if len(pending) > WORKERS:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


class Pipeline:
    def __init__(self, anonymiser, ordered):
        self.anonymiser = anonymiser
        self.ordered = ordered
        self.digest = hashlib.sha256()
        self.blocks = self.size = 0

    def store(self, out, text):
        data = text.encode()
        out.write(data)
        self.digest.update(data)
        self.blocks += 1
        self.size += len(data)

    def run(self, source, target):
        with ThreadPoolExecutor(WORKERS) as pool, open(target, "wb") as out:
            for text in self.ordered(pool, self.anonymiser.block, read_blocks(source)):
                self.store(out, text)


def main(arm):
    source = prepared("xx-access.log", build_log)
    target = os.path.join(BASE, f"xx-anonymous-{os.getpid()}.log")
    pipeline = Pipeline(Anonymiser(Pseudonyms(b"pepper")), ordered_bad if arm == "bad" else ordered_good)
    pipeline.run(source, target)
    os.unlink(target)
    print(f"blocks={pipeline.blocks} bytes={pipeline.size} sha={pipeline.digest.hexdigest()[:16]}")
    return pipeline


if __name__ == "__main__":
    PIPELINE = main(sys.argv[1])
