class Bag:
    def __init__(self, **given):
        self.__dict__.update(given)  # expect: HW603
class Other:
    def __init__(self, **given):
        vars(self).update(given)  # expect: HW603
class Single:
    def __init__(self, **given):
        self.__dict__.update(given)
def load(rows):
    return [Bag(**row) for row in rows] + [Other(**row) for row in rows]
one = Single()
