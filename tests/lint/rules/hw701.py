# sized
def total(rows):
    costs = [row.cost for row in rows]  # expect: HW701
    return sum(costs)
def walk(rows):
    costs = [row.cost for row in rows]  # expect: HW701
    for cost in costs:
        print(cost)
def twice(rows):
    costs = [row.cost for row in rows]
    return sum(costs) / len(costs)
def few():
    names = [n.upper() for n in ("a", "b")]  # expect: HW701
    return sum(names)
def returned(rows):
    costs = [row.cost for row in rows]
    return costs
def inner_loop(rows):
    costs = [row.cost for row in rows]
    return [c for r in rows for c in costs]
def in_closure(rows):
    costs = [row.cost for row in rows]
    return lambda: sum(costs)
def _handed(rows):
    costs = [Cost(row) for row in rows]  # expect: HW701
    return costs
def _given(costs):
    for cost in costs:
        print(cost.value)
def handing(rows):
    got = _handed(rows)
    _given(got)
def passes(paths):
    photos = [read(p) for p in paths]  # expect: HW701
    sizes = [round(p.size) for p in photos if p.good()]
    return sizes, sum(len(p) for p in photos)
def dependent(paths):
    photos = [read(p) for p in paths]
    mean = sum(p.size for p in photos)
    return sum((p.size - mean) ** 2 for p in photos)
def keeping(paths):
    photos = [read(p) for p in paths]
    good = [p for p in photos if p.good()]
    return good, sum(len(p) for p in photos)
