# sized
def total(rows):
    costs = [row.cost for row in rows]  # expect: HW701
    return sum(costs)
def walk(rows):
    costs = [row.cost for row in rows]  # expect: HW701
    for cost in costs:
        print(cost)
def twice(rows):
    costs = [row.cost for row in rows]
    return sum(costs) / len(costs)
def few():
    names = [n.upper() for n in ("a", "b")]  # expect: HW701
    return sum(names)
def returned(rows):
    costs = [row.cost for row in rows]
    return costs
def inner_loop(rows):
    costs = [row.cost for row in rows]
    return [c for r in rows for c in costs]
def in_closure(rows):
    costs = [row.cost for row in rows]
    return lambda: sum(costs)
def _handed(rows):
    costs = [Cost(row) for row in rows]  # expect: HW701
    return costs
def _given(costs):
    for cost in costs:
        print(cost.value)
def handing(rows):
    got = _handed(rows)
    _given(got)
def passes(paths):
    photos = [read(p) for p in paths]  # expect: HW701
    sizes = [round(p.size) for p in photos if p.good()]
    return sizes, sum(len(p) for p in photos)
def dependent(paths):
    photos = [read(p) for p in paths]
    mean = sum(p.size for p in photos)
    return sum((p.size - mean) ** 2 for p in photos)
def keeping(paths):
    photos = [read(p) for p in paths]
    good = [p for p in photos if p.good()]
    return good, sum(len(p) for p in photos)
import collections
import csv
import heapq
from collections import Counter, deque
from nltk.classify import NaiveBayesClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
def to_database(connection, lines):
    rows = [tuple(line.split(",")) for line in lines]  # expect: HW701
    cursor = connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    return cursor.rowcount
def by_loop(cursor, lines):
    rows = []
    for line in lines:
        key, value = line.split(",")
        rows.append((key, float(value)))  # expect: HW701
    cursor.executemany("INSERT INTO t VALUES (?, ?)", rows)
def by_keyword(cursor, lines):
    rows = [parse(line) for line in lines]  # expect: HW701
    cursor.executemany(query="INSERT", seq_of_params=rows)
def to_csv(path, readings):
    table = [[r.name, r.value] for r in readings]  # expect: HW701
    with open(path, "w", newline="") as out:
        csv.writer(out).writerows(table)
def to_text(path, readings):
    lines = list(f"{r.name}\n" for r in readings)  # expect: HW701
    with open(path, "w") as out:
        out.writelines(lines)
def counted(rows):
    words = [row.word.lower() for row in rows]  # expect: HW701
    return Counter(words)
def largest(rows):
    scores: list = []
    for row in rows:
        if row.good:
            scores.append((row.score, row.name))  # expect: HW701
    return heapq.nlargest(10, scores)
def vectorized(paths):
    texts = [read(p) for p in paths]  # expect: HW701
    return TfidfVectorizer(min_df=2).fit_transform(texts)
def vectorized_by_name(paths, labels):
    vectorizer = HashingVectorizer()
    texts = [read(p) for p in paths]  # expect: HW701
    return vectorizer.transform(texts), labels
def vectorized_by_another(vectorizer, paths):
    texts = [read(p) for p in paths]
    return vectorizer.fit_transform(texts)
def vectorized_and_counted(paths):
    texts = [read(p) for p in paths]
    return CountVectorizer().fit_transform(texts), len(texts[0])
def trained(reviews):
    features = [(words_of(text), label) for text, label in reviews]  # expect: HW701
    return NaiveBayesClassifier.train(features)
def last_ones(rows):
    lines = [render(row) for row in rows]  # expect: HW701
    return collections.deque(lines, maxlen=10), deque(())
def _rows(lines):
    return [parse(line) for line in lines]
def both(cursor, lines):
    rows = [parse(line) for line in lines]
    cursor.executemany("INSERT", rows)
    return len(rows)
def same_file(path):
    lines = [line.upper() for line in open(path)]
    with open(path, "w") as out:
        out.writelines(lines)
