"""Payment reconciliation worker on the Django ORM: matches bank statements with our payments."""
import hashlib
import os
import random
import sqlite3
import sys
import tempfile

import django
from django.conf import settings

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
DATABASE = os.path.join(tempfile.gettempdir(), "memory-cases", "uu-payments.db")
PAYMENTS = 30_000


def reference(number):
    return "E2E" + hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest().upper()


def amount_of(number):
    return 100 + (number * 7919) % 480_000


def write_database(path):
    with sqlite3.connect(path + ".tmp") as db:
        db.execute("create table recon_payment (id integer primary key, reference text not null unique, "
                   "amount_cents integer not null, state text not null)")
        db.executemany("insert into recon_payment values (?, ?, ?, ?)",
                       ((n, reference(n), amount_of(n), "void" if n % 37 == 0 else "sent") for n in range(PAYMENTS)))
    db.close()
    os.rename(path + ".tmp", path)


def ensure_database():
    os.makedirs(os.path.dirname(DATABASE), exist_ok=True)
    if not os.path.exists(DATABASE):
        pid = os.fork()
        if pid == 0:
            write_database(DATABASE)
            os._exit(0)
        os.waitpid(pid, 0)


def base_settings():
    return {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE}},
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField", "USE_TZ": True, "LOGGING_CONFIG": None}


def configure_bad():
    settings.configure(DEBUG=True, **base_settings())


def configure_good():
    settings.configure(DEBUG=False, **base_settings())


if ARM == "bad":
    configure_bad()
else:
    configure_good()
django.setup()

from django.db import models  # noqa: E402


class Payment(models.Model):
    reference = models.CharField(max_length=40, unique=True)
    amount_cents = models.IntegerField()
    state = models.CharField(max_length=8)

    class Meta:
        app_label = "recon"
        managed = False


class PaymentRepository:
    def amounts(self, references):
        query = Payment.objects.filter(reference__in=references, state="sent")
        return dict(query.values_list("reference", "amount_cents"))


class Outcome:
    def __init__(self):
        self.statements = self.matched = self.missing = self.differs = 0
        self.cents = 0


class Reconciler:
    def __init__(self, repository):
        self.repository = repository
        self.outcome = Outcome()

    def statement(self, lines):
        known = self.repository.amounts([ref for ref, _ in lines])
        outcome = self.outcome
        outcome.statements += 1
        for ref, cents in lines:
            ours = known.get(ref)
            if ours is None:
                outcome.missing += 1
            elif ours != cents:
                outcome.differs += 1
            else:
                outcome.matched += 1
                outcome.cents += cents


class StatementFeed:
    """The banks' intraday statements: mostly our payments, some foreign, some with a fee taken off."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def line(self):
        number = self.rng.randrange(int(PAYMENTS * 1.04))
        fee = self.rng.randint(1, 30) if self.rng.random() < 0.02 else 0
        return reference(number), amount_of(number) - fee

    def statements(self, count):
        for _ in range(count):
            yield [self.line() for _ in range(self.rng.randint(500, 900))]


def main():
    ensure_database()
    reconciler = Reconciler(PaymentRepository())
    for lines in StatementFeed(1515).statements(1500):
        reconciler.statement(lines)
    result = reconciler.outcome
    print(f"statements={result.statements} matched={result.matched} missing={result.missing} "
          f"differs={result.differs} cents={result.cents}")
    return reconciler


if __name__ == "__main__":
    SERVER = main()
