import pickle
import random
from dataclasses import dataclass

from harness import case, run


@dataclass(slots=True)
class Change:
    """A page of the store that was written and has to reach the replica."""

    table: str
    page: int
    image: bytes


class Link:
    """Stands for the socket to the replica."""

    def __init__(self):
        self.packets = 0

    def write(self, data):
        self.packets += 1
        return len(data)


class Publisher:
    def __init__(self, link):
        self.pickler = pickle.Pickler(link, protocol=pickle.HIGHEST_PROTOCOL)
        self.sent = 0

    def publish(self, change):
        self.pickler.dump(change)
        self.sent += 1


class ForgetfulPublisher(Publisher):
    def publish(self, change):
        self.pickler.dump(change)
        self.pickler.clear_memo()
        self.sent += 1


class Store:
    tables = ("orders", "stock", "carts")

    def __init__(self, pages, seed=505):
        self.rng = random.Random(seed)
        self.versions = dict.fromkeys(range(pages), 0)

    def write(self):
        page = self.rng.randrange(len(self.versions))
        self.versions[page] += 1
        return Change(self.tables[page % 3], page, self.rng.randbytes(4_096))


def replicate(publisher_type, writes=14_000):
    store = Store(pages=300)
    publisher = publisher_type(Link())
    for _ in range(writes):
        publisher.publish(store.write())
    print("sent", publisher.sent, "busiest page", max(store.versions.values()))
    return publisher


@case("rr 05 replica feed")
class _:
    def bad():
        return replicate(Publisher)

    def good():
        return replicate(ForgetfulPublisher)


if __name__ == "__main__":
    kept = run()
