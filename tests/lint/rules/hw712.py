# sized
def run(path):
    raw = load(path)  # expect: HW712
    total = count(raw)
    small = other(path)
    return report(total, small)
def kept(path):
    raw = load(path)
    total = count(raw)
    return keep(total, raw)
def stored(path, out):
    raw = load(path)
    out.append(raw)
    return report(path)
def in_with(path):
    with open(path) as file:
        text = file.read()  # expect: HW712
        document = loads(text)  # expect: HW712
    small = count(document)
    return report(path, small)
def nested(path, lock):
    with lock:
        with open(path) as file:
            raw: dict = load(file)  # expect: HW712
            total = count(raw)
        return report(total)
def head(path):
    names = load(path)  # expect: HW712
    with each(names) as one:
        return report(one)
def after_with(path):
    with open(path) as file:
        raw = load(file)
    return report(raw)
def both_ways(path):
    with open(path) as file:
        raw = load(file)
    with open(path) as file:
        raw = load(file)
    total = count(raw)
    return report(total)
def summed(path):
    rows = load(path)  # expect: HW712
    total = sum(row.n for row in rows)
    return report(total)
def lazy(path):
    rows = load(path)
    numbers = (row.n for row in rows)
    return report(numbers)
def views(path):
    signal = load(path)
    parts = {"train": signal[:800], "test": signal[800:]}
    return report(parts)
def slices_of_a_list(path):
    rows = [float(each) for each in path]  # expect: HW712
    first = rows[:10]
    return report(first)
def two_of_a_line(path):
    dice = make(path); table = load(path)
    dice.roll()
    return report(table, table)
