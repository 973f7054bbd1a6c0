CODE, HOLDER = "HW103", "closure.callbacks"
callbacks = []


def make(share):
    big = bytes(20_000)  # here
    size = len(big)
    return (lambda: len(big)) if share else (lambda: size)


def leaking():
    callbacks.append(make(True))


def clean():
    callbacks.append(make(False))
    del callbacks[:-4]
