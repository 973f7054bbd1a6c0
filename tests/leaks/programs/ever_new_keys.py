CODE, HOLDER = "HW113", "ever_new_keys.by_request"
import itertools

numbers = itertools.count()
by_request = {}
by_kind = {}


def leaking():
    for _ in range(10):
        by_request[f"request-{next(numbers)}"] = {"status": 200, "body": "x" * 300}  # here


def clean():
    for i in range(10):
        by_kind[f"kind-{i}"] = {"status": 200, "body": "x" * 300}
