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


class Prices:
    def __init__(self, path):
        self.path = path
        self.prices = load(path)

    def refresh(self):
        prices = {}
        for path in self.path:
            prices[path] = load(path)
        self.prices = prices  # expect: HW720

    def again(self):
        self.prices = load(self.path)  # expect: HW720
        print(len(self.prices))

    def lets_go(self):
        self.prices = None
        self.prices = load(self.path)

    def part_by_part(self):
        for path in self.path:
            self.prices[path] = load(path)

    def merged(self):
        prices = dict(self.prices)
        prices.update(load(self.path))
        self.prices = prices

    def from_the_old(self):
        prices = {key: self.rate(key) for key in load(self.path)}
        self.prices = prices

    def rate(self, key):
        return self.prices[key] * 2

    def given(self, prices):
        self.prices = prices

    def counted(self):
        total = 0
        self.total = total


for path in PATHS:
    rows = load(path)  # expect: HW720
    print(len(rows))
for path in PATHS:
    last = load(path)
    print(len(last))
def told():
    return last[0]