def closed_file(path, target):
    with open(path) as file:
        lines = [line.upper() for line in file]
    with open(target, "w") as out:
        out.writelines(lines)
def same_cursor(cursor):
    rows = [(b, a) for a, b in cursor.execute("SELECT a, b FROM t")]
    cursor.executemany("INSERT INTO u VALUES (?, ?)", rows)
def same_connection(connection):
    cursor = connection.cursor()
    rows = [(b, a) for a, b in cursor.execute("SELECT a, b FROM t")]
    connection.executemany("INSERT INTO u VALUES (?, ?)", rows)
def own_reader(connection):
    rows = [(b, a) for a, b in _selected(connection.name)]
    other(connection).executemany("INSERT INTO u VALUES (?, ?)", rows)
def _selected(name):
    return open_it(name).execute("SELECT a, b FROM t")
def in_batches(cursor, lines):
    rows = []
    for line in lines:
        rows.append(parse(line))
        if len(rows) == 1000:
            cursor.executemany("INSERT", rows)
            rows = []
    cursor.executemany("INSERT", rows)
def all_kept(rows):
    lines = [render(row) for row in rows]
    return deque(lines), set(rows)
def again(cursor, lines, tables):
    rows = [parse(line) for line in lines]
    for table in tables:
        cursor.executemany(f"INSERT INTO {table}", rows)
def joined(rows):
    lines = [render(row) for row in rows]
    return "".join(lines)
def inserted(collection, rows):
    documents = []
    for row in rows:
        documents.insert(0, render(row))
    collection.executemany(documents)
def in_the_call(cursor, lines):
    cursor.executemany("INSERT INTO t VALUES (?, ?)", [tuple(line.split()) for line in lines])  # expect: HW701
def in_the_writer(path, readings):
    with open(path, "w", newline="") as out:
        csv.writer(out).writerows([[r.name, r.value] for r in readings])  # expect: HW701
class Words:
    def __init__(self):
        self.counts = Counter()
        self.seen = {}
    def add(self, rows):
        self.counts.update([row.word for row in rows])  # expect: HW701
        self.seen.update([(row.word, row) for row in rows])
def from_itself(cursor):
    cursor.executemany("INSERT INTO u VALUES (?)", [(a,) for a, in cursor.execute("SELECT a FROM t")])
def listed_words(rows):
    return dict([(row.word, row) for row in rows]), "".join([row.word for row in rows])
def within(path, csv):
    with open(path) as file:
        rows = [row.split() for row in file]  # expect: HW701
    return sum(int(row[1]) for row in rows)
def not_the_last(path, log):
    with open(path) as file:
        rows = [row.split() for row in file]
        log.info("read")
    return max(int(row[1]) for row in rows) if rows else rows
from PIL import Image, ImageSequence
def sheet(path, size):
    with Image.open(path) as im:
        frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(im)]  # expect: HW701
    found = Image.new("RGB", (size * 10, size * ((len(frames) + 9) // 10)))
    for i, frame in enumerate(frames):
        found.paste(frame.resize((size, size)), (i % 10 * size, i // 10 * size))
    return found
def animation(states, path):
    frames = [draw(state) for state in states]  # expect: HW701
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=40)
def film(count, draw):
    frames = []
    for i in range(count):
        image = draw(i)
        frames.append(image.convert("P"))  # expect: HW701
    frames[0].save("film.gif", save_all=True, append_images=frames[1:])
def pages(texts, draw):
    images = [draw(text) for text in texts]
    images[0].save("all.pdf", save_all=True, append_images=images[1:])
def there_and_back(states, path):
    frames = [draw(state) for state in states]
    frames += frames[::-1]
    frames[0].save(path, save_all=True, append_images=frames[1:])
def shown(states, path):
    frames = [draw(state) for state in states]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return frames
def lazily(states, path):
    frames = (draw(state) for state in states)
    next(frames).save(path, save_all=True, append_images=frames)
def share(rows, total):
    kept = [row.size for row in rows if row.size > 9]
    print(len(kept), total)
    for size in kept:
        print(size / len(kept))
