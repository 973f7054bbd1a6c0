"""Article feed pipeline: read a JSONL dump, score every article, store the digest in SQLite."""
import asyncio
import json
import os
import random
import re
import sqlite3
import sys
import tempfile

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
DUMP = os.path.join(CASES, "ss-feed-articles.jsonl")
SYLLABLES = "ba co di fu ge ho in ka lo mu ne or pa qui ra sto tu ve wi xan yo zed".split()
DONE = None


def write_dump(path):
    rng = random.Random(101)
    vocab = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(5000)]
    with open(path, "w") as out:
        for number in range(30000):
            body = " ".join(rng.choices(vocab, k=rng.randint(120, 260)))
            out.write(json.dumps({
                "id": number, "source": "feed-%d.example" % rng.randint(1, 90),
                "title": " ".join(rng.choices(vocab, k=6)).title(),
                "tags": rng.sample(vocab, 5), "body": body,
                "published": 1700000000 + rng.randint(0, 10 ** 7)}) + "\n")


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class DigestStore:
    def __init__(self):
        self.db = sqlite3.connect("")
        self.db.execute("create table digest(id integer primary key, source text, title text, score real)")
        self.pending = []

    async def add(self, row):
        self.pending.append(row)
        if len(self.pending) >= 200:
            await self.flush()

    async def flush(self):
        self.db.executemany("insert into digest values (?,?,?,?)", self.pending)
        self.db.commit()
        self.pending.clear()
        await asyncio.sleep(0)

    def summary(self):
        return self.db.execute("select count(*), round(sum(score), 3) from digest").fetchone()


class Scorer:
    word = re.compile(r"[a-z]+")

    def score(self, article):
        words = self.word.findall(article["body"])
        hits = sum(words.count(tag) for tag in article["tags"])
        return hits + len(set(words)) / len(words)


class Channels:
    """Creates the queues that connect the stages."""

    def open_bad(self, name):
        queue = asyncio.Queue()
        queue.name = name
        return queue

    def open_good(self, name):
        queue = asyncio.Queue(maxsize=64)
        queue.name = name
        return queue


class Pipeline:
    def __init__(self, opener, store):
        self.articles = opener("articles")
        self.scored = opener("scored")
        self.scorer = Scorer()
        self.store = store

    async def read(self, path):
        with open(path) as lines:
            for line in lines:
                await self.articles.put(json.loads(line))
        await self.articles.put(DONE)

    async def rank(self):
        while (article := await self.articles.get()) is not DONE:
            row = (article["id"], article["source"], article["title"], self.scorer.score(article))
            await self.scored.put(row)
        await self.scored.put(DONE)

    async def save(self):
        while (row := await self.scored.get()) is not DONE:
            await self.store.add(row)
        await self.store.flush()

    async def run(self, path):
        await asyncio.gather(self.read(path), self.rank(), self.save())


def main(mode):
    ensure_input(DUMP, write_dump)
    store = DigestStore()

    async def job():
        channels = Channels()
        opener = channels.open_bad if mode == "bad" else channels.open_good
        await Pipeline(opener, store).run(DUMP)

    asyncio.run(job())
    print("digest rows %d, score %.3f" % store.summary())


if __name__ == "__main__":
    main(sys.argv[1])
