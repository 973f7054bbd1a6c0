"""Dunning report: open items of all customers are rendered as one HTML file for the printing house."""
import hashlib
import os
import random
import sqlite3
import sys
import tempfile

from jinja2 import DictLoader, Environment

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
ITEMS = os.path.join(BASE, "r_items.sqlite3")
TEMPLATES = {
    "report.html": """<html><head><title>{{ title }}</title></head><body>
{% for customer, items in groups %}{% include "customer.html" %}{% endfor %}
</body></html>
""",
    "customer.html": """<section id="c{{ customer }}"><h2>Customer {{ customer }}</h2><table>
{% for item in items %}<tr class="{{ item.state }}"><td>{{ item.invoice }}</td><td>{{ item.purpose|e }}</td>
<td class="money">{{ item.cents|money }}</td><td>{{ item.days }} days</td></tr>
{% endfor %}</table><p>Sum {{ items|sum(attribute="cents")|money }}</p></section>
""",
}


def write_items():
    rng = random.Random(88)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwz&", k=rng.randrange(3, 11))) for _ in range(3000)]
    db = sqlite3.connect(ITEMS + ".part")
    db.execute("create table item(customer, invoice, purpose, cents, days)")
    for customer in range(9000):
        db.executemany("insert into item values(?,?,?,?,?)", (
            (customer, f"R{rng.randrange(10**9):09d}", " ".join(rng.choices(words, k=rng.randrange(8, 30))),
             rng.randrange(100, 900000), rng.randrange(1, 200)) for _ in range(rng.randrange(2, 22))))
    db.commit()
    db.close()
    os.rename(ITEMS + ".part", ITEMS)


def ensure_items():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(ITEMS):
        pid = os.fork()
        if pid == 0:
            write_items()
            os._exit(0)
        os.waitpid(pid, 0)


def money(cents):
    return f"{cents // 100:,}.{cents % 100:02d}"


def groups(db):
    customer, items = None, []
    for row in db.execute("select customer, invoice, purpose, cents, days from item order by rowid"):
        if row[0] != customer:
            if items:
                yield customer, items
            customer, items = row[0], []
        state = "late" if row[4] > 90 else "due"
        items.append({"invoice": row[1], "purpose": row[2], "cents": row[3], "days": row[4], "state": state})
    if items:
        yield customer, items


class Renderer:
    def __init__(self):
        self.env = Environment(loader=DictLoader(TEMPLATES))
        self.env.filters["money"] = money

    def write_bad(self, out, name, **context):
        out.write(self.env.get_template(name).render(**context))

    def write_good(self, out, name, **context):
        for piece in self.env.get_template(name).generate(**context):
            out.write(piece)


def produce(db, path):
    renderer = Renderer()
    write = renderer.write_bad if ARM == "bad" else renderer.write_good
    with open(path, "w", encoding="utf-8") as out:
        write(out, "report.html", title="Open items", groups=groups(db))


def digest(path):
    with open(path, "rb") as report:
        return hashlib.file_digest(report, "sha1").hexdigest()


def main():
    ensure_items()
    db = sqlite3.connect(ITEMS)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "dunning.html")
        produce(db, path)
        print("report", os.path.getsize(path), "bytes", digest(path)[:16])
    db.close()


if __name__ == "__main__":
    main()
