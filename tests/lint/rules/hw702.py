# sized
def load(paths) -> list[str]:
    names = sorted(paths)
    return [open(p).read() for p in names]  # expect: HW702
def indexed(paths):
    return [p.name for p in paths]
def unused(paths):
    return [p.name for p in paths]
if __name__ == "__main__":
    for text in load([]):
        print(text)
    sum(len(t) for t in load([]))
    indexed([])[0]
