"""A connector that walks over connected accounts in rounds and backfills their charges, one short task per account."""
import logging
from collections import deque

from harness import case, run

root = logging.getLogger("connector")
root.addHandler(logging.NullHandler())
root.setLevel(logging.INFO)


class Task:
    def __init__(self, name, log):
        self.name = name
        self.log = log

    def spawn(self, name):
        return Task(f"{self.name}.{name}", self.log.getChild(name))


class Charges:
    """What the service would answer: pages of charges of one account."""

    def pages(self, account):
        seed = int(account[5:], 16)
        for page in range(seed % 3 + 1):
            yield [(seed * 31 + page * 7 + i) % 997 for i in range(5)]


def backfill(task, account, charges):
    total = 0
    for number, page in enumerate(charges.pages(account)):
        total += sum(page)
        task.log.debug("page %d of %s: %d charges", number, account, len(page))
    if total == 0:
        task.log.warning("%s has no charges", account)
    return total


def by_account(worker, account):
    return worker.spawn(f"backfill.{account}")


def by_kind(worker, account):
    return worker.spawn("backfill")


def capture(accounts, child_of):
    parent = Task("charges", root.getChild("charges"))
    workers = deque(parent.spawn(f"worker{n}") for n in range(8))
    charges, total = Charges(), 0
    for account in accounts:
        worker = workers[0]
        workers.rotate(-1)
        total += backfill(child_of(worker, account), account, charges)
    print(len(workers), total)
    return parent


def accounts(count):
    return (f"acct_{n * 2654435761 % 2**32:010x}" for n in range(count))


@case("yy 02 account loggers")
class _:
    def bad():
        return capture(accounts(64000), by_account)

    def good():
        return capture(accounts(64000), by_kind)


if __name__ == "__main__":
    kept = run()
