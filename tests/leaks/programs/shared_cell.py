CODE, HOLDER = "HW141", "shared_cell.HOOKS['after_request']"
from collections import defaultdict

HOOKS = defaultdict(list)


def leaking():
    for _i in range(3):
        data = list(range(400))  # here
        HOOKS["after_request"].append(lambda: sum(data))


def clean():
    for _i in range(3):
        data = list(range(400))
        HOOKS["after_request"].append(lambda: sum(data))
    HOOKS["after_request"].clear()
