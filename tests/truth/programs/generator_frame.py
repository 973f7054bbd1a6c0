"""What a generator allocates counts for its own line, whoever drives it."""


def rows():
    while True:
        yield bytes(10_000)  # truth: peak=2000*getsizeof(bytes(10_000)) end=0


source = rows()
kept = [next(source) for _ in range(2000)]  # truth: peak=0..100_000
del kept
