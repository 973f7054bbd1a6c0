CODE, HOLDER = "HW101", "global_object.app.sessions"


class App:
    def __init__(self):
        self.sessions = []
        self.last = None


app = App()


def leaking():
    app.sessions.append({"user": bytes(2000)})  # here


def clean():
    app.last = {"user": bytes(2000)}
