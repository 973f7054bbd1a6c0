CODE, HOLDER = "HW101", "linked_list.head"


class Version:
    __slots__ = ("before", "state")

    def __init__(self, before, state):
        self.before, self.state = before, state


head = None


def leaking():
    global head
    for _ in range(4):
        head = Version(head, {"doc": "d" * 500})  # here


def clean():
    global head
    for _ in range(4):
        head = Version(None, {"doc": "d" * 500})
