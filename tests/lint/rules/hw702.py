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
def folds(x, count):
    found = []
    for at in range(count):  # expect: HW702
        train = x != at
        found.append((x[train], x[~train]))
    return found
def evaluate(pairs, model):
    return [model.fit(train).score(test) for train, test in pairs]
def shoot(paths):
    return [(p.name, read_photo(p)) for p in paths]  # expect: HW702
def sheet(photos):
    return [thumb(photo) for _, photo in photos]
def longest(photos):
    return max(len(name) for name, _ in photos)
class Store:
    def __init__(self, paths): self.paths = paths
    def items(self):
        return [read_photo(p) for p in self.paths]
    def all_photos(self):
        return [read_photo(p) for p in self.paths]  # expect: HW702
    def kept_photos(self):
        return [read_photo(p) for p in self.paths]
def tell(photos):
    for photo in photos:
        print(photo.size)
def measured(paths):
    return [read_photo(p) for p in paths]
def second(paths):
    return [read_photo(p) for p in paths]
def repeated(paths):
    return [read_photo(p) for p in paths]
def kept(paths):
    return [read_photo(p) for p in paths]
def needed(paths):
    return [read_photo(p) for p in paths]
def whole(paths):
    return [(p.name, read_photo(p)) for p in paths]
def printed(paths):
    return [read_photo(p) for p in paths]
def changed(rows):
    return [(row, row * 2) for row in rows]
def drawn(rng, count):
    return [rng.normal(size=1000) for _ in range(count)]
def given_out(paths):
    return [read_photo(p) for p in paths]
def deviation(photos, mean):
    return sum((p.size - mean) ** 2 for p in photos)
def size(photos):
    return sum(p.size for p in photos)
def main(paths, x, rng, model):
    pairs = folds(x, 5)
    print(evaluate(pairs, model))
    photos = shoot(paths)
    names = [name for name, _ in photos]
    thumbs = sheet(photos)
    print(names, thumbs, longest(photos))
    store = Store(paths)
    tell(store.all_photos())
    some = store.kept_photos()
    store.some = some
    tell(some)
    several = measured(paths)
    tell(several)
    print(len(several))
    again = second(paths)
    tell(again)
    tell(again)
    for times in (1, 2):
        tell_all = repeated(paths)
        for _ in range(times):
            tell(tell_all)
    held = [p for p in kept(paths) if p.size]
    need = needed(paths)
    mean = size(need)
    print(deviation(need, mean), held)
    every = whole(paths)
    print(longest(every), [photo for _, photo in every])
    shown = printed(paths)
    for each in shown: print(each.size)
    for each in shown: print(each.name)
    rows = changed(x)
    x[0] = 3
    print(evaluate(rows, model))
    draws = drawn(rng, 3)
    print(evaluate(draws, model), rng.normal())
    foreign(given_out(paths))
class Cache:
    def expired(self):
        return [key for key, value in self.entries.items() if value.is_old]
    def unused(self):
        found = []
        for key, value in self.entries.items():
            if value.is_unused:
                found.append(key)
        return found
    def empty(self):
        return [key for key, value in self.entries.items() if not value]
    def broken(self):
        return [key for key, value in self.entries.items() if value.is_broken]
    def names(self):
        return [key.upper() for key in self.entries]  # expect: HW702
    def locked(self):
        with self.lock:
            return [key.upper() for key in self.entries]
    def drop(self, key):
        del self.entries[key]
    def clean(self):
        for key in self.expired():
            del self.entries[key]
        for key in self.unused():
            self.entries.pop(key)
        for key in self.empty():
            self.drop(key)
        broken = self.broken()
        for key in broken:
            self.drop(key)
        for name in self.names():
            self.total += len(name)
            self.out.write(name)
        for name in self.locked():
            print(name)
def old(cache):
    return [key for key, value in cache.items() if value.is_old]
def forget(cache):
    for key in old(cache):
        cache.forget(key)
class Names:
    def short(self):
        return [each for each in self.entries if len(each) < 3]
def discard(names):
    for each in names.short():
        names.discard(each)
class Deep:
    def entries_of(self):
        return [each.name for each in self.entries]  # expect: HW702
    def show(self):
        for each in self.entries_of():
            self.one(each)
    def one(self, each): self.two(each)
    def two(self, each): self.three(each)
    def three(self, each): self.four(each)
    def four(self, each): self.five(each)
    def five(self, each): print(each)
def _records(lines):
    return [tuple(line.split()) for line in lines]  # expect: HW702
def store(connection, lines):
    connection.executemany("INSERT INTO t VALUES (?, ?)", _records(lines))
def _queried(cursor):
    return [row for row in cursor.execute("SELECT * FROM t")]
def copied(cursor):
    cursor.executemany("INSERT INTO u VALUES (?)", _queried(cursor))
