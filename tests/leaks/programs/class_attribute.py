CODE, HOLDER = "HW102", "class_attribute.Session.registry"


class Session:
    registry = []

    def __init__(self, keep):
        self.data = bytes(3000)  # here
        if keep:
            self.registry.append(self)


def leaking():
    Session(True)


def clean():
    Session(False)
