CODE, HOLDER = "HW101", "app.state.users._seen"
import itertools

ids = itertools.count()


class Users:
    def __init__(self):
        self._seen = set()

    def visit(self, name):
        self._seen.add(name)

    def forget(self, name):
        self._seen.discard(name)


class State:
    def __init__(self):
        self.users = Users()


class App:
    def __init__(self):
        self.state = State()


app = App()


def leaking():
    for _ in range(50):
        app.state.users.visit(f"visitor-{next(ids):032d}")  # here


def clean():
    for _ in range(50):
        name = f"visitor-{next(ids):032d}"
        app.state.users.visit(name)
        app.state.users.forget(name)
