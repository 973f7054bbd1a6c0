CODE, HOLDER = "HW153", "classes_per_call.registry"
import functools
import itertools

numbers = itertools.count()
registry = {}


def make(name):
    class Record:
        x = 1

        def method(self):
            return self.x

    Record.__name__ = name
    return Record


cached = functools.cache(make)


def leaking():
    for _ in range(4):
        registry[next(numbers)] = make("Record")  # class


def clean():
    for _ in range(4):
        registry["one"] = cached("Record")
