CODE, HOLDER = "HW153", "Plugin.known"


class Plugin:
    known = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("keep"):
            Plugin.known.append(cls)


def load(n, keep):
    table = [n + i for i in range(300, 600)]
    return type(f"Plugin{n}", (Plugin,), {"keep": keep, "table": table})


def leaking():
    for n in range(3):
        load(n, True)


def clean():
    for n in range(3):
        load(n, False)
