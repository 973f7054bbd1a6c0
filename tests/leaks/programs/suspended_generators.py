CODE, HOLDER = "HW143", "suspended_generators.begun"
begun = []


def rows():
    buffer = bytes(5000)  # here
    yield len(buffer)
    yield 0


def leaking():
    for _ in range(4):
        generator = rows()
        next(generator)
        begun.append(generator)


def clean():
    for _ in range(4):
        list(rows())
