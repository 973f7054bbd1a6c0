import itertools
def stats(rows):
    a, b = itertools.tee(rows)  # expect: HW513
    total = sum(a)
    return total, max(b)
def loops(rows):
    a, b = itertools.tee(rows)  # expect: HW513
    for row in a:
        print(row)
    return list(b)
def pairs(rows):
    a, b = itertools.tee(rows)
    next(b, None)
    return zip(a, b)
