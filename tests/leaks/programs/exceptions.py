CODE, HOLDER = "HW121", "exceptions.errors"
errors = []
texts = []


def work(i):
    big = bytes(20_000)  # here
    raise ValueError(i, len(big))


def leaking():
    try:
        work(1)
    except ValueError as error:
        errors.append(error)


def clean():
    try:
        work(1)
    except ValueError as error:
        texts.append(str(error))
    del texts[:-5]
