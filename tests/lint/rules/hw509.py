from collections import namedtuple
Point = namedtuple("Point", "x y")
def parse(row):
    Row = namedtuple("Row", ["a", "b"])  # expect: HW509
    return Row(*row)
def factory(name, fields):
    return namedtuple(name, fields)
def loop(rows):
    for row in rows:
        class Each:  # expect: HW509
            pass
    for row in (1, 2):
        class Few: pass
    return Each, Few
