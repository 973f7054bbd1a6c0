CODE, HOLDER = "HW141", "listeners.bus.handlers"


class Bus:
    def __init__(self):
        self.handlers = []


class Widget:
    def __init__(self):
        self.pixels = bytes(3000)  # here

    def changed(self):
        return self.pixels


bus = Bus()


def leaking():
    bus.handlers.append(Widget().changed)


def clean():
    widget = Widget()
    handler = widget.changed
    bus.handlers.append(handler)
    bus.handlers.remove(handler)
