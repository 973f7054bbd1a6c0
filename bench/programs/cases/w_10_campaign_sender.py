"""E-mail campaign worker: renders a newsletter per subscriber into the outbox table."""
import os
import random
import sys
import tempfile

import django
from django.conf import settings

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
DEPLOYMENT = {"DEBUG": True, "USE_TZ": True, "BATCH": 25}
NOUNS = "lamp chair table jacket bottle kettle tent radio carpet mirror basket blanket shelf clock vase".split()
MOODS = "bright sturdy recycled handmade discounted quiet nordic classic limited cosy light durable".split()


def configure(database):
    settings.configure(
        DEBUG=DEPLOYMENT["DEBUG"], USE_TZ=DEPLOYMENT["USE_TZ"], INSTALLED_APPS=[],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database,
                               "OPTIONS": {"init_command": "PRAGMA synchronous=OFF"}}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
    django.setup()


class Subscriber:
    __slots__ = ("ident", "name", "address", "taste")

    def __init__(self, ident, name, address, taste):
        self.ident = ident
        self.name = name
        self.address = address
        self.taste = taste


def subscribers(rng, count):
    for ident in range(count):
        name = "".join(rng.choices(("an", "be", "ro", "li", "sa", "to", "mi", "ne"), k=3)).title()
        yield Subscriber(ident, name, f"{name.lower()}{ident}@example.org", rng.sample(NOUNS, 4))


class Renderer:
    TEXT = ("Dear {{ name }},{% for o in offers %}\n<p>{{ o.text }} <a href='https://shop.example/{{ o.code }}'>"
            "{{ o.price }} EUR</a></p>{% endfor %}\nUnsubscribe: {{ token }}")

    def __init__(self, rng):
        from django.template import engines
        self.rng = rng
        self.template = engines["django"].from_string(self.TEXT)

    def offer(self, thing):
        words = self.rng.choices(MOODS, k=70)
        return {"text": f"{' '.join(words)} {thing}", "code": f"{self.rng.getrandbits(60):x}",
                "price": self.rng.randrange(5, 400)}

    def mail(self, subscriber):
        offers = [self.offer(thing) for thing in subscriber.taste for _ in range(5)]
        return self.template.render({"name": subscriber.name, "offers": offers,
                                     "token": f"{self.rng.getrandbits(120):x}"})


class Outbox:
    def __init__(self):
        from django.db import connection
        self.connection = connection

    def create(self):
        with self.connection.cursor() as cursor:
            cursor.execute("CREATE TABLE outbox (ident INTEGER, address TEXT, body TEXT)")

    def put(self, subscriber, body):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO outbox (ident, address, body) VALUES (%s, %s, %s)",
                [subscriber.ident, subscriber.address, body])

    def statistics(self):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*), SUM(LENGTH(body)) FROM outbox")
            return cursor.fetchone()


class Worker:
    def __init__(self, arm):
        self.outbox = Outbox()
        self.renderer = Renderer(random.Random(90))
        self.batches = 0
        self.after_batch = getattr(self, "after_batch_" + arm)

    def after_batch_bad(self):
        self.batches += 1

    def after_batch_good(self):
        from django.db import reset_queries
        self.batches += 1
        reset_queries()

    def send_batch(self, batch):
        from django.db import transaction
        with transaction.atomic():
            for subscriber in batch:
                self.outbox.put(subscriber, self.renderer.mail(subscriber))
        self.after_batch()

    def run(self, people):
        batch = []
        for subscriber in people:
            batch.append(subscriber)
            if len(batch) == DEPLOYMENT["BATCH"]:
                self.send_batch(batch)
                batch = []
        if batch:
            self.send_batch(batch)


def main(arm):
    os.makedirs(BASE, exist_ok=True)
    database = os.path.join(BASE, f"xx-outbox-{os.getpid()}.sqlite")
    configure(database)
    worker = Worker(arm)
    worker.outbox.create()
    worker.run(subscribers(random.Random(1), 6200))
    count, size = worker.outbox.statistics()
    os.unlink(database)
    print(f"mails={count} bytes={size} batches={worker.batches}")
    return worker


if __name__ == "__main__":
    WORKER = main(sys.argv[1])
