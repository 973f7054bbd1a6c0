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
