"""Reader for the nightly position batches."""
import os


class BatchError(ValueError):
    pass


def write_batches(folder, count, rows):
    for n in range(count):
        with open(os.path.join(folder, f"batch-{n:03d}.txt"), "w") as out:
            total = 0
            for r in range(rows):
                value = r * (n + 3) % 10007 + 1000
                total += value
                out.write(f"{r % 50} {value}\n")
            if n % 2:
                total += n
            out.write(f"# {total}\n")


def read_batch(path):
    """Return [(account, value), ...]; the trailer must match the sum."""
    rows = []
    with open(path) as lines:
        for line in lines:
            first, second = line.split()
            if first == "#":
                control = int(second)
            else:
                rows.append((int(first), int(second)))
    actual = sum(value for _, value in rows)
    if actual != control:
        raise BatchError(f"control total {control} but rows sum to {actual}")
    return rows
