CODE, HOLDER = "HW101", "config['users']"
import itertools

ids = itertools.count()


class Bag(dict):
    def __getattr__(self, name):
        return self[name]

    def __missing__(self, key):
        value = self[key] = Bag()  # here
        return value


config = Bag()


def leaking():
    for _ in range(20):
        config["users"][next(ids)]["name"] = "name of a user"


def clean():
    for _ in range(20):
        config["users"][next(ids) % 3]["name"] = "name of a user"
