# sized
def load(path):
    return [line for line in open(path)]
def each(paths):
    total = 0
    for path in paths:
        rows = load(path)  # expect: HW720
        total += len(rows)
    return total
def lets_go(paths):
    total = 0
    for path in paths:
        rows = load(path)
        total += len(rows)
        del rows
    return total
def needs_the_old(paths):
    rows = load(paths[0])
    for path in paths:
        print(rows[0])
        rows = load(path)
def grown(paths):
    rows = []
    for path in paths:
        rows = merged(rows, load(path))
    return rows
