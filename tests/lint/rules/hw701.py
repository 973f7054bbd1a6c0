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
